"""The stacks of a project that run on a lab: each on the lab of its name."""

from pathlib import Path
from typing import Any, cast

import yaml
from rayform.lab import LabError, Nodes

__all__ = ["ON_NODES", "has_ground", "labs", "project"]

ON_NODES = {Nodes.REAL: "lab", Nodes.SIMULATED: "simulated"}
"""The stacks that find a cluster there, by the nodes of their lab."""


def project(folder: Path) -> Path:
    """The folder of a Pulumi project, as it was given; one that is none is a :class:`LabError`."""
    absolute = folder.absolute()
    if not (absolute / "Pulumi.yaml").is_file():
        raise LabError(f"--project: {absolute} holds no Pulumi.yaml; give the folder of a Pulumi project")
    return absolute


def has_ground(project: Path, stack: str) -> bool:
    """Whether a stack brings its own network and cluster; one that no lab is made for is a :class:`LabError`."""
    if stack in ON_NODES.values():
        return False
    folder, stacks = _settings(project)
    if stack not in stacks:
        raise LabError(f"stack {stack}: has no settings in {folder}; there are {', '.join(stacks) or 'none'}")
    if _grounded(stacks[stack]):
        return True
    remedy = f"give it a ground, or choose {' or '.join(ON_NODES.values())}"
    raise LabError(f"stack {stack}: its settings have no ground, and no lab is made for it; {remedy}")


def labs(project: Path) -> frozenset[str]:
    """The labs that the project's stacks run on, by name."""
    _, stacks = _settings(project)
    return frozenset({*ON_NODES.values(), *(name for name, file in stacks.items() if _grounded(file))})


def _settings(project: Path) -> tuple[Path, dict[str, Path]]:
    described: Any = yaml.safe_load((project / "Pulumi.yaml").read_text())
    folder = project / str(cast("dict[str, Any]", described).get("stackConfigDir", "."))
    return folder, {file.name.split(".")[1]: file for file in sorted(folder.glob("Pulumi.?*.yaml"))}


def _grounded(file: Path) -> bool:
    content: Any = yaml.safe_load(file.read_text()) or {}
    return "ground" in (content.get("config", {}).get("rayform:settings") or {})
