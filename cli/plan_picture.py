"""A packing as a picture: every kind of node that is used, with what is on it, as SVG."""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from rayform.fit.packing import Pattern
from rayform.fit.pool_fit import PoolFit, idle_gpus

from .plan_table import money, span

__all__ = ["picture"]

# Colours that people tell apart who see fewer (Okabe and Ito, "Color Universal Design", 2008).
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
_WIDTH, _MARGIN, _CARD, _GAP, _BAR, _LABEL = 960, 24, 292, 18, 20, 62
_BARS = {"gpus": "GPUs", "cpu_millis": "CPU", "memory_bytes": "memory"}
_ROW = _BAR + 8

_Names = Mapping[str, str]
"""Colours by the path of a group."""


def picture(title: str, pools: Sequence[PoolFit]) -> str:
    """The packing with the most pods: a card for each kind of node, how often it is there, and its bars."""
    paths = dict.fromkeys(group.path for one in pools for group in one.groups)
    colours = {path: _COLOURS[index % len(_COLOURS)] for index, path in enumerate(paths)}
    parts: list[str] = []
    top = _MARGIN + 20
    parts.append(_text(_MARGIN, top, f"{title}: nodes with the most pods", size=18, weight="bold"))
    top += 20
    for one in pools:
        section, top = _section(one, colours, top)
        parts += section
    legend, top = _legend(colours, top)
    body = "\n".join([*parts, *legend])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{top}" viewBox="0 0 {_WIDTH} {top}" '
        f'font-family="sans-serif">\n<defs>{_HATCH}</defs>\n<rect width="100%" height="100%" fill="white"/>\n'
        f"{body}\n</svg>\n"
    )


_HATCH = (
    '<pattern id="stranded" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fde0dd"/><rect width="2" height="6" fill="#c0392b"/></pattern>'
)


def _section(one: PoolFit, colours: _Names, top: int) -> tuple[list[str], int]:
    pool, top = one.pool, top + 28
    most = "" if pool.max_nodes is None else f" of at most {pool.max_nodes}"
    nodes = _counted(one.max_nodes) if one.min_nodes == one.max_nodes else f"{span(one.min_nodes, one.max_nodes)} nodes"
    price = money(one.min_price_per_hour, one.max_price_per_hour)
    about = f"{pool.node_type}, {nodes}{most}, $ {price} per hour"
    head = f'<tspan font-size="15" font-weight="bold">{escape(pool.name)}</tspan>  {escape(about)}'
    parts = [f'<text x="{_MARGIN}" y="{top}" font-size="13" xml:space="preserve">{head}</text>']
    top += 12
    if not one.at_most.patterns:
        return [*parts, _text(_MARGIN, top + 14, "nothing of this stack asks for it", colour="#777777")], top + 24
    axes = [axis for axis in _BARS if pool.allocatable.named()[axis]]
    height = 34 + _ROW * len(axes)
    per_row = (_WIDTH - 2 * _MARGIN + _GAP) // (_CARD + _GAP)
    for index, pattern in enumerate(one.at_most.patterns):
        line, column = divmod(index, per_row)
        left = _MARGIN + column * (_CARD + _GAP)
        parts += _card(one, pattern, axes, colours, (left, top + line * (height + 10), height))
    lines = -(-len(one.at_most.patterns) // per_row)
    return parts, top + lines * (height + 10)


def _card(
    one: PoolFit, pattern: Pattern, axes: Sequence[str], colours: _Names, place: tuple[int, int, int]
) -> Iterator[str]:
    left, top, height = place
    yield f'<rect x="{left}" y="{top}" width="{_CARD}" height="{height}" rx="6" fill="none" stroke="#bbbbbb"/>'
    stranded, _ = idle_gpus(one, pattern.pods)
    told = f"{_counted(pattern.nodes)} like this" + (
        f", {stranded} GPU{'' if stranded == 1 else 's'} stranded" if stranded else ""
    )
    yield _text(left + 10, top + 19, told, colour="#c0392b" if stranded else "#333333")
    for index, axis in enumerate(axes):
        where = (left + 10, top + 28 + index * _ROW)
        yield _text(where[0], where[1] + 15, _BARS[axis], colour="#555555")
        yield from _bar(one, pattern, axis, colours, where, hatched=axis == "gpus" and bool(stranded))


def _bar(
    one: PoolFit,
    pattern: Pattern,
    axis: str,
    colours: _Names,
    where: tuple[int, int],
    *,
    hatched: bool,
) -> Iterator[str]:
    left, width = where[0] + _LABEL, _CARD - 20 - _LABEL
    whole = one.pool.allocatable.named()[axis]
    free = "url(#stranded)" if hatched else "#eeeeee"
    yield f'<rect x="{left}" y="{where[1]}" width="{width}" height="{_BAR}" fill="{free}"/>'
    at = float(left)
    for group, number in zip(one.groups, pattern.pods, strict=True):
        share = width * group.pod.named()[axis] / whole
        for _ in range(min(number, 200) if share else 0):
            told = quoteattr(colours[group.path])
            yield (
                f'<rect x="{at:.2f}" y="{where[1]}" width="{share:.2f}" height="{_BAR}" fill={told} stroke="white">'
                f"<title>{escape(group.path)}</title></rect>"
            )
            at += share


def _legend(colours: _Names, top: int) -> tuple[list[str], int]:
    parts: list[str] = []
    for path, colour in colours.items():
        top += 20
        parts.append(f'<rect x="{_MARGIN}" y="{top}" width="14" height="14" fill="{colour}"/>')
        parts.append(_text(_MARGIN + 22, top + 12, path))
    return parts, top + 20 + _MARGIN


def _counted(nodes: int) -> str:
    return f"{nodes} node{'' if nodes == 1 else 's'}"


def _text(x: int, y: int, words: str, *, size: int = 13, weight: str = "normal", colour: str = "#222222") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{escape(words)}</text>'
