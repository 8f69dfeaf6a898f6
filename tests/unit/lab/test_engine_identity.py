"""Types, names and ids of resources."""

from typing import Any

import pytest
from rayform.lab.engine.kubernetes.identity import (
    NamingError,
    Type,
    field_manager,
    named,
    of_id,
    resource_id,
    unique,
)
from rayform.lab.wire import UNKNOWN

AUTONAMED = {"annotations": {"pulumi.com/autonamed": "true"}}


def name(manifest: dict[str, Any], old: dict[str, Any] | None = None, *, forbidden: bool = False) -> dict[str, Any]:
    return named(manifest, old or {}, "made-up", forbidden=forbidden)


@pytest.mark.parametrize(
    ("token", "api_version", "kind"),
    [
        ("kubernetes:core/v1:ConfigMap", "v1", "ConfigMap"),
        ("kubernetes:apps/v1:Deployment", "apps/v1", "Deployment"),
        ("kubernetes:ray.io/v1:RayCluster", "ray.io/v1", "RayCluster"),
        ("kubernetes:core/v1:ConfigMapPatch", "v1", "ConfigMap"),
    ],
)
def test_a_type_token_says_apiversion_and_kind(token: str, api_version: str, kind: str) -> None:
    assert Type.of(token).manifest({}) == {"apiVersion": api_version, "kind": kind}


def test_patches_and_lists_are_known_by_their_names() -> None:
    patch, listed = Type.of("kubernetes:core/v1:ConfigMapPatch"), Type.of("kubernetes:core/v1:PodList")

    assert patch.is_patch({"kind": "ConfigMap"})
    assert not Type.of("kubernetes:example.com/v1:SpringPatch").is_patch({"kind": "SpringPatch"})
    assert listed.is_list
    assert not Type.of("kubernetes:example.com/v1:ShoppingList").is_list


def test_a_given_name_is_kept() -> None:
    manifest = {"metadata": {"name": "mine"}}

    assert name(manifest) == manifest
    assert name({"metadata": {"name": UNKNOWN}}) == {"metadata": {"name": UNKNOWN}}
    assert name({"metadata": UNKNOWN}) == {"metadata": UNKNOWN}


def test_a_missing_name_is_made_and_marked() -> None:
    assert name({"kind": "Pod"}) == {"kind": "Pod", "metadata": {"name": "made-up", **AUTONAMED}}


def test_a_name_that_was_made_stays() -> None:
    assert name({}, {"metadata": {"name": "before", **AUTONAMED}}) == {"metadata": {"name": "before", **AUTONAMED}}
    assert name({}, {"metadata": {"name": "before"}})["metadata"]["name"] == "made-up"


def test_naming_that_is_switched_off_asks_for_a_name() -> None:
    with pytest.raises(NamingError) as refused:
        name({}, forbidden=True)

    assert str(refused.value) == "metadata.name: missing, and automatic naming is disabled; give one"


def test_generated_names_are_refused() -> None:
    with pytest.raises(NamingError) as refused:
        name({"metadata": {"generateName": "x-"}})

    told = "metadata.generateName: not supported with server-side apply; give metadata.name, or neither"
    assert str(refused.value) == told


def test_one_seed_gives_one_name() -> None:
    assert unique("pod", b"seed") == unique("pod", b"seed")
    assert unique("pod", b"seed") != unique("pod", b"other")
    assert unique("pod") != unique("pod")
    assert len(unique("pod")) == len("pod-12345678")


def test_fields_belong_to_the_annotated_manager_else_to_the_one_before() -> None:
    annotated = {"metadata": {"annotations": {"pulumi.com/patchFieldManager": "me"}}}

    assert field_manager(annotated, {"__fieldManager": "before"}) == "me"
    assert field_manager({}, {"__fieldManager": "before"}) == "before"
    assert field_manager({}, {}).startswith("pulumi-kubernetes-")


@pytest.mark.parametrize(("metadata", "identifier"), [({"name": "a", "namespace": "b"}, "b/a"), ({"name": "a"}, "a")])
def test_an_id_is_namespace_and_name(metadata: dict[str, str], identifier: str) -> None:
    assert resource_id({"metadata": metadata}) == identifier
    assert of_id(identifier) == metadata
