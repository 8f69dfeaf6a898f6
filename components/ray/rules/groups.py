"""Rules of worker groups: names, numbers, and what scales them."""

from rayform.spec.names import is_dns1123

from ...versions import RAY_GROUP_PRIORITY
from .operator import switch_on
from .rule import Found, Severity, rule
from .view import ClusterView, PodView, count, number, ray_version

_LARGEST = 2147483647


def _least(group: PodView) -> int:
    return count(group.group.get("minReplicas"))


def _most(group: PodView) -> int:
    most = number(group.group.get("maxReplicas"))
    return _LARGEST if most is None else most


@rule(
    "min-replicas-negative",
    ClusterView,
    "operator 15",
    about="minReplicas",
    typed=True,
    possible="a group has 0 or more workers",
    remedy="raise it to 0 or more",
)
def min_replicas_negative(cluster: ClusterView) -> list[Found]:
    """``min_replicas`` is 0 or more."""
    return [Found(group.at("minReplicas"), f"{_least(group)} asked") for group in cluster.groups if _least(group) < 0]


@rule(
    "max-replicas-negative",
    ClusterView,
    "operator 16",
    about="maxReplicas",
    typed=True,
    possible="a group has 0 or more workers",
    remedy="raise it to 0 or more",
)
def max_replicas_negative(cluster: ClusterView) -> list[Found]:
    """``max_replicas`` is 0 or more."""
    return [Found(group.at("maxReplicas"), f"{_most(group)} asked") for group in cluster.groups if _most(group) < 0]


@rule(
    "replica-bounds-crossed",
    ClusterView,
    "operator 17",
    possible="the fewest cannot be more than the most",
    remedy="lower min_replicas or raise max_replicas",
)
def replica_bounds_crossed(cluster: ClusterView) -> list[Found]:
    """``min_replicas`` is at most ``max_replicas``."""
    return [
        Found(group.at("minReplicas"), f"{_least(group)} asked with max_replicas {_most(group)}")
        for group in cluster.groups
        if _least(group) > _most(group)
    ]


@rule(
    "replicas-out-of-bounds",
    ClusterView,
    "rayform",
    about="replicas",
    possible="the operator would silently take the nearest bound",
    remedy="choose a number within the bounds, or move them",
)
def replicas_out_of_bounds(cluster: ClusterView) -> list[Found]:
    """``replicas`` lies between ``min_replicas`` and ``max_replicas``."""
    return [
        Found(group.at("replicas"), f"{wanted} asked with bounds {_least(group)} to {_most(group)}")
        for group in cluster.groups
        if (wanted := number(group.group.get("replicas"))) is not None
        and not _least(group) <= wanted <= _most(group)
        # Zero is what the CRD writes where nothing was asked; the operator then starts with the fewest.
        and wanted != 0
    ]


@rule(
    "hosts-not-positive",
    ClusterView,
    "rayform",
    about="numOfHosts",
    possible="a worker spans 1 host or more",
    remedy="set 1 or more",
)
def hosts_not_positive(cluster: ClusterView) -> list[Found]:
    """``num_of_hosts`` is 1 or more."""
    return [
        Found(group.at("numOfHosts"), f"{hosts} asked")
        for group in cluster.groups
        if (hosts := number(group.group.get("numOfHosts"))) is not None and hosts < 1
    ]


@rule(
    "idle-timeout-negative",
    ClusterView,
    "operator 18",
    about="idleTimeoutSeconds",
    possible="a worker is idle for 0 seconds or more",
    remedy="raise it to 0 or more",
)
def idle_timeout_negative(cluster: ClusterView) -> list[Found]:
    """A group's ``idle_timeout_seconds`` is 0 or more."""
    return [
        Found(group.at("idleTimeoutSeconds"), f"{seconds} asked")
        for group in cluster.groups
        if (seconds := count(group.group.get("idleTimeoutSeconds"))) < 0
    ]


@rule(
    "idle-timeout-needs-v2",
    ClusterView,
    "operator 19",
    about="idleTimeoutSeconds",
    possible="only autoscaler v2 knows groups by their idle time",
    remedy='set autoscaling and autoscaler_options.version "v2", or use autoscaler_options.idle_timeout_seconds',
)
def idle_timeout_needs_v2(cluster: ClusterView) -> list[Found]:
    """A group's ``idle_timeout_seconds`` comes with autoscaler v2."""
    return [
        Found(group.at("idleTimeoutSeconds"), f"{group.group['idleTimeoutSeconds']} asked without autoscaler v2")
        for group in cluster.groups
        if group.group.get("idleTimeoutSeconds") is not None and not autoscaler_v2(cluster)
    ]


def autoscaler_v2(cluster: ClusterView) -> bool:
    """Whether the operator takes the cluster's autoscaler for v2, by its options or by the head's environment."""
    variable = cluster.env.get("RAY_enable_autoscaler_v2", {})
    return cluster.autoscaling_v2 or variable.get("value") in ("1", "true")


@rule(
    "priority-needs-ray-version",
    ClusterView,
    "operator 20, 21, 22",
    about="priority",
    since="1.7",
    possible=f"priorities of groups need Ray {RAY_GROUP_PRIORITY} or newer",
    remedy=f"set ray_version to {RAY_GROUP_PRIORITY} or newer, or leave the priority out",
)
def priority_needs_ray_version(cluster: ClusterView) -> list[Found]:
    """A group's ``priority`` comes with a Ray that knows it."""
    if ray_version(cluster.version) and not cluster.older_than(RAY_GROUP_PRIORITY):
        return []
    version = f"with Ray {cluster.version}" if cluster.version else "without a ray_version"
    return [
        Found(group.at("priority"), f"{group.group['priority']} asked {version}")
        for group in cluster.groups
        if group.group.get("priority")
    ]


@rule(
    "priority-needs-v2",
    ClusterView,
    "operator 23",
    about="priority",
    since="1.7",
    possible="only autoscaler v2 knows priorities",
    remedy='set autoscaling and autoscaler_options.version "v2"',
)
def priority_needs_v2(cluster: ClusterView) -> list[Found]:
    """A group's ``priority`` comes with autoscaler v2."""
    return [
        Found(group.at("priority"), f"{group.group['priority']} asked without autoscaler v2")
        for group in cluster.groups
        if group.group.get("priority") and not autoscaler_v2(cluster)
    ]


@rule(
    "group-suspend-gate",
    ClusterView,
    "operator 41",
    about="suspend",
    gate="RayJobDeletionPolicy",
    possible="the operator's gate RayJobDeletionPolicy is off",
    remedy=f"{switch_on('RayJobDeletionPolicy')}, or set min_replicas and max_replicas to 0",
)
def group_suspend_gate(cluster: ClusterView) -> list[Found]:
    """A group is suspended only where the gate RayJobDeletionPolicy is on."""
    if cluster.gate("RayJobDeletionPolicy"):
        return []
    return [Found(group.at("suspend"), "suspended") for group in cluster.groups if group.group.get("suspend") is True]


@rule(
    "group-suspend-autoscaling",
    ClusterView,
    "operator 43",
    about="suspend",
    possible="the autoscaler would start its workers again",
    remedy="set max_replicas to 0, or switch autoscaling off",
)
def group_suspend_autoscaling(cluster: ClusterView) -> list[Found]:
    """A group is suspended only without autoscaling."""
    if not cluster.autoscaling:
        return []
    return [
        Found(group.at("suspend"), "suspended with autoscaling")
        for group in cluster.groups
        if group.group.get("suspend") is True
    ]


@rule(
    "group-names-twice",
    ClusterView,
    "rayform",
    possible="groups are known by their names, so the operator would make and delete pods for ever",
    remedy="give each group its own name",
)
def group_names_twice(cluster: ClusterView) -> list[Found]:
    """Each group has its own name."""
    names: set[str] = set()
    found: list[Found] = []
    for group in cluster.groups:
        if group.name in names:
            found.append(Found(group.at("groupName"), f"a second group called {group.name}"))
        names.add(group.name)
    return found


@rule(
    "group-name-form",
    ClusterView,
    "rayform",
    possible="it becomes part of pod names and a label: at most 63 lower case letters, digits and dashes",
    remedy="choose such a name",
    severity=Severity.WARNING,
    typed=True,
)
def group_name_form(cluster: ClusterView) -> list[Found]:
    """A group's name is a DNS-1123 label."""
    return [
        Found(group.at("groupName"), f"{group.name!r} asked")
        for group in cluster.groups
        if group.name and not is_dns1123(group.name)
    ]
