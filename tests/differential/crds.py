"""The pinned KubeRay module's CRDs and samples, read where Go keeps them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rayform.lab.progress import Silent
from rayform.lab.toolchain import KUBERAY_MODULE, module_dir
from structural import Structural

__all__ = ["KINDS", "crd", "schema", "upstream", "whole"]

KINDS = {"RayCluster": "rayclusters", "RayJob": "rayjobs", "RayService": "rayservices", "RayCronJob": "raycronjobs"}
"""The kinds of ray.io with their plural."""


@cache
def upstream() -> Path:
    """The folder of KubeRay's module."""
    return module_dir(KUBERAY_MODULE.path, KUBERAY_MODULE.version, Silent())


@cache
def crd(kind: str) -> dict[str, Any]:
    """The CustomResourceDefinition of a kind."""
    file = upstream() / "config" / "crd" / "bases" / f"ray.io_{KINDS[kind]}.yaml"
    definition: dict[str, Any] = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    return definition


@cache
def schema(kind: str) -> Structural:
    """The schema of a kind in ray.io/v1."""
    versions = crd(kind)["spec"]["versions"]
    root = next(version for version in versions if version["name"] == "v1")["schema"]["openAPIV3Schema"]
    # Metadata is judged by Kubernetes itself, not by the CRD.
    metadata = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    return Structural(root | {"properties": root["properties"] | {"metadata": metadata}})


def whole(manifest: dict[str, Any]) -> dict[str, Any]:
    """A manifest as the operator gets it: the CRD's defaults filled in, and a name made where none is written."""
    defaulted: dict[str, Any] = schema(manifest["kind"]).defaulted(manifest)
    metadata = defaulted["metadata"]
    if "generateName" in metadata:
        metadata.setdefault("name", f"{metadata['generateName']}x7k2p")
    return defaulted
