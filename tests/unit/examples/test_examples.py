"""Every example is a whole program: it runs at preview and at update, and nothing about it deserves a warning."""

import ast
from pathlib import Path

import pytest
import yaml
from example_programs import PROGRAMS, ran

EACH = pytest.mark.parametrize("example", PROGRAMS, ids=lambda folder: folder.name)


def test_there_are_examples() -> None:
    assert PROGRAMS != []


@EACH
def test_an_example_runs_without_a_warning(example: Path, *, preview: bool) -> None:
    recorded = ran(example, preview=preview)

    assert [entry.message for entry in recorded.logs] == []
    assert any(resource.type.startswith("kubernetes:ray.io/v1:Ray") for resource in recorded.resources)


@EACH
def test_an_example_is_a_project_of_its_own(example: Path) -> None:
    project = yaml.safe_load((example / "Pulumi.yaml").read_text())
    asked = set(project.get("config", {}))

    assert (project["name"], project["main"]) == (example.name, "__main__.py")
    assert project["description"]
    assert all(f'config.require("{key}")' in (example / "__main__.py").read_text() for key in asked)


@EACH
def test_an_example_asks_nothing_of_rayform_but_its_doors(example: Path) -> None:
    trees = [ast.parse(file.read_text()) for file in example.glob("*.py")]
    imports = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {module for module in imports if module and module.startswith("rayform")}

    assert ours <= {"rayform.components", "rayform.infra", "rayform.policy"}
