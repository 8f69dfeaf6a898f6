"""Which properties differ, by the engine's property paths, and which of these differences make another object."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from ...wire import UNKNOWN

Step = str | int
Change = Literal["add", "update", "delete"]

_ABSENT = object()
_STEP = re.compile(r'\[(?:"((?:[^"\\]|\\.)*)"|(\d+)|\*)\]|([^.\[\]"]+)')


@dataclass(frozen=True)
class Difference:
    """One smallest difference between two objects.

    Attributes:
        steps: where it is.
        change: what became of the property.
        value: what it is now; None for one that went away.
    """

    steps: tuple[Step, ...]
    change: Change
    value: Any = None

    @property
    def path(self) -> str:
        """Where it is, as the engine writes it."""
        text = "".join(_written(step) for step in self.steps)
        return text.removeprefix(".")

    def within(self, path: Sequence[Step]) -> bool:
        """Whether it is at ``path`` or below; ``*`` is any step."""
        return len(path) <= len(self.steps) and _meet(self.steps, path)

    def touches(self, path: Sequence[Step]) -> bool:
        """Whether what is at ``path`` differs: because of a difference there, below it, or around it."""
        if not _meet(self.steps, path):
            return False
        return len(path) <= len(self.steps) or _holds(self.value, path[len(self.steps) :])


@dataclass(frozen=True)
class Comparison:
    """What an update would change.

    Attributes:
        differences: every smallest difference.
        replaces: those that make it another object.
        delete_first: whether the old object must go before the new one comes, since both bear the same name.
    """

    differences: Sequence[Difference]
    replaces: Sequence[Difference]
    delete_first: bool


def differences(old: Any, new: Any, steps: tuple[Step, ...] = ()) -> Iterator[Difference]:
    """Every smallest difference between two values; what is not known yet differs from everything."""
    if old is _ABSENT:
        yield Difference(steps, "add", new)
    elif new is _ABSENT:
        yield Difference(steps, "delete")
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _between(cast("Mapping[Step, Any]", old), cast("Mapping[Step, Any]", new), steps)
    elif isinstance(old, list) and isinstance(new, list):
        before, after = cast("Sequence[Any]", old), cast("Sequence[Any]", new)
        yield from _between(dict(enumerate(before)), dict(enumerate(after)), steps)
    elif new is UNKNOWN or old != new or isinstance(old, bool) is not isinstance(new, bool):
        yield Difference(steps, "update", new)


def pruned(live: Any, like: Any) -> Any:
    """What of ``live`` is spoken of in ``like``: the part of an object that its author declared."""
    if isinstance(live, Mapping) and isinstance(like, Mapping):
        declared = cast("Mapping[str, Any]", like)
        return {
            key: pruned(item, declared[key]) for key, item in cast("Mapping[str, Any]", live).items() if key in declared
        }
    if isinstance(live, list) and isinstance(like, list):
        # An item beyond the declared ones would be somebody else's.
        return [
            pruned(item, other)
            for item, other in zip(cast("Sequence[Any]", live), cast("Sequence[Any]", like), strict=False)
        ]
    return cast("Any", live)


def parsed_path(path: str) -> tuple[Step, ...]:
    """The steps of a property path; ``*`` stands for every item."""
    steps = (_STEP.fullmatch(token.group()) for token in _STEP.finditer(path))
    return tuple(_read(match) for match in steps if match)


def _read(match: re.Match[str]) -> Step:
    quoted, index, name = match.groups()
    if quoted is not None:
        return re.sub(r"\\(.)", r"\1", quoted)
    return int(index) if index is not None else name or "*"


def _written(step: Step) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    escaped = step.replace('"', '\\"')
    return f'["{escaped}"]' if set(step) & set('."[]') else f".{step}"


def _between(old: Mapping[Step, Any], new: Mapping[Step, Any], steps: tuple[Step, ...]) -> Iterator[Difference]:
    for step in dict.fromkeys((*old, *new)):
        yield from differences(old.get(step, _ABSENT), new.get(step, _ABSENT), (*steps, step))


def _meet(steps: Sequence[Step], path: Sequence[Step]) -> bool:
    return all(other in {"*", step} for step, other in zip(steps, path, strict=False))


def _holds(value: Any, path: Sequence[Step]) -> bool:
    if not path:
        return True
    if isinstance(value, list) and path[0] == "*":
        return any(_holds(item, path[1:]) for item in cast("Sequence[Any]", value))
    inside = cast("Mapping[Step, Any]", value if isinstance(value, Mapping) else {})
    return path[0] in inside and _holds(inside[path[0]], path[1:])
