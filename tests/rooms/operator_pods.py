"""The pods that the KubeRay operator would make of Ray objects, by its own code (the toolchain's ``oracle``)."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from typing import Any

from rayform.lab import Silent, resolve

__all__ = ["as_pod", "operator_pods", "role"]


def operator_pods(objects: Iterable[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """For each Ray object its head, one pod of each group, and the Job that submits, as they would be sent."""
    lines = "".join(json.dumps(_named(each)) + "\n" for each in objects)
    oracle = [str(resolve("oracle", Silent())), "--pods"]
    answered = subprocess.run(oracle, input=lines, capture_output=True, text=True, check=True).stdout
    return [[_sent(made) for made in json.loads(line)] for line in answered.splitlines()]


def role(made: Mapping[str, Any]) -> str:
    """``head``, ``worker`` or ``submitter``."""
    return "submitter" if made["kind"] == "Job" else str(made["metadata"]["labels"]["ray.io/node-type"])


def as_pod(made: Mapping[str, Any]) -> dict[str, Any]:
    """What Kubernetes makes of it: of a Job a pod after its template."""
    if made["kind"] == "Pod":
        return dict(made)
    template = made["spec"]["template"]
    metadata = {**template.get("metadata", {}), **made["metadata"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]}


def _named(manifest: Mapping[str, Any]) -> dict[str, Any]:
    metadata = manifest["metadata"]
    return {**manifest, "metadata": {"name": f"{metadata.get('generateName')}x7k2p", **metadata}}


def _sent(made: dict[str, Any]) -> dict[str, Any]:
    """A pod under the name it would be given, without the status that nobody sends."""
    made.pop("status", None)
    metadata = made["metadata"]
    if generated := metadata.pop("generateName", ""):
        metadata["name"] = f"{generated}x7k2p"
    return made
