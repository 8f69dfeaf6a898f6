"""Faults on order: calls that fail, wait, or begin what will fail, as a script says.

A script is a list of :class:`Fault`. The first that means a call decides over it; each counts the calls it means.
Chance is drawn from a seed of its own, so that a script has the same outcome every time.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from .errors import AwsError
from .wire import Call, operations

SEED = 20_26
"""What chance begins with when a script is given."""


class Fault(BaseModel):
    """What happens to some calls instead of, or before, what they ask."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str = "*"
    """As botocore names it, such as ``eks``; ``*`` is every service."""
    operation: str = "*"
    """Such as ``CreateNodegroup``; ``*`` is every one."""
    where: Mapping[str, str] = {}
    """Members that the call must have, by name, such as ``{"nodegroupName": "a10g"}``; ``*`` ends a beginning."""
    nth: Annotated[int, Field(ge=1)] | None = None
    """Only the n-th call that it means; None is each."""
    rate: Annotated[float, Field(ge=0, le=1)] = 1.0
    """Share of these calls."""
    times: Annotated[int, Field(ge=1)] | None = None
    """How many calls it strikes in all; None is no end."""
    delay_seconds: Annotated[float, Field(ge=0, le=600)] = 0.0
    """How long an answer waits, on the wall's clock."""
    code: str = ""
    """The error, such as ``ThrottlingException``; empty lets the call through."""
    message: str = "asked for by the lab's script"
    """What the error says."""
    status: Annotated[int, Field(ge=400, le=599)] | None = None
    """The error's HTTP status; None is what the service's model says, or 400."""
    later: bool = False
    """Whether the call is answered as if all were well, and what it began fails with this code and message."""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        there = operations(self.service)
        if self.service != "*" and not there:
            raise ValueError(f"service: {self.service!r} asked; give a name as boto3.client takes it")
        if "*" not in {self.service, self.operation} and self.operation not in there:
            raise ValueError(f"operation: {self.service} has no {self.operation!r}; see its API reference")
        if self.later and not self.code:
            raise ValueError("code: nothing can fail later without one; give AWS's code")
        return self

    def means(self, call: Call) -> bool:
        """Whether it is about ``call``."""
        return (
            self.service in {"*", call.service}
            and self.operation in {"*", call.operation}
            and all(_like(call.asked.get(name), value) for name, value in self.where.items())
        )

    def error(self) -> AwsError:
        """The error it stands for."""
        return AwsError(self.code, self.message, self.status)


_SCRIPT = TypeAdapter(list[Fault])


@dataclass
class Script:
    """The faults in force, with what each has done."""

    faults: Sequence[Fault] = ()
    _met: dict[int, int] = field(default_factory=dict[int, int])
    _struck: dict[int, int] = field(default_factory=dict[int, int])
    _chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - no secret

    def strike(self, call: Call) -> Fault | None:
        """The fault that ``call`` meets, None when it meets none."""
        for index, fault in enumerate(self.faults):
            if fault.means(call) and self._strikes(index, fault):
                return fault
        return None

    def told(self) -> list[dict[str, Any]]:
        """Every fault with how many calls it has met and struck."""
        return [
            {
                **fault.model_dump(exclude_defaults=True),
                "met": self._met.get(index, 0),
                "struck": self._struck.get(index, 0),
            }
            for index, fault in enumerate(self.faults)
        ]

    def _strikes(self, index: int, fault: Fault) -> bool:
        met = self._met[index] = self._met.get(index, 0) + 1
        done = self._struck.get(index, 0)
        if fault.nth not in {None, met} or done == fault.times or self._chance.random() >= fault.rate:
            return False
        self._struck[index] = done + 1
        return True


def script(content: bytes) -> Script:
    """The script in ``content``, a JSON list of objects with the members of :class:`Fault`.

    Raises:
        ValueError: It is none; every reason is in the message.
    """
    try:
        return Script(_SCRIPT.validate_json(content))
    except ValidationError as error:
        wrong = (f"faults{''.join(f'[{step}]' for step in each['loc'])}: {each['msg']}" for each in error.errors())
        raise ValueError("; ".join(wrong)) from error


def _like(value: object, wanted: str) -> bool:
    return str(value).startswith(wanted[:-1]) if wanted.endswith("*") else str(value) == wanted
