"""Pods that the operator makes, read by themselves."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any, Final

from law_reading import Reading
from rayform.policy import Subject, of_manifest
from rayform.policy.examples.example import ABSENT, cron, job, ray, service
from rayform.policy.examples.places import GROUP, IN_GROUP
from rayform.policy.pods import UNBOUNDED

__all__ = ["VIEWS"]


def _pods(subject: Subject, *names: str) -> Callable[[ModuleType], Any]:
    """What the containers that the operator adds to pods have as these, by the pod's role."""
    return lambda module: [
        (pod.role, each.role, *(getattr(each, name) for name in names))
        for pod in module.pods_of(replace(subject))
        for each in pod.containers
        if each.injected
    ]


def _sizes(subject: Subject) -> Callable[[ModuleType], Any]:
    return lambda module: [(pod.role, pod.most) for pod in module.pods_of(replace(subject))]


_FOREIGN: Final = of_manifest({"apiVersion": "a.io/v1", "kind": "RayCluster", "spec": {}})
_IMAGE: Final = {f"{IN_GROUP} image": "one:1", "spec headGroupSpec template spec containers 0 image": "two:2"}
_RESTED: Final = {"cpu": "200m", "memory": "256Mi"}
_SCALING: Final = {"cpu": "500m", "memory": "512Mi"}
_SENDING: Final = {"cpu": "500m", "memory": "200Mi"}, {"cpu": "1", "memory": "1Gi"}
_SIDECAR: Final = job({"spec submissionMode": "SidecarMode", "spec submitterPodTemplate": ABSENT})
_SENT: Final = job({"spec submitterPodTemplate": ABSENT})


def _fixed(**edits: Any) -> Subject:
    written = {f"{GROUP} {name}": value for name, value in edits.items()}
    return ray({"spec enableInTreeAutoscaling": False, f"{GROUP} minReplicas": 0, **written})


def _of(subject: Subject, name: str) -> Callable[[ModuleType], Any]:
    return lambda module: getattr(module.ray_of(replace(subject)), name)


def _images(subject: Subject) -> Callable[[ModuleType], Any]:
    return lambda module: [
        each.spec.get("image") for pod in module.pods_of(replace(subject)) for each in pod.containers if each.injected
    ]


def _sets(*subjects: Subject) -> Callable[[ModuleType], Any]:
    return lambda module: [module.sets_of(replace(subject)) for subject in subjects]


def _kept(subject: Subject) -> Callable[[ModuleType], Any]:
    def read(module: ModuleType) -> bool:
        anew = replace(subject)
        return module.ray_of(anew) is module.ray_of(anew)

    return read


_DEADLINE: Final = "spec jobTemplate activeDeadlineSeconds"
VIEWS: Final = (
    Reading(
        "views",
        _sets(ray(), job(), service(), service({"spec upgradeStrategy": {"type": "None"}})),
        [1, 1, 2, 1],
    ),
    Reading(
        "views",
        _sets(*(cron({"spec schedule": "* * * * *", _DEADLINE: seconds}) for seconds in (None, 60, 61, 600))),
        [1, 1, 2, 10],
    ),
    Reading("views", _sets(cron({"spec schedule": "whenever", _DEADLINE: 60})), [1]),
    Reading(
        "views",
        _pods(ray(), "requests", "limits", "name"),
        [("head", "sidecar", _SCALING, _SCALING, "autoscaler"), ("group", "init", _RESTED, _RESTED, "wait-gcs-ready")],
    ),
    Reading(
        "views",
        _pods(_SENT, "requests", "limits", "name"),
        [
            ("head", "sidecar", _SCALING, _SCALING, "autoscaler"),
            ("group", "init", _RESTED, _RESTED, "wait-gcs-ready"),
            ("submitter", "main", *_SENDING, "ray-job-submitter"),
        ],
    ),
    Reading(
        "views",
        _pods(_SIDECAR, "requests", "limits", "name", "path"),
        [
            ("head", "sidecar", _SCALING, _SCALING, "autoscaler", ("spec", "rayClusterSpec", "autoscalerOptions")),
            ("head", "sidecar", *_SENDING, "ray-job-submitter", ("spec", "submissionMode")),
            (
                "group",
                "init",
                _RESTED,
                _RESTED,
                "wait-gcs-ready",
                ("spec", "rayClusterSpec", "workerGroupSpecs", 0, "template", "spec", "containers", 0),
            ),
        ],
    ),
    Reading("views", _images(ray(_IMAGE)), ["two:2", "one:1"]),
    Reading("views", lambda module: [image.rpartition("@")[2][:6] for image in _images(_SENT)(module)], ["sha256"] * 3),
    Reading(
        "views", lambda module: [image.rpartition("@")[2][:6] for image in _images(_SIDECAR)(module)], ["sha256"] * 3
    ),
    Reading("views", _sizes(_SENT), [("head", 1), ("group", 4), ("submitter", 1)]),
    Reading("views", _sizes(_fixed(replicas=2, minReplicas=3)), [("head", 1), ("group", 3)]),
    Reading("views", _sizes(_fixed(replicas=2, numOfHosts=0)), [("head", 1), ("group", 2)]),
    Reading("views", _sizes(_fixed(replicas=2, numOfHosts=3)), [("head", 1), ("group", 6)]),
    Reading("views", _sizes(_fixed(minReplicas=ABSENT)), [("head", 1), ("group", 0)]),
    Reading("views", _sizes(ray({f"{GROUP} maxReplicas": 0})), [("head", 1), ("group", 0)]),
    Reading("views", _sizes(ray({f"{GROUP} maxReplicas": ABSENT})), [("head", 1), ("group", UNBOUNDED)]),
    Reading(
        "views",
        _sizes(job({"spec rayClusterSpec": ABSENT, "spec clusterSelector": {"ray.io/cluster": "a"}})),
        [("submitter", 1)],
    ),
    Reading("views", _pods(ray({f"{GROUP} template spec containers": [], "spec enableInTreeAutoscaling": False})), []),
    Reading("views", _of(ray(), "device"), "GPU"),
    Reading(
        "views",
        _of(
            ray(
                {
                    f"{IN_GROUP} resources limits": {"google.com/tpu": 4, "nvidia.com/gpu": 0},
                    f"{IN_GROUP} resources requests": {},
                }
            ),
            "device",
        ),
        "TPU chip",
    ),
    Reading("views", _of(ray(), "job"), {}),
    Reading("views", _of(cron(), "job_path"), ("spec", "jobTemplate")),
    Reading("views", _kept(ray()), found=True),
    Reading(
        "views",
        lambda module: module.ray_of(of_manifest({"apiVersion": "a.io/v1", "kind": "RayCluster", "spec": {}})),
        None,
    ),
)
"""Each of them."""
