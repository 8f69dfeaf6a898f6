"""Further resources on either side of rules: one for each entry of a table, and for each part of a condition."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, aws, declared, job, kube, ray
from rayform.policy.examples.places import HEAD, IN_GROUP, IN_HEAD, WORKER

_CONTEXT: Final = "securityContext"
_SYSCTLS: Final = (
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
)
_VOLUMES: Final = ("configMap", "csi", "downwardAPI", "emptyDir", "persistentVolumeClaim", "secret")
_STATEFUL: Final = (
    "aws:eks/cluster:Cluster",
    "aws:efs/fileSystem:FileSystem",
    "aws:ebs/volume:Volume",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
    "aws:rds/cluster:Cluster",
    "aws:rds/instance:Instance",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "rayform:components:KubeRayCrds",
)
_ATTACHED: Final = tuple(
    f"aws:iam/{kind[0].lower()}{kind[1:]}:{kind}"
    for kind in ("RolePolicyAttachment", "UserPolicyAttachment", "GroupPolicyAttachment", "PolicyAttachment")
)
_BROAD: Final = ("AdministratorAccess", "PowerUserAccess", "IAMFullAccess")
_WRITTEN: Final = tuple(
    f"aws:iam/{kind[0].lower()}{kind[1:]}:{kind}" for kind in ("Policy", "RolePolicy", "UserPolicy", "GroupPolicy")
)
_EVERYTHING: Final = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
_BALANCER: Final = "service.beta.kubernetes.io/aws-load-balancer-"


def _service(*ports: Mapping[str, Any], kind: str = "LoadBalancer", **selector: str) -> Subject:
    return kube("Service", {"spec type": kind, "spec ports": list(ports), "spec selector": selector or {"app": "a"}})


def _route(kind: str) -> Subject:
    reference = {"name": "train-head-svc", "port": 8265}
    return kube("HTTPRoute", {"kind": kind, "spec rules 0 backendRefs 0": reference})


def _balancer(name: str, value: str) -> Subject:
    return kube("Service", {"spec type": "LoadBalancer", "metadata annotations": {f"{_BALANCER}{name}": value}})


def _ends(success: str, failure: str) -> Subject:
    strategy = {"onSuccess": {"policy": success}, "onFailure": {"policy": failure}}
    return job({"spec shutdownAfterJobFinishes": ABSENT, "spec deletionStrategy": strategy})


def _ended(*conditions: Mapping[str, str]) -> Subject:
    rules = [{"policy": "DeleteWorkers", "condition": dict(each)} for each in conditions]
    return job({"spec shutdownAfterJobFinishes": ABSENT, "spec deletionStrategy": {"deletionRules": rules}})


def _selecting(key: str, operator: str, *values: str) -> tuple[Subject, Subject]:
    expression = {"key": key, "operator": operator, **({"values": list(values)} if values else {})}
    return ray(), kube("NetworkPolicy", {"spec podSelector": {"matchExpressions": [expression]}})


def _labelled(**labels: str) -> tuple[Subject, Subject]:
    named = {name.replace("__", ".").replace("_of_", "/").replace("_", "-"): value for name, value in labels.items()}
    return ray(), kube("NetworkPolicy", {"spec podSelector": {"matchLabels": named}})


def _images(*tags: str) -> Iterator[Subject]:
    yield from (ray({f"{IN_GROUP} image": f"registry.example.com/ray:{tag}"}) for tag in tags)


_HEAD_LABELS: Final = {
    "ray__io_of_node_type": "head",
    "ray__io_of_is_ray_node": "yes",
    "ray__io_of_group": "headgroup",
    "app__kubernetes__io_of_name": "kuberay",
    "app__kubernetes__io_of_created_by": "kuberay-operator",
    "ray__io_of_cluster": "train",
}

EDGES: Final[Mapping[str, Example]] = {
    "sysctls": Example(
        breaks=(),
        keeps=tuple(ray({f"{HEAD} {_CONTEXT} sysctls": [{"name": name, "value": "1"}]}) for name in _SYSCTLS),
    ),
    "volume-kinds": Example(
        breaks=(), keeps=tuple(ray({f"{WORKER} volumes": [{"name": "data", kind: {}}]}) for kind in _VOLUMES)
    ),
    "se-linux": Example(
        breaks=(ray({f"{IN_HEAD} {_CONTEXT} seLinuxOptions": {"role": "system_r"}}),),
        keeps=tuple(
            ray({f"{IN_HEAD} {_CONTEXT} seLinuxOptions": {"type": f"container_{name}_t"}})
            for name in ("init", "kvm", "engine")
        ),
    ),
    "host-namespaces": Example(breaks=(ray({f"{HEAD} hostIPC": True}),), keeps=(ray({f"{HEAD} hostIPC": False}),)),
    "protected": Example(
        breaks=tuple(declared(aws(token), protect=False) for token in _STATEFUL),
        keeps=tuple(declared(aws(token), protect=True) for token in _STATEFUL),
    ),
    "administrator-in-aws": Example(
        breaks=(
            *(aws(token, {"policyArn": f"arn:aws:iam::aws:policy/{_BROAD[0]}"}) for token in _ATTACHED),
            *(aws(_ATTACHED[0], {"policyArn": f"arn:aws:iam::aws:policy/{name}"}) for name in _BROAD),
        ),
        keeps=(),
    ),
    "rights-in-aws": Example(breaks=tuple(aws(token, {"policy": _EVERYTHING}) for token in _WRITTEN), keeps=()),
    "service-public": Example(
        breaks=(
            *(_service({"port": 80, "targetPort": port}) for port in (8265, 10001, 6379, 52365)),
            *(
                _service({"port": 80, "targetPort": name})
                for name in ("dashboard", "client", "gcs-server", "gcs", "dashboard-agent")
            ),
            _service({"port": 80, "name": "client"}),
            _service({"port": 80}, **{"ray.io/node-type": "head"}),
            _service({"port": 80}, kind="NodePort", **{"ray.io/group": "headgroup"}),
        ),
        keeps=(
            _service({"port": 8000}, **{"ray.io/node-type": "head"}),
            _service({"port": 80, "targetPort": 8000}, **{"ray.io/node-type": "worker"}),
            _service({"port": 80, "name": "http"}),
        ),
    ),
    "ingress-to-ray": Example(
        breaks=tuple(_route(kind) for kind in ("HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute")), keeps=()
    ),
    "load-balancer-public": Example(
        breaks=(_balancer("internal", "false"), _balancer("scheme", "internet-facing")),
        keeps=(_balancer("internal", "True"), _balancer("internal", "0.0.0.0/0"), _balancer("scheme", "internal")),
    ),
    "bound-to-everything": Example(
        breaks=tuple(
            kube("ClusterRoleBinding", {"subjects 0": {"kind": "Group", "name": f"system:{name}"}})
            for name in ("anonymous", "unauthenticated", "authenticated", "serviceaccounts")
        ),
        keeps=(),
    ),
    "job-cleans-up": Example(
        breaks=(
            _ends("DeleteCluster", "DeleteNone"),
            _ends("DeleteNone", "DeleteSelf"),
            _ended({"jobStatus": "SUCCEEDED"}, {"jobDeploymentStatus": "Running"}),
            _ended({"jobDeploymentStatus": "Failed"}),
        ),
        keeps=(
            _ends("DeleteCluster", "DeleteWorkers"),
            _ends("DeleteSelf", "DeleteCluster"),
            _ended({"jobStatus": "SUCCEEDED"}, {"jobDeploymentStatus": "Failed"}),
        ),
    ),
    "network-policy": Example(
        breaks=(
            _selecting("ray.io/group", "In", "gpu"),
            _selecting("ray.io/group", "DoesNotExist"),
            _selecting("other", "Exists"),
            _selecting("ray.io/group", "In"),
            *(_labelled(**{name: "other"}) for name in _HEAD_LABELS),
        ),
        keeps=(
            _selecting("ray.io/group", "In", "headgroup"),
            _selecting("ray.io/group", "NotIn", "gpu"),
            _selecting("ray.io/group", "Exists"),
            _selecting("other", "DoesNotExist"),
            *(_labelled(**{name: value}) for name, value in _HEAD_LABELS.items()),
        ),
    ),
    "image-pinned": Example(
        breaks=tuple(_images("latest", "nightly", "master", "main", "dev", "edge", "stable")),
        keeps=tuple(_images("2.60.0", "developed-1")),
    ),
    "namespace-own": Example(
        breaks=(
            *(ray({"metadata namespace": name}) for name in ("default", "kube-system", "kube-public")),
            ray({"metadata namespace": "kube-node-lease"}),
        ),
        keeps=(ray({"metadata namespace": "team"}),),
    ),
}
"""By rule."""
