"""The table of versions says what upstream says."""

import re
from hashlib import sha256

import pytest
import yaml
from kuberay_upstream import VERSION, sources, upstream
from rayform.components.kuberay.behavior import OperatorBehavior
from rayform.components.kuberay.settings import _FLAGS, environment
from rayform.components.versions import KUBERAY, Gate, kuberay, number
from rayform.spec.refusal import UnsupportedVersionError


def test_the_crds_are_upstreams() -> None:
    folder = upstream() / "config" / "crd" / "bases"

    assert {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()} == dict(
        KUBERAY[VERSION].crds
    )


def test_the_gates_are_upstreams() -> None:
    code = (upstream() / "pkg" / "features" / "features.go").read_text()
    table = re.findall(r"(\w+):\s+\{Default: (true|false), PreRelease: featuregate\.(\w+)\}", code)

    assert {name: (default == "true", stage.lower()) for name, default, stage in table} == {
        name: (gate.default, gate.stage.value) for name, gate in KUBERAY[VERSION].gates.items()
    }


def test_every_gate_has_a_name_and_every_name_a_version() -> None:
    assert {name for release in KUBERAY.values() for name in release.gates} == set(Gate)


def test_the_image_is_upstreams() -> None:
    code = (upstream() / "config" / "default" / "kustomization.yaml").read_text()
    (image,) = yaml.safe_load(code)["images"]
    release = KUBERAY[VERSION]

    assert image["newName"] == f"{release.image_registry}/{release.image_repository}"
    assert image["newTag"] == release.image_tag


@pytest.mark.parametrize("flag", [*_FLAGS.values(), "config", "feature-gates"])
def test_every_flag_is_one_of_the_operators(flag: str) -> None:
    assert f'"{flag}",' in (upstream() / "main.go").read_text()


@pytest.mark.parametrize("key", [*_FLAGS, "defaultContainerEnvs", "headSidecarContainers", "workerSidecarContainers"])
def test_every_setting_is_one_of_the_configuration_file(key: str) -> None:
    assert f'`json:"{key},omitempty"`' in sources()


@pytest.mark.parametrize("field", OperatorBehavior.model_fields)
def test_every_switch_is_one_of_the_operators_unless_the_table_says_otherwise(field: str) -> None:
    (variable,) = environment(OperatorBehavior.model_construct(**{field: "given"}))
    known = f'"{variable}"' in sources()

    assert known is not (f"behavior.{field}" in KUBERAY[VERSION].ignores)


def test_what_reads_flags_beside_the_file_still_does() -> None:
    code = (upstream() / "main.go").read_text()

    assert "newLogEncoder(logStdoutEncoder)" in code
    assert "newLogEncoder(logFileEncoder)" in code
    assert "DefaultMutableFeatureGate.Set(featureGates)" in code


def test_a_version_that_is_not_in_the_table_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedVersionError) as caught:
        kuberay("1.5.2")

    assert str(caught.value) == (
        "KubeRay: version 1.5.2 asked, known are 1.6.0, 1.6.1, 1.6.2, 1.7.0; choose one of these"
    )


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.10", (1, 10)), ("v1.34.4", (1, 34, 4)), ("2.60.0rc1", (2, 60, 0)), ("1.34.4-eks-1", (1, 34, 4)), ("x", ())],
)
def test_versions_are_compared_as_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert number(version) == numbers


@pytest.mark.parametrize("version", KUBERAY)
def test_a_release_knows_its_series_and_its_tag(version: str) -> None:
    release = kuberay(version)

    assert version.startswith(f"{release.series}.")
    assert release.image_tag == f"v{version}"
