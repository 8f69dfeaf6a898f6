"""The package of the rules as it would be with one module mutated, beside the one that everybody else uses."""

import ast
import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType

import rayform.components.ray.rules as real

__all__ = ["NAMES", "above", "loaded", "source"]

_PACKAGE = real.__name__
_FOLDER = Path(real.__path__[0])
_TABLES = (
    "__init__",
    "fields",
    "native",
    "refresh",
)  # the fields are compared with the CRDs themselves, in ``tests/differential``
_ALL = tuple(sorted(file.stem for file in _FOLDER.glob("*.py")))
NAMES = tuple(name for name in _ALL if name not in _TABLES)
"""The modules of the package that hold conditions."""


def source(name: str) -> str:
    """The text of a module."""
    return (_FOLDER / f"{name}.py").read_text()


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds the modules of the package, each as the code that is given for it."""

    def __init__(self, codes: Mapping[str, CodeType]) -> None:
        self._codes = codes

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in self._codes:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=fullname == _PACKAGE)

    def get_code(self, fullname: str) -> CodeType:
        return self._codes[fullname]

    def get_source(self, _fullname: str) -> None:
        return None


def _full(name: str) -> str:
    return _PACKAGE if name == "__init__" else f"{_PACKAGE}.{name}"


_CODES = {_full(name): compile(source(name), f"{name}.py", "exec") for name in _ALL}


def _imports(name: str) -> set[str]:
    tree = ast.parse(source(name))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 1]
    return {node.module for node in found if node.module} | {
        alias.name for node in found if not node.module for alias in node.names
    }


_IMPORTS = {name: _imports(name) for name in _ALL}


@cache
def above(name: str) -> frozenset[str]:
    """The module and all that import it, at once or through others: nothing else can be other than it was."""
    found = {name}
    while more := {each for each in _IMPORTS if _IMPORTS[each] & found} - found:
        found |= more
    return frozenset(found)


@contextmanager
def loaded(name: str, tree: ast.Module) -> Iterator[ModuleType]:
    """The package with this tree for the module: what imports the module is made anew, the rest is shared."""
    anew = {_full(each) for each in above(name)}
    codes = {each: _CODES[each] for each in anew} | {_full(name): compile(tree, f"{name}.py", "exec")}
    kept = {each: sys.modules.pop(each) for each in anew if each in sys.modules}
    finder = _Finder(codes)
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module(_PACKAGE)
    finally:
        sys.meta_path.remove(finder)
        for each in anew:
            sys.modules.pop(each, None)
        sys.modules.update(kept)
        _restore(kept)


def _restore(modules: Mapping[str, ModuleType]) -> None:
    # An import also hangs a module below its package.
    for name, module in modules.items():
        parent, _, last = name.rpartition(".")
        setattr(sys.modules[parent], last, module)
