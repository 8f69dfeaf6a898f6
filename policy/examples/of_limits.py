"""Examples of the limits."""

from collections.abc import Mapping
from typing import Any, Final

from rayform.components.documents import is_mapping

from .example import ABSENT, Example, cron, job, kube, ray, service
from .places import CLUSTER_IN_JOB, GROUP, HEAD, IN_DEPLOYMENT, IN_GROUP, IN_HEAD, SUBMITTER, WORKER

__all__ = ["LIMITS"]

_GPU: Final = "nvidia.com/gpu"
_SIDECAR: Final = {"name": "metrics", "image": "registry.example.com/metrics:1"}
_SMALL: Final = {"cpu": "100m", "memory": "128Mi"}


def _gpus(number: int, where: str = IN_GROUP) -> dict[str, Any]:
    both = {kind: f"{where} resources {kind} {_GPU}" for kind in ("limits", "requests")}
    return dict.fromkeys(both.values(), str(number))


def _group(name: str, gpus: int, most: int) -> dict[str, Any]:
    amounts = {"cpu": "8", "memory": "64Gi", _GPU: str(gpus)}
    main = {"name": "w", "image": "registry.example.com/ray:1", "resources": {"limits": amounts, "requests": amounts}}
    return {"groupName": name, "minReplicas": 0, "maxReplicas": most, "template": {"spec": {"containers": [main]}}}


def _serve(**deployment: Any) -> dict[str, Any]:
    fields = {"name": "Chat", "ray_actor_options": {"num_gpus": 1, "num_cpus": 1}, **deployment}
    words = ", ".join(f"{name}: {_yaml(value)}" for name, value in fields.items())
    return {"spec serveConfigV2": f"applications:\n- name: chat\n  import_path: a:b\n  deployments:\n  - {{{words}}}\n"}


def _yaml(value: Any) -> str:
    if is_mapping(value):
        return f"{{{', '.join(f'{name}: {each}' for name, each in value.items())}}}"
    return str(value)


LIMITS: Final[Mapping[str, Example]] = {
    "container-requests": Example(
        breaks=(
            ray({f"{HEAD} containers 1": _SIDECAR}),
            ray({f"{WORKER} initContainers": [{**_SIDECAR, "resources": {"requests": {"cpu": "1"}}}]}),
            job({f"{SUBMITTER} containers 0 resources": ABSENT}),
        ),
        keeps=(
            ray({f"{HEAD} containers 1": {**_SIDECAR, "resources": {"requests": _SMALL}}}),
            ray({f"{IN_GROUP} resources requests": ABSENT}),
            kube("Deployment", {f"{IN_DEPLOYMENT} resources": ABSENT}),
        ),
    ),
    "container-limits": Example(
        breaks=(
            ray({f"{IN_HEAD} resources limits memory": ABSENT}),
            ray({f"{WORKER} containers 1": {**_SIDECAR, "resources": {"requests": _SMALL}}}),
            cron({f"spec jobTemplate rayClusterSpec {IN_HEAD.removeprefix('spec ')} resources limits cpu": ABSENT}),
        ),
        keeps=(ray(), ray({f"{WORKER} containers 1": {**_SIDECAR, "resources": {"limits": _SMALL}}})),
    ),
    "memory-request-is-limit": Example(
        breaks=(
            ray({f"{IN_HEAD} resources requests memory": "8Gi"}),
            ray({f"{IN_GROUP} resources requests memory": "63Gi"}),
        ),
        keeps=(
            ray({f"{IN_HEAD} resources requests memory": "16384Mi"}),
            ray({f"{IN_HEAD} resources requests memory": ABSENT}),
            kube("Deployment", {f"{IN_DEPLOYMENT} resources requests memory": "1Mi"}),
        ),
    ),
    "gpu-request-is-limit": Example(
        breaks=(
            ray({f"{IN_GROUP} resources requests {_GPU}": "1"}),
            kube("Deployment", {f"{IN_DEPLOYMENT} resources requests {_GPU}": "1"}),
        ),
        keeps=(ray({f"{IN_GROUP} resources requests {_GPU}": ABSENT}), ray(_gpus(4))),
    ),
    "ephemeral-storage": Example(
        breaks=(
            ray({f"{IN_HEAD} resources limits ephemeral-storage": ABSENT}),
            ray({f"{IN_GROUP} resources limits ephemeral-storage": "600Gi"}),
        ),
        keeps=(
            ray({f"{IN_GROUP} resources limits ephemeral-storage": "500Gi"}),
            kube("Deployment", {f"{IN_DEPLOYMENT} resources limits ephemeral-storage": ABSENT}),
        ),
    ),
    "volume-bounded": Example(
        breaks=(
            ray({f"{WORKER} volumes": [{"name": "shm", "emptyDir": {"medium": "Memory"}}]}),
            ray({f"{HEAD} volumes": [{"name": "spill", "emptyDir": {}}]}),
        ),
        keeps=(
            ray({f"{WORKER} volumes": [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "8Gi"}}]}),
            ray({f"{WORKER} volumes": [{"name": "code", "configMap": {"name": "code"}}]}),
        ),
    ),
    "gpus-per-pod": Example(
        breaks=(
            ray(_gpus(9)),
            ray({f"{IN_GROUP} resources limits": {"nvidia.com/mig-1g.5gb": "16"}}),
            kube("Deployment", _gpus(9, IN_DEPLOYMENT)),
        ),
        keeps=(ray(_gpus(8)), ray({f"{IN_GROUP} resources limits hugepages-2Mi": "16"})),
    ),
    "gpu-tolerations": Example(
        breaks=(
            ray({f"{HEAD} tolerations": [{"key": _GPU, "operator": "Exists"}]}),
            job({f"{SUBMITTER} tolerations": [{"key": _GPU, "operator": "Exists"}]}),
            kube(
                "Deployment", {"spec template spec nodeSelector": {"node.kubernetes.io/instance-type": "p5.48xlarge"}}
            ),
        ),
        keeps=(
            ray({f"{WORKER} tolerations": [{"key": _GPU, "operator": "Exists"}]}),
            ray({f"{HEAD} tolerations": [{"key": "example.com/cpu", "operator": "Exists"}]}),
        ),
    ),
    "quota-gpus": Example(
        breaks=(
            kube("ResourceQuota", {f"spec hard requests.{_GPU}": "65"}),
            kube("ResourceQuota", {"spec hard": {"limits.aws.amazon.com/neuron": 1000}}),
            kube("ResourceQuota", {"spec hard": {"requests.aws.amazon.com/neuron": 1000}}),
        ),
        keeps=(
            kube("ResourceQuota"),
            kube("ResourceQuota", {"spec hard": {"requests.cpu": "1000", f"requests.{_GPU}": 64, _GPU: "many"}}),
        ),
        parameters={"most": 64},
    ),
    "gpus-per-group": Example(
        breaks=(ray({f"{GROUP} maxReplicas": 33}), ray({f"{GROUP} numOfHosts": 9})),
        keeps=(ray({f"{GROUP} maxReplicas": 32}), ray({f"{GROUP} numOfHosts": 8})),
    ),
    "gpus-per-cluster": Example(
        breaks=(
            ray({"spec workerGroupSpecs": [_group("a", 4, 8), _group("b", 4, 9)]}),
            ray({f"{GROUP} maxReplicas": 32, **_gpus(1, IN_HEAD)}),
        ),
        keeps=(
            ray({"spec workerGroupSpecs": [_group("a", 4, 8), _group("b", 4, 8)]}),
            ray({f"{GROUP} maxReplicas": 32}),
        ),
    ),
    "replicas-bounded": Example(
        breaks=(
            ray({f"{GROUP} maxReplicas": ABSENT}),
            ray({f"{GROUP} maxReplicas": 2147483647}),
            ray({f"{GROUP} maxReplicas": 101}),
        ),
        keeps=(ray({f"{GROUP} maxReplicas": 100}), ray({f"{GROUP} maxReplicas": 0})),
    ),
    "workers-per-cluster": Example(
        breaks=(
            ray({"spec workerGroupSpecs": [_group("a", 0, 100), _group("b", 0, 101)]}),
            ray({f"{GROUP} maxReplicas": 201}),
        ),
        keeps=(
            ray({"spec workerGroupSpecs": [_group("a", 0, 100), _group("b", 0, 100)]}),
            ray({"spec enableInTreeAutoscaling": False, f"{GROUP} replicas": 1, f"{GROUP} maxReplicas": 201}),
        ),
    ),
    "idle-timeout": Example(
        breaks=(
            ray({"spec autoscalerOptions idleTimeoutSeconds": 901}),
            ray({f"{GROUP} idleTimeoutSeconds": 3600}),
        ),
        keeps=(
            ray({"spec autoscalerOptions idleTimeoutSeconds": 900}),
            ray({"spec enableInTreeAutoscaling": False, "spec autoscalerOptions idleTimeoutSeconds": 9999}),
        ),
    ),
    "gpu-group-fixed": Example(
        breaks=(
            ray({"spec enableInTreeAutoscaling": False, f"{GROUP} replicas": 2}),
            ray({f"{GROUP} minReplicas": 1}),
        ),
        keeps=(
            ray({f"{IN_GROUP} resources": ABSENT, f"{GROUP} minReplicas": 1}),
            job(
                {f"{CLUSTER_IN_JOB} enableInTreeAutoscaling": False, f"{CLUSTER_IN_JOB} workerGroupSpecs 0 replicas": 1}
            ),
        ),
    ),
    "job-cleans-up": Example(
        breaks=(
            job({"spec shutdownAfterJobFinishes": False}),
            job(
                {
                    "spec shutdownAfterJobFinishes": ABSENT,
                    "spec deletionStrategy": {
                        "deletionRules": [{"policy": "DeleteCluster", "condition": {"jobStatus": "SUCCEEDED"}}]
                    },
                }
            ),
        ),
        keeps=(
            job(
                {
                    "spec shutdownAfterJobFinishes": ABSENT,
                    "spec deletionStrategy": {
                        "deletionRules": [
                            {"policy": "DeleteCluster", "condition": {"jobStatus": status}}
                            for status in ("SUCCEEDED", "FAILED")
                        ]
                    },
                }
            ),
            job({"spec shutdownAfterJobFinishes": ABSENT, CLUSTER_IN_JOB: ABSENT, "spec clusterSelector": {"a": "b"}}),
        ),
    ),
    "job-time-to-live": Example(
        breaks=(job({"spec ttlSecondsAfterFinished": 3601}), cron({"spec jobTemplate ttlSecondsAfterFinished": 99999})),
        keeps=(job({"spec ttlSecondsAfterFinished": 3600}), job()),
    ),
    "job-deadline": Example(
        breaks=(job({"spec activeDeadlineSeconds": ABSENT}), job({"spec activeDeadlineSeconds": 604801})),
        keeps=(job({"spec activeDeadlineSeconds": 604800}), cron()),
    ),
    "job-retries": Example(
        breaks=(job({"spec backoffLimit": 4}), cron({"spec jobTemplate backoffLimit": 100})),
        keeps=(job({"spec backoffLimit": 3}), cron()),
    ),
    "serve-replicas-bounded": Example(
        breaks=(
            service(_serve(autoscaling_config={"min_replicas": 1, "max_replicas": 101})),
            service(_serve(num_replicas=200)),
        ),
        keeps=(service(_serve(num_replicas="auto")), service(_serve(autoscaling_config={"max_replicas": 4}))),
    ),
    "serve-fits": Example(
        breaks=(service(_serve(num_replicas=9)), service(_serve(ray_actor_options={"num_cpus": 40}))),
        keeps=(service(_serve(num_replicas=8)), service(_serve(autoscaling_config={"max_replicas": 8}))),
    ),
    "gpus-per-namespace": Example(
        breaks=(
            tuple(ray({f"{GROUP} maxReplicas": 22}, name) for name in ("a", "b", "c")),
            (ray(), kube("Deployment", {"spec replicas": 121, **_gpus(1, IN_DEPLOYMENT)})),
        ),
        keeps=(
            (ray({f"{GROUP} maxReplicas": 32}, "a"), ray({f"{GROUP} maxReplicas": 32}, "b")),
            tuple(
                ray({f"{GROUP} maxReplicas": 32, "metadata namespace": name}, f"in-{name}") for name in ("a", "b", "c")
            ),
        ),
    ),
    "gpus-per-stack": Example(
        breaks=(
            tuple(
                ray({f"{GROUP} maxReplicas": 26, "metadata namespace": name}, f"in-{name}")
                for name in ("a", "b", "c", "d", "e")
            ),
            (kube("Deployment", {"spec replicas": 257, **_gpus(1, IN_DEPLOYMENT)}),),
        ),
        keeps=(
            tuple(
                ray({f"{GROUP} maxReplicas": 32, "metadata namespace": name}, f"in-{name}")
                for name in ("a", "b", "c", "d")
            ),
            (ray(), job(), service()),
        ),
    ),
    "clusters-per-namespace": Example(
        breaks=(
            tuple(ray(name=f"r{index}") for index in range(3)),
            (ray(), job(), service()),
        ),
        keeps=(
            (ray(), job()),
            (ray(), job(), job({CLUSTER_IN_JOB: ABSENT, "spec clusterSelector": {"a": "b"}}, "other")),
        ),
        parameters={"most": 2},
    ),
}
"""By rule."""
