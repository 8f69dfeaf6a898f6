"""Patience: with what another process does and gives no other sign of."""

import time
from collections.abc import Callable
from typing import TypeVar

__all__ = ["SECONDS", "until"]

T = TypeVar("T")
SECONDS = 600.0
"""Longer than the slowest machine takes for anything: what it ends has hung."""


def until(look: Callable[[], T], what: str) -> T:
    """What ``look`` gives once it gives something true."""
    deadline = time.monotonic() + SECONDS
    while not (seen := look()):
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.2)
    return seen
