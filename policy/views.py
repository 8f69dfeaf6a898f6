"""Views of a subject: the pods that it will become, each container of those, and what Ray says of them.

A Ray object becomes more pods than it shows: the head with the autoscaler beside it, every group with a container that
waits for the head, the submitter of a job. What the operator adds is after KubeRay 1.6 and 1.7 (``common/pod.go``,
``common/job.go``); only what it adds by itself is marked ``injected``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rayform.components.ray.rules.view import Path, items, mapping, number, text

from . import amounts
from .lazy import lazy
from .subject import Subject
from .unknown import picked

__all__ = ["UNBOUNDED", "Container", "Pod", "Ray", "pods_of", "ray_of"]

UNBOUNDED: Final = 2**31 - 1
"""How many workers a group may have when its author names no most."""
_EMPTY: Mapping[str, Any] = {}
_CLUSTERS: Final[Mapping[str, Path]] = {
    "RayCluster": ("spec",),
    "RayJob": ("spec", "rayClusterSpec"),
    "RayService": ("spec", "rayClusterConfig"),
    "RayCronJob": ("spec", "jobTemplate", "rayClusterSpec"),
}
_JOBS: Final[Mapping[str, Path]] = {"RayJob": ("spec",), "RayCronJob": ("spec", "jobTemplate")}
_TEMPLATES: Final[Mapping[str, Path]] = {
    "Pod": (),
    "Deployment": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}


def _amounts(cpu: str, memory: str) -> Mapping[str, str]:
    return {"cpu": cpu, "memory": memory}


_WAITS = {name: _amounts("200m", "256Mi") for name in ("limits", "requests")}
_SCALES = {name: _amounts("500m", "512Mi") for name in ("limits", "requests")}
_SUBMITS = {"requests": _amounts("500m", "200Mi"), "limits": _amounts("1", "1Gi")}


def _at(whole: Any, path: Path) -> Any:
    for step in path:
        whole = mapping(whole).get(str(step))
    return whole


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
    """``main`` is the first one, others are ``sidecar`` or ``init``."""
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

    @lazy
    def gpus(self) -> int:
        """GPUs and other accelerators that it asks for."""
        return amounts.accelerators(self.limits, self.requests)

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

    @lazy
    def containers(self) -> Sequence[Container]:
        """Every container, those of the operator included."""
        return [*self._written("containers"), *self._written("initContainers"), *self._added()]

    def _written(self, key: str) -> Iterator[Container]:
        for index, each in enumerate(items(self.spec.get(key))):
            role = "init" if key == "initContainers" else "sidecar" if index else "main"
            yield Container(self, each, self.at(key, index), role)

    def _added(self) -> Iterator[Container]:
        for role, spec, path in self.beside:
            yield Container(self, spec, path, role, injected=True)

    def at(self, *path: str | int) -> Path:
        """A place in its spec."""
        return (*self.path, "spec", *path)

    @property
    def is_ray(self) -> bool:
        """Whether it is one of Ray's."""
        return self.role != "other"

    @lazy
    def gpus(self) -> int:
        """GPUs of one such pod."""
        return sum(each.gpus for each in self.containers if each.role != "init")


@dataclass(frozen=True)
class Ray:
    """A Ray object: its cluster, its job, and every pod of them."""

    subject: Subject
    """The object."""

    @lazy
    def path(self) -> Path:
        """Where the cluster's spec stands; empty where there is none."""
        path = _CLUSTERS[self.subject.kind]
        return path if _at(self.subject.props, path) is not None else ()

    @lazy
    def cluster(self) -> Mapping[str, Any]:
        """The cluster's spec; empty for a job on a cluster that is there already."""
        return mapping(_at(self.subject.props, self.path)) if self.path else _EMPTY

    @lazy
    def job_path(self) -> Path:
        """Where the job's spec stands; empty where there is no job."""
        return _JOBS.get(self.subject.kind, ())

    @lazy
    def job(self) -> Mapping[str, Any]:
        """The job's spec."""
        return mapping(_at(self.subject.props, self.job_path)) if self.job_path else _EMPTY

    def at(self, *path: str | int) -> Path:
        """A place in the cluster's spec."""
        return (*self.path, *path)

    @property
    def autoscaling(self) -> bool:
        """Whether Ray's own autoscaler sets the number of workers."""
        return self.cluster.get("enableInTreeAutoscaling") is True

    @lazy
    def groups(self) -> Sequence[Mapping[str, Any]]:
        """The worker groups."""
        return items(self.cluster.get("workerGroupSpecs"))

    def most(self, group: Mapping[str, Any]) -> int:
        """How many pods a group may have: hosts of each replica times the most replicas."""
        # What nobody writes is 0 by the CRD, and the most has no end.
        asked = max(number(group.get(name)) or 0 for name in ("replicas", "minReplicas"))
        if self.autoscaling:
            asked = max(asked, number(group.get("maxReplicas"), UNBOUNDED) or 0)
        return asked * max(number(group.get("numOfHosts")) or 1, 1)

    @property
    def head(self) -> Pod:
        """The head; only where there is a cluster."""
        return self.pods[0]

    @lazy
    def pods(self) -> Sequence[Pod]:
        """Every pod that the object may become."""
        head = [self._head(), *self._workers()] if self.path else []
        return [*head, *self._submitter()]

    @lazy
    def gpus(self) -> int:
        """GPUs at the largest size."""
        return sum(pod.gpus * pod.most for pod in self.pods)

    def _head(self) -> Pod:
        group, path = mapping(self.cluster.get("headGroupSpec")), self.at("headGroupSpec", "template")
        template = mapping(group.get("template"))
        main = _main(template)
        beside = [self._autoscaler(main)] if self.autoscaling else []
        if text(self.job.get("submissionMode")) == "SidecarMode":
            spec = picked(main, ("image",), {"name": "ray-job-submitter", "resources": _SUBMITS})
            beside.append(("sidecar", spec, (*self.job_path, "submissionMode")))
        return Pod(self.subject, "head", template, path, 1, tuple(beside))

    def _autoscaler(self, main: Mapping[str, Any]) -> tuple[str, Mapping[str, Any], Path]:
        asked = mapping(self.cluster.get("autoscalerOptions"))
        image = picked(main, ("image",), {"name": "autoscaler", "resources": _SCALES})
        spec = picked(asked, ("image", "resources", "securityContext", "env"), image)
        return "sidecar", spec, self.at("autoscalerOptions")

    def _workers(self) -> Iterator[Pod]:
        for index, group in enumerate(self.groups):
            path = self.at("workerGroupSpecs", index, "template")
            template = mapping(group.get("template"))
            main = _main(template)
            spec = picked(main, ("image", "securityContext"), {"name": "wait-gcs-ready", "resources": _WAITS})
            beside = (("init", spec, (*path, "spec", "containers", 0)),) if main else ()
            yield Pod(self.subject, "group", template, path, self.most(group), beside, text(group.get("groupName")))

    def _submitter(self) -> Iterator[Pod]:
        if not self.job_path or (text(self.job.get("submissionMode")) or "K8sJobMode") != "K8sJobMode":
            return
        path = (*self.job_path, "submitterPodTemplate")
        written = self.job.get("submitterPodTemplate")
        if written is not None:
            yield Pod(self.subject, "submitter", mapping(written), path, 1)
            return
        # The operator's own runs the head's image without any security context.
        main = _main(mapping(mapping(self.cluster.get("headGroupSpec")).get("template")))
        spec = picked(main, ("image",), {"name": "ray-job-submitter", "resources": _SUBMITS})
        yield Pod(self.subject, "submitter", {}, path, 1, (("main", spec, path),))


def _main(template: Mapping[str, Any]) -> Mapping[str, Any]:
    return next(iter(items(mapping(template.get("spec")).get("containers"))), _EMPTY)


def ray_of(subject: Subject) -> Ray | None:
    """The Ray object that a subject is; None is another."""
    opened = subject.opened
    if "ray" not in opened:
        opened["ray"] = Ray(subject) if subject.is_ray and subject.kind in _CLUSTERS else None
    ray: Ray | None = opened["ray"]
    return ray


def pods_of(subject: Subject) -> Sequence[Pod]:
    """The pods that a subject will become, as a Ray object or as a workload of Kubernetes itself."""
    ray = ray_of(subject)
    return ray.pods if ray is not None else _workload(subject)


def _workload(subject: Subject) -> Sequence[Pod]:
    path = _TEMPLATES.get(subject.kind)
    if path is None or not subject.api:
        return ()
    template = mapping(_at(subject.props, path)) if path else subject.props
    named = subject.spec.get("completions" if subject.kind == "Job" else "replicas") if path else None
    return (Pod(subject, "other", template, path, 1 if named is None else number(named) or 0),)
