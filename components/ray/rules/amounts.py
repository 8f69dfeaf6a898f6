"""Rules of amounts: what Kubernetes refuses of them, when the operator has begun to build."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from rayform.spec.quantity import QuantityError, amount

from .rule import Found, Severity, rule
from .view import MAIN, ClusterView, Path, PodView, entries, items, listed, mapping, text

_PLAIN = (str, int, float)
_Asked: TypeAlias = tuple[PodView | ClusterView, Path, Mapping[str, Any], Mapping[str, Any]]


class _Claim(NamedTuple):
    """What one container asks for, and where."""

    part: PodView | ClusterView
    place: Path
    limits: Mapping[str, Any]
    requests: Mapping[str, Any]

    @property
    def path(self) -> Path:
        """Where its amounts stand."""
        return self.part.at(*self.place, "resources")


def _claims(cluster: ClusterView) -> Sequence[_Claim]:
    """What containers ask for that is not the usual: those of the pods, the autoscaler and the collector."""
    if cluster.claims is None:
        cluster.claims = [
            _Claim(part, place, limits, requests)
            for part, place, limits, requests in _asked(cluster)
            if not _is_usual(limits, requests)
        ]
    return cluster.claims


def _is_usual(limits: Mapping[str, Any], requests: Mapping[str, Any]) -> bool:
    """Whether there is nothing to say of them: limits and requests are the same, each an amount."""
    return limits == requests and not any(map(_is_strange, limits.values()))


def _asked(cluster: ClusterView) -> Iterator[_Asked]:
    for pod in cluster.pods:
        yield pod, MAIN, pod.limits, pod.requests
        for index, container in enumerate(pod.containers[1:], 1):
            yield _of_container(pod, ("template", "spec", "containers", index), container)
        for index, container in enumerate(pod.before):
            yield _of_container(pod, ("template", "spec", "initContainers", index), container)
    if "resources" in cluster.autoscaler:
        yield _of_container(cluster, ("autoscalerOptions",), cluster.autoscaler)
    if cluster.collector:
        yield _of_container(cluster, ("historyServerOptions", "collectorOptions"), cluster.collector)


def _of_container(part: PodView | ClusterView, place: Path, container: Mapping[str, Any]) -> _Asked:
    amounts = mapping(container.get("resources"))
    return part, place, entries(amounts.get("limits")), entries(amounts.get("requests"))


def _amount(value: object) -> Decimal | None:
    """The number an amount stands for; None where it stands for none, or is not known yet."""
    return _read(str(value)) if isinstance(value, _PLAIN) else None


@lru_cache(maxsize=1024)
def _read(written: str) -> Decimal | None:
    try:
        return amount(written)
    except QuantityError:
        return None


def _is_strange(value: object) -> bool:
    if value.__class__ is str:
        return _is_refused(value)
    return isinstance(value, _PLAIN) and _is_refused(str(value))


@lru_cache(maxsize=1024)
def _is_refused(written: str) -> bool:
    known = _read(written)
    return known is None or known < 0


@rule(
    "amount-unparseable",
    ClusterView,
    "kubernetes",
    typed=True,
    possible="an amount is a number with an optional unit: m, k, M, G, T, Ki, Mi, Gi, Ti",
    remedy="write it so, such as 500m or 16Gi",
)
def amount_unparseable(cluster: ClusterView) -> list[Found]:
    """Amounts of containers are quantities."""
    return [Found(path, f"{value!r} asked") for path, value in _strange(cluster) if _amount(value) is None]


@rule(
    "amount-negative",
    ClusterView,
    "kubernetes",
    typed=True,
    possible="a container takes 0 or more of anything",
    remedy="raise it to 0 or more",
)
def amount_negative(cluster: ClusterView) -> list[Found]:
    """Amounts of containers are 0 or more."""
    return [Found(path, f"{value} asked") for path, value in _strange(cluster) if _amount(value) is not None]


def _strange(cluster: ClusterView) -> Iterator[tuple[Path, Any]]:
    for claim in _claims(cluster):
        for side, amounts in (("limits", claim.limits), ("requests", claim.requests)):
            yield from (((*claim.path, side, name), value) for name, value in amounts.items() if _is_strange(value))


@rule(
    "request-over-limit",
    ClusterView,
    "kubernetes",
    possible="what is asked for can at most be the limit",
    remedy="lower the request or raise the limit",
)
def request_over_limit(cluster: ClusterView) -> list[Found]:
    """Requests of containers are at most their limits."""
    return [
        Found((*claim.path, "requests", name), f"{asked} asked with a limit of {claim.limits[name]}")
        for claim in _claims(cluster)
        for name, asked in claim.requests.items()
        if name in claim.limits and _more(asked, claim.limits[name])
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
        Found((*claim.path, "requests", name), f"{asked} asked with {limit}")
        for claim in _claims(cluster)
        for name, asked in claim.requests.items()
        if "/" in name and _amount(asked) != _amount(claim.limits.get(name))
        for limit in [f"a limit of {claim.limits[name]}" if name in claim.limits else "no limit"]
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
    missing = [] if "cpu" in pod.limits or "cpu" in pod.requests else ["cpu"]
    return missing if "memory" in pod.limits else [*missing, "memory"]


@rule(
    "shared-memory",
    ClusterView,
    "kubernetes",
    about="volumes",
    possible="what lies in /dev/shm is memory of the container, which is killed beyond its limit",
    remedy="lower shared_memory or raise memory",
)
def shared_memory(cluster: ClusterView) -> list[Found]:
    """Shared memory is at most the container's memory."""
    return [
        Found(pod.at("template", "spec", "volumes", index), f"{size} asked with {pod.limits['memory']} of memory")
        for pod in cluster.pods
        if "memory" in pod.limits and "volumes" in pod.spec
        for index, volume in enumerate(listed(pod.spec["volumes"]))
        if "emptyDir" in mapping(volume)
        and (size := mapping(volume["emptyDir"]).get("sizeLimit"))
        and volume.get("name") in _shared(pod)
        and _more(size, pod.limits["memory"])
    ]


def _shared(pod: PodView) -> set[str]:
    return {
        text(mount.get("name")) for mount in items(pod.main.get("volumeMounts")) if mount.get("mountPath") == "/dev/shm"
    }
