"""What the engine asks of a provider about one resource, and what it is told, in plain Python."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .cancel import Cancelled

Say = Callable[[str], None]
"""Shows a line beside the resource; an empty one takes it away."""


@dataclass(frozen=True)
class Autoname:
    """How a resource gets a name that has none.

    Attributes:
        name: the resource's name in the program.
        proposed: the name that the user's settings give it; empty for none.
        seed: what makes a preview and its update choose the same name.
        forbidden: whether the user has switched automatic naming off.
    """

    name: str
    proposed: str = ""
    seed: bytes = b""
    forbidden: bool = False

    def unique(self, digits: int) -> str:
        """The proposed name, else the resource's own, a dash and some hexadecimal digits."""
        return self.proposed or unique(self.name, self.seed, digits)


@dataclass(frozen=True)
class Asked:
    """One resource that the engine asks about.

    Attributes:
        token: its type.
        autoname: how it is named where it has no name of its own.
        inputs: as they were checked; at a check as the program gives them.
        say: shows a line beside the resource.
        cancelled: whether the engine wants it to end.
        id: the provider's id; empty for a new one.
        preview: whether nothing may change.
        timeout: its custom timeout in seconds, 0 for none.
        state: what the engine remembers, empty for a new one; at a check the inputs before.
        before: the inputs before, where the engine says them.
        ignored: paths whose changes are ignored.
    """

    token: str
    autoname: Autoname
    inputs: Mapping[str, Any]
    say: Say
    cancelled: Cancelled
    id: str = ""
    preview: bool = False
    timeout: float = 0.0
    state: Mapping[str, Any] = field(default_factory=dict[str, Any])
    before: Mapping[str, Any] = field(default_factory=dict[str, Any])
    ignored: Sequence[str] = ()


@dataclass(frozen=True)
class Outcome:
    """A resource as the engine is to remember it; the inputs are told where the resource was looked at."""

    id: str
    outputs: Mapping[str, Any]
    inputs: Mapping[str, Any] = field(default_factory=dict[str, Any])


class InitError(Exception):
    """An object exists and did not become ready.

    Attributes:
        outcome: what the engine is to remember of it.
        reasons: why it is not ready.
    """

    def __init__(self, outcome: Outcome, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.outcome = outcome
        self.reasons = reasons


class UnsupportedError(Exception):
    """Something that only the official provider can do."""

    def __init__(self, what: str, lacking: str) -> None:
        super().__init__(f"{what}: the lab's provider has no {lacking}; install the official plugin for that")


def unique(prefix: str, seed: bytes = b"", digits: int = 8) -> str:
    """``prefix``, a dash and some hexadecimal digits: the engine's ``seed`` gives a preview and its update the same."""
    made = hashlib.sha256(seed + prefix.encode()).hexdigest() if seed else secrets.token_hex(digits)
    return f"{prefix}-{made[:digits]}"
