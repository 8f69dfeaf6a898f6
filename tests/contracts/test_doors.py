"""Every package's door: what it shows is what it means to show, and every word of it is explained."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from house import PACKAGES, classes, shown, source, tree, words_below

DOORS = pytest.mark.parametrize("package", PACKAGES)


def public(package: str) -> tuple[ModuleType, list[str]]:
    module = importlib.import_module(package)
    return module, list(getattr(module, "__all__", []))


def sources(package: str) -> Iterator[tuple[str, Path]]:
    """Public names with the file that defines each: a class knows its own, other names are sought in the imports."""
    module, names = public(package)
    for name in names:
        owner = str(getattr(getattr(module, name), "__module__", None))
        yield name, source(owner if owner.startswith("rayform.") else imported_from(module.__name__, name))


def imported_from(package: str, name: str) -> str:
    for node in ast.walk(tree(source(package))):
        if isinstance(node, ast.ImportFrom) and name in [alias.asname or alias.name for alias in node.names]:
            above = package if node.level == 1 else package.rsplit(".", node.level - 1)[0]
            return f"{above}.{node.module}" if node.level else str(node.module)
    return package


@DOORS
def test_a_door_lists_each_name_once(package: str) -> None:
    _, names = public(package)

    assert len(names) == len(set(names)), f"{package}: a name stands twice in __all__"


@DOORS
def test_a_door_shows_what_it_lists_and_nothing_else(package: str) -> None:
    module, names = public(package)
    visible = {
        name for name, value in vars(module).items() if not name.startswith("_") and not isinstance(value, ModuleType)
    }

    assert visible <= set(names), f"{package}: visible but not in __all__"
    assert [name for name in names if not hasattr(module, name)] == [], f"{package}: in __all__ but missing"


@DOORS
def test_a_room_says_its_law(package: str) -> None:
    module, _ = public(package)

    assert (module.__doc__ or "").strip(), f"{package}: __init__.py has no docstring"


@DOORS
def test_every_public_class_and_function_is_documented(package: str) -> None:
    module, names = public(package)
    undocumented = [
        name
        for name in names
        if (inspect.isclass(value := getattr(module, name)) or inspect.isroutine(value))
        and not (vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__)
    ]

    assert undocumented == []


@DOORS
def test_every_public_constant_and_type_is_documented(package: str) -> None:
    undocumented = [
        f"{shown(file)}: {name}" for name, file in sources(package) if not words_below(tree(file).body).get(name, True)
    ]

    assert undocumented == []


@DOORS
def test_every_public_member_of_a_public_class_is_documented(package: str) -> None:
    undocumented = [
        f"{shown(file)}: {name}.{member}"
        for name, file in sources(package)
        for node in classes(file)
        if node.name == name
        for member in undescribed(node)
    ]

    assert undocumented == []


def undescribed(node: ast.ClassDef) -> Iterator[str]:
    if any(ast.unparse(base).endswith("Enum") for base in node.bases):
        return  # the class says what its values are; each has a name for that
    listed = (ast.get_docstring(node) or "").partition("Attributes:")[2]
    for field, described in words_below(node.body).items():
        if not described and f"{field}: " not in listed and not field.startswith("_") and field != "model_config":
            yield field
    for member in node.body:
        if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and not member.name.startswith("_"):
            overload = any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in member.decorator_list)
            if not overload and ast.get_docstring(member) is None:
                yield member.name
