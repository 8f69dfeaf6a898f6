"""What is still to happen at simulated AWS: each entry has its time, and may put itself off."""

import heapq
import itertools
from collections.abc import Callable

from .clock import Clock

Act = Callable[[], float | None]
"""Does what is due; None when it is done, else in how many seconds to come again."""


class Agenda:
    """Entries in the order of their time; nothing happens before somebody calls :meth:`settle`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: list[tuple[float, int, Act]] = []
        self._count = itertools.count()

    def after(self, seconds: float, act: Act) -> None:
        """Do ``act`` when ``seconds`` have passed at AWS."""
        self._put(self._clock.seconds() + seconds, act)

    def settle(self) -> None:
        """Do everything that is due by now, in its order."""
        now = self._clock.seconds()
        while self._entries and self._entries[0][0] <= now:
            _, _, act = heapq.heappop(self._entries)
            again = act()
            if again is not None:
                # From now on, not from when it was due: the clock may have leapt far ahead.
                self._put(now + again, act)

    def _put(self, when: float, act: Act) -> None:
        heapq.heappush(self._entries, (when, next(self._count), act))
