"""Cancellation: one flag that every wait looks at."""

import threading


class CancelledError(Exception):
    """The engine asked to stop."""


class Cancelled:
    """Whether the engine asked to stop."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Make every present and later wait end."""
        self._event.set()

    def sleep(self, seconds: float) -> None:
        """Wait; a cancellation ends it with :class:`CancelledError`."""
        if self._event.wait(seconds):
            raise CancelledError("the update was cancelled")
