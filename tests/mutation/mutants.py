"""Every way in which one condition of a module may be wrong.

A comparison turned round, an ``and`` for an ``or``, a ``not`` too few, a number one off, another word, an entry
of a table that is missing, a way out taken always or never.

Sentences are left alone: what a rule says of itself and of an object is asserted word by word elsewhere.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Mutant", "mutants"]

_NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_BY_ONE: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_OTHER: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}
_SWAPPED = {"any": "all", "all": "any"}
_TELLING = {"Found": 1, "CronError": 0, "lru_cache": 0, "dataclass": 0, "TypeVar": 0}
"""Calls that are given sentences or settings, by the position of the first."""
_DECLARING = {"rule", "stack_rule", "tally"}
"""Calls that declare a rule: its name is left alone, its parameters, kinds and fields are not."""
_CONDITIONS = {"since", "until"}
"""What a rule says of itself that is a condition."""
_KEPT = {*_CONDITIONS, "fields", "kinds"}


@dataclass(frozen=True)
class Mutant:
    """A module with one thing wrong in it."""

    place: str
    """The function it is in, or the name that is assigned."""
    line: int
    """The line, counted from 1."""
    was: str
    """What stands there."""
    is_now: str
    """What stands there instead."""
    tree: ast.Module
    """The whole module, wrong as long as no other mutant is asked for."""

    def __str__(self) -> str:
        return f"{self.place}: {self.was} -> {self.is_now}"


@dataclass(frozen=True)
class _Place:
    """Where a node hangs in its tree."""

    name: str
    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, one at a time: the tree of one is mended before the next is made."""
    tree = ast.parse(source)
    for place in _places(tree, ""):
        for replacement in _replacements(place):
            place.put(ast.fix_missing_locations(ast.copy_location(replacement, place.node)))
            line = getattr(place.node, "lineno", 0)
            yield Mutant(place.name, line, ast.unparse(place.node), ast.unparse(replacement), tree)
            place.put(place.node)


def _places(node: ast.AST, name: str) -> Iterator[_Place]:
    for field, value in ast.iter_fields(node):
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            place = _Place(_named(child) or name, node, field, index, child)
            if isinstance(child, ast.AST) and not _is_left_alone(place):
                yield place
                yield from _places(child, place.name)


def _named(node: object) -> str:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    return name if isinstance(node, ast.stmt) and (name := _assigned(node)).lstrip("_").isupper() else ""


def _assigned(node: ast.AST) -> str:
    target = (
        node.target if isinstance(node, ast.AnnAssign) else node.targets[0] if isinstance(node, ast.Assign) else None
    )
    return target.id if isinstance(target, ast.Name) else ""


def _is_left_alone(place: _Place) -> bool:
    parent, node = place.parent, place.node
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.arguments):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # a docstring
    if isinstance(parent, ast.keyword) and parent.arg in _CONDITIONS:
        return True  # the keyword is mutated as a whole
    if place.field in ("annotation", "returns", "bases") or _assigned(node) in ("__all__", "__slots__"):
        return True
    return isinstance(parent, ast.Call) and _is_telling(parent, place)


def _is_telling(parent: ast.Call, place: _Place) -> bool:
    node = place.node
    if _called(parent) in _DECLARING:
        return not isinstance(node, ast.Call) and not (isinstance(node, ast.keyword) and node.arg in _KEPT)
    if (first := _TELLING.get(_called(parent))) is not None:
        words = isinstance(node, ast.keyword) and node.arg not in _CONDITIONS
        return words or (place.field == "args" and place.index is not None and place.index >= first)
    return False


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _replacements(place: _Place) -> Iterator[ast.AST]:
    node = place.node
    if isinstance(node, ast.expr) and (place.field in ("test", "ifs")):
        yield from (ast.Constant(value=value) for value in (True, False))
    if isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield from (_joined(node.op, node.values, without) for without in range(len(node.values)))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and (other := _OTHER.get(type(node.op))):
        yield ast.BinOp(node.left, other(), node.right)
    elif isinstance(node, ast.Call) and (name := _SWAPPED.get(_called(node))):
        yield ast.Call(ast.Name(name, ast.Load()), node.args, node.keywords)
    else:
        yield from _of_value(node)


def _of_value(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant):
        yield from (ast.Constant(value=value) for value in _others(node.value))
    elif isinstance(node, ast.keyword) and node.arg in _CONDITIONS:
        yield ast.keyword(node.arg, ast.Constant(value=""))
    elif isinstance(node, ast.Tuple | ast.List | ast.Set) and all(isinstance(item, ast.Constant) for item in node.elts):
        for without in range(len(node.elts)):
            items = [item for index, item in enumerate(node.elts) if index != without]
            yield ast.Tuple(items, ast.Load())
    elif isinstance(node, ast.Dict):
        for without in range(len(node.keys)):
            keys, values = list(node.keys), list(node.values)
            del keys[without], values[without]
            yield ast.Dict(keys, values)


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        for table in (_NEGATED, _BY_ONE):
            if other := table.get(type(operator)):
                yield ast.Compare(node.left, [*node.ops[:index], other(), *node.ops[index + 1 :]], node.comparators)


def _joined(operator: ast.boolop, values: list[ast.expr], without: int) -> ast.expr:
    rest = [value for index, value in enumerate(values) if index != without]
    return rest[0] if len(rest) == 1 else ast.BoolOp(operator, rest)


def _others(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, str):
        yield f"{value}~"
