"""A Pulumi project on a lab, driven as its user drives it."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from patience import until
from rayform.lab import Lab, Silent, resolve
from rayform.lab.engine import engine_environment

RAYFORM = "from rayform.stacks import main\n\nmain()\n"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Ran:
    """What one command came to."""

    code: int
    output: str

    def succeeded(self) -> "Ran":
        assert self.code == 0, self.output
        return self

    def failed(self) -> "Ran":
        assert self.code != 0, self.output
        return self


@dataclass
class Project:
    """One project with one stack."""

    lab: Lab
    folder: Path
    program: str = RAYFORM
    settings: Mapping[str, Any] = field(default_factory=dict)
    stack: str = "test"

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        runtime = {"name": "python", "options": {"virtualenv": sys.prefix}}
        project = {"name": "rayform", "main": "__main__.py", "runtime": runtime}
        (self.folder / "Pulumi.yaml").write_text(yaml.safe_dump(project))
        self.pulumi = str(resolve("pulumi", Silent()))
        self.environment = engine_environment(self.lab, Silent())
        self.write(self.program, self.settings)
        self.run("stack", "init", self.stack).succeeded()

    def write(self, program: str | None = None, settings: Mapping[str, Any] | None = None) -> None:
        if program is not None:
            (self.folder / "__main__.py").write_text(program)
        if settings is not None:
            file = self.folder / f"Pulumi.{self.stack}.yaml"
            kept = yaml.safe_load(file.read_text()) if file.exists() else {}
            config = {**kept.get("config", {}), "rayform:settings": dict(settings)}
            file.write_text(yaml.safe_dump({**kept, "config": config}))

    def run(self, *arguments: str, stdin: str = "", **environment: str) -> Ran:
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env={**self.environment, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        return Ran(done.returncode, _COLOUR.sub("", done.stdout + done.stderr))

    def up(self, **environment: str) -> dict[str, int]:
        self.run("up", "--yes", "--skip-preview", **environment).succeeded()
        return self.changes()

    def preview(self) -> Ran:
        return self.run("preview", "--diff")

    def refresh(self) -> dict[str, int]:
        self.run("refresh", "--yes", "--skip-preview").succeeded()
        return self.changes()

    def destroy(self) -> dict[str, int]:
        self.run("destroy", "--yes", "--skip-preview").succeeded()
        return self.changes()

    def changes(self) -> dict[str, int]:
        """How many resources the last operation created, updated … (what stayed the same is left out)."""
        last = json.loads(self.run("stack", "history", "--json", "--page-size", "1").succeeded().output)[0]
        return {what: number for what, number in last["resourceChanges"].items() if what != "same"}

    def state(self) -> str:
        return self.run("stack", "export").succeeded().output

    def under_way(self) -> dict[str, dict[str, Any]]:
        """What the engine has begun and not heard of, by the names of the resources."""
        operations = json.loads(self.state())["deployment"].get("pending_operations") or []
        return {each["resource"]["urn"].rpartition("::")[2]: each["resource"] for each in operations}

    def killed_while(
        self,
        text: str,
        *arguments: str,
        by: signal.Signals = signal.SIGKILL,
        wait: Callable[[], object] = bool,
        alone: Collection[str] = (),
    ) -> str:
        """Run a command, end it once it says ``text``, ``wait`` is over, and ``alone`` are under way; all it said."""
        seen = ""
        with subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            for line in process.stdout or ():
                seen += line
                if text in line:
                    break
            wait()
            if alone:
                until(lambda: self._stopped(process, alone), f"only {', '.join(alone)} are under way")
            os.killpg(process.pid, by)
            if by is not signal.SIGKILL and process.stdout:  # it has more to say
                seen += process.stdout.read()
        assert text in seen, seen
        return seen

    def _stopped(self, process: "subprocess.Popen[str]", alone: Collection[str]) -> bool:
        """Whether a command was stopped while these alone were under way; where others were as well, it goes on."""
        assert process.poll() is None, "it ended by itself"
        os.killpg(process.pid, signal.SIGSTOP)
        if self.under_way().keys() == set(alone):
            return True
        os.killpg(process.pid, signal.SIGCONT)
        return False

    def command(self, *arguments: str) -> list[str]:
        return [self.pulumi, *arguments, "--non-interactive", "--color", "never"]
