"""Labs of the tests' own."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lightkube.resources.core_v1 import Namespace, Pod
from rayform.lab import Lab, NodeShape, Silent, processes
from rayform.lab.identity import marked


@contextmanager
def running(home: Path, name: str = "lab") -> Generator[Lab]:
    """A simulated lab with its state under ``home``, up for the block."""
    lab = Lab(name, state_home=home)
    try:
        lab.up(Silent())
        yield lab
    finally:
        lab.down(Silent())


def numbers(lab: Lab) -> dict[str, int | None]:
    """The number of each process of ``lab``."""
    return {name: processes.pid(lab.state, name) for name in processes.names(lab.state)}


def left_behind(lab: Lab) -> list[object]:
    """Processes and files of a lab that should be gone."""
    files: list[object] = [lab.state] if lab.state.exists() else []
    return [*files, *marked(processes.MARK, str(lab.state))]


def pods(lab: Lab, namespace: str = "default", **labels: str) -> list[Pod]:
    with lab.client() as client:
        return list(client.list(Pod, namespace=namespace, labels=dict(labels)))


def pod_template(labels: dict[str, str], **spec: Any) -> dict[str, Any]:
    container = {"name": "main", "image": "nothing", **spec.pop("container", {})}
    return {"metadata": {"labels": labels}, "spec": {"containers": [container], **spec}}


def namespace(lab: Lab, name: str) -> None:
    with lab.client() as client:
        client.create(Namespace.from_dict({"metadata": {"name": name}}))


GPUS = NodeShape("a100", count=200, cpu=96, memory="1Ti", gpus=8, labels={"pool": "a100"})
"""A fleet that no laptop has."""
