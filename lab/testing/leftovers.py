"""Tidies up after a program that failed."""

import gc
from inspect import CORO_CREATED, getcoroutinestate, iscoroutine
from pathlib import Path
from typing import Final

import pulumi

SDK: Final = str(Path(pulumi.__file__).parent)
"""Folder of the SDK."""


def close_unawaited_coroutines() -> None:
    """Closes the SDK's coroutines that a failed run never came to.

    An output whose source failed never awaits its own parts; each of them would warn when it is collected, in whatever
    test runs by then, and under ``-W error`` fail it.
    """
    for found in gc.get_objects():
        if (
            iscoroutine(found)
            and getcoroutinestate(found) == CORO_CREATED
            and found.cr_code.co_filename.startswith(SDK)
        ):
            found.close()
