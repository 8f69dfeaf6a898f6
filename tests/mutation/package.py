"""The package of the rules as it would be with one module mutated, beside the one that everybody else uses."""

import ast
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType

import rayform.components.ray.rules as real
from replaced import replaced

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
    codes = {_full(each): _CODES[_full(each)] for each in above(name)}
    with replaced(codes | {_full(name): compile(tree, f"{name}.py", "exec")}, _PACKAGE):
        yield importlib.import_module(_PACKAGE)
