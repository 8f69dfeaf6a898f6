"""What went wrong for somebody, as settings of ``prod`` with other values."""

from typing import Any, NamedTuple

__all__ = ["Incident"]


class Incident(NamedTuple):
    """What somebody wrote, and what is said of it."""

    name: str
    """What it was."""
    changes: dict[str, Any]
    """The other values, by paths whose steps are joined by two underscores."""
    refused: list[str]
    """The lines that refuse it."""
