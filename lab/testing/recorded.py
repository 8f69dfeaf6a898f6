"""What a program did, once it ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Lookup
from .errors import NoSuchResourceError
from .log import LogEntry
from .registration import Registration


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

    def all(self, token: str | None = None, name: str | None = None) -> tuple[Registration, ...]:
        """The resources of that type token, or that name, or both; all of them without either."""
        return tuple(
            resource for resource in self.resources if token in (None, resource.type) and name in (None, resource.name)
        )

    def one(self, token: str | None = None, name: str | None = None) -> Registration:
        """The only resource of that type token, name, or both; none or several are refused with a list."""
        found = self.all(token, name)
        if len(found) != 1:
            asked = " ".join(part for part in (token, name) if part is not None) or "resource"
            urns = tuple(resource.urn for resource in found)
            raise NoSuchResourceError(asked, urns, tuple(resource.urn for resource in self.resources))
        return found[0]

    def children(self, parent: Registration) -> tuple[Registration, ...]:
        """The resources directly under a component."""
        return tuple(resource for resource in self.resources if resource.parent == parent.urn)
