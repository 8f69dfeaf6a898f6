"""Which operations the lab answers itself; all others are moto's."""

from collections.abc import Mapping

from .region import Handler

HANDLERS: Mapping[tuple[str, str], Handler] = {}
"""Operations that the lab answers itself, by service and name."""

OWNED = frozenset[str]()
"""Services of which moto answers nothing."""
