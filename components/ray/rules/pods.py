"""Rules of Ray pods that nobody else checks: amounts, images, ports, exposure."""

from decimal import Decimal
from functools import lru_cache

from rayform.spec.quantity import QuantityError, amount

from .rule import Found, Severity, rule
from .view import ClusterView, PodView, items, mapping, ray_version, text

_UNSEEN = ("nvidia.com/gpu.shared", "gpu.intel.com/i915", "gpu.intel.com/xe")
_PLAIN = (str, int, float)
_OPEN = ("NodePort", "LoadBalancer")


def _amount(value: object) -> Decimal | None:
    """The number an amount stands for; None where it stands for none, or is not known yet."""
    if not _is_plain(value):
        return None
    try:
        return amount(str(value))
    except QuantityError:
        return None


def _is_plain(value: object) -> bool:
    return isinstance(value, _PLAIN)


@rule(
    "amount-unparseable",
    ClusterView,
    "kubernetes",
    possible="an amount is a number with an optional unit: m, k, M, G, T, Ki, Mi, Gi, Ti",
    remedy="write it so, such as 500m or 16Gi",
)
def amount_unparseable(cluster: ClusterView) -> list[Found]:
    """Amounts of the Ray containers are quantities."""
    return [
        Found(pod.in_main("resources", side, name), f"{value!r} asked")
        for pod in cluster.pods
        for side, amounts in (("limits", pod.limits), ("requests", pod.requests))
        for name, value in amounts.items()
        if _amount(value) is None and _is_plain(value)
    ]


@rule(
    "request-over-limit",
    ClusterView,
    "kubernetes",
    possible="what is asked for can at most be the limit",
    remedy="lower the request or raise the limit",
)
def request_over_limit(cluster: ClusterView) -> list[Found]:
    """Requests of the Ray containers are at most their limits."""
    return [
        Found(pod.in_main("resources", "requests", name), f"{asked} asked with a limit of {pod.limits[name]}")
        for pod in cluster.pods
        if pod.requests != pod.limits
        for name, asked in pod.requests.items()
        if name in pod.limits and _more(asked, pod.limits[name])
    ]


@rule(
    "device-request",
    ClusterView,
    "kubernetes",
    possible="devices are not shared, so request and limit are the same, and the limit is what counts",
    remedy="set the limit, and the same request or none",
)
def device_request(cluster: ClusterView) -> list[Found]:
    """Requests of devices equal their limits."""
    return [
        Found(pod.in_main("resources", "requests", name), f"{asked} asked with {limit}")
        for pod in cluster.pods
        if pod.requests != pod.limits
        for name, asked in pod.requests.items()
        if "/" in name and _amount(asked) != _amount(pod.limits.get(name))
        for limit in [f"a limit of {pod.limits[name]}" if name in pod.limits else "no limit"]
    ]


def _more(asked: object, limit: object) -> bool:
    first, second = _amount(asked), _amount(limit)
    return first is not None and second is not None and first > second


@rule(
    "amount-missing",
    ClusterView,
    "ray",
    severity=Severity.WARNING,
    possible="Ray then counts the whole node as its own, and the kubelet kills what the node cannot hold",
    remedy="set cpu and memory",
)
def amount_missing(cluster: ClusterView) -> list[Found]:
    """Each Ray container has a limit of memory, and a limit or request of CPU."""
    return [
        Found(pod.in_main("resources"), f"no {' and no '.join(missing)} asked")
        for pod in cluster.pods
        if pod.containers and (missing := _missing(pod))
    ]


def _missing(pod: PodView) -> list[str]:
    cpu = "cpu" in pod.limits or "cpu" in pod.requests
    return [name for name, there in (("cpu", cpu), ("memory", "memory" in pod.limits)) if not there]


@rule(
    "gpu-unseen",
    ClusterView,
    "rayform",
    possible="the operator does not tell Ray of GPUs under this name, so no task would get one",
    remedy="set ray_start_params.num_gpus",
)
def gpu_unseen(cluster: ClusterView) -> list[Found]:
    """Ray is told of GPUs that the operator does not recognise by name."""
    return [
        Found(pod.in_main("resources", "limits", name), f"{name} asked")
        for pod in cluster.pods
        for name in _UNSEEN
        if name in pod.limits and not pod.start.get("num-gpus") and not mapping(pod.group.get("resources")).get("GPU")
    ]


@rule(
    "shared-memory",
    ClusterView,
    "kubernetes",
    possible="what lies in /dev/shm is memory of the container, which is killed beyond its limit",
    remedy="lower shared_memory or raise memory",
)
def shared_memory(cluster: ClusterView) -> list[Found]:
    """Shared memory is at most the container's memory."""
    return [
        Found(pod.at("template", "spec", "volumes", index), f"{size} asked with {pod.limits['memory']} of memory")
        for pod in cluster.pods
        if "memory" in pod.limits
        for index, volume in enumerate(items(pod.spec.get("volumes")))
        if (size := mapping(volume.get("emptyDir")).get("sizeLimit"))
        and volume.get("name") in _shared(pod)
        and _more(size, pod.limits["memory"])
    ]


def _shared(pod: PodView) -> set[str]:
    return {
        text(mount.get("name")) for mount in items(pod.main.get("volumeMounts")) if mount.get("mountPath") == "/dev/shm"
    }


@rule(
    "image-missing",
    ClusterView,
    "kubernetes",
    possible="a container needs an image",
    remedy="set image, or ray_version for Ray's own",
)
def image_missing(cluster: ClusterView) -> list[Found]:
    """Each Ray container has an image."""
    return [
        Found(pod.in_main("image"), "no image asked")
        for pod in cluster.pods
        if pod.containers and not pod.main.get("image")
    ]


@rule(
    "image-version",
    ClusterView,
    "rayform",
    acceptable=True,
    possible="the operator prepares the pods for another Ray than runs in them",
    remedy="make the tag and ray_version agree",
)
def image_version(cluster: ClusterView) -> list[Found]:
    """The tag of an image of Ray is ``ray_version``."""
    wanted = ray_version(cluster.version)
    return [
        Found(pod.in_main("image"), f"{pod.main['image']} asked with ray_version {cluster.version}")
        for pod in cluster.pods
        if wanted and (tag := _tag(text(pod.main.get("image")))) and tag[: len(wanted)] != wanted
    ]


@lru_cache(maxsize=256)
def _tag(image: str) -> tuple[int, ...] | None:
    """The version in the tag of an image that is called ray or ray-ml; other images may count otherwise."""
    name, colon, tag = image.partition("@")[0].rpartition(":")
    return ray_version(tag) if colon and name.rpartition("/")[2] in ("ray", "ray-ml", "ray-llm") else None


@rule(
    "dashboard-port",
    ClusterView,
    "operator (at run time)",
    possible="a list of ports replaces the operator's own, and jobs are submitted through the port named dashboard",
    remedy="add dashboard (8265) to the head's ports, with gcs-server (6379) and client (10001), or list none",
)
def dashboard_port(cluster: ClusterView) -> list[Found]:
    """A head that lists ports lists the dashboard's."""
    ports = items(cluster.head.main.get("ports"))
    if not ports or any(port.get("name") == "dashboard" for port in ports):
        return []
    return [Found(cluster.head.in_main("ports"), f"{len(ports)} listed without dashboard")]


@rule(
    "head-exposed",
    ClusterView,
    "ray",
    severity=Severity.WARNING,
    acceptable=True,
    possible="the dashboard runs whatever it is sent, and its traffic is not encrypted",
    remedy="leave it out and use kubectl port-forward or an authenticating proxy, or accept this rule",
)
def head_exposed(cluster: ClusterView) -> list[Found]:
    """The head is reached from within the Kubernetes cluster only."""
    head = cluster.head
    kind = text(head.group.get("serviceType")) or text(
        mapping(mapping(head.group.get("headService")).get("spec")).get("type")
    )
    found = [Found(head.at("serviceType"), f"{kind} asked")] if kind in _OPEN else []
    return [
        *found,
        *([Found(head.at("enableIngress"), "an Ingress asked")] if head.group.get("enableIngress") is True else ()),
    ]
