"""``rayform up``: a lab, the whole program on it through the real Pulumi engine, and a look at what came up."""

import argparse
from pathlib import Path
from typing import Any, cast

import yaml
from lightkube import Client, KubeConfig
from rayform.lab import Console, Lab, LabError, Nodes, Progress, default_nodes, engine_environment, resolve

from . import show
from .commands import Commands
from .engine import Engine

_STACKS = {Nodes.REAL: "lab", Nodes.SIMULATED: "simulated"}
_AGAIN = "mend what it names and run the same command again; it continues where this one stopped"


def add_parser(commands: Commands) -> None:
    """Declare ``rayform up``."""
    parser = commands.add_parser(
        "up", help="start a lab, deploy the stack on it, show what came up", description=__doc__
    )
    parser.add_argument(
        "stack",
        nargs="?",
        default=_STACKS[Nodes.REAL],
        help="lab: real node, real Ray (root on Linux); simulated: simulated nodes, no container runs; any stack whose"
        " settings have a ground, such as dev: on simulated AWS (default: lab)",
    )
    parser.add_argument("--project", type=Path, default=Path(), metavar="DIR", help="the folder of Pulumi.yaml")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    project = _project(options.project)
    progress = Console()
    aws = _has_ground(project, options.stack)
    nodes = Nodes.SIMULATED if aws else _nodes(options.stack, progress)
    stack = options.stack if aws else _STACKS[nodes]
    lab = Lab(stack, nodes=nodes, aws=aws)
    lab.up(progress)
    engine = Engine(project, resolve("pulumi", progress), engine_environment(lab, progress))
    engine.select(stack)
    engine.run("up", "--yes", "--stack", stack, remedy=_AGAIN)
    _show(lab, engine.outputs(stack)["namespace"], progress)
    return 0


def _project(folder: Path) -> Path:
    project = folder.absolute()
    if not (project / "Pulumi.yaml").is_file():
        raise LabError(f"--project: {project} holds no Pulumi.yaml; give the folder of a Pulumi project")
    return project


def _has_ground(project: Path, stack: str) -> bool:
    """Whether a stack brings its own network and cluster; one without runs on a lab of its name."""
    described: Any = yaml.safe_load((project / "Pulumi.yaml").read_text())
    folder = project / str(cast("dict[str, Any]", described).get("stackConfigDir", "."))
    stacks = {file.name.split(".")[1]: file for file in sorted(folder.glob("Pulumi.?*.yaml"))}
    if stack in _STACKS.values():
        return False
    if stack not in stacks:
        raise LabError(f"stack {stack}: has no settings in {folder}; there are {', '.join(stacks) or 'none'}")
    content: Any = yaml.safe_load(stacks[stack].read_text()) or {}
    if "ground" in (content.get("config", {}).get("rayform:settings") or {}):
        return True
    remedy = f"give it a ground, or choose {' or '.join(_STACKS.values())}"
    raise LabError(f"stack {stack}: its settings have no ground, and no lab is made for it; {remedy}")


def _nodes(stack: str, progress: Progress) -> Nodes:
    wanted = next(nodes for nodes, name in _STACKS.items() if name == stack)
    possible = default_nodes()
    if wanted is Nodes.REAL and possible is Nodes.SIMULATED:
        progress.say("A real node needs root on Linux: simulated nodes instead, with the stack 'simulated'.")
        return possible
    return wanted


def _show(lab: Lab, namespace: str, progress: Progress) -> None:
    client = Client(config=KubeConfig.from_file(lab.kubeconfig))
    containers_run = lab.nodes is Nodes.REAL
    print()
    for lines in (show.clusters, show.jobs):
        for line in lines(client, namespace, containers_run=containers_run):
            print(line)
    if not containers_run:
        progress.say("Simulated nodes run no containers: no 'ray status' and no job's output to show.")
    print(f"\nkubectl: export KUBECONFIG={lab.kubeconfig}")
