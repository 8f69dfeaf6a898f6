"""One region of simulated AWS: what the lab's own answers need, and what they remember."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

from . import backing
from .agenda import Agenda
from .clock import Clock
from .faults import Fault
from .fleet import Fleet
from .journal import Journal

ACCOUNT = "123456789012"
"""The one account; moto's own."""

T = TypeVar("T")


@dataclass
class Region:
    """One region.

    Attributes:
        name: such as ``us-east-1``.
        clock: the time.
        agenda: what is still to happen.
        fleet: the Kubernetes nodes of its instances.
        journal: what was changed, in its order.
        failure: what is to become of the call that is being answered; None is nothing bad.
    """

    name: str
    clock: Clock
    agenda: Agenda
    fleet: Fleet
    journal: Journal
    failure: Fault | None = None
    _memories: dict[type, Any] = field(default_factory=dict[type, Any])

    def memory(self, kind: type[T]) -> T:
        """What is remembered under ``kind``, a class without arguments."""
        if kind not in self._memories:
            self._memories[kind] = kind()
        return cast("T", self._memories[kind])

    def moto(self, service: str) -> Any:
        """A boto3 client of the part of the region that moto plays."""
        return backing.client(service, self.name)

    def now(self) -> datetime:
        """The time."""
        return self.clock.now()

    def arn(self, service: str, name: str) -> str:
        """The ARN of something in the region."""
        return f"arn:aws:{service}:{self.name}:{ACCOUNT}:{name}"


Handler = Callable[[Region, dict[str, Any]], Mapping[str, Any] | None]
"""Answers one operation: the region and what is asked in, the answer out; None lets moto answer."""
