"""Tidies up after a program that failed."""

import asyncio
from collections.abc import Coroutine, Generator, Iterable
from inspect import CORO_CREATED, getcoroutinelocals, getcoroutinestate
from types import CoroutineType
from typing import Any, TypeAlias

Work: TypeAlias = Coroutine[Any, Any, Any] | Generator[Any, None, Any]


class Unbegun:
    """What the tasks of one loop were given to await."""

    def __init__(self) -> None:
        self._parts: list[CoroutineType[Any, Any, Any]] = []

    def task(self, loop: asyncio.AbstractEventLoop, work: Work, **options: Any) -> asyncio.Task[Any]:
        """A task, as a loop without a factory makes it; remembers what it holds that has not begun."""
        if isinstance(work, CoroutineType):
            held: Iterable[Any] = getcoroutinelocals(work).values()
            self._parts += [each for each in held if type(each) is CoroutineType]
        return asyncio.Task(work, loop=loop, **options)

    def close(self) -> None:
        """Closes the parts of outputs that a failed program never came to.

        An output whose source failed never awaits its own parts; each of them would warn when it is collected, in
        whatever test runs by then, and under ``-W error`` fail it.
        """
        for part in self._parts:
            if getcoroutinestate(part) == CORO_CREATED:
                part.close()
