"""Every field of Ray's own in the four CRDs, down to where Kubernetes' own types begin.

A field is required here only where no rule of its own says so; bounds of numbers are rules of their own as well.
Source: the CRD of KubeRay 1.7.0, which has all that older ones have. Tests compare them with the pinned module.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["CLUSTER", "CRON_JOB", "JOB", "KINDS", "NEW", "NEWEST", "SERVICE", "SPECS", "Field", "Fields"]


class Field(NamedTuple):
    """A field, and what it holds."""

    holds: str
    """``text``, ``switch``, ``whole``, ``large`` (64 bits), ``number``, ``quantity``, ``either`` (a number or a text),
    ``texts``, ``wholes``, ``larges``, ``map`` (of texts), ``amounts`` (a map of numbers or texts), ``object``,
    ``objects``, ``any``; or ``mapping`` or ``list`` of Kubernetes' own."""
    values: tuple[str, ...] = ()
    """The only texts it may be, where the CRD names them."""
    required: bool = False
    """Whether it must be there, in the object that it is a field of."""
    below: Mapping[str, Any] = {}
    """The fields of an object, or of each of a list of objects."""
    needs: tuple[str, ...] = ()
    """Those of them that must be there."""
    each: "Field | None" = None
    """What each item of a list, or each value of a map, is; None is of no interest."""
    plain: type | None = None
    """The class of values of which no more is to be asked; None is none."""
    since: str = ""
    """The minor version of KubeRay that it came with; empty is every one that rayform knows."""
    keys: tuple[str, ...] = ()
    """The fields in which no two of a list of objects agree; none is that they may."""
    native: str = ""
    """What of Kubernetes' own it is: ``template``, ``service``, ``env`` …; empty where that is left open."""


Fields = Mapping[str, Field]
"""Fields by name."""

_TEXT = Field("text", plain=str)
_SWITCH = Field("switch", plain=bool)
_WHOLE = Field("whole")
_NUMBER = Field("number")
_TEXTS = Field("texts", each=_TEXT)
_MAP = Field("map", each=_TEXT)


def _one_of(*values: str) -> Field:
    return Field("text", values)


def _mapping(native: str) -> Field:
    return Field("mapping", plain=dict, native=native)


def _list(native: str) -> Field:
    return Field("list", plain=list, native=native)


def _object(**fields: Field) -> Field:
    needs = tuple(name for name, field in fields.items() if field.required)
    return Field("object", below=fields, needs=needs)


def _objects(**fields: Field) -> Field:
    return Field("objects", below=fields, each=_object(**fields))


def _required(field: Field) -> Field:
    return field._replace(required=True)


NEWEST = "1.7"
"""The minor version of KubeRay that the newest of these fields came with."""
NEW = (
    *("args", "command", "gcsFaultToleranceOptions", "historyServerOptions", "ingressOptions", "networkPolicy"),
    *("priority", "suspend", "timeZone", "tlsOptions"),
)
"""Where these newest fields are: without one of these names an object has none of them."""


def _new(field: Field) -> Field:
    return field._replace(since=NEWEST, plain=None)


_CREDENTIAL = _object(value=_TEXT, valueFrom=_mapping("valueFrom"))
_NETWORK_RULES = {name: _list(name) for name in ("egressRules", "ingressRules")}
_NETWORK = _object(
    head=_object(**_NETWORK_RULES),
    mode=_one_of("DenyAll", "DenyAllIngress", "DenyAllEgress"),
    worker=_object(**_NETWORK_RULES),
    workerGroups=_objects(groupName=_required(_TEXT), **_NETWORK_RULES),
)
_STORAGE = _object(
    accessModes=_TEXTS,
    claimName=_TEXT,
    deletionPolicy=_one_of("DeleteWithCluster", "Retain"),
    size=Field("quantity"),
    storageClassName=_TEXT,
    subPath=_TEXT,
)
_HEAD = _object(
    enableIngress=_SWITCH,
    headService=_mapping("service"),
    ingressOptions=_new(
        _object(host=_TEXT, path=_TEXT, pathType=_one_of("Exact", "Prefix", "ImplementationSpecific"), tls=_list("tls"))
    ),
    labels=_MAP,
    rayStartParams=_MAP,
    resources=_MAP,
    serviceType=_TEXT,
    template=_mapping("template"),
)
_GROUPS = _objects(
    groupName=_required(_TEXT),
    idleTimeoutSeconds=_WHOLE,
    labels=_MAP,
    maxReplicas=_WHOLE,
    minReplicas=_WHOLE,
    numOfHosts=_WHOLE,
    priority=_new(_WHOLE),
    rayStartParams=_MAP,
    replicas=_WHOLE,
    resources=_MAP,
    scaleStrategy=_object(workersToDelete=_TEXTS),
    suspend=_SWITCH,
    template=_mapping("template"),
)
_AUTOSCALER = _object(
    args=_new(_TEXTS),
    command=_new(_TEXTS),
    env=_list("env"),
    envFrom=_list("envFrom"),
    idleTimeoutSeconds=_WHOLE,
    image=_TEXT,
    imagePullPolicy=_TEXT,
    resources=_mapping("resources"),
    securityContext=_mapping("securityContext"),
    upscalingMode=_one_of("Default", "Aggressive", "Conservative"),
    version=_one_of("v1", "v2"),
    volumeMounts=_list("volumeMounts"),
)
_COLLECTOR = _object(env=_list("env"), image=_TEXT, imagePullPolicy=_TEXT, resources=_mapping("resources"))

CLUSTER: Fields = {
    "authOptions": _object(enableK8sTokenAuth=_SWITCH, mode=_one_of("disabled", "token"), secretName=_TEXT),
    "autoscalerOptions": _AUTOSCALER,
    "enableInTreeAutoscaling": _SWITCH,
    "gcsFaultToleranceOptions": _object(
        backend=_new(_one_of("redis", "rocksdb")),
        externalStorageNamespace=_TEXT,
        redisAddress=_TEXT,
        redisPassword=_CREDENTIAL,
        redisUsername=_CREDENTIAL,
        storage=_new(_STORAGE),
    ),
    "headGroupSpec": _HEAD,
    "headServiceAnnotations": _MAP,
    "historyServerOptions": _new(_object(collectorOptions=_COLLECTOR)),
    "managedBy": _TEXT,
    "networkPolicy": _new(_NETWORK),
    "rayVersion": _TEXT,
    "suspend": _SWITCH,
    "tlsOptions": _new(_object(enabled=_SWITCH)),
    "upgradeStrategy": _object(type=_TEXT),
    "workerGroupSpecs": _GROUPS,
}
"""Fields of a cluster, alone or within another kind."""

_POLICY = _one_of("DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone")

JOB: Fields = {
    "activeDeadlineSeconds": _WHOLE,
    "backoffLimit": _WHOLE,
    "clusterSelector": _MAP,
    "deletionStrategy": _object(
        deletionRules=_objects(
            condition=_object(
                jobDeploymentStatus=_one_of("Failed"), jobStatus=_one_of("SUCCEEDED", "FAILED"), ttlSeconds=_WHOLE
            ),
            policy=_required(_POLICY),
        ),
        onFailure=_object(policy=_POLICY),
        onSuccess=_object(policy=_POLICY),
    ),
    "entrypoint": _TEXT,
    "entrypointNumCpus": _NUMBER,
    "entrypointNumGpus": _NUMBER,
    "entrypointResources": _TEXT,
    "jobId": _TEXT,
    "managedBy": _TEXT,
    "metadata": _MAP,
    "preRunningDeadlineSeconds": _WHOLE,
    "rayClusterSpec": _object(**CLUSTER),
    "runtimeEnvYAML": _TEXT,
    "shutdownAfterJobFinishes": _SWITCH,
    "submissionMode": _TEXT,
    "submitterConfig": _object(backoffLimit=_WHOLE),
    "submitterPodTemplate": _mapping("template"),
    "suspend": _SWITCH,
    "ttlSecondsAfterFinished": _WHOLE,
}
"""Fields of a job, alone or within a schedule."""

SERVICE: Fields = {
    "deploymentUnhealthySecondThreshold": _WHOLE,
    "excludeHeadPodFromServeSvc": _SWITCH,
    "managedBy": _TEXT,
    "rayClusterConfig": _object(**CLUSTER),
    "rayClusterDeletionDelaySeconds": _WHOLE,
    "serveConfigV2": _TEXT,
    "serveService": _mapping("service"),
    "serviceUnhealthySecondThreshold": _WHOLE,
    "suspend": _new(_SWITCH),
    "upgradeStrategy": _object(
        clusterUpgradeOptions=_object(
            gatewayClassName=_required(_TEXT),
            intervalSeconds=_required(_WHOLE),
            maxSurgePercent=_WHOLE,
            stepSizePercent=_required(_WHOLE),
        ),
        type=_TEXT,
    ),
}
"""Fields of a service."""

CRON_JOB: Fields = {
    "jobTemplate": _object(**JOB),
    "schedule": _TEXT,
    "suspend": _SWITCH,
    "timeZone": _new(_TEXT),
}
"""Fields of a schedule."""

KINDS: Mapping[str, Fields] = {"RayCluster": CLUSTER, "RayJob": JOB, "RayService": SERVICE, "RayCronJob": CRON_JOB}
"""Fields of the spec of each kind."""
SPECS: Mapping[str, Field] = {kind: _object(**fields) for kind, fields in KINDS.items()}
"""The spec of each kind."""
