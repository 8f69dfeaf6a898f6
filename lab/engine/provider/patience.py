"""How a wait goes."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from .asked import Say
from .cancel import Cancelled

_FIRST_SECONDS, _LONGEST_SECONDS = 0.1, 2.0


@dataclass(frozen=True)
class Patience:
    """For how long a wait goes, who hears of it and who may end it."""

    seconds: float
    say: Say
    cancelled: Cancelled

    def looks(self) -> Iterator[str]:
        """One turn per look, rarer with time; at the end why there is no further one, empty before."""
        started, pause = time.monotonic(), _FIRST_SECONDS
        while True:
            left = started + self.seconds - time.monotonic()
            if left <= 0:
                yield f"timed out after {self.seconds:g} s"
                return
            yield ""
            if self.cancelled.during(min(pause, max(left, 0.0))):
                yield "cancelled"
                return
            pause = min(pause * 1.5, _LONGEST_SECONDS)
