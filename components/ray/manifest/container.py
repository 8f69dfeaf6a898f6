"""Containers as Kubernetes writes them."""

from collections.abc import Mapping
from typing import Any

from ..container import Container, PodContainer, Process
from ..crd import Names, named
from ..env import ValueFrom
from ..probe import Probe
from .env import env
from .fields import Manifest, fields, written
from .rights import container_rights

__all__ = ["NVIDIA", "container", "container_basics", "refers", "resources"]

NVIDIA = "nvidia.com/gpu"
"""The resource name of GPUs where no pool says otherwise."""

_BASICS = named("image", "image_pull_policy", "command", "args", "env_from", "volume_mounts")
"""Fields of any container under their own name."""
_OF_PODS: Names = {
    **_BASICS,
    **named("ports", "liveness_probe", "readiness_probe", "startup_probe", "lifecycle", "working_dir"),
}
"""Fields of a container of a pod under their own name."""
_AMOUNTS = named("cpu", "memory")
_TIMING = named(*(name for name in Probe.model_fields if name not in ("http_path", "command", "port")))


def container(spec: PodContainer, name: str, image: Any, gpu_resource: str) -> Manifest:
    """A container of a pod under the given name; ``image`` is what it runs where it names none."""
    amounts = {device: str(count) for device, count in spec.accelerators.items()}
    if spec.ephemeral_storage is not None:
        amounts["ephemeral-storage"] = str(spec.ephemeral_storage)
    if spec.gpus:
        amounts[gpu_resource] = str(spec.gpus)
    sent = {"name": name, **container_basics(spec, amounts, _OF_PODS)}
    if image is not None:
        sent.setdefault("image", image)
    return sent


def container_basics(spec: Container, amounts: Mapping[str, str] | None = None, names: Names = _BASICS) -> Manifest:
    """What a container has: image, command and other fields of these names, environment, amounts, mounts and rights."""
    sent = fields(spec, names)
    if spec.env:
        sent["env"] = env(spec.env)
    if asked := resources(spec, amounts):
        sent["resources"] = asked
    if spec.security_context is not None:
        sent["securityContext"] = container_rights(spec.security_context)
    return sent


def resources(spec: Process, amounts: Mapping[str, str] | None = None) -> Manifest:
    """Limits, and requests that are equal unless they are named. Empty where nothing is asked."""
    limits = {**fields(spec, _AMOUNTS), **(amounts or {})}
    requests = {**limits, **spec.requests}
    if not requests:
        return {}
    return {"limits": limits, "requests": requests} if limits else {"requests": requests}


@written.register
def _probe(probe: Probe) -> Manifest:
    timing = fields(probe, _TIMING)
    if probe.command:
        return {"exec": {"command": list(probe.command)}, **timing}
    if probe.http_path is None:
        return {"tcpSocket": {"port": probe.port}, **timing}
    return {"httpGet": {"path": probe.http_path, "port": probe.port}, **timing}


def refers(process: Process) -> bool:
    """Whether a variable lies somewhere that is told in Kubernetes' own form."""
    return ValueFrom in map(type, process.env.values())
