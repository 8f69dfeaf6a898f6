"""The event loop of a recorded program: its registrations come in order, and a program that waits for ever is told."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from selectors import DefaultSelector, SelectorKey
from typing import Any, TypeVar

from .errors import EndlessProgramError

T = TypeVar("T")

GRACE_SECONDS = 10.0
"""How long nothing may happen before the program counts as endless; threads of its own may still wake it meanwhile."""


class OneWorker(ThreadPoolExecutor):
    """Answers registrations one by one, so that their order is the program's own; the default six workers race."""

    def __init__(self) -> None:
        super().__init__(max_workers=1, thread_name_prefix="rayform-engine")
        self.running = set[Future[Any]]()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Runs ``fn`` after all that was submitted before."""
        future = super().submit(fn, *args, **kwargs)
        self.running.add(future)
        future.add_done_callback(self.running.discard)
        return future


class Watch(DefaultSelector):
    """Waits for events; ends the program when none can come any more."""

    def __init__(self, worker: OneWorker) -> None:
        super().__init__()
        self.worker = worker

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Waits as asked, but not for ever while no registration is being answered."""
        if timeout is not None or self.worker.running:
            return super().select(timeout)
        events = super().select(GRACE_SECONDS)
        if not events and not self.worker.running:
            raise EndlessProgramError
        return events


def new() -> asyncio.AbstractEventLoop:
    """A loop for one run."""
    worker = OneWorker()
    loop = asyncio.SelectorEventLoop(Watch(worker))
    loop.set_default_executor(worker)
    return loop
