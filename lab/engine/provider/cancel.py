"""Cancellation: one flag that every wait looks at."""

import threading


class Cancelled:
    """Whether the engine asked to stop."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Make every present and later wait end."""
        self._event.set()

    def during(self, seconds: float) -> bool:
        """Wait; whether a cancellation ended that, or had come before."""
        return self._event.wait(seconds)
