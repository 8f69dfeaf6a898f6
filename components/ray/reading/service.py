"""Services read back."""

from typing import Any

from ...documents import is_mapping, is_sequence
from ..manifest.fields import Manifest
from ..manifest.service import SERVICE, UNHASHED, service_spec
from ..serve import ServeConfig
from ..service import RayServiceSpec
from .cluster import cluster
from .fields import Words, attempt, part, stated
from .native import native
from .same import bare, same

__all__ = ["service"]


def service(given: Manifest) -> Words:
    """The fields of a service."""
    nested = given.get("rayClusterConfig")
    config = native(ServeConfig, "serveConfigV2", given.get("serveConfigV2"))
    words = {**stated(RayServiceSpec, given, *SERVICE), "serve_config_v2": config}
    if not is_mapping(nested):
        return {**words, "ray_cluster_config": nested}
    # Somebody else's service has no annotations of rayform's, and must not get them.
    ours = {**words, "ray_cluster_config": cluster(_unnoticed(nested)), "scaling_changes": "new_cluster"}
    said = attempt(RayServiceSpec, ours)
    if said is not None and same(service_spec(said, {})["rayClusterConfig"], nested):
        return ours
    return {**words, "ray_cluster_config": cluster(nested), "scaling_changes": "ignored"}


def _unnoticed(nested: Manifest) -> Manifest:
    groups = nested.get("workerGroupSpecs")
    several = {"workerGroupSpecs": [_without(group) for group in groups]} if is_sequence(groups) else {}
    return {**nested, "headGroupSpec": _without(nested.get("headGroupSpec")), **several}


def _without(group: Any) -> Any:
    metadata = part(part(group, "template"), "metadata")
    if UNHASHED not in part(metadata, "annotations"):
        return group
    left = {name: text for name, text in metadata["annotations"].items() if name != UNHASHED}
    template = bare({**group["template"], "metadata": {**metadata, "annotations": left}})
    return {**group, "template": template}
