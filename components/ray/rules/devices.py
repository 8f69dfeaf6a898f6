"""Rules of what containers ask for, beyond the amounts themselves."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from rayform.spec.names import is_resource
from rayform.spec.quantity import QuantityError, amount, is_plausible

from .rule import Found, rule
from .view import Path, PodView, entries, mapping


class _Claim(NamedTuple):
    """One amount that a container asks for, and where."""

    path: Path
    name: str
    value: str


def _claims(pod: PodView) -> Sequence[_Claim]:
    """What the containers of a pod ask for that is not the usual."""
    if pod.claims is None:
        pod.claims = [
            _Claim(pod.in_spec(where, index, "resources", side, name), name, str(value))
            for where, index, container in pod.every
            for side in ("limits", "requests")
            for name, value in entries(mapping(container.get("resources")).get(side)).items()
            if isinstance(value, str | int | float) and not _is_usual(name, str(value))
        ]
    return pod.claims


@lru_cache(maxsize=1024)
def _is_usual(name: str, value: str) -> bool:
    """Whether there is nothing to say of an amount."""
    return is_resource(name) and not _is_part(name, value) and is_plausible(name, value)


@rule(
    "amount-name",
    PodView,
    "kubernetes",
    typed=True,
    possible="there are cpu, memory, ephemeral-storage, hugepages, and devices under a domain/name",
    remedy="write such a name: GPUs are nvidia.com/gpu",
)
def amount_name(pod: PodView) -> list[Found]:
    """What a container asks for is something that nodes can have."""
    return [Found(path, f"{name!r} asked") for path, name, _ in _claims(pod) if not is_resource(name)]


@rule(
    "device-fraction",
    PodView,
    "kubernetes",
    typed=True,
    possible="devices are counted in whole numbers",
    remedy="ask for whole ones; to share a GPU use time-slicing or MIG, and fractions in Ray's own num_gpus of a task",
)
def device_fraction(pod: PodView) -> list[Found]:
    """Amounts of devices are whole."""
    return [Found(path, f"{value!r} asked") for path, name, value in _claims(pod) if _is_part(name, value)]


def _is_part(name: str, value: str) -> bool:
    return "/" in name and _number(value) % 1 != 0


@rule(
    "amount-implausible",
    PodView,
    "rayform",
    typed=True,
    possible="Ray needs more than a mebibyte, and no machine has 65,536 CPUs: a unit is missing or wrong",
    remedy="write memory as 16Gi and CPUs as 4 or 500m",
)
def amount_implausible(pod: PodView) -> list[Found]:
    """Memory and CPUs are of a size that there is."""
    return [Found(path, f"{value!r} asked") for path, name, value in _claims(pod) if not is_plausible(name, value)]


@rule(
    "pages-form",
    PodView,
    "kubernetes",
    typed=True,
    possible="huge pages are not shared: request and limit are the same, beside cpu or memory",
    remedy="set both to the same, and ask for cpu or memory too",
)
def pages_form(pod: PodView) -> list[Found]:
    """Huge pages are asked for as they can be given."""
    found: list[Found] = []
    for where, index, container in pod.every:
        resources = mapping(container.get("resources"))
        limits, requests = entries(resources.get("limits")), entries(resources.get("requests"))
        for name in sorted({each for each in (*limits, *requests) if each.startswith("hugepages-")}):
            alone = {*limits, *requests}.isdisjoint({"cpu", "memory"})
            if alone or name not in limits or _differ(limits[name], requests.get(name, limits[name])):
                found.append(Found(pod.in_spec(where, index, "resources"), f"{name} asked without the like or alone"))
    return found


def _differ(limit: Any, request: Any) -> bool:
    return _number(str(limit)) != _number(str(request))


def _number(value: str) -> Decimal:
    try:
        return amount(value)
    except QuantityError:
        return Decimal(0)  # a rule of its own
