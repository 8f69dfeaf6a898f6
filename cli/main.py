"""The ``rayform`` command: one module per sub-command, one place where errors become one clear line.

Only the command that is asked for is loaded: a check of a file does not pay for the lab, nor the lab for the ground.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from errno import ENOSPC
from importlib import import_module
from importlib.metadata import version
from typing import Protocol, cast

from rayform.lab import LabError
from rayform.spec.refusal import RayformError

from .commands import Commands
from .engine import EngineError

# The ground is used by the program that the engine runs, never here: its errors are the engine's.
_EXPECTED = (LabError, RayformError, EngineError)


class Command(Protocol):
    """A module that adds one sub-command, whose ``run`` takes the parsed arguments and returns an exit code."""

    def add_parser(self, commands: Commands) -> None:
        """Declare the sub-command and its options."""


_COMMANDS = {
    "up": ".up",
    "down": ".down",
    "lab": ".lab",
    "check": ".check",
    "rules": ".rules",
    "explain": ".explain",
    "diff": ".diff",
    "import": ".importing",
    "plan": ".plan",
    "audit": ".audit",
}


def parser(asked: str | None = None) -> argparse.ArgumentParser:
    """The command line, as argparse describes it: the whole of it, or with the name of a command that one alone."""
    root = argparse.ArgumentParser(prog="rayform", description="GPU Ray clusters on Kubernetes, with Pulumi.")
    root.add_argument("--version", action="version", version=f"rayform {version('rayform')}")
    commands = root.add_subparsers(metavar="COMMAND", required=True)
    for name in [asked] if asked in _COMMANDS else _COMMANDS:
        cast("Command", import_module(_COMMANDS[name], __package__)).add_parser(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 is done, 1 refused or failed (said in one message), 130 interrupted, 141 cut off by whoever reads the output.
    """
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except _EXPECTED as error:
        print(f"rayform: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads the output has seen enough
        _write_no_more()
        return 141
    except OSError as error:
        if error.errno != ENOSPC or error.filename is not None:
            raise
        _write_no_more()
        print("rayform: output: its disk is full; free some space and run the command again", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("rayform: interrupted; the same command again continues where this one stopped", file=sys.stderr)
        return 130


def _run(arguments: Sequence[str]) -> int:
    try:
        options = parser(arguments[0] if arguments else None).parse_args(arguments)
        code: int = options.run(options)
        return code
    finally:
        print(end="", flush=True)  # at Python's own end nobody could say that it failed


def _write_no_more() -> None:
    """Let what was not written go, so that Python does not try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
