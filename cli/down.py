"""``rayform down``: end the lab and everything in it."""

import argparse

from rayform.lab import Console, Lab

from .commands import Commands


def add_parser(commands: Commands) -> None:
    """Declare ``rayform down``."""
    parser = commands.add_parser(
        "down", help="end the lab and everything in it; what was built stays in the cache", description=__doc__
    )
    parser.add_argument("--lab", default=None, metavar="NAME", help="one lab (default: all)")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    progress = Console()
    for lab in [Lab(options.lab)] if options.lab else Lab.all():
        lab.down(progress)
    return 0
