"""How a lab is."""

from dataclasses import dataclass
from pathlib import Path

from . import processes
from .errors import LabError
from .kind import Nodes


@dataclass(frozen=True)
class ComponentStatus:
    """One process of a lab.

    Attributes:
        name: in the lab.
        pid: its number, None when it does not run.
        problem: why it does not run, with the last lines of its log; empty when it does.
    """

    name: str
    pid: int | None
    problem: str = ""


@dataclass(frozen=True)
class LabStatus:
    """How a lab is.

    Attributes:
        name: the lab's.
        nodes: real or simulated.
        state: its folder.
        ready: whether the API server answers that it is ready.
        components: its processes in the order of their start.
        damage: why it can only be ended; empty when it can be mended.
    """

    name: str
    nodes: Nodes
    state: Path
    ready: bool
    components: tuple[ComponentStatus, ...]
    damage: str = ""

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong; empty when the lab is well."""
        if self.damage:
            return (self.damage,)
        dead = tuple(component.problem for component in self.components if component.problem)
        mute = "kube-apiserver: runs but is not ready; look into 'rayform lab logs kube-apiserver'"
        return dead or (() if self.ready else (mute,))


def component_status(state: Path, name: str) -> ComponentStatus:
    """How the process ``name`` of the lab in ``state`` is."""
    try:
        processes.require_alive(state, name)
    except LabError as error:
        return ComponentStatus(name, None, str(error))
    return ComponentStatus(name, processes.pid(state, name))
