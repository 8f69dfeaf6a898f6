"""KubeRay's CRDs in a lab, without rayform."""

from pathlib import Path
from typing import Any

import yaml
from lightkube import Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.apiextensions_v1 import CustomResourceDefinition
from patience import until
from rayform.lab import Silent
from rayform.lab.client import UNREACHABLE
from rayform.lab.toolchain import KUBERAY_MODULE, module_dir


def upstream() -> Path:
    """Where upstream keeps what an operator needs."""
    return module_dir(KUBERAY_MODULE.path, KUBERAY_MODULE.version, Silent()) / "config"


def kuberay_crds(client: Client) -> None:
    """Have them, and wait until objects of them can be made."""
    files = sorted((upstream() / "crd" / "bases").glob("*.yaml"))
    # PyYAML's own reader takes seconds for a CRD.
    crds = [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in files]
    for crd in crds:
        client.create(CustomResourceDefinition.from_dict(crd))
    until(lambda: all(_served(client, crd["spec"]["names"]) for crd in crds), "the API server serves Ray's kinds")


def _served(client: Client, names: dict[str, Any]) -> bool:
    kind = create_namespaced_resource("ray.io", "v1", names["kind"], names["plural"])
    try:
        list(client.list(kind, namespace="default"))
    except UNREACHABLE:
        return False
    return True
