"""A packing as a table."""

from collections.abc import Iterator, Mapping, Sequence

from rayform.fit.pool_fit import PoolFit
from rayform.infra.quotas import Quota, Quotas

__all__ = ["money", "quotas", "span", "table"]

_HEAD = ("pool", "node", "nodes", "of at most", "GPUs used", "stranded", "$ per hour")


def table(pools: Sequence[PoolFit]) -> Iterator[str]:
    """A line for each pool: nodes and price with the fewest pods and with the most, and what GPUs are for."""
    rows = [_HEAD, *map(_row, pools), _total(pools)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        cells = (
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def quotas(taken: Mapping[Quota, int], told: Quotas) -> Iterator[str]:
    """A line for each quota of vCPUs that pools take of, at their most nodes."""
    for quota, vcpus in taken.items():
        there: int | None = getattr(told, quota.field)
        known = f"of {there}" if there is not None else f"quota not told, {quota.default} for a new account"
        yield f"vCPUs {quota.name} ({quota.code}): {vcpus} at most, {known}"


def _row(one: PoolFit) -> tuple[str, ...]:
    gpus = one.at_most.nodes * one.pool.allocatable.gpus
    return (
        one.pool.name,
        one.pool.node_type,
        span(one.min_nodes, one.max_nodes),
        "?" if one.pool.max_nodes is None else str(one.pool.max_nodes),
        f"{one.gpus_used} of {gpus}" if gpus else "-",
        str(one.gpus_stranded) if gpus else "-",
        money(one.min_price_per_hour, one.max_price_per_hour),
    )


def _total(pools: Sequence[PoolFit]) -> tuple[str, ...]:
    nodes = span(sum(one.min_nodes for one in pools), sum(one.max_nodes for one in pools))
    return (
        "all",
        "",
        nodes,
        "",
        str(sum(one.gpus_used for one in pools)),
        str(sum(one.gpus_stranded for one in pools)),
        money(_sum(one.min_price_per_hour for one in pools), _sum(one.max_price_per_hour for one in pools)),
    )


def span(least: int, most: int) -> str:
    """A number that may grow."""
    return str(least) if least == most else f"{least} to {most}"


def money(least: float | None, most: float | None) -> str:
    """An hourly price that may grow; a question mark where one is not known."""
    if least is None or most is None:
        return "?"
    return f"{least:.2f}" if least == most else f"{least:.2f} to {most:.2f}"


def _sum(amounts: Iterator[float | None]) -> float | None:
    known = list(amounts)
    return None if None in known else sum(amount for amount in known if amount is not None)
