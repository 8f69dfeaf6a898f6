"""The time of simulated AWS: it runs faster than the wall's, stands still when told to, and can be moved on."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SPEED = 300.0
"""How many seconds pass at AWS while one passes on the wall: a control plane of nine minutes takes two seconds."""


class Clock:
    """A clock that one can wind.

    Attributes:
        speed: seconds that pass while one second passes on the wall; 0 stands still.
    """

    def __init__(self, speed: float = SPEED) -> None:
        self.speed = speed
        self._began = datetime.now(tz=UTC)
        self._passed = 0.0
        self._read = time.monotonic()

    def seconds(self) -> float:
        """Seconds that have passed since it began."""
        now = time.monotonic()
        self._passed += (now - self._read) * self.speed
        self._read = now
        return self._passed

    def now(self) -> datetime:
        """The date and time at AWS."""
        return self._began + timedelta(seconds=self.seconds())

    def deadline(self, seconds: float, on_the_wall: float) -> "Deadline":
        """When ``seconds`` have passed from now on, and as many ``on_the_wall`` as this machine is given."""
        return Deadline(self, self.seconds() + seconds, time.monotonic() + on_the_wall)

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass at once."""
        self._passed = self.seconds() + seconds

    def run(self, speed: float) -> None:
        """Let it run at ``speed`` from now on."""
        self.seconds()
        self.speed = speed


@dataclass(frozen=True)
class Deadline:
    """Until when something is waited for.

    Attributes:
        clock: the time at AWS.
        ends: the time there.
        on_the_wall: the time on the wall, as ``time.monotonic`` has it.
    """

    clock: Clock
    ends: float
    on_the_wall: float

    def passed(self, *, by_machine: bool) -> bool:
        """Whether AWS waits no longer; ``by_machine`` is what this machine does, at its own speed."""
        return self.clock.seconds() >= self.ends and (not by_machine or time.monotonic() >= self.on_the_wall)
