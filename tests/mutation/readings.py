"""What the law's rules read by, as it would be with one module mutated; the rules' examples have to tell."""

import ast
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType

import rayform.policy as real
from law import is_wrong, listed
from law_edges_more import MORE
from law_readings import READINGS as READ
from rayform.policy import Rule
from rayform.policy.examples import EXAMPLES
from replaced import replaced

__all__ = ["READINGS", "reading_source", "tells_reading"]

_PACKAGE = real.__name__
_FOLDER = Path(real.__path__[0])
_PREFIX = "policy."
READINGS = tuple(
    f"{_PREFIX}{name}"
    for name in (
        *("amounts", "asking", "machines", "mending", "nodes", "reach", "requirements", "served", "statements"),
        *("tools", "views", "words"),
    )
)
"""The modules by which rules read; no rule stands in them."""
_FILES = {file.stem: file for file in _FOLDER.glob("*.py") if file.stem != "__init__"}
_FILES |= {f"rules.{file.stem}": file for file in (_FOLDER / "rules").glob("*.py") if file.stem != "__init__"}
_FILES["rules"] = _FOLDER / "rules" / "__init__.py"


def reading_source(name: str) -> str:
    """The text of a module."""
    return _FILES[name.removeprefix(_PREFIX)].read_text()


def tells_reading(name: str, tree: ast.Module) -> bool:
    """Whether some example sees that something is wrong with this module; rules that read by it are asked first."""
    read = name.removeprefix(_PREFIX)
    with _loaded(read, tree) as (rules, judge):
        module = importlib.import_module(f"{_PACKAGE}.{read}")
        if any(each.read(module) != each.found for each in READ if each.module == read):
            return True
        # Pods are opened for the rules about them by the judge.
        opened = ("pod", "container") if "opening" in _above(read) else ()
        concerned = [rule for rule in rules.RULES if rule.about in opened or _module(rule) in _above(read)]
        concerned.sort(key=lambda rule: (read not in _imports(_module(rule)), rule.id))
        return any(is_wrong(rule, judge.Judge) for rule in concerned)


def _module(rule: Rule) -> str:
    """The module that a rule stands in, by its name within the package."""
    return rule.check.__module__.removeprefix(f"{_PACKAGE}.")


@cache
def _code(name: str) -> CodeType:
    return compile(_FILES[name].read_text(), f"{name}.py", "exec")


@cache
def _imports(name: str) -> frozenset[str]:
    """The modules of the package that one imports, each by its name within the package."""
    inside = "rules." if name == "rules" or name.startswith("rules.") else ""
    found: set[str] = set()
    for node in ast.walk(ast.parse(_FILES[name].read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            start = inside if node.level == 1 else ""
            found |= {f"{start}{each}" for each in ([node.module] if node.module else [one.name for one in node.names])}
    return frozenset(found)


@cache
def _above(name: str) -> frozenset[str]:
    """The module and all that import it, at once or through others."""
    found = {name}
    while more := {each for each in _FILES if _imports(each) & found} - found:
        found |= more
    return frozenset({*found, "judge", "rules", "rules.every"})


@contextmanager
def _loaded(name: str, tree: ast.Module) -> Iterator[tuple[ModuleType, ModuleType]]:
    """The rules and the judge with this tree for the module: what imports the module is made anew."""
    codes = {f"{_PACKAGE}.{each}": _code(each) for each in _above(name)}
    codes[f"{_PACKAGE}.{name}"] = compile(tree, f"{name}.py", "exec")
    with replaced(codes, f"{_PACKAGE}.rules"):
        _forget()
        try:
            yield importlib.import_module(f"{_PACKAGE}.rules"), importlib.import_module(f"{_PACKAGE}.judge")
        finally:
            _forget()


def _forget() -> None:
    """Have every example opened anew: what one module opened the other must not see."""
    for _, example in (*EXAMPLES.items(), *MORE):
        for side in (*example.breaks, *example.keeps):
            for each in listed(side):
                each.opened.clear()
