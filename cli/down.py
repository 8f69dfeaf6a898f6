"""``rayform down``: end the labs of this project's stacks, and everything in them."""

import argparse
from pathlib import Path

from rayform.lab import Console, Lab

from . import stacks
from .commands import Commands


def add_parser(commands: Commands) -> None:
    """Declare ``rayform down``."""
    parser = commands.add_parser(
        "down", help="end what 'rayform up' started; what was built stays in the cache", description=__doc__
    )
    parser.add_argument("stack", nargs="?", help="the lab of this stack alone (default: those of all of its stacks)")
    parser.add_argument("--project", type=Path, default=Path(), metavar="DIR", help="the folder of Pulumi.yaml")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    project = stacks.project(options.project)
    if options.stack:
        stacks.has_ground(project, options.stack)
    asked = {options.stack} if options.stack else stacks.labs(project)
    progress = Console()
    left = Lab.all()
    for lab in left:
        if lab.name in asked:
            lab.down(progress)
    if not options.stack and (others := [lab.name for lab in left if lab.name not in asked]):
        progress.say(f"left: {', '.join(others)}, of no stack of this project; 'rayform lab down' ends them")
    return 0
