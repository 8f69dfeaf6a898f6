"""Budgets: what does not fit on a few screens is two things."""

import ast
from functools import cache
from pathlib import Path

from house import PYPROJECT, modules, shown, tree

MODULE_LINES = 300
FUNCTION_LINES = 50
TEST_LINES = 20

SOURCES = modules()
TESTS = modules("tests")


@cache
def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    described = ast.get_docstring(node, clean=False)
    return (node.end_lineno or 0) - node.lineno + 1 - (described.count("\n") + 1 if described else 0)


def lines(file: Path) -> int:
    return file.read_text().count("\n")


def test_no_module_is_too_long() -> None:
    assert [f"{shown(file)}: {lines(file)} lines" for file in (*SOURCES, *TESTS) if lines(file) > MODULE_LINES] == []


def test_no_function_is_too_long() -> None:
    long = [
        f"{shown(file)}: {node.name}: {length(node)} lines"
        for file in (*SOURCES, *TESTS)
        for node in functions(file)
        if length(node) > FUNCTION_LINES
    ]

    assert long == []


def test_tests_are_short_enough_to_read_at_a_glance() -> None:
    long = [
        f"{shown(file)}: {node.name}: {length(node)} lines"
        for file in TESTS
        for node in functions(file)
        if node.name.startswith("test_") and length(node) > TEST_LINES
    ]

    assert long == []


def test_functions_stay_simple() -> None:
    assert PYPROJECT["tool"]["ruff"]["lint"]["mccabe"]["max-complexity"] <= 8


def test_most_modules_are_small() -> None:
    sizes = sorted(lines(file) for file in SOURCES if file.name != "__init__.py")

    assert sizes[len(sizes) // 2] <= 100, f"the median module has {sizes[len(sizes) // 2]} lines"
