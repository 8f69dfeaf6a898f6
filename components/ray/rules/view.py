"""What the rules look at: a manifest, opened up once, whoever wrote it.

Manifests may come from anybody, so nothing here trusts a shape: what is not the mapping, list or text that it should be
counts as absent. Judging shapes is the CRD schema's work.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from .operator import Operator

__all__ = [
    "MAIN",
    "ClusterView",
    "JobView",
    "Path",
    "PodView",
    "count",
    "entries",
    "items",
    "known",
    "listed",
    "mapping",
    "number",
    "older",
    "ray_version",
    "text",
]

Path = tuple[str | int, ...]
"""Where something stands in a manifest."""

MAIN: Path = ("template", "spec", "containers", 0)
"""Where the main container of a group stands in its manifest."""
_EMPTY: Mapping[str, Any] = {}
_BEFORE = ("initContainers", "ephemeralContainers")
_DIGITS = 1000  # Python refuses to read much longer numbers
_VERSION = re.compile(r"[\t\n\f\r ]*v?([0-9]+(?:\.[0-9]+)+)[^\n]*")


def mapping(value: Any) -> Mapping[str, Any]:
    """The value where it is a mapping, else an empty one."""
    known: Any = value
    return known if isinstance(value, dict) else _EMPTY


def entries(value: Any) -> Mapping[str, Any]:
    """The mapping that a value is, without the entries that are null: the API server drops them."""
    known = mapping(value)
    return {name: one for name, one in known.items() if one is not None} if None in known.values() else known


def items(value: Any) -> Sequence[Mapping[str, Any]]:
    """The mappings of a list, in place; what is none of it counts as empty."""
    return [mapping(item) for item in listed(value)]


def listed(value: Any) -> Sequence[Any]:
    """The value where it is a list, else an empty one."""
    known: Any = value
    return known if isinstance(value, list) else ()


def text(value: Any) -> str:
    """The value where it is a text that is known, else an empty one."""
    return value if isinstance(value, str) else ""


def known(value: Any) -> str | None:
    """The value where it is a text that is known, else None: an empty text is something else than none."""
    return value if isinstance(value, str) else None


def number(value: Any, default: int | None = None) -> int | None:
    """The value where it is a whole number, else the default."""
    return value if type(value) is int else default


def count(value: Any) -> int:
    """The value where it is a whole number, else 0."""
    return value if type(value) is int else 0


@lru_cache(maxsize=256)
def ray_version(version: str) -> tuple[int, ...] | None:
    """A version as numbers, read as the operator reads it (what follows the numbers does not count); else None."""
    match = _VERSION.fullmatch(version)
    parts = match.group(1).split(".") if match else []
    if not parts or (parts[0] != "0" and parts[0].startswith("0")) or any(len(part) > _DIGITS for part in parts):
        return None
    numbers = tuple(map(int, parts))
    return numbers if max(numbers) < 2**64 else None


@lru_cache(maxsize=256)
def older(known: tuple[int, ...], floor: str) -> bool:
    """Whether a version is below the floor."""
    least = ray_version(floor) or ()
    # 2.52 is as old as 2.52.0.
    return known + (0,) * (len(least) - len(known)) < least


class PodView:
    """A group of Ray pods, or the submitter: its template, the main container and every other at hand."""

    __slots__ = (
        "before",
        "claims",
        "containers",
        "every",
        "group",
        "limits",
        "main",
        "name",
        "path",
        "requests",
        "spec",
        "start",
        "template",
        "within",
    )

    def __init__(self, group: Mapping[str, Any], path: Path, within: str = "template") -> None:
        self.group = group
        self.path = path
        self.within = within
        self.name = text(group.get("groupName"))
        """The name of the group; empty for the head."""
        self.template = mapping(group.get(within))
        self.spec = mapping(self.template.get("spec"))
        self.containers = items(self.spec.get("containers"))
        self.before = items(self.spec["initContainers"]) if "initContainers" in self.spec else ()
        self.every = [("containers", index, container) for index, container in enumerate(self.containers)]
        for where in _BEFORE:
            if where in self.spec:
                self.every += [(where, index, said) for index, said in enumerate(items(self.spec[where]))]
        self.main = self.containers[0] if self.containers else _EMPTY
        self.start = entries(group.get("rayStartParams"))
        amounts = mapping(self.main.get("resources"))
        self.limits = entries(amounts.get("limits"))
        self.requests = entries(amounts.get("requests"))
        self.claims: Sequence[Any] | None = None  # kept here by the rules of devices, which share one walk

    @property
    def env(self) -> Mapping[str, Mapping[str, Any]]:
        """The variables of the main container, by name."""
        return {text(entry.get("name")): entry for entry in items(self.main.get("env"))}

    @property
    def asked(self) -> Iterator[str]:
        """The names of fields of the group, its pods and their containers."""
        return chain(self.group, self.spec, *(container for _, _, container in self.every))

    def at(self, *path: str | int) -> Path:
        """A place in the group's manifest."""
        return (*self.path, *path)

    def in_spec(self, *path: str | int) -> Path:
        """A place in the spec of the template."""
        return (*self.path, self.within, "spec", *path)

    def named(self, name: str) -> Sequence[tuple[Path, Mapping[str, Any]]]:
        """The mappings of a list of the template's spec, each with its place there."""
        return [((name, index), each) for index, each in enumerate(items(self.spec[name]))] if name in self.spec else ()

    def listed(self, name: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """The mappings of a list that containers have, each with its place in the template's spec."""
        return (
            ((where, number, name, index), each)
            for where, number, container in self.every
            if name in container
            for index, each in enumerate(items(container[name]))
        )

    def in_main(self, *path: str | int) -> Path:
        """A place in the main container."""
        return (*self.path, *MAIN, *path)


class ClusterView:
    """The spec of a cluster, alone or within another kind."""

    __slots__ = (
        "annotations",
        "auth",
        "autoscaler",
        "autoscaling",
        "autoscaling_v2",
        "claims",
        "collector",
        "env",
        "gcs",
        "groups",
        "head",
        "nested",
        "network",
        "operator",
        "path",
        "pods",
        "spec",
        "version",
    )

    def __init__(self, spec: Mapping[str, Any], annotations: Mapping[str, Any], path: Path, operator: Operator) -> None:
        self.spec = spec
        self.annotations = annotations
        self.path = path
        self.nested = len(path) > 1
        self.operator = operator
        self.head = PodView(mapping(spec.get("headGroupSpec")), (*path, "headGroupSpec"))
        self.env = self.head.env
        groups = items(spec.get("workerGroupSpecs"))
        self.groups = [PodView(group, (*path, "workerGroupSpecs", index)) for index, group in enumerate(groups)]
        self.pods = [self.head, *self.groups]
        self.autoscaling = spec.get("enableInTreeAutoscaling") is True
        self.autoscaler = mapping(spec.get("autoscalerOptions"))
        self.autoscaling_v2 = self.autoscaler.get("version") == "v2"
        self.auth = mapping(spec.get("authOptions"))
        self.gcs = spec.get("gcsFaultToleranceOptions")
        self.network = spec.get("networkPolicy")
        history = spec.get("historyServerOptions")
        self.collector = None if history is None else mapping(mapping(history).get("collectorOptions"))
        self.claims: Sequence[Any] | None = None  # kept here by the rules of amounts, which share one walk
        self.version = text(spec.get("rayVersion"))

    def at(self, *path: str | int) -> Path:
        """A place in the cluster's spec."""
        return (*self.path, *path)

    @property
    def asked(self) -> Iterator[str]:
        """The names of the head's variables, and of fields of the cluster, its autoscaler, groups and their pods."""
        return chain(self.spec, self.autoscaler, self.env, *(pod.asked for pod in self.pods))

    def gate(self, name: str) -> bool:
        """Whether the operator has a feature gate on."""
        return self.operator.gates.get(name, False)

    def older_than(self, floor: str) -> bool:
        """Whether Ray's version is known and below the floor."""
        known = ray_version(self.version)
        return known is not None and older(known, floor)


class JobView:
    """The spec of a job."""

    __slots__ = ("annotations", "cluster", "deletion", "mode", "operator", "path", "selector", "spec", "submitter")

    def __init__(self, spec: Mapping[str, Any], annotations: Mapping[str, Any], path: Path, operator: Operator) -> None:
        self.spec = spec
        self.annotations = annotations
        self.path = path
        self.operator = operator
        nested = spec.get("rayClusterSpec")
        self.cluster = (
            None if nested is None else ClusterView(mapping(nested), annotations, (*path, "rayClusterSpec"), operator)
        )
        self.selector = entries(spec.get("clusterSelector"))
        self.mode = spec.get("submissionMode") or "K8sJobMode"
        self.deletion = spec.get("deletionStrategy")
        self.submitter = PodView(spec, path, "submitterPodTemplate") if "submitterPodTemplate" in spec else None

    @property
    def scheduled(self) -> bool:
        """Whether a schedule starts the job, rather than its author."""
        return len(self.path) > 1

    def at(self, *path: str | int) -> Path:
        """A place in the job's spec."""
        return (*self.path, *path)

    def gate(self, name: str) -> bool:
        """Whether the operator has a feature gate on."""
        return self.operator.gates.get(name, False)
