"""The ``rayform`` command: one module per sub-command, one place where errors become one clear line."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Protocol

from rayform.lab import LabError
from rayform.spec.refusal import RayformError

from . import audit, check, diff, down, explain, importing, lab, plan, rules, up
from .commands import Commands
from .engine import EngineError

# The ground is used by the program that the engine runs, never here: its errors are the engine's.
_EXPECTED = (LabError, RayformError, EngineError)


class Command(Protocol):
    """A module that adds one sub-command, whose ``run`` takes the parsed arguments and returns an exit code."""

    def add_parser(self, commands: Commands) -> None:
        """Declare the sub-command and its options."""


_COMMANDS: tuple[Command, ...] = (up, down, lab, check, rules, explain, diff, importing, plan, audit)


def parser() -> argparse.ArgumentParser:
    """The whole command line, as argparse describes it."""
    root = argparse.ArgumentParser(prog="rayform", description="GPU Ray clusters on Kubernetes, with Pulumi.")
    root.add_argument("--version", action="version", version=f"rayform {version('rayform')}")
    commands = root.add_subparsers(metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add_parser(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 is done, 1 refused or failed (said in one message), 130 interrupted, 141 cut off by whoever reads the output.
    """
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except _EXPECTED as error:
        print(f"rayform: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever reads the output has seen enough; Python must not find out again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        print("rayform: interrupted; the same command again continues where this one stopped", file=sys.stderr)
        return 130
    return code
