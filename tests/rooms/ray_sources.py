"""What is judged: the objects of every example, of every stack, of README's programs, and of upstream's samples."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from example_programs import PROGRAMS, ran
from rayform.components.documents import documents
from rayform.lab import Silent
from rayform.lab.testing import Recorded, run
from rayform.lab.toolchain import KUBERAY_MODULE, module_dir
from stack_programs import deployed

__all__ = ["STRICT", "Source", "examples", "readme", "rendered", "samples", "stacks"]

ROOT = Path(__file__).resolve().parents[2]
STRICT = "examples/locked-down"
"""The example of the strict profile."""
_PYTHON = re.compile(r"^```python\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Source(NamedTuple):
    """Objects that are deployed together."""

    name: str
    """Where they come from."""
    ray: list[dict[str, Any]]
    """Ray's objects."""
    policies: list[dict[str, Any]]
    """The network policies beside them."""


def _source(name: str, recorded: Recorded) -> Source:
    def of(group: str) -> list[dict[str, Any]]:
        return [dict(each.inputs) for each in recorded.resources if each.type.startswith(f"kubernetes:{group}")]

    return Source(name, of("ray.io/"), of("networking.k8s.io/v1:NetworkPolicy"))


def examples() -> Iterator[Source]:
    """Every example, as it is."""
    for folder in PROGRAMS:
        yield _source(f"examples/{folder.name}", ran(folder))


def stacks() -> Iterator[Source]:
    """Every stack of the tree, as it is."""
    for file in sorted((ROOT / "stacks").glob("Pulumi.*.yaml")):
        stack = file.suffixes[0].removeprefix(".")
        yield _source(f"stacks/{stack}", deployed(stack))


def readme() -> Source:
    """The programs of README together: the second one needs the first's operator."""
    found = Source("README.md", [], [])
    with tempfile.TemporaryDirectory() as folder:
        for number, block in enumerate(_PYTHON.finditer((ROOT / "README.md").read_text())):
            program = Path(folder, f"program_{number}.py")
            program.write_text(block["text"])
            found.ray.extend(_source("", run(program)).ray)
    return found


def samples() -> Source:
    """The samples of the pinned KubeRay module, for comparison."""
    folder = module_dir(KUBERAY_MODULE.path, KUBERAY_MODULE.version, Silent()) / "config" / "samples"
    found = Source("upstream's samples", [], [])
    for file in sorted(folder.glob("**/*.yaml")):
        for document in documents(str(file.relative_to(folder)), file.read_bytes()):
            if document.value["apiVersion"] == "ray.io/v1":
                found.ray.append(document.value)
            if document.kind == "NetworkPolicy":
                found.policies.append(document.value)
    return found


def rendered() -> Iterator[Source]:
    """Everything of rayform's own."""
    yield from examples()
    yield from stacks()
    yield readme()
