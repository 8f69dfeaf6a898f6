"""``rayform lab``: the machine's own clusters by hand."""

import argparse
import sys

from rayform.lab import Console, Lab, LabError, Nodes, default_nodes
from rayform.lab.aws import aws_environment

from . import lab_doctor
from .commands import Commands

_DEFAULT = "default"


def add_parser(commands: Commands) -> None:
    """Declare ``rayform lab`` and what it does: up, down, status, logs, doctor."""
    parser = commands.add_parser("lab", help="clusters of this machine's own, by hand", description=__doc__)
    lab = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_up(lab)
    _add_down(lab)
    _add_status(lab)
    _add_logs(lab)
    lab_doctor.add_parser(lab)


def _add_up(lab: Commands) -> None:
    up = lab.add_parser("up", help="start a lab, or mend the one that runs")
    up.add_argument("--name", default=_DEFAULT, help="which lab (default: %(default)s)")
    up.add_argument(
        "--nodes",
        choices=[each.value for each in Nodes],
        help="real: a node that runs containers (root on Linux); simulated: nodes that run nothing (default: what the"
        " lab has, else real where it is possible)",
    )
    up.add_argument(
        "--aws",
        action="store_true",
        default=None,
        help="with simulated AWS: its clusters are this lab, its node groups are simulated nodes (default: what the lab"
        " has)",
    )
    up.set_defaults(run=_up)


def _add_down(lab: Commands) -> None:
    down = lab.add_parser("down", help="end a lab and everything in it")
    which = down.add_mutually_exclusive_group()
    which.add_argument("--name", help="which lab (default: the only one)")
    which.add_argument("--all", action="store_true", help="every lab")
    down.set_defaults(run=_down)


def _add_status(lab: Commands) -> None:
    status = lab.add_parser("status", help="how the labs are; exit code 1 when something has died")
    status.add_argument("--name", help="which lab (default: all)")
    status.set_defaults(run=_status)


def _add_logs(lab: Commands) -> None:
    logs = lab.add_parser("logs", help="the last lines that a process of the lab wrote")
    logs.add_argument("component", help="the process, as 'rayform lab status' names it")
    logs.add_argument("--name", help="which lab (default: the only one)")
    logs.add_argument("--lines", type=_lines, default=200, help="how many (default: %(default)s)")
    logs.set_defaults(run=_logs)


def _up(options: argparse.Namespace) -> int:
    progress = Console()
    asked = Nodes(options.nodes) if options.nodes else None
    lab = Lab(options.name, asked, aws=options.aws)
    if asked is None and not lab.state.exists():
        lab = Lab(options.name, Nodes.SIMULATED if options.aws else default_nodes(), aws=options.aws)
    lab.up(progress)
    print(f"lab {lab.name} is up with {lab.nodes} nodes; kubectl: export KUBECONFIG={lab.kubeconfig}")
    if lab.aws:
        print(f"simulated AWS: {' '.join(f'{key}={value}' for key, value in aws_environment(lab.state).items())}")
    return 0


def _down(options: argparse.Namespace) -> int:
    progress = Console()
    labs = Lab.all() if options.all else (_chosen(options.name),)
    for lab in labs:
        if not lab.state.exists():
            progress.say(f"lab {lab.name}: is not there; {_there()}")
        lab.down(progress)  # also without its folder: what the kernel holds outlives it
    return 0


def _status(options: argparse.Namespace) -> int:
    labs = (Lab(options.name),) if options.name else Lab.all()
    if not labs:
        print("no lab is up; 'rayform lab up' starts one")
    sick = False
    for lab in labs:
        status = lab.status()
        sick = sick or bool(status.problems)
        print(f"{status.name}: {status.nodes} nodes, {'not ready' if status.problems else 'ready'}, {status.state}")
        width = max((len(component.name) for component in status.components), default=0)
        for component in status.components:
            state = "has ended" if component.pid is None else f"process {component.pid}"
            print(f"  {component.name:<{width}}  {state}")
        for problem in status.problems:
            print(problem, file=sys.stderr)
    return int(sick)


def _logs(options: argparse.Namespace) -> int:
    print(_chosen(options.name).logs(options.component, options.lines))
    return 0


def _lines(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text} asked, it is a number of lines, 1 or more")
    return int(text)


def _there() -> str:
    return f"there are {', '.join(lab.name for lab in Lab.all())}" if Lab.all() else "no lab is"


def _chosen(name: str | None) -> Lab:
    if name:
        return Lab(name)
    labs = Lab.all()
    if len(labs) > 1:
        raise LabError(f"--name: {', '.join(lab.name for lab in labs)} are there; say which one")
    return labs[0] if labs else Lab(_DEFAULT)
