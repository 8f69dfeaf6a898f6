"""KubeRay's own CRDs against a real API server."""

from collections.abc import Generator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from lab_room import running
from lightkube import Client
from lightkube.resources.apiextensions_v1 import CustomResourceDefinition
from lightkube.resources.core_v1 import ServiceAccountToken
from lightkube.types import PatchType
from patience import until
from rayform.components.kuberay.crds.provider import CrdsProvider
from rayform.components.versions import KUBERAY, KUBERAY_DEFAULT
from rayform.lab import Lab, Silent
from rayform.lab.toolchain import KUBERAY_MODULE, module_dir

pytestmark = pytest.mark.engine

CRDS = {"rayclusters.ray.io", "raycronjobs.ray.io", "rayjobs.ray.io", "rayservices.ray.io"}
IDENTITY = "kuberay-crds"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    with running(tmp_path_factory.mktemp("state")) as lab:
        yield lab


@pytest.fixture(scope="module")
def wanted(lab: Lab) -> dict[str, Any]:
    module = module_dir(KUBERAY_MODULE.path, KUBERAY_MODULE.version, Silent())
    return {
        "version": KUBERAY_DEFAULT,
        "sha256": dict(KUBERAY[KUBERAY_DEFAULT].crds),
        "source": str(module / "config" / "crd" / "bases"),
        "kubeconfig": lab.kubeconfig.read_text(),
    }


@pytest.fixture(scope="module")
def state(wanted: dict[str, Any]) -> dict[str, Any]:
    """The CRDs, applied."""
    assert CrdsProvider().check({}, wanted).failures == []
    return CrdsProvider().create(wanted).outs or {}


def change(lab: Lab, name: str, path: str, value: object, *, status: bool = False) -> None:
    """Somebody puts a value into a CRD by hand."""
    resource = CustomResourceDefinition.Status if status else CustomResourceDefinition
    with lab.client() as client:
        client.patch(resource, name, [{"op": "replace", "path": path, "value": value}], patch_type=PatchType.JSON)


def names(client: Client) -> set[str]:
    return {crd.metadata.name for crd in client.list(CustomResourceDefinition)}


def test_objects_of_all_four_kinds_can_be_made(lab: Lab, state: dict[str, Any]) -> None:
    with lab.client() as client:
        live = {crd.metadata.name: crd for crd in client.list(CustomResourceDefinition)}

    assert set(state["live"]) == CRDS <= live.keys()
    assert {crd.metadata.labels["app.kubernetes.io/version"] for crd in live.values()} == {KUBERAY_DEFAULT}


def test_nothing_changes_by_itself(state: dict[str, Any], wanted: dict[str, Any]) -> None:
    seen = CrdsProvider().read(IDENTITY, state)

    assert seen.outs == state
    assert CrdsProvider().diff(IDENTITY, state, wanted).changes is False


def mended(state: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What a refresh sees, once an update has mended it."""
    seen = CrdsProvider().read(IDENTITY, state).outs or {}
    assert CrdsProvider().diff(IDENTITY, seen, wanted).changes is True
    assert CrdsProvider().update(IDENTITY, seen, wanted).outs == state
    live: dict[str, Any] = seen["live"]
    return live


def test_what_somebody_edited_is_seen_and_mended(lab: Lab, state: dict[str, Any], wanted: dict[str, Any]) -> None:
    change(lab, "rayjobs.ray.io", "/spec/names/categories", ["mine"])

    seen = mended(state, wanted)

    assert {name for name in CRDS if seen[name] != state["live"][name]} == {"rayjobs.ray.io"}


def test_what_somebody_deleted_is_seen_and_mended(lab: Lab, state: dict[str, Any], wanted: dict[str, Any]) -> None:
    with lab.client() as client:
        client.delete(CustomResourceDefinition, "raycronjobs.ray.io")
        until(lambda: "raycronjobs.ray.io" not in names(client), "it is gone")

    assert mended(state, wanted)["raycronjobs.ray.io"] == "missing"


@pytest.mark.usefixtures("state")
def test_newer_crds_of_another_stack_are_not_replaced(lab: Lab, wanted: dict[str, Any]) -> None:
    label = "/metadata/labels/app.kubernetes.io~1version"
    change(lab, "rayjobs.ray.io", label, "99.0.0")

    (failure,) = CrdsProvider().check({}, wanted).failures

    change(lab, "rayjobs.ray.io", label, KUBERAY_DEFAULT)
    assert failure.reason.startswith(f"version: {KUBERAY_DEFAULT} asked, 99.0.0 is applied, and objects may hold what ")


def test_a_stored_version_is_not_taken_away(
    lab: Lab, state: dict[str, Any], wanted: dict[str, Any], tmp_path: Path
) -> None:
    change(lab, "rayjobs.ray.io", "/status/storedVersions", ["v1", "v1alpha1"], status=True)
    body = yaml.safe_load((Path(wanted["source"]) / "ray.io_rayjobs.yaml").read_text())
    body["spec"]["versions"] = [version for version in body["spec"]["versions"] if version["name"] == "v1"]
    content = yaml.safe_dump(body).encode()
    (tmp_path / "ray.io_rayjobs.yaml").write_bytes(content)
    files = {"sha256": {"ray.io_rayjobs.yaml": sha256(content).hexdigest()}, "source": str(tmp_path)}

    (failure,) = CrdsProvider().check(state, {**wanted, **files}).failures

    assert failure.reason.startswith(
        "version: rayjobs.ray.io without v1alpha1 asked, objects of it may lie in storage in "
    )


def test_what_the_api_server_forbids_is_told_in_its_words(lab: Lab, wanted: dict[str, Any]) -> None:
    config = yaml.safe_load(wanted["kubeconfig"])
    with lab.client() as client:
        request = ServiceAccountToken.from_dict({"metadata": {}, "spec": {"audiences": []}})
        token = client.create(request, "default", namespace="default").status.token
    config["users"] = [{"name": user["name"], "user": {"token": token}} for user in config["users"]]

    (failure,) = CrdsProvider().check({}, {**wanted, "kubeconfig": yaml.safe_dump(config)}).failures

    assert failure.reason == (
        "version: reading rayclusters.ray.io asked, the API server says: "
        'customresourcedefinitions.apiextensions.k8s.io "rayclusters.ray.io" is forbidden: '
        'User "system:serviceaccount:default:default" cannot get resource "customresourcedefinitions" '
        'in API group "apiextensions.k8s.io" at the cluster scope; '
        "let somebody apply them who may change CRDs, or set install_crds=False"
    )
