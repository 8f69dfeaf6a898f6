"""Containers as Kubernetes writes them."""

from collections.abc import Mapping
from typing import Any

from ..container import Container, PodContainer, Process
from ..probe import Probe
from ..security import ContainerSecurity, PodSecurity
from .env import env, env_from
from .fields import Manifest, fields, given

__all__ = ["NVIDIA", "container", "container_basics", "pod_security", "resources"]

NVIDIA = "nvidia.com/gpu"
"""The resource name of GPUs where no pool says otherwise."""

_POD_RIGHTS = tuple(name for name in PodSecurity.model_fields if name != "seccomp_profile")
_RIGHTS = tuple(name for name in ContainerSecurity.model_fields if name not in ("seccomp_profile", "drop", "add"))
_TIMING = tuple(name for name in Probe.model_fields if name not in ("http_path", "command", "port"))


def container(spec: PodContainer, name: str, image: Any, gpu_resource: str) -> Manifest:
    """A container of a pod under the given name; ``image`` is what it runs where it names none."""
    amounts = {"ephemeral-storage": spec.ephemeral_storage, gpu_resource: str(spec.gpus) if spec.gpus else None}
    devices = {device: str(count) for device, count in spec.accelerators.items()}
    return {
        "name": name,
        **container_basics(spec, amounts | devices),
        **({"image": image} if spec.image is None and image is not None else {}),
        **given(
            {
                "ports": [fields(port) for port in spec.ports],
                "livenessProbe": _probe(spec.liveness_probe),
                "readinessProbe": _probe(spec.readiness_probe),
                "startupProbe": _probe(spec.startup_probe),
                "lifecycle": spec.lifecycle,
                "workingDir": spec.working_dir,
            }
        ),
    }


def container_basics(spec: Container, amounts: Mapping[str, Any] | None = None) -> Manifest:
    """What every container has: image, command, environment, amounts, mounts and rights."""
    return {
        **given(
            {
                "image": spec.image,
                "imagePullPolicy": spec.image_pull_policy,
                "command": list(spec.command),
                "args": list(spec.args),
                "env": env(spec.env),
                "envFrom": env_from(tuple(spec.env_from)),
                "resources": resources(spec, amounts),
                "volumeMounts": [fields(mount) for mount in spec.volume_mounts],
            }
        ),
        **({} if spec.security_context is None else {"securityContext": _security(spec.security_context)}),
    }


def resources(spec: Process, amounts: Mapping[str, Any] | None = None) -> Manifest:
    """Requests and limits, equal: what is asked for is what may be used. Empty where nothing is asked."""
    asked = given({"cpu": spec.cpu, "memory": spec.memory, **(amounts or {})})
    return {"limits": asked, "requests": dict(asked)} if asked else {}


def pod_security(spec: PodSecurity) -> Manifest:
    """The security context of a pod."""
    return {**fields(spec, *_POD_RIGHTS), **_seccomp(spec.seccomp_profile)}


def _security(spec: ContainerSecurity) -> Manifest:
    capabilities = given({"drop": list(spec.drop), "add": list(spec.add)})
    return {**fields(spec, *_RIGHTS), **given({"capabilities": capabilities}), **_seccomp(spec.seccomp_profile)}


def _seccomp(profile: str | None) -> Manifest:
    return {} if profile is None else {"seccompProfile": {"type": profile}}


def _probe(probe: Probe | None) -> Manifest | None:
    if probe is None:
        return None
    timing = fields(probe, *_TIMING)
    if probe.command:
        return {"exec": {"command": list(probe.command)}, **timing}
    if probe.http_path is None:
        return {"tcpSocket": {"port": probe.port}, **timing}
    return {"httpGet": {"path": probe.http_path, "port": probe.port}, **timing}
