"""How much a file may hold: enough for a thousand clusters, little enough to be read within seconds."""

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a file may hold; an API server takes objects of at most 3 MiB."""

    size: int = 16 * 2**20
    """Bytes of the file."""
    values: int = 500_000
    """Values, with every alias counted as what it stands for."""
    characters: int = 32 * 2**20
    """Characters of all scalars, with every alias counted as what it stands for."""
    depth: int = 100
    """Mappings and sequences within each other; a CustomResourceDefinition needs about 50."""
