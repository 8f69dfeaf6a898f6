"""Modules replaced by the code that is given for each, for as long as somebody looks at them."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType

__all__ = ["replaced"]


class _Finder(MetaPathFinder, InspectLoader):
    """Finds modules, each as the code that is given for it."""

    def __init__(self, codes: Mapping[str, CodeType], package: str) -> None:
        self._codes = codes
        self._package = package

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._codes:
            return None
        return ModuleSpec(fullname, self, is_package=fullname == self._package)

    def get_code(self, fullname: str) -> CodeType:
        return self._codes[fullname]

    def get_source(self, _fullname: str) -> None:
        return None


@contextmanager
def replaced(codes: Mapping[str, CodeType], package: str) -> Iterator[None]:
    """Imports find these modules, of which one may be a package, made anew from their code; then what was there."""
    kept = {each: sys.modules.pop(each) for each in codes if each in sys.modules}
    for each in kept:
        _hang(each, None)
    finder = _Finder(codes, package)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for each in codes:
            sys.modules.pop(each, None)
        sys.modules.update(kept)
        for each, module in kept.items():
            _hang(each, module)


def _hang(name: str, module: ModuleType | None) -> None:
    """Hang a module below its package, as an import does, or take it away."""
    parent, _, last = name.rpartition(".")
    if module is not None:
        setattr(sys.modules[parent], last, module)
    elif parent in sys.modules and last in vars(sys.modules[parent]):
        delattr(sys.modules[parent], last)
