"""Containers read back: what their fields can say, exactly; the rest is left to the escape hatch."""

from collections.abc import Mapping
from typing import Any

from ...documents import is_mapping
from ..container import Container
from ..crd import crd_name
from ..env import EnvFrom
from ..manifest.container import NVIDIA
from ..manifest.fields import Manifest, written
from ..probe import Port, Probe
from ..security import ContainerSecurity, PodSecurity
from ..volume import VolumeMount
from .env import env
from .fields import Words, attempt, exact, exactly, part, reads, stated
from .rest import by_key
from .same import same

__all__ = ["amounts", "basics", "more", "rights"]

_PLAIN = ("image", "image_pull_policy", "command", "args")
_PROBES = ("liveness_probe", "readiness_probe", "startup_probe")


def basics(spec: type[Container], given: Manifest) -> Words:
    """What every container has: image, command, environment, amounts, mounts and rights."""
    return _told(
        {
            **stated(spec, given, *_PLAIN),
            "env": env(given.get("env", [])),
            "env_from": exactly(EnvFrom, given.get("envFrom", [])),
            "volume_mounts": _keyed("volumeMounts", VolumeMount, given),
        }
    ) | {**amounts(given), "security_context": rights(ContainerSecurity, given)}


def more(given: Manifest) -> Words:
    """What only a container of a pod has."""
    probes = {name: exact(Probe, given.get(crd_name(name))) for name in _PROBES}
    plain = {"lifecycle": given.get("lifecycle"), "working_dir": given.get("workingDir")}
    return _told({**probes, **plain, "ports": _keyed("ports", Port, given), **_devices(given)})


def amounts(given: Manifest) -> Words:
    """CPUs and memory as far as they are limited, and every request that is not the limit."""
    limits, requests = _amounts(given, "limits"), _amounts(given, "requests")
    less = {name: value for name, value in requests.items() if not same(limits.get(name), value, name, "limits")}
    return {**{name: limits[name] for name in ("cpu", "memory") if name in limits}, "requests": less}


def rights(spec: type[ContainerSecurity | PodSecurity], given: Manifest) -> ContainerSecurity | PodSecurity | None:
    """A security context, as far as a spec can say it; None where there is nothing that it can."""
    context = given.get("securityContext")
    said = attempt(spec, _rights(spec, context)) if is_mapping(context) else None
    return said if said is not None and written(said) else None


def _told(words: Words) -> Words:
    return {name: word for name, word in words.items() if word is not None}


def _keyed(name: str, spec: type[Port | VolumeMount], given: Manifest) -> Any:
    """The items of a keyed list, as far as specs can say them; None where one cannot be said at all."""
    known = by_key(name, given.get(name, []))
    found = [attempt(spec, stated(spec, item)) for item in known.values()] if known is not None else [None]
    return None if None in found else found


def _devices(given: Manifest) -> Words:
    devices = {name: value for name, value in _amounts(given, "limits").items() if name not in ("cpu", "memory")}
    disk = devices.pop("ephemeral-storage", None)
    counts = {name: int(str(value)) for name, value in devices.items() if str(value).isdecimal() and int(str(value))}
    return {"ephemeral_storage": disk, "gpus": counts.pop(NVIDIA, None), "accelerators": counts}


def _amounts(given: Manifest, name: str) -> Mapping[str, Any]:
    return part(part(given, "resources"), name)


def _rights(spec: type[ContainerSecurity | PodSecurity], context: Manifest) -> Words:
    profile, capabilities = context.get("seccompProfile"), context.get("capabilities")
    kind = profile.get("type") if is_mapping(profile) else None
    lists = stated(ContainerSecurity, capabilities if is_mapping(capabilities) else {}, "drop", "add")
    said = stated(spec, {name: value for name, value in context.items() if name != "seccompProfile"})
    plain = kind if kind in ("RuntimeDefault", "Unconfined") else None
    return {**said, **(lists if spec is ContainerSecurity else {}), "seccomp_profile": plain}


@reads(Probe)
def _probe(given: Manifest) -> Words:
    ways = {name: given[name] for name in ("httpGet", "exec", "tcpSocket") if is_mapping(given.get(name))}
    http, command, tcp = (ways.get(name, {}) for name in ("httpGet", "exec", "tcpSocket"))
    way = {
        "http_path": http.get("path"),
        "port": http.get("port", tcp.get("port")),
        "command": command.get("command", ()),
    }
    return stated(Probe, given) | way
