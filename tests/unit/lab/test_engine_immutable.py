"""Which fields make another object."""

from typing import Any

import pytest
from rayform.lab.engine.kubernetes.immutable import immutable

BOTH = frozenset({"ConfigMap", "Secret"})


def paths(api_version: str, kind: str, mutable: frozenset[str] = frozenset(), **more: Any) -> set[str]:
    manifest = {"apiVersion": api_version, "kind": kind, **more}
    return {".".join(path) for path in immutable(manifest, mutable, patch=False)}


@pytest.mark.parametrize(
    ("api_version", "kind", "field"),
    [
        ("apps/v1", "Deployment", "spec.selector"),
        ("batch/v1", "Job", "spec.template"),
        ("rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef"),
        ("storage.k8s.io/v1", "StorageClass", "provisioner"),
        ("v1", "Pod", "spec.containers.*.image"),
        ("v1", "Service", "spec.clusterIP"),
        ("v1", "PersistentVolumeClaim", "spec.storageClassName"),
    ],
)
def test_a_kind_has_fields_that_cannot_change(api_version: str, kind: str, field: str) -> None:
    assert {"metadata.name", "metadata.namespace", field} <= paths(api_version, kind)


def test_custom_resources_have_only_their_name() -> None:
    assert paths("ray.io/v1", "RayCluster") == {"metadata.name", "metadata.namespace"}
    assert paths("example.com/v1", "Deployment") == {"metadata.name", "metadata.namespace"}


def test_data_is_replaced_unless_the_provider_says_otherwise() -> None:
    assert "data" in paths("v1", "ConfigMap")
    assert "data" not in paths("v1", "ConfigMap", BOTH)
    assert "data" in paths("v1", "Secret", BOTH, immutable=True)
    assert "data" not in paths("v1", "Secret", BOTH)


def test_a_patch_can_change_everything_but_what_it_patches() -> None:
    manifest = {"apiVersion": "apps/v1", "kind": "Deployment"}

    assert immutable(manifest, frozenset(), patch=True) == (("metadata", "name"), ("metadata", "namespace"))
