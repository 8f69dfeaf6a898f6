"""What the rules of whole objects look at: of any kind, of services, of schedules."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from .operator import Operator
from .view import ClusterView, JobView, Path, PodView, mapping, text

__all__ = ["INCREMENTAL", "ObjectView", "ScheduleView", "ServiceView"]

INCREMENTAL = "NewClusterWithIncrementalUpgrade"
"""The upgrade that moves requests from the old cluster to the new one step by step."""
_INCREMENTAL_GATE = "RayServiceIncrementalUpgrade"
_GENERATED = "xxxxx"  # as many characters as the API server puts behind generateName


class ServiceView:
    """A service."""

    __slots__ = ("annotations", "cluster", "operator", "path", "spec", "upgrade")

    def __init__(self, spec: Mapping[str, Any], annotations: Mapping[str, Any], path: Path, operator: Operator) -> None:
        self.spec = spec
        self.annotations = annotations
        self.path = path
        self.operator = operator
        nested = mapping(spec.get("rayClusterConfig"))
        self.cluster = ClusterView(nested, annotations, (*path, "rayClusterConfig"), operator)
        self.upgrade = spec.get("upgradeStrategy")

    def at(self, *path: str | int) -> Path:
        """A place in the service's spec."""
        return (*self.path, *path)

    @property
    def stepwise(self) -> bool:
        """Whether the operator will move requests step by step: it is asked to, and its gate is on."""
        return self.gate and text(mapping(self.upgrade).get("type")) == INCREMENTAL

    @property
    def gate(self) -> bool:
        """Whether the operator can move requests step by step."""
        return self.operator.gates.get(_INCREMENTAL_GATE, False)


class ScheduleView:
    """A schedule, and the job that it starts again and again."""

    __slots__ = ("job", "operator", "path", "spec")

    def __init__(self, spec: Mapping[str, Any], path: Path, operator: Operator) -> None:
        self.spec = spec
        self.path = path
        self.operator = operator
        # The job's annotations are not the schedule's: it is made without any.
        self.job = JobView(mapping(spec.get("jobTemplate")), {}, (*path, "jobTemplate"), operator)

    def at(self, *path: str | int) -> Path:
        """A place in the schedule's spec."""
        return (*self.path, *path)


class ObjectView:
    """A whole object, with the parts that rules of their own look at; a part that the object lacks is None."""

    __slots__ = (
        "annotations",
        "cluster",
        "job",
        "kind",
        "labels",
        "metadata",
        "misfits",
        "name",
        "native",
        "operator",
        "pods",
        "raw",
        "schedule",
        "service",
    )

    def __init__(self, manifest: Mapping[str, Any], operator: Operator, *, native: bool) -> None:
        self.raw = manifest
        self.operator = operator
        self.native = native
        self.misfits: list[Any] | None = None  # kept here by the rules of shape, which share one walk
        self.kind = text(manifest.get("kind"))
        self.metadata = mapping(manifest.get("metadata"))
        prefix = text(self.metadata.get("generateName"))
        self.name = text(self.metadata.get("name")) or (prefix and prefix + _GENERATED)
        self.labels = mapping(self.metadata.get("labels"))
        self.annotations = annotations = mapping(self.metadata.get("annotations"))
        spec, path = mapping(manifest.get("spec")), ("spec",)
        self.service = ServiceView(spec, annotations, path, operator) if self.kind == "RayService" else None
        self.schedule = ScheduleView(spec, path, operator) if self.kind == "RayCronJob" else None
        self.job = self.schedule.job if self.schedule else None
        if self.kind == "RayJob":
            self.job = JobView(spec, annotations, path, operator)
        self.cluster = self.service.cluster if self.service else self.job.cluster if self.job else None
        if self.kind == "RayCluster":
            self.cluster = ClusterView(spec, annotations, path, operator)
        self.pods: Sequence[PodView] = self.cluster.pods if self.cluster else ()
        if self.job is not None and self.job.submitter is not None:
            self.pods = [*self.pods, self.job.submitter]

    @property
    def asked(self) -> Iterator[str]:
        """The names of labels, annotations, and fields: of the object, its cluster, and the submitter's pod."""
        cluster = self.cluster.asked if self.cluster else ()
        submitter = self.job.submitter.asked if self.job and self.job.submitter else ()
        own = mapping(self.raw.get("spec")) if self.kind != "RayCluster" else ()
        return chain(self.labels, self.annotations, own, cluster, submitter)

    @property
    def parts(self) -> tuple[object, ...]:
        """The object and every part of it that rules look at; None where it lacks one."""
        return (self, self.cluster, self.job, self.service, self.schedule, *self.pods)
