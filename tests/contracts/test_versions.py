"""Every version stands in one table; whoever else names it agrees."""

import ast
import re
from itertools import groupby

import pytest
from house import PYPROJECT, ROOT, modules, shown, tree
from rayform.components.versions import KUBERAY, KUBERAY_DEFAULT, KUBERNETES, RAY_DEFAULT, RAY_FLOOR, number
from rayform.infra import eks_versions
from rayform.lab.aws.eks import versions as lab_eks
from rayform.lab.nodes.images import ray as lab_ray
from rayform.lab.toolchain import table

README = (ROOT / "README.md").read_text()
TABLES = {
    "components/versions.py",
    "infra/eks_versions.py",
    "lab/aws/eks/versions.py",
    "lab/nodes/images/ray.py",
    "lab/toolchain/table.py",
}
"""Where versions stand: the components' table, and those of the rooms that may not import it."""
EXAMPLES = "cli/examples/"
"""Objects that break a rule and ones that keep it: data, as a test's are."""
VERSIONS = {
    *KUBERAY,
    *KUBERNETES,
    RAY_DEFAULT,
    RAY_FLOOR.version,
    table.COREDNS,
    table.ETCD,
    table.KUBERNETES,
    table.KWOK,
    table.PULUMI,
}
"""Every version that a table holds."""
PYTHON = PYPROJECT["project"]["requires-python"].removeprefix(">=")


def minor(version: str) -> str:
    return ".".join(version.split(".")[:2])


def floor(requirements: list[str], name: str) -> str:
    """The lowest version that a list of requirements accepts of a distribution."""
    (found,) = [requirement for requirement in requirements if re.split(r"[\[><=]", requirement)[0] == name]
    return re.split(r">=", found)[1].split(",")[0]


def docstrings(module: ast.Module) -> set[int]:
    """Identities of the constants that are only text for people."""
    return {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}


def test_no_module_writes_a_version_of_its_own() -> None:
    written = [
        f"{shown(file)}:{node.lineno}: {node.value}"
        for file in modules()
        if shown(file) not in TABLES and not shown(file).startswith(EXAMPLES)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant) and node.value in VERSIONS and id(node) not in docstrings(tree(file))
    ]

    assert written == []


def test_the_readme_names_the_versions_of_kuberay() -> None:
    series = [list(versions) for _, versions in groupby(KUBERAY, key=minor)]
    spans = [versions[0] if len(versions) == 1 else f"{versions[0]}\N{EN DASH}{versions[-1]}" for versions in series]

    assert f"KubeRay {' and '.join(spans)}" in README


def test_the_readme_names_the_versions_of_kubernetes_and_ray() -> None:
    assert f"Kubernetes {KUBERNETES[0]}\N{EN DASH}{KUBERNETES[-1]}" in README
    assert f"Ray ≥ {minor(RAY_FLOOR.version)}" in README
    assert f"({RAY_FLOOR.version})" in README


def test_the_examples_of_the_readme_use_the_defaults() -> None:
    assert set(re.findall(r'[( ]version="([^"]+)"', README)) == {KUBERAY_DEFAULT}
    assert set(re.findall(r'ray_version="([^"]+)"', README)) == {RAY_DEFAULT}


def test_the_table_of_kuberay_is_in_order_and_within_what_rayform_supports() -> None:
    assert sorted(KUBERAY, key=number) == list(KUBERAY)
    assert [version for version, row in KUBERAY.items() if not set(row.kubernetes) <= set(KUBERNETES)] == []
    assert KUBERAY_DEFAULT in KUBERAY


def test_the_lab_runs_what_rayform_installs_by_default() -> None:
    assert table.KUBERAY == KUBERAY_DEFAULT
    assert minor(table.KUBERNETES) in KUBERAY[KUBERAY_DEFAULT].kubernetes
    assert lab_ray.RAY == RAY_DEFAULT


def test_the_ground_offers_what_rayform_supports() -> None:
    assert eks_versions.VERSIONS == KUBERNETES
    assert eks_versions.DEFAULT in KUBERNETES


def test_simulated_aws_has_what_the_ground_offers() -> None:
    assert set(eks_versions.VERSIONS) <= {each.version for each in lab_eks.RELEASES}
    assert lab_eks.DEFAULT == eks_versions.DEFAULT
    assert table.KUBERNETES in {each.patch for each in lab_eks.RELEASES}


def test_the_default_ray_is_accepted_by_every_kuberay() -> None:
    assert [version for version, row in KUBERAY.items() if number(row.ray.version) > number(RAY_DEFAULT)] == []


def test_the_requirements_accept_what_the_tables_name() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]

    assert floor(extras["ray"], "ray") == minor(RAY_FLOOR.version)
    assert floor(PYPROJECT["project"]["dependencies"], "pulumi") == minor(table.PULUMI)


@pytest.mark.parametrize(
    "said",
    [
        PYPROJECT["tool"]["mypy"]["python_version"],
        PYPROJECT["tool"]["pyright"]["pythonVersion"],
        PYPROJECT["tool"]["ruff"]["target-version"].replace("py3", "3."),
        re.findall(r"version_info < \((\d+), (\d+)\)", (ROOT / "Makefile").read_text())[0],
        re.findall(r"--python-version (\S+)", (ROOT / "Makefile").read_text())[0],
        re.findall(r"Python (\d+\.\d+),", README)[0],
        re.findall(r"Python ≥ (\d+\.\d+)", README)[0],
    ],
    ids=["mypy", "pyright", "ruff", "make", "pins", "readme-try", "readme-versions"],
)
def test_everybody_means_the_same_oldest_python(said: str | tuple[str, str]) -> None:
    assert (said if isinstance(said, str) else ".".join(said)) == PYTHON
