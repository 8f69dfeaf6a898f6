"""The way on after an update that was killed: what CONTRIBUTING tells to do, done where the lab's own state says so."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rayform.lab import Lab, Progress
from rayform.lab.identity import identity

from .engine import Engine

__all__ = ["abandoned", "resumed"]

# What a lost object holds belongs to a manager whose name is lost too: ``workerGroupSpecs`` is had by force alone.
_TAKEN_OVER = {"PULUMI_K8S_UPSERT_EXISTING_OBJECTS": "true", "PULUMI_K8S_ENABLE_PATCH_FORCE": "true"}
_REMEDY = "end the lab with 'rayform down' and begin anew"


def resumed(engine: Engine, lab: Lab, stack: str, progress: Progress) -> Engine:
    """``engine`` as the next update of ``stack`` needs it: after one that was killed, what that made is taken over.

    Only locks whose process has ended count: an update that still runs keeps its own, and Pulumi says whose it is.
    """
    if not any(abandoned(lab.state, stack)):
        return engine
    progress.say(f"The last update of stack {stack} was killed: its lock goes, what it made and forgot is taken over.")
    engine.run("cancel", stack, "--yes", remedy=_REMEDY)
    engine.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", stack, remedy=_REMEDY)
    return replace(engine, environment={**engine.environment, **_TAKEN_OVER})


def abandoned(state: Path, stack: str) -> Iterator[Path]:
    """The locks of ``stack`` in the backend of the lab in ``state`` whose process has ended."""
    for lock in (state / "pulumi" / "backend" / ".pulumi" / "locks").glob(f"*/*/{stack}/*.json"):
        try:
            content: Any = json.loads(lock.read_bytes())
            number = int(content["pid"])
        except (OSError, ValueError, TypeError, KeyError):
            continue  # of another kind, or written just now: Pulumi's own words tell of it
        if identity(number) is None:
            yield lock
