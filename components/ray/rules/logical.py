"""Rules of what Ray itself is told of its nodes: resources, labels, flags of ``ray start``."""

from rayform.spec.names import is_label_key, is_label_value
from rayform.spec.quantity import QuantityError, amount

from .rule import Found, Severity, rule
from .view import ClusterView, entries, number, text

_AMOUNTS = ("num-cpus", "num-gpus", "memory", "resources")


@rule(
    "containers-missing",
    ClusterView,
    "operator 6, 13",
    typed=True,
    possible="a pod has at least the Ray container",
    remedy="give the template a container",
)
def containers_missing(cluster: ClusterView) -> list[Found]:
    """Each pod template has a container."""
    return [
        Found(pod.at("template", "spec", "containers"), "no container asked")
        for pod in cluster.pods
        if not pod.containers
    ]


@rule(
    "resources-twice",
    ClusterView,
    "operator 7, 8",
    about="resources",
    possible="amounts come from one place only",
    remedy="keep resources, or these flags of ray_start_params",
)
def resources_twice(cluster: ClusterView) -> list[Found]:
    """A group's ``resources`` and the amounts in its ``ray_start_params`` exclude each other."""
    return [
        Found(pod.at("resources"), f"asked beside {' and '.join(flags)}")
        for pod in cluster.pods
        if entries(pod.group.get("resources")) and (flags := [flag for flag in _AMOUNTS if pod.start.get(flag)])
    ]


@rule(
    "start-labels",
    ClusterView,
    "operator 9, 10",
    about="rayStartParams",
    possible="the operator writes this flag itself",
    remedy="use the group's labels",
)
def start_labels(cluster: ClusterView) -> list[Found]:
    """``ray_start_params`` holds no ``labels``."""
    return [Found(pod.at("rayStartParams", "labels"), "labels asked") for pod in cluster.pods if "labels" in pod.start]


@rule(
    "label-key",
    ClusterView,
    "operator 11",
    about="labels",
    possible="a key has at most 63 letters, digits, dashes, dots and underscores after an optional domain/",
    remedy="choose such a key",
)
def label_key(cluster: ClusterView) -> list[Found]:
    """Keys of Ray's node labels are keys of Kubernetes labels."""
    return [
        Found(pod.at("labels", key), f"key {key!r} asked")
        for pod in cluster.pods
        if "labels" in pod.group
        for key in entries(pod.group["labels"])
        if not is_label_key(key)
    ]


@rule(
    "label-value",
    ClusterView,
    "operator 12",
    about="labels",
    possible="a value has at most 63 letters, digits, dashes, dots and underscores",
    remedy="choose such a value",
)
def label_value(cluster: ClusterView) -> list[Found]:
    """Values of Ray's node labels are values of Kubernetes labels."""
    return [
        Found(pod.at("labels", key), f"value {value!r} asked")
        for pod in cluster.pods
        if "labels" in pod.group
        for key, value in entries(pod.group["labels"]).items()
        if isinstance(value, str) and not is_label_value(value)
    ]


@rule(
    "logical-amount",
    ClusterView,
    "rayform",
    about="resources",
    possible="the operator would silently skip it",
    remedy="write a number, or a number with a Kubernetes unit",
)
def logical_amount(cluster: ClusterView) -> list[Found]:
    """Amounts in a group's ``resources`` are quantities."""
    return [
        Found(pod.at("resources", name), f"{value!r} asked")
        for pod in cluster.pods
        if "resources" in pod.group
        for name, value in entries(pod.group["resources"]).items()
        # What is no text is told as such, and may be anything.
        if isinstance(value, str) and not _is_amount(value)
    ]


def _is_amount(value: str) -> bool:
    try:
        return amount(value) >= 0
    except QuantityError:
        return False


@rule(
    "head-runs-tasks",
    ClusterView,
    "ray",
    severity=Severity.WARNING,
    possible="a task that takes the head's memory takes the whole cluster with it",
    remedy='set num_cpus=0 in head.ray_start_params or {"CPU": "0"} in head.resources, as reserved=True of a Head does',
)
def head_runs_tasks(cluster: ClusterView) -> list[Found]:
    """The head schedules no tasks where there are workers for them."""
    head = cluster.head
    cpus = head.start.get("num-cpus") or entries(head.group.get("resources")).get("CPU")
    if text(cpus) == "0" or all(number(group.group.get("maxReplicas")) == 0 for group in cluster.groups):
        return []
    return [Found(head.at("rayStartParams", "num-cpus"), "tasks are scheduled on the head")]
