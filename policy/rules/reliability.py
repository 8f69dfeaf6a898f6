"""What keeps a cluster up, and what it holds from being lost."""

from collections.abc import Iterator
from typing import Final

from pydantic import Field
from rayform.components import versions
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import items, mapping, number, ray_version, text
from rayform.infra.eks_versions import EXTENDED, VERSIONS
from rayform.spec.model import Listed, Spec

from ..operators import beyond
from ..parameters import Names, names
from ..pods import Pod
from ..rule import Level, Nothing, rule
from ..subject import Subject
from ..views import Ray

_CLUSTER: Final = frozenset({"aws:eks/cluster:Cluster"})
_CALM: Final = {
    "karpenter.sh/do-not-disrupt": "true",
    "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
}
_OPERATOR: Final = "kuberay"


@rule(
    "head-undisturbed",
    Pod,
    why="with the head goes the whole cluster, and consolidation evicts it to save a node",
    remedy='annotate it karpenter.sh/do-not-disrupt: "true" or cluster-autoscaler.kubernetes.io/safe-to-evict: "false"',
    level=Level.ADVISORY,
)
def head_undisturbed(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """The autoscaler of the nodes lets the head be."""
    del asked
    there = mapping(pod.metadata.get("annotations"))
    if pod.role == "head" and not any(text(there.get(name)) == value for name, value in _CALM.items()):
        yield Found((*pod.path, "metadata", "annotations"), "a head that may be evicted asked")


@rule(
    "gcs-fault-tolerance",
    Ray,
    why="when its head restarts, a service without it answers nobody until everything is made anew",
    remedy="set gcsFaultToleranceOptions",
    source="Ray: fault tolerance of RayService",
    level=Level.ADVISORY,
    kinds=frozenset({"RayService"}),
)
def gcs_fault_tolerance(ray: Ray, asked: Nothing) -> Iterator[Found]:
    """A service outlives its head."""
    del asked
    if ray.cluster.get("gcsFaultToleranceOptions") is None:
        yield Found(ray.at("gcsFaultToleranceOptions"), "not asked")


class _Versions(Spec):
    floor: str = Field(default=versions.RAY_FLOOR.version, pattern=r"^\d+\.\d+(\.\d+)?$")
    """The oldest Ray."""


@rule(
    "ray-version",
    Ray,
    _Versions,
    why="what runs is known only by its version: older ones have holes, and a cluster without says nothing",
    remedy="set rayVersion to a version from the floor on",
    source=f"{versions.RAY_FLOOR.cve}; NSA/CISA: upgrades",
)
def ray_version_known(ray: Ray, allowed: _Versions) -> Iterator[Found]:
    """A Ray cluster says its version, and it is not below the floor."""
    if not ray.path:
        return
    written = text(ray.cluster.get("rayVersion"))
    known, floor = ray_version(written), ray_version(allowed.floor)
    if known is None or (floor is not None and known + (0,) * (len(floor) - len(known)) < floor):
        yield Found(ray.at("rayVersion"), f"{written or 'no version'} asked", f"the floor is {allowed.floor}")


@rule(
    "kuberay-version",
    Subject,
    why="it reads Ray's objects otherwise than these rules do, or drops fields of theirs in silence",
    remedy="choose one of these",
    source="KubeRay: releases; NSA/CISA: upgrades",
    level=Level.ADVISORY,
    kinds=frozenset({"Deployment"}),
)
def kuberay_version(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """The operator has a version that is supported."""
    del asked
    if version := beyond(subject):
        place = ("spec", "template", "spec", "containers")
        yield Found(place, f"KubeRay {version} asked", f"versions are {', '.join(versions.KUBERAY)}")


@rule(
    "kubernetes-version",
    Subject,
    names(*VERSIONS),
    why="others are not tested, or AWS upgrades them by itself",
    remedy="choose one of these",
    source="EKS: release calendar; NSA/CISA: upgrades",
    kinds=_CLUSTER,
)
def kubernetes_version(subject: Subject, allowed: Names) -> Iterator[Found]:
    """A cluster has a version of Kubernetes that is supported."""
    version = text(subject.props.get("version"))
    if version and not allowed.has(version):
        yield Found(("version",), f"{version} asked", f"versions are {', '.join(allowed.names)}")


@rule(
    "kubernetes-standard-support",
    Subject,
    names(*sorted(EXTENDED)),
    why="extended support costs six times as much",
    remedy="upgrade, or set upgradePolicy.supportType: STANDARD",
    source="EKS: release calendar",
    level=Level.ADVISORY,
    kinds=_CLUSTER,
)
def kubernetes_standard_support(subject: Subject, extended: Names) -> Iterator[Found]:
    """A cluster has a version in standard support."""
    version = text(subject.props.get("version"))
    if version and extended.has(version):
        yield Found(("version",), f"{version} asked, in extended support")


@rule(
    "budgets-heeded",
    Subject,
    why="with the node goes the head on it, whatever its PodDisruptionBudget says",
    remedy="leave it out, and see to the pods that hold an upgrade back",
    source="EKS: updating managed node groups",
    level=Level.ADVISORY,
    kinds=frozenset({"aws:eks/nodeGroup:NodeGroup"}),
)
def budgets_heeded(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Nodes are not taken from pods that may not be disturbed."""
    del asked
    if subject.props.get("forceUpdateVersion") is True:
        yield Found(("forceUpdateVersion",), "an upgrade by force asked")


class _Stateful(Spec):
    tokens: Listed[str] = (
        "aws:eks/cluster:Cluster",
        "aws:efs/fileSystem:FileSystem",
        "aws:ebs/volume:Volume",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:rds/cluster:Cluster",
        "aws:rds/instance:Instance",
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "kubernetes:core/v1:PersistentVolumeClaim",
        "rayform:components:KubeRayCrds",
    )
    """Types of resources that hold what cannot be made again."""


@rule(
    "protected",
    Subject,
    _Stateful,
    why="what it holds goes with it, and cannot be made again",
    remedy="declare it with opts=ResourceOptions(protect=True)",
    level=Level.DISABLED,
)
def protected(subject: Subject, asked: _Stateful) -> Iterator[Found]:
    """The engine refuses to delete what holds state."""
    if subject.options is not None and not subject.options.protect and subject.token in asked.tokens:
        yield Found((), "protect not asked")


@rule(
    "upgrade-strategy",
    Ray,
    names("NewCluster", "NewClusterWithIncrementalUpgrade"),
    why="with None a change of the cluster is never applied; unsaid it is what the operator was started with",
    remedy='set upgradeStrategy.type to "NewCluster"',
    level=Level.ADVISORY,
    kinds=frozenset({"RayService"}),
)
def upgrade_strategy(ray: Ray, allowed: Names) -> Iterator[Found]:
    """A service says how it is upgraded, without an interruption."""
    kind = text(mapping(ray.subject.spec.get("upgradeStrategy")).get("type"))
    if not allowed.has(kind):
        yield Found(("spec", "upgradeStrategy", "type"), f"{kind or 'nothing'} asked")


@rule(
    "probes-kept",
    Pod,
    why="a Ray process that hangs is then never replaced",
    remedy="remove the variable",
    source="KubeRay: ENABLE_PROBES_INJECTION",
)
def probes_kept(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """The operator gives Ray's containers their probes."""
    del asked
    for container in pod.containers if pod.role == "other" else ():
        if _OPERATOR not in text(container.spec.get("image")) and _OPERATOR not in container.name:
            continue
        for index, entry in enumerate(items(container.spec.get("env"))):
            if entry.get("name") == "ENABLE_PROBES_INJECTION" and text(entry.get("value")).lower() == "false":
                yield Found(container.at("env", index), "Ray containers without probes asked")


@rule(
    "priority-of-system",
    Pod,
    why="it takes the place of what drives nodes and the network, and of every other pod",
    remedy="name a PriorityClass of your own",
    source="Kubernetes: pod priority and preemption",
    level=Level.ADVISORY,
    fields="priorityClassName",
)
def priority_of_system(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """No Ray pod has a priority that is the system's."""
    del asked
    named = text(pod.spec.get("priorityClassName"))
    if pod.is_ray and named.startswith("system-"):
        yield Found(pod.at("priorityClassName"), f"{named} asked")


@rule(
    "time-to-drain",
    Pod,
    why="tasks and objects on it are given that long to move",
    remedy="set terminationGracePeriodSeconds to 30 or more",
    level=Level.ADVISORY,
    fields="terminationGracePeriodSeconds",
)
def time_to_drain(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """A Ray pod that must go is given time to drain."""
    del asked
    seconds = number(pod.spec.get("terminationGracePeriodSeconds"))
    if pod.is_ray and seconds is not None and seconds < 30:
        yield Found(pod.at("terminationGracePeriodSeconds"), f"{seconds} s asked")
