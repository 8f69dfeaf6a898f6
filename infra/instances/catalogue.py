"""Reads the catalogue file, once and only when something is looked up."""

import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from rayform.spec.refusal import RayformError

from . import rows
from .shape import InstanceType

__all__ = ["FILE", "PriceList", "UnknownInstanceTypeError", "instance_type", "names", "prices", "source"]

FILE: Final = "catalogue.json"
"""The name of the catalogue file, beside this module; ``python -m rayform.infra.instances.refresh`` writes it."""


class UnknownInstanceTypeError(RayformError):
    """A type of instance that is not in the catalogue."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        self.name = name
        """The type that was asked for."""
        self.near = near
        """Known types with a similar name."""
        known = f"near it are {', '.join(near)}" if near else "the catalogue has none like it"
        refresh = "python -m rayform.infra.instances.refresh"
        super().__init__(f"{name}: no such instance type, {known}; choose one that is known, or run `{refresh}`")


@dataclass(frozen=True, slots=True)
class PriceList:
    """Where the catalogue's prices come from."""

    source: str
    """Who published them."""
    date: str
    """The day they were read, as ``YYYY-MM-DD``."""
    region: str
    """The region they hold for."""


def instance_type(name: str) -> InstanceType:
    """The instance type of that name; one that is not in the catalogue is refused with its nearest neighbours."""
    return _instance_type(name)


@cache
def _instance_type(name: str) -> InstanceType:
    types: dict[str, Sequence[Any]] = _file()["types"]
    if name not in types:
        raise UnknownInstanceTypeError(name, tuple(difflib.get_close_matches(name, types, n=3)))
    return rows.read(name, types[name])


def names() -> tuple[str, ...]:
    """The names of all types in the catalogue, sorted."""
    return tuple(_file()["types"])


def prices() -> PriceList:
    """Source, date and region of the prices."""
    return PriceList(**_file()["prices"])


def source() -> tuple[str, str]:
    """Where the types were read from, and on which day (``YYYY-MM-DD``)."""
    return _file()["source"], _file()["date"]


@cache
def _file() -> Mapping[str, Any]:
    text = Path(__file__).with_name(FILE).read_text(encoding="utf-8")
    read: Mapping[str, Any] = json.loads(text)
    return read
