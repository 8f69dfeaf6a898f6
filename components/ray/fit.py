"""Whether pods fit the pools they ask for."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..quantity import amount, written
from ..refusal import Refusal
from .cluster import RayClusterSpec
from .group import WorkerGroup
from .job import RayJobSpec
from .placement import Pool
from .pod import Pod

__all__ = ["misfits"]

_CHOOSE = "lower it or choose a larger pool"


def misfits(spec: RayClusterSpec | RayJobSpec, pools: Mapping[str, Pool]) -> Iterator[Refusal]:
    """Every way in which pods of a cluster or job do not fit the pools they name; amounts not known are not judged."""
    for path, pod in _pods(spec):
        if pod.pool is None:
            continue
        pool = pools.get(pod.pool)
        if pool is None:
            yield _unknown(path, pod.pool, pools)
            continue
        yield from _devices(path, pod, pool)
        yield from _amounts(path, pod, pool)
        if isinstance(pod, WorkerGroup):
            yield from _count(path, pod, pool)


def _pods(spec: RayClusterSpec | RayJobSpec) -> Iterator[tuple[str, Pod]]:
    if isinstance(spec, RayClusterSpec):
        yield "head", spec.head
        yield from ((f"workers[{group.name}]", group) for group in spec.workers)
        return
    if spec.ray_cluster_spec is not None:
        yield from ((f"ray_cluster_spec.{path}", pod) for path, pod in _pods(spec.ray_cluster_spec))
    if spec.submitter is not None:
        yield "submitter", spec.submitter


def _unknown(path: str, name: str, pools: Mapping[str, Pool]) -> Refusal:
    given = f"given are {', '.join(sorted(pools))}" if pools else "none is given"
    return Refusal(f"{path}.pool", f"pool {name} asked", given, "pass it in pools, or choose one of these")


def _devices(path: str, pod: Pod, pool: Pool) -> Iterator[Refusal]:
    if pod.gpus > pool.gpus:
        asked = f"{pod.gpus} GPU{'s' if pod.gpus > 1 else ''} asked"
        yield Refusal(f"{path}.gpus", asked, f"a {pool.node_type} gives {pool.gpus}", _CHOOSE)


def _amounts(path: str, pod: Pod, pool: Pool) -> Iterator[Refusal]:
    for field, unit, asked, given in (("cpu", " CPUs", pod.cpu, pool.cpu), ("memory", "", pod.memory, pool.memory)):
        if asked is not None and given is not None and _amount(asked) > _amount(given):
            possible = f"a {pool.node_type} gives {_shown(given)}"
            yield Refusal(f"{path}.{field}", f"{asked}{unit} asked", possible, _CHOOSE)


def _count(path: str, group: WorkerGroup, pool: Pool) -> Iterator[Refusal]:
    fewest = max(group.min_replicas, group.replicas or 0) * (group.num_of_hosts or 1)
    if pool.max_nodes is None or not group.gpus or group.gpus > pool.gpus:
        return
    most = pool.max_nodes * (pool.gpus // group.gpus)
    if fewest > most:
        field = "min_replicas" if group.min_replicas >= (group.replicas or 0) else "replicas"
        possible = f"{pool.max_nodes} nodes of pool {pool.name} hold {most}"
        yield Refusal(f"{path}.{field}", f"{fewest} pods of {group.gpus} GPUs asked", possible, _CHOOSE)


def _shown(given: str | float) -> str:
    # Pools count memory in bytes; people do not.
    text = written(given)
    return f"{int(text) / 2**30:.1f}Gi" if text.isdigit() and int(text) >= 2**20 else text


def _amount(value: str | float) -> Decimal:
    return amount(written(value))
