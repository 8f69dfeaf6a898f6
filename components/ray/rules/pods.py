"""Rules of Ray pods that nobody else checks: GPUs, images, ports, exposure."""

from collections.abc import Iterator
from decimal import Decimal

from rayform.spec.quantity import QuantityError, amount

from .image import image_version as version_of
from .rule import Found, Severity, rule
from .view import ClusterView, Path, PodView, items, mapping, ray_version, text

_UNSEEN = ("nvidia.com/gpu.shared", "gpu.intel.com/i915", "gpu.intel.com/xe")
_OPEN = ("NodePort", "LoadBalancer")
_DASHBOARD = 8265
_ITSELF = ("127.0.0.1", "::1", "localhost")


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
    "gpu-imagined",
    ClusterView,
    "ray",
    about=("rayStartParams", "resources"),
    severity=Severity.WARNING,
    acceptable=True,
    possible="Ray hands out GPUs that Kubernetes does not give the container: tasks find none, or those of other pods",
    remedy="raise the limit of nvidia.com/gpu (gpus of a group) and leave num_gpus out, or accept this rule",
)
def gpu_imagined(cluster: ClusterView) -> list[Found]:
    """Ray is told of no more GPUs than the container has devices, where it has none by other ways."""
    return [
        Found(pod.at(*path), f"{asked} asked with {given} devices in the container's limits")
        for pod in cluster.pods
        if pod.start or "resources" in pod.group
        for path, asked in _told(pod)
        if _amount(asked) > (given := sum(_amount(pod.limits[name]) for name in pod.limits if "/" in name))
        and not mapping(pod.main.get("resources")).get("claims")
    ]


def _told(pod: PodView) -> Iterator[tuple[Path, str]]:
    """The GPUs that Ray is told of, each with where."""
    for path, asked in (
        (("rayStartParams", "num-gpus"), pod.start.get("num-gpus")),
        (("resources", "GPU"), mapping(pod.group.get("resources")).get("GPU")),
    ):
        if asked:
            yield path, text(asked)


def _amount(value: object) -> Decimal:
    try:
        return amount(str(value))
    except QuantityError:
        return Decimal(0)  # a rule of its own


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
        if wanted and (tag := version_of(pod.main.get("image"))) and tag[: len(wanted)] != wanted
    ]


@rule(
    "dashboard-port",
    ClusterView,
    "operator (at run time)",
    about="ports",
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
    "dashboard-closed",
    ClusterView,
    "operator (at run time)",
    about="rayStartParams",
    possible="the operator submits jobs and applications through the dashboard, and would never reach it",
    remedy="leave it out, or write 0.0.0.0",
)
def dashboard_closed(cluster: ClusterView) -> list[Found]:
    """The dashboard of a job's or a service's cluster is there, and listens where the operator looks for it."""
    head = cluster.head
    if not cluster.nested:
        return []
    host, port = head.start.get("dashboard-host"), text(head.start.get("dashboard-port"))
    found = [Found(head.at("rayStartParams", "dashboard-host"), f"{host} asked")] if host in _ITSELF else []
    if text(head.start.get("include-dashboard")).lower() == "false":
        found.append(Found(head.at("rayStartParams", "include-dashboard"), "no dashboard asked", remedy="leave it out"))
    named = [each.get("containerPort") for each in items(head.main.get("ports")) if each.get("name") == "dashboard"]
    if port.isdecimal() and int(port) not in (named or [_DASHBOARD]):
        remedy = f"list port {port} as dashboard among the head's ports, or leave it out"
        found.append(Found(head.at("rayStartParams", "dashboard-port"), f"{port} asked", remedy=remedy))
    return found


@rule(
    "head-exposed",
    ClusterView,
    "ray",
    about=("serviceType", "headService", "enableIngress"),
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
