"""What has the wrong shape in a stack's settings, in words: which field, what it takes, and what was probably meant."""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rayform.spec.model import Spec
from rayform.spec.refusal import Refusal

from .settings import StackSettings

__all__ = ["shape_lines"]


def shape_lines(error: ValidationError) -> list[str]:
    """A line for each thing that is wrong with settings."""
    return [_line(each) for each in error.errors()]


def _line(each: ErrorDetails) -> str:
    path = "settings" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in each["loc"])
    if each["type"] == "extra_forbidden":
        return str(Refusal(path, "asked", *_unknown(each["loc"])))
    if each["type"] == "missing":
        return str(Refusal(path, "none asked", "there is no default", "give one"))
    return f"{path}: {each['msg']}"


def _unknown(loc: tuple[int | str, ...]) -> tuple[str, str]:
    """What is there instead of a field, and what to do."""
    names = sorted({name for spec in _specs(map(str, loc[:-1])) for name in spec.model_fields})
    near = difflib.get_close_matches(str(loc[-1]), names, n=3)
    if near:
        return f"there is no such field, near it are {', '.join(near)}", "choose one of these, or take it out"
    return "there is no such field", "take it out"


def _specs(steps: Iterable[str]) -> set[type[Spec]]:
    """The specs that may stand at a path: a step that is no field of theirs is a name, a place or a kind."""
    found: set[type[Spec]] = {StackSettings}
    for step in steps:
        fields = [spec.model_fields[step] for spec in found if step in spec.model_fields]
        found = {spec for field in fields for spec in _within(field.annotation)} or found
    return found


def _within(annotation: Any) -> Iterator[type[Spec]]:
    """The specs within an annotation: of what it may be, or hold."""
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        yield annotation
    for inner in get_args(annotation):
        yield from _within(inner)
