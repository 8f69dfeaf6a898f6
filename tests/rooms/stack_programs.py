"""The stacks of this tree, run to their end under the recorder, as they are or changed."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from aws_answers import ANSWERS
from rayform.lab.testing import Recorded, run
from rayform.stacks import StackSettings, main

__all__ = ["changed", "deployed", "described"]

STACKS = Path(__file__).parents[2] / "stacks"


def described(stack: str) -> dict[str, Any]:
    return deepcopy(_read(stack))


@cache
def _read(stack: str) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load((STACKS / f"Pulumi.{stack}.yaml").read_text())["config"]
    return config


def deployed(stack: str, settings: dict[str, Any] | None = None, *, preview: bool = False) -> Recorded:
    return _ran(stack, settings, preview=preview) if settings else _as_it_is(stack, preview=preview)


@cache
def _as_it_is(stack: str, *, preview: bool) -> Recorded:
    """Run once: many ask, and nobody changes what was recorded."""
    return _ran(stack, described(stack)["rayform:settings"], preview=preview)


def _ran(stack: str, settings: dict[str, Any], *, preview: bool) -> Recorded:
    config = {
        "rayform:settings": StackSettings.model_validate(settings).model_dump_json(exclude_unset=True),
        "aws:region": "us-east-1",
    }
    return run(main, config=config, outputs=ANSWERS, project="rayform", stack=stack, preview=preview)


def changed(stack: str, **changes: Any) -> dict[str, Any]:
    """The settings of a stack with other values at these paths, whose steps are joined by two underscores."""
    settings: dict[str, Any] = described(stack)["rayform:settings"]
    for path, value in changes.items():
        part: Any = settings
        *above, last = path.split("__")
        for step in above:
            part = part[int(step)] if isinstance(part, list) else part[step]
        part[last] = value
    return settings
