"""Views of a subject: the pods that it will become, and what Ray says of them.

A Ray object becomes more pods than it shows: the head with the autoscaler beside it, every group with a container that
waits for the head, the submitter of a job. What the operator adds is after KubeRay 1.6 and 1.7 (``common/pod.go``,
``common/job.go``); only what it adds by itself is marked ``injected``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rayform.components.ray.rules.cron import CronError, runs_at_once
from rayform.components.ray.rules.view import Path, items, mapping, number, text

from .amounts import named
from .lazy import lazy
from .pods import UNBOUNDED, Pod
from .subject import Subject
from .unknown import picked
from .workloads import WORKLOADS, within, workload

__all__ = ["JOBS", "RAY", "WITH_PODS", "Ray", "pods_of", "ray_of", "sets_of"]

_EMPTY: Mapping[str, Any] = {}
_CLUSTERS: Final[Mapping[str, Path]] = {
    "RayCluster": ("spec",),
    "RayJob": ("spec", "rayClusterSpec"),
    "RayService": ("spec", "rayClusterConfig"),
    "RayCronJob": ("spec", "jobTemplate", "rayClusterSpec"),
}
_JOBS: Final[Mapping[str, Path]] = {"RayJob": ("spec",), "RayCronJob": ("spec", "jobTemplate")}
RAY: Final = frozenset(_CLUSTERS)
"""The kinds of Ray objects."""
JOBS: Final = frozenset(_JOBS)
"""Those that run a job."""
WITH_PODS: Final = RAY | WORKLOADS
"""Kinds of subjects that may become pods."""


def _amounts(cpu: str, memory: str) -> Mapping[str, str]:
    return {"cpu": cpu, "memory": memory}


_WAITS = {name: _amounts("200m", "256Mi") for name in ("limits", "requests")}
_SCALES = {name: _amounts("500m", "512Mi") for name in ("limits", "requests")}
_SUBMITS = {"requests": _amounts("500m", "200Mi"), "limits": _amounts("1", "1Gi")}


@dataclass(frozen=True)
class Ray:
    """A Ray object: its cluster, its job, and every pod of them."""

    subject: Subject
    """The object."""

    @lazy
    def path(self) -> Path:
        """Where the cluster's spec stands; empty where there is none."""
        path = _CLUSTERS[self.subject.kind]
        return path if within(self.subject.props, path) is not None else ()

    @lazy
    def cluster(self) -> Mapping[str, Any]:
        """The cluster's spec; empty for a job on a cluster that is there already."""
        return mapping(within(self.subject.props, self.path)) if self.path else _EMPTY

    @lazy
    def job_path(self) -> Path:
        """Where the job's spec stands; empty where there is no job."""
        return _JOBS.get(self.subject.kind, ())

    @lazy
    def job(self) -> Mapping[str, Any]:
        """The job's spec."""
        return mapping(within(self.subject.props, self.job_path)) if self.job_path else _EMPTY

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

    @lazy
    def sets(self) -> int:
        """How many of its clusters there may be at once: an upgrade has two, a schedule one for each run."""
        if self.subject.kind == "RayService":
            return 1 if mapping(self.subject.spec.get("upgradeStrategy")).get("type") == "None" else 2
        deadline = number(self.job.get("activeDeadlineSeconds"))
        if self.subject.kind != "RayCronJob" or deadline is None:
            return 1
        try:
            return runs_at_once(text(self.subject.spec.get("schedule")), deadline)
        except CronError:
            return 1  # told by the rule schedule-form

    @property
    def device(self) -> str:
        """What one of its accelerators is called: ``GPU``, ``TPU chip``."""
        return named(name for pod in self.pods for name, count in pod.accelerators.items() if count)

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
        spec = picked(asked, ("image", "resources", "securityContext", "env", "volumeMounts"), image)
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
    opened = subject.opened
    if "pods" not in opened:
        ray = ray_of(subject)
        opened["pods"] = list(filter(None, (workload(subject),))) if ray is None else ray.pods
    pods: Sequence[Pod] = opened["pods"]
    return pods


def sets_of(subject: Subject) -> int:
    """How many sets of its pods there may be at once."""
    ray = ray_of(subject)
    return 1 if ray is None else ray.sets
