"""The Pulumi engine as the counter uses it: one project folder, one environment, its own words passed through."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class EngineError(Exception):
    """Pulumi ended badly; it has already told the user why.

    Attributes:
        command: what was run, without the program's path.
        code: Pulumi's exit code.
    """

    def __init__(self, command: str, code: int, remedy: str) -> None:
        super().__init__(f"pulumi {command}: ended with code {code}, reported above; {remedy}")
        self.command = command
        self.code = code


@dataclass(frozen=True)
class Engine:
    """Pulumi on one project.

    Attributes:
        project: the folder that holds Pulumi.yaml.
        pulumi: the program.
        environment: all of the environment that Pulumi and its plugins see.
    """

    project: Path
    pulumi: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str, remedy: str) -> None:
        """Run ``pulumi ARGUMENTS`` with its output on ours; a failure is an :class:`EngineError` with ``remedy``."""
        code = self._process(*arguments).returncode
        if code:
            raise EngineError(arguments[0], code, remedy)

    def select(self, stack: str) -> None:
        """Make ``stack`` the current one, creating it when it is new; its settings file is left as it is."""
        known = {entry["name"] for entry in self.read("stack", "ls", "--json")}
        self.run("stack", "select" if stack in known else "init", stack, remedy="choose another stack or backend")

    def outputs(self, stack: str) -> dict[str, Any]:
        """The stack's exported values, secrets masked."""
        outputs: dict[str, Any] = self.read("stack", "output", "--json", "--stack", stack)
        return outputs

    def read(self, *arguments: str) -> Any:
        """What ``pulumi ARGUMENTS`` prints, as JSON."""
        done = self._process(*arguments, capture=True)
        if done.returncode:
            raise EngineError(" ".join(arguments[:2]), done.returncode, done.stderr.strip())
        return json.loads(done.stdout)

    def _process(self, *arguments: str, capture: bool = False) -> "subprocess.CompletedProcess[str]":
        command = [str(self.pulumi), *arguments, "--non-interactive"]
        return subprocess.run(
            command, cwd=self.project, env=dict(self.environment), text=True, capture_output=capture, check=False
        )
