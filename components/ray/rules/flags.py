"""Rules of the flags of ``ray start``: what its command line would refuse, again and again.

Source: ``ray start --help`` of Ray 2.60.
"""

import json
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from rayform.spec.quantity import QuantityError, amount

from ..start import RayStartParams
from .rule import Found, Severity, rule
from .view import ClusterView, text

_LONGEST = 64  # characters of a name that may be a slip
_FLAGS = frozenset(name.replace("_", "-") for name in RayStartParams.model_fields if name != "other")
_MORE = """
    address autoscaling-config block cgroup-path enable-object-reconstruction head labels labels-file no-monitor
    no-redirect-output proxy-server-url ray-debugger-external redis-password redis-shard-ports redis-username verbose
"""
_KNOWN = _FLAGS.union(_MORE.split())
_REDIS = "on the head the flag is the address of a Redis, without which the head ends"
_REDIS_REMEDY = "remove it; a Redis is gcs_fault_tolerance_options.redis_address"
_OF_HEAD = ("head", "include-dashboard", "port", "redis-shard-ports")
_ITSELF = ("local", "localhost", "127.0.0.1", "[::1]")
_ANY_HEAD = ("auto", *_ITSELF)  # auto is the head that the operator names in RAY_ADDRESS


@rule(
    "start-flag-unknown",
    ClusterView,
    "ray",
    about="rayStartParams",
    acceptable=True,
    typed=True,
    possible="`ray start` of Ray 2.60 has no such flag and ends at once, so that the pod never becomes ready",
    remedy="remove it, or accept this rule where a newer Ray has it",
)
def start_flag_unknown(cluster: ClusterView) -> list[Found]:
    """Flags are flags of ``ray start``."""
    return [
        Found(pod.at("rayStartParams", flag), f"{flag} asked", remedy=f"write {near[0]}" if near else "")
        for pod in cluster.pods
        for flag in pod.start
        if flag not in _KNOWN
        for near in [get_close_matches(flag, _KNOWN, n=1) if len(flag) <= _LONGEST else []]
    ]


@rule(
    "start-flag-value",
    ClusterView,
    "ray",
    about="rayStartParams",
    typed=True,
    possible="`ray start` takes numbers, whole bytes, and a mapping in JSON",
    remedy="write such a value",
)
def start_flag_value(cluster: ClusterView) -> list[Found]:
    """Flags that are amounts hold what ``ray start`` can read; the shell's own words it cannot be asked for."""
    return [
        Found(pod.at("rayStartParams", flag), f"{value!r} asked", f"it is {words}", f"write {words}")
        for pod in cluster.pods
        for flag, (holds, words) in _HOLDS.items()
        if (value := text(pod.start.get(flag))) and "$" not in value and not holds(value)
    ]


@rule(
    "start-flag-of-head",
    ClusterView,
    "ray",
    about="rayStartParams",
    possible="`ray start` takes it on the head alone, and ends at once on a worker, so that the group never joins",
    remedy="remove it from the group; what the head listens on belongs to head.ray_start_params",
)
def start_flag_of_head(cluster: ClusterView) -> list[Found]:
    """Groups have no flags that make a head."""
    return [
        Found(pod.at("rayStartParams", flag), f"{flag} asked of workers")
        for pod in cluster.groups
        if pod.start
        for flag in _OF_HEAD
        if flag in pod.start and not (flag == "head" and text(pod.start[flag]).lower() == "false")
    ]


@rule(
    "start-address",
    ClusterView,
    "ray",
    about="rayStartParams",
    possible="a worker with its own address waits for a head that is not there",
    remedy="remove it: the operator tells workers where their head is",
)
def start_address(cluster: ClusterView) -> list[Found]:
    """The head starts under no address, and no worker under its own."""
    own = [pod for pod in cluster.groups if pod.start and _host(pod.start.get("address")) in _ITSELF]
    found = [Found(pod.at("rayStartParams", "address"), f"{pod.start['address']!r} asked") for pod in own]
    if "address" not in cluster.head.start:
        return found
    asked = f"{cluster.head.start['address']!r} asked"
    return [Found(cluster.head.at("rayStartParams", "address"), asked, _REDIS, _REDIS_REMEDY), *found]


@rule(
    "start-address-fixed",
    ClusterView,
    "ray",
    about="rayStartParams",
    severity=Severity.WARNING,
    acceptable=True,
    possible="the operator tells workers where their head is; with another address they wait for it, or join the "
    "cluster that has it",
    remedy="remove it, or accept this rule",
)
def start_address_fixed(cluster: ClusterView) -> list[Found]:
    """Workers are not told by hand where their head is."""
    return [
        Found(pod.at("rayStartParams", "address"), f"{address!r} asked")
        for pod in cluster.groups
        if pod.start
        and (address := text(pod.start.get("address")))
        and "$" not in address
        and _host(address) not in _ANY_HEAD
    ]


def _host(address: object) -> str:
    return text(address).rpartition(":")[0] or text(address)


@rule(
    "object-store-larger",
    ClusterView,
    "kubernetes",
    about="rayStartParams",
    possible="objects lie in the container's memory, which is killed beyond its limit",
    remedy="lower it, or raise the memory",
)
def object_store_larger(cluster: ClusterView) -> list[Found]:
    """The object store is smaller than the container's memory."""
    return [
        Found(pod.at("rayStartParams", "object-store-memory"), f"{asked} bytes asked with {limit} of memory")
        for pod in cluster.pods
        if "object-store-memory" in pod.start
        and (asked := text(pod.start["object-store-memory"])).isdecimal()
        and _bytes(limit := str(pod.limits.get("memory"))) <= int(asked)
    ]


def _bytes(written: str) -> float:
    try:
        return float(amount(written))
    except QuantityError:
        return float("inf")  # no limit, or one that a rule of its own refuses


def _is_number(value: str) -> bool:
    try:
        return float(value) >= 0
    except ValueError:
        return False


def _is_object(value: str) -> bool:
    # The quotes are the shell's, which takes them off.
    try:
        return isinstance(json.loads(value.strip("'\"").replace('\\"', '"')), dict)
    except ValueError:
        return False


_HOLDS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "num-cpus": (_is_number, "a number"),
    "num-gpus": (_is_number, "a number"),
    "resources": (_is_object, "a mapping in JSON, in single quotes"),
    "memory": (str.isdecimal, "a whole number of bytes"),
    "object-store-memory": (str.isdecimal, "a whole number of bytes"),
}
