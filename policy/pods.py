"""Pods as they will be made, and each container of them: what rules look at, whoever makes the pod."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from rayform.components.ray.rules.view import Path, items, mapping, text

from . import amounts
from .lazy import lazy
from .subject import Subject

__all__ = ["UNBOUNDED", "Container", "Pod"]

UNBOUNDED: Final = 2**31 - 1
"""How many there may be where nobody names a most."""
_WRITTEN: Final[Mapping[str, str]] = {
    "containers": "sidecar",
    "initContainers": "init",
    "ephemeralContainers": "ephemeral",
}


@dataclass(frozen=True)
class Container:
    """A container of a pod."""

    pod: "Pod"
    """The pod."""
    spec: Mapping[str, Any]
    """What it is in the pod's manifest, or would be."""
    path: Path
    """Where its author wrote it; for an injected one, where it is set."""
    role: str
    """``main`` is the first one, others are ``sidecar``, ``init`` or ``ephemeral``."""
    injected: bool = False
    """Whether the operator adds it."""

    @property
    def name(self) -> str:
        """Its name."""
        return text(self.spec.get("name"))

    @lazy
    def limits(self) -> Mapping[str, Any]:
        """What it may use at most."""
        return mapping(mapping(self.spec.get("resources")).get("limits"))

    @lazy
    def requests(self) -> Mapping[str, Any]:
        """What is kept for it; as Kubernetes does, what only has a limit counts by that."""
        return {**self.limits, **mapping(mapping(self.spec.get("resources")).get("requests"))}

    @lazy
    def security(self) -> Mapping[str, Any]:
        """Its own security context."""
        return mapping(self.spec.get("securityContext"))

    @property
    def asked(self) -> Iterator[str]:
        """The names of its fields, and of those of its pod's metadata and of both security contexts."""
        return chain(self.spec, self.security, self.pod.security, self.pod.metadata)

    @lazy
    def accelerators(self) -> Mapping[str, int]:
        """GPUs and other accelerators that it asks for, by name."""
        return amounts.accelerators(self.limits, self.requests)

    @property
    def gpus(self) -> int:
        """How many accelerators it asks for."""
        return sum(self.accelerators.values())

    @property
    def runs(self) -> bool:
        """Whether it runs as long as the pod does: an init container does so if it is always restarted."""
        return self.role in ("main", "sidecar") or (self.role == "init" and self.spec.get("restartPolicy") == "Always")

    @lazy
    def image(self) -> str:
        """The image that somebody wrote for it; empty where the operator gives it the image of the main one."""
        image = text(self.spec.get("image"))
        own = not self.injected or image != text(self.pod.containers[0].spec.get("image"))
        return image if own else ""

    def at(self, *path: str | int) -> Path:
        """A place in it; an injected one has a single place where it is set."""
        return self.path if self.injected else (*self.path, *path)


@dataclass(frozen=True)
class Pod:
    """A pod as it will be made, and how often."""

    subject: Subject
    """What it comes from."""
    role: str
    """``head``, ``group``, ``submitter``; ``other`` is not Ray's."""
    template: Mapping[str, Any]
    """Its manifest, metadata and spec."""
    path: Path
    """Where the template stands."""
    most: int
    """How many of it there may be at once."""
    beside: tuple[tuple[str, Mapping[str, Any], Path], ...] = ()
    """Containers that the operator adds: role, manifest, where it is set."""
    name: str = ""
    """The name of the group."""

    @lazy
    def spec(self) -> Mapping[str, Any]:
        """Its spec."""
        return mapping(self.template.get("spec"))

    @lazy
    def metadata(self) -> Mapping[str, Any]:
        """Its metadata."""
        return mapping(self.template.get("metadata"))

    @lazy
    def security(self) -> Mapping[str, Any]:
        """The security context of the whole pod."""
        return mapping(self.spec.get("securityContext"))

    @property
    def asked(self) -> Iterator[str]:
        """The names of the fields of its spec, its metadata and its security context."""
        return chain(self.spec, self.metadata, self.security)

    @lazy
    def containers(self) -> Sequence[Container]:
        """Every container, those of the operator included."""
        written = [
            Container(self, each, self.at(key, index), role if index or key != "containers" else "main")
            for key, role in _WRITTEN.items()
            if key in self.spec
            for index, each in enumerate(items(self.spec[key]))
        ]
        return [*written, *(Container(self, spec, path, role, injected=True) for role, spec, path in self.beside)]

    def at(self, *path: str | int) -> Path:
        """A place in its spec."""
        return (*self.path, "spec", *path)

    @property
    def is_ray(self) -> bool:
        """Whether it is one of Ray's."""
        return self.role != "other"

    @lazy
    def accelerators(self) -> Mapping[str, int]:
        """Accelerators of one such pod, by name: those that run, and what init containers need beyond that.

        Two init containers that both ask for more than runs are counted together, as nobody writes them.
        """
        asking = [each for each in self.containers if each.accelerators]
        kept: dict[str, int] = {}
        for each in asking:
            for name, count in each.accelerators.items() if each.runs else ():
                kept[name] = kept.get(name, 0) + count
        whole = dict(kept)
        for each in asking:
            for name, count in each.accelerators.items() if each.role == "init" and not each.runs else ():
                whole[name] = whole.get(name, 0) + max(0, count - kept.get(name, 0))
        return whole

    @lazy
    def gpus(self) -> int:
        """How many accelerators one such pod has."""
        return sum(self.accelerators.values())

    @lazy
    def cpus(self) -> float:
        """How many CPUs are kept for what runs in one such pod."""
        return self._kept("cpu")

    @lazy
    def memory(self) -> float:
        """How many bytes of memory are kept for it."""
        return self._kept("memory")

    def _kept(self, name: str) -> float:
        """As the scheduler reckons: what runs together, or more if something starts with that, or what the pod says."""
        running, starting = 0.0, 0.0
        for each in self.containers:
            asked = _amount(each.requests, name)
            if each.runs:
                running += asked
            elif each.role == "init":
                starting = max(starting, asked)
        whole = mapping(self.spec.get("resources"))
        said = _amount({**mapping(whole.get("limits")), **mapping(whole.get("requests"))}, name) if whole else 0.0
        return (said or max(running, starting)) + _amount(mapping(self.spec.get("overhead")), name)

    @property
    def devices(self) -> str:
        """Its accelerators in words: ``1 GPU``, ``8 TPU chips``."""
        return amounts.counted(self.accelerators)


def _amount(asked: Mapping[str, Any], name: str) -> float:
    return float(amounts.quantity(asked.get(name)) or 0)
