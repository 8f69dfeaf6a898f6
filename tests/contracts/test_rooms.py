"""The walls between the rooms, and between what describes and what deploys."""

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from house import ROOMS, ROOT, dotted, modules, shown, tree

ENGINE = ("pulumi", "pulumi_kubernetes", "pulumi_aws")
"""What a pure module does without."""

MEETS_THE_ENGINE: dict[str, str] = {
    "components/order.py": "what comes after what is an option of resources",
    "components/ray/preview.py": "what tells of edits is a hook of the engine",
    "components/ray/remembered.py": "what a component remembers has outputs",
    "infra/aws/addons.py": "declares a part of EksCluster",
    "infra/aws/auto_mode.py": "declares a part of EksCluster",
    "infra/aws/subnets.py": "subnets have outputs",
    "infra/aws/endpoints.py": "declares a part of Network",
    "infra/aws/flow_logs.py": "declares a part of Network",
    "infra/aws/host.py": "what pools know of a cluster has outputs",
    "infra/aws/launch_template.py": "declares a part of the pools",
    "infra/aws/offered.py": "asks AWS for offerings on behalf of the pools",
    "infra/aws/roles.py": "declares a part of EksCluster",
    "infra/aws/scaling.py": "what keeps the size of pools is a hook of the engine",
    "infra/aws/zones.py": "asks AWS for zones on behalf of Network",
    "infra/cluster.py": "the protocol of a cluster names the provider's type",
}
"""Modules that import the engine's SDK without defining a resource, each with its reason."""


def fresh(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT).stdout


def imported(file: Path) -> set[str]:
    """Top-level names of what a module imports when it is loaded."""
    return {
        name.split(".")[0]
        for node in tree(file).body
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }


def defines_a_resource(file: Path) -> bool:
    """Whether a class of the module derives from something of the engine's SDK."""
    bases = [
        ast.unparse(base) for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef) for base in node.bases
    ]
    return any(base.split(".")[0] in (*ENGINE, "k8s", "dynamic") or "Resource" in base for base in bases)


def described() -> list[Path]:
    """Modules of the rooms that describe and deploy, without their doors."""
    return [file for file in modules("components", "fit", "infra", "spec") if file.name != "__init__.py"]


def test_the_walls_stand() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("room", "absent"),
    [
        ("rayform.components", ("pulumi_aws", "ray", "cryptography", "rayform.infra", "rayform.lab", "rayform.stacks")),
        ("rayform.infra", ("ray", "cryptography", "rayform.components", "rayform.lab", "rayform.stacks")),
        ("rayform.lab.testing", ("pulumi_kubernetes", "ray", "cryptography", "pytest", "rayform.components")),
        ("rayform.stacks", ("pulumi_aws", "ray", "cryptography", "rayform.lab", "rayform.cli")),
    ],
)
def test_a_room_loads_nothing_it_does_not_need(room: str, absent: tuple[str, ...]) -> None:
    # All names, since a door may load them when they are first used.
    loaded = fresh(f"import sys; from {room} import *; print('\\n'.join(sys.modules))").split()

    assert [module for module in absent if module in loaded] == [], f"{room} loads these"


@pytest.mark.parametrize("file", described(), ids=shown)
def test_only_resources_meet_the_engine(file: Path) -> None:
    if imported(file).intersection(ENGINE) and shown(file) not in MEETS_THE_ENGINE:
        assert defines_a_resource(file), f"{shown(file)} imports the engine's SDK and defines no resource"


def test_no_reason_outlives_its_module() -> None:
    gone = [name for name in MEETS_THE_ENGINE if not (ROOT / name).is_file()]

    assert gone == [], "MEETS_THE_ENGINE names modules that are gone"


def test_what_is_pure_leads_to_nothing_that_is_not() -> None:
    graph = grimp.build_graph(*ROOMS.values(), include_external_packages=True, exclude_type_checking_imports=True)
    pure = [dotted(file) for file in described() if not imported(file).intersection(ENGINE)]
    chains = [graph.find_shortest_chain(module, sdk) for module in pure for sdk in ENGINE if sdk in graph.modules]

    assert [" -> ".join(chain) for chain in chains if chain] == []
