"""What a program did, once it ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Lookup
from .errors import NoSuchResourceError
from .registration import Registration


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A message that the program logged; debug messages are left out."""

    severity: str
    """``info``, ``warning`` or ``error``; with the real engine an error fails the update."""
    message: str
    """The text."""
    urn: str | None
    """URN of the resource it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Everything that one run of a program told the engine; complete, since the program has ended."""

    resources: tuple[Registration, ...]
    """Resources in program order, the stack itself left out."""
    outputs: Mapping[str, Any]
    """What the program exported."""
    logs: tuple[LogEntry, ...]
    """What it logged."""
    lookups: tuple[Lookup, ...]
    """What it looked up."""
    hooks: tuple[str, ...]
    """Names of the hooks it registered."""
    transforms: tuple[Callable[..., Any], ...]
    """Transforms that it registered for the whole stack; recorded, not run."""
    preview: bool
    """Whether it ran as a preview."""

    def all(self, type: str | None = None, name: str | None = None) -> tuple[Registration, ...]:
        """The resources of that type token, or that name, or both; all of them without either."""
        return tuple(
            resource for resource in self.resources if type in (None, resource.type) and name in (None, resource.name)
        )

    def one(self, type: str | None = None, name: str | None = None) -> Registration:
        """The only resource of that type token, name, or both; none or several are refused with a list."""
        found = self.all(type, name)
        if len(found) != 1:
            asked = " ".join(part for part in (type, name) if part is not None) or "resource"
            urns = tuple(resource.urn for resource in found)
            raise NoSuchResourceError(asked, urns, tuple(resource.urn for resource in self.resources))
        return found[0]

    def children(self, parent: Registration) -> tuple[Registration, ...]:
        """The resources directly under a component."""
        return tuple(resource for resource in self.resources if resource.parent == parent.urn)
