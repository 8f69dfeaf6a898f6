"""Tidies up after a program that failed."""

import asyncio
import gc
from inspect import CORO_CREATED, getcoroutinelocals, getcoroutinestate
from types import CoroutineType
from typing import Any

import pulumi


def close_unawaited_coroutines() -> None:
    """Closes the parts of outputs that a failed program never came to.

    An output whose source failed never awaits its own parts; each of them would warn when it is collected, in whatever
    test runs by then, and under ``-W error`` fail it. Outputs of other loops, as of a program around this one, stay.
    """
    loop = asyncio.get_running_loop()
    # Of half a million objects: a comparison of types is three times as fast as asking what each is.
    coroutines: list[CoroutineType[Any, Any, Any]] = [each for each in gc.get_objects() if type(each) is CoroutineType]
    for found in coroutines:
        if getcoroutinestate(found) == CORO_CREATED:
            owner = getcoroutinelocals(found).get("self")
            data = getattr(owner, "_data", None)
            if isinstance(owner, pulumi.Output) and isinstance(data, asyncio.Future) and data.get_loop() is loop:
                found.close()
