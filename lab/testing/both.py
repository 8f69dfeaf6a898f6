"""Runs a program the two ways it will run."""

from typing import Any

from .assertions import assert_preview_agrees
from .program import Program, run
from .recorded import Recorded


def run_both(program: Program, **settings: Any) -> Recorded:
    """Previews ``program``, updates with it, asserts that the two agree, and returns the update.

    Takes the keyword arguments of :func:`run` but ``preview``.
    """
    previewed = run(program, preview=True, **settings)
    updated = run(program, preview=False, **settings)
    assert_preview_agrees(previewed, updated)
    return updated
