"""The operator that objects on the command line will meet."""

import argparse
from typing import get_args

from rayform.components.ray.rules import Operator
from rayform.components.versions import BatchScheduler
from rayform.spec.refusal import RayformError

__all__ = ["add_options", "chosen"]

_SWITCH = {"true": True, "false": False}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options that describe it."""
    parser.add_argument(
        "--kuberay", metavar="VERSION", help="the operator's version (default: the one rayform installs)"
    )
    parser.add_argument(
        "--gate",
        action="append",
        default=[],
        type=_gate,
        metavar="NAME=BOOL",
        help="a feature gate of the operator that is set (default: as the version has it)",
    )
    parser.add_argument(
        "--batch-scheduler",
        choices=get_args(BatchScheduler),
        help="the scheduler of whole clusters that the operator works with",
    )


def _gate(text: str) -> tuple[str, bool]:
    name, _, switch = text.partition("=")
    if not name or switch not in _SWITCH:
        raise argparse.ArgumentTypeError(f"{text!r} is no gate; write NAME=true or NAME=false")
    return name, _SWITCH[switch]


def chosen(options: argparse.Namespace) -> Operator:
    """The operator that the options describe.

    Raises:
        RayformError: there is no such version, or it has no such gate.
    """
    plain = Operator.assumed(options.kuberay) if options.kuberay else Operator.assumed()
    gates = dict(options.gate)
    if strange := sorted(gates.keys() - plain.gates.keys()):
        known = ", ".join(sorted(plain.gates))
        raise RayformError(f"--gate {strange[0]}: KubeRay {plain.version} has no such gate; it has {known}")
    return Operator(plain.version, {**plain.gates, **gates}, options.batch_scheduler or "")
