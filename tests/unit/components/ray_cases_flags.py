"""Rules of the flags that make a head or a worker, broken and kept."""

from ray_rule_case import Case, Edge, W

__all__ = ["CASES", "EDGES"]

HEAD = "spec headGroupSpec rayStartParams"
ALONE = (
    "asked of workers, `ray start` takes it on the head alone, and ends at once on a worker, so that the group never "
    "joins; remove it from the group; what the head listens on belongs to head.ray_start_params"
)
TOLD = "the operator tells workers where their head is"


def flags(place: str, **asked: str | int | None) -> dict[str, object]:
    """The flags of a head or a group."""
    return {place: {"num-cpus": "0", **{name.replace("_", "-"): value for name, value in asked.items()}}}


def worker(**asked: str | int | None) -> dict[str, object]:
    """The flags of a group."""
    return flags(f"{W} rayStartParams", **asked)


CASES = (
    Case(
        "start-flag-of-head",
        worker(port="6379", include_dashboard="false", redis_shard_ports="1", head="true"),
        [
            f"workers[gpu].ray_start_params[head]: head {ALONE}",
            f"workers[gpu].ray_start_params[include-dashboard]: include-dashboard {ALONE}",
            f"workers[gpu].ray_start_params[port]: port {ALONE}",
            f"workers[gpu].ray_start_params[redis-shard-ports]: redis-shard-ports {ALONE}",
        ],
        flags(HEAD, port="6379", include_dashboard="true", redis_shard_ports="1", head="true"),
    ),
    Case(
        "start-address",
        {**flags(HEAD, address="redis:6379"), **worker(address="127.0.0.1:6379")},
        [
            (
                "head.ray_start_params[address]: 'redis:6379' asked, on the head the flag is the address of a Redis, "
                "without which the head ends; remove it; a Redis is gcs_fault_tolerance_options.redis_address"
            ),
            (
                "workers[gpu].ray_start_params[address]: '127.0.0.1:6379' asked, a worker with its own address waits "
                f"for a head that is not there; remove it: {TOLD}"
            ),
        ],
        worker(address="ray-head:6379"),
    ),
    Case(
        "start-address-fixed",
        worker(address="ray-head:6379"),
        (
            f"workers[gpu].ray_start_params[address]: 'ray-head:6379' asked, {TOLD}; with another address they wait "
            "for it, or join the cluster that has it; remove it, or accept this rule"
        ),
        worker(address="$FQ_RAY_IP:6379"),
    ),
)
EDGES = (
    Edge("gpu-imagined", [], [worker(num_gpus="many"), flags(HEAD, num_gpus="some")]),
    Edge("dashboard-closed", [], [flags(HEAD, dashboard_host="127.0.0.1")]),
    Edge("start-flag-of-head", [worker(head="1")], [worker(head="False"), worker(port=None)]),
    Edge(
        "start-address",
        [worker(address=itself) for itself in ("local", "localhost:6379", "[::1]:6379")],
        [worker(address="auto"), worker(address=None), worker(address=1), flags(HEAD, address=None)],
    ),
    Edge(
        "start-address-fixed",
        [worker(address="10.0.0.1")],
        [worker(address="auto"), worker(address="local"), worker(address="127.0.0.1:1"), flags(HEAD, address="a:1")],
    ),
)
"""Edges of the same rules."""
