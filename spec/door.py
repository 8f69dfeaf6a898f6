"""A package's door whose names are loaded when they are first asked for: who asks for one does not pay for all."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

__all__ = ["door"]


def door(package: str, homes: Mapping[str, Sequence[str]]) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """What a package assigns to its ``__getattr__`` and ``__dir__``, after PEP 562.

    Args:
        package: its name.
        homes: by module, relative to the package or absolute, the names that the package shows of it.
    """
    modules = {name: module for module, names in homes.items() for name in names}
    own = vars(sys.modules[package])

    def get(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = own[name] = getattr(import_module(modules[name], package), name)
        return found

    def names() -> list[str]:
        return sorted({*own, *modules})

    return get, names
