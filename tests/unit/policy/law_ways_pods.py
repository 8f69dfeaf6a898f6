"""The many ways in which pods say where they run, how long, with what secrets and how much of a quota."""

from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, cron, job, kube, ray, service
from rayform.policy.examples.places import GROUP, HEAD, IN_GROUP, IN_HEAD, WORKER

__all__ = ["WAYS_OF_PODS"]

_TYPE: Final = "node.kubernetes.io/instance-type"
_MODEL: Final = "nvidia.com/gpu.product"
_REQUIRED: Final = "affinity nodeAffinity requiredDuringSchedulingIgnoredDuringExecution"
_PROFILE: Final = "metadata annotations container.apparmor.security.beta.kubernetes.io/"
_PROBED: Final = ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle postStart", "lifecycle preStop")
_SCOPE: Final = [{"scopeName": "PriorityClass", "operator": "In", "values": ["high"]}]


def _on(pod: str, key: str, *values: str) -> Subject:
    terms = [{"matchFields": []}, {"matchExpressions": [{"key": key, "operator": "In", "values": list(values)}]}]
    return ray({f"{pod} {_REQUIRED} nodeSelectorTerms": terms})


def _variable(name: str, value: str) -> Subject:
    return ray({f"{IN_HEAD} env 0": {"name": name, "value": value}})


def _kept(*rules: tuple[str, str, int | None]) -> Subject:
    written = [
        {"policy": policy, "condition": {"jobStatus": status, "ttlSeconds": seconds}}
        for policy, status, seconds in rules
    ]
    return job({"spec shutdownAfterJobFinishes": ABSENT, "spec deletionStrategy": {"deletionRules": written}})


def _failed(seconds: int) -> Subject:
    rules = [
        {"policy": "DeleteSelf", "condition": {"jobDeploymentStatus": "Failed", "ttlSeconds": wait}}
        for wait in (seconds, 9999)
    ]
    return job({"spec deletionStrategy": {"deletionRules": rules}})


def _served(*bundles: Mapping[str, Any]) -> Subject:
    deployment = f"{{num_replicas: 2, ray_actor_options: {{num_gpus: 0}}, placement_group_bundles: {list(bundles)}}}"
    return service({"spec serveConfigV2": f"applications: [{{deployments: [{deployment}]}}]"})


def _bounded(hard: Mapping[str, Any], **spec: Any) -> tuple[Subject, Subject]:
    edits = {"spec hard": hard, **{f"spec {name}": value for name, value in spec.items()}}
    return ray(), kube("ResourceQuota", edits)


def _quota(name: str, amount: str) -> tuple[Subject, Subject]:
    return _bounded({name: amount})


def _other(*bounded: str) -> tuple[Subject, Subject]:
    limits = {"cpu": 1, "memory": "1Gi", "amd.com/gpu": 2}
    quota = kube("ResourceQuota", {"spec hard": dict.fromkeys(bounded, "8")})
    return ray({f"{IN_GROUP} resources": {"limits": limits}}), quota


def _probe(place: str, way: str) -> Subject:
    return kube("Pod", {f"spec containers 0 {place} {way}": {"host": "a", "port": 80}})


WAYS_OF_PODS: Final[Mapping[str, Example]] = {
    "pod-instance-types": Example(
        breaks=(_on(WORKER, _TYPE, "g5.xlarge", "p5.48xlarge"),),
        keeps=(_on(WORKER, _TYPE, "g5.xlarge", "g5.2xlarge"), _on(WORKER, "a", "p5.48xlarge")),
        parameters={"names": ["g5.*"]},
    ),
    "pod-gpu-models": Example(
        breaks=(_on(WORKER, _MODEL, "NVIDIA-A10G", "NVIDIA-H100-80GB-HBM3"),),
        keeps=(_on(WORKER, _MODEL, "NVIDIA-A10G"),),
        parameters={"names": ["NVIDIA-A10G"]},
    ),
    "head-on-demand": Example(
        breaks=(
            _on(HEAD, "karpenter.sh/capacity-type", "spot"),
            _on(HEAD, "eks.amazonaws.com/capacityType", "SPOT"),
        ),
        keeps=(
            _on(HEAD, "karpenter.sh/capacity-type", "spot", "on-demand"),
            _on(WORKER, "karpenter.sh/capacity-type", "spot"),
        ),
    ),
    "job-time-to-live": Example(
        breaks=(
            _kept(("DeleteCluster", "SUCCEEDED", 3601), ("DeleteCluster", "FAILED", 0)),
            _kept(
                ("DeleteNone", "SUCCEEDED", 0), ("DeleteWorkers", "SUCCEEDED", 9999), ("DeleteSelf", "SUCCEEDED", 99999)
            ),
            _failed(3601),
        ),
        keeps=(
            _kept(
                ("DeleteSelf", "SUCCEEDED", 99999), ("DeleteWorkers", "SUCCEEDED", 3600), ("DeleteSelf", "FAILED", None)
            ),
            _kept(("DeleteNone", "SUCCEEDED", 99999)),
            _failed(3600),
        ),
    ),
    "gpu-tolerations": Example(
        breaks=(ray({f"{HEAD} tolerations": [{"operator": "Exists"}]}),),
        keeps=(
            ray({f"{WORKER} tolerations": [{"operator": "Exists"}]}),
            ray({f"{HEAD} tolerations": [{"key": "team", "operator": "Exists"}]}),
        ),
    ),
    "serve-fits": Example(
        breaks=(_served({"GPU": 4}, {"GPU": 1, "CPU": 1}), _served({"CPU": 99})),
        keeps=(_served({"GPU": 2, "CPU": 1}, {"GPU": 2}), _served({})),
    ),
    "quota-holds": Example(
        breaks=(
            *(
                _quota(name, "1")
                for name in ("cpu", "memory", "limits.cpu", "limits.memory", "requests.ephemeral-storage")
            ),
            *(_quota(name, "4") for name in ("pods", "count/pods")),
            *(_quota(name, "0") for name in ("count/rayclusters.ray.io", "limits.ephemeral-storage")),
            *(
                (made(), kube("ResourceQuota", {"spec hard": {f"count/{name}.ray.io": "0"}}))
                for made, name in ((job, "rayjobs"), (service, "rayservices"), (cron, "raycronjobs"))
            ),
        ),
        keeps=(
            *(_quota(name, "5") for name in ("pods", "count/pods")),
            *(_quota(name, "1") for name in ("count/rayclusters.ray.io",)),
            *(_quota(name, "0") for name in ("count/rayjobs.ray.io", "count/services", "requests.storage")),
        ),
    ),
    "namespace-quota": Example(
        breaks=(
            _bounded({"requests.nvidia.com/gpu": 64}, scopes=["NotTerminating"]),
            _bounded({"requests.nvidia.com/gpu": 64}, scopeSelector={"matchExpressions": _SCOPE}),
            _other("requests.nvidia.com/gpu"),
        ),
        keeps=(
            _bounded({"requests.nvidia.com/gpu": 64}, scopes=[]),
            _other("requests.nvidia.com/gpu", "requests.amd.com/gpu"),
        ),
    ),
    "secret-in-plain": Example(
        breaks=(
            *(_variable(name, "hunter2") for name in ("PGPASSWORD", "MYSQL_PWD", "DB_PASS", "SSH_PASSPHRASE")),
            _variable("GH", f"ghp_{'a' * 36}"),
            _variable("GH", f"github_pat_{'a' * 22}"),
            _variable("GL", f"glpat-{'a' * 20}"),
            _variable("HF", f"hf_{'a' * 30}"),
            _variable("SLACK", "xoxb-1"),
            _variable("KEY", "-----BEGIN RSA PRIVATE KEY-----"),
            _variable("DATABASE_URL", "postgres://me:hunter2@db/a"),
        ),
        keeps=(
            *(_variable(name, "/home") for name in ("PWD", "BYPASS", "COMPASS")),
            _variable("DATABASE_URL", "postgres://me:$(DB_WORD)@db/a"),
            _variable("DB_PASSWORD", "$(OTHER)"),
            _variable("ENDPOINT", "http://db:5432/a"),
        ),
    ),
    "app-armor": Example(
        breaks=(kube("Pod", {f"{_PROFILE}shell": "unconfined"}),),
        keeps=(
            kube("Pod", {f"{_PROFILE}shell": "runtime/default"}),
            kube("Pod", {f"{_PROFILE}shell": "localhost/mine"}),
            kube("Pod", {f"{_PROFILE}other": "unconfined"}),
            kube("Pod", {f"{_PROFILE}shell": "unconfined", "metadata namespace": "kube-system"}),
        ),
    ),
    "probe-hosts": Example(
        breaks=tuple(_probe(place, way) for place in _PROBED for way in ("httpGet", "tcpSocket")),
        keeps=(
            kube("Pod", {"spec containers 0 livenessProbe httpGet host": "a", "metadata namespace": "kube-system"}),
        ),
    ),
    "sysctls": Example(
        breaks=(),
        keeps=tuple(
            ray({f"{HEAD} securityContext sysctls": [{"name": f"net.ipv4.tcp_{name}mem", "value": "1"}]})
            for name in "rw"
        ),
    ),
    "gpus-per-pod": Example(
        breaks=tuple(
            ray({f"{IN_GROUP} resources": {"limits": {"nvidia.com/gpu": amount}}})
            for amount in ("0.016k", "16e0", "16000m")
        ),
        keeps=(ray({f"{GROUP} maxReplicas": 1}),),
    ),
}
"""By rule: what the stack of somebody else may hold."""
