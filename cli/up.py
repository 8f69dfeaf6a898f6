"""``rayform up``: a lab, the whole program on it through the real Pulumi engine, and a look at what came up."""

import argparse
from pathlib import Path

from lightkube import Client, KubeConfig
from rayform.lab import Console, Lab, Nodes, Progress, default_nodes, engine_environment, resolve

from . import show, stacks
from .commands import Commands
from .engine import Engine
from .killed import resumed

_AGAIN = "mend what it names and run the same command again; it continues where this one stopped"


def add_parser(commands: Commands) -> None:
    """Declare ``rayform up``."""
    parser = commands.add_parser(
        "up", help="start a lab, deploy the stack on it, show what came up", description=__doc__
    )
    parser.add_argument(
        "stack",
        nargs="?",
        default=stacks.ON_NODES[Nodes.REAL],
        help="lab: real node, real Ray (root on Linux); simulated: simulated nodes, no container runs; any stack whose"
        " settings have a ground, such as dev: on simulated AWS (default: lab)",
    )
    parser.add_argument("--project", type=Path, default=Path(), metavar="DIR", help="the folder of Pulumi.yaml")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    project = stacks.project(options.project)
    progress = Console()
    aws = stacks.has_ground(project, options.stack)
    nodes = Nodes.SIMULATED if aws else _nodes(options.stack, progress)
    stack = options.stack if aws else stacks.ON_NODES[nodes]
    lab = Lab(stack, nodes=nodes, aws=aws)
    lab.up(progress)
    engine = Engine(project, resolve("pulumi", progress), engine_environment(lab, progress))
    engine.select(stack)
    engine = resumed(engine, lab, stack, progress)
    engine.run("up", "--yes", "--stack", stack, remedy=_AGAIN)
    _show(lab, engine.outputs(stack)["namespace"], progress)
    return 0


def _nodes(stack: str, progress: Progress) -> Nodes:
    wanted = next(nodes for nodes, name in stacks.ON_NODES.items() if name == stack)
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
