"""A Pulumi project of a test's own on a lab: programs as text, and what the engine did and remembers."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rayform.lab import Lab, Silent
from rayform.lab.engine import engine_environment

SETTINGS = f"""\
name: room
main: __main__.py
runtime: {{name: python, options: {{virtualenv: {sys.prefix}}}}}
"""
HEAD = """\
import pulumi


class Thing(pulumi.CustomResource):
    '''Any Kubernetes object; its properties go to the provider as they are.'''

    metadata: pulumi.Output[dict]
    status: pulumi.Output[dict]

    def __init__(self, kind, name, opts=None, **properties):
        api_version, _, short = kind.rpartition(":")
        head = {"apiVersion": api_version.removeprefix("core/"), "kind": short, "status": None}
        super().__init__(f"kubernetes:{kind}", name, {"metadata": None, **head, **properties}, opts)


def options(**given):
    return pulumi.ResourceOptions(**given)


"""


@dataclass(frozen=True)
class Result:
    """What one run of the engine came to."""

    code: int
    text: str
    events: list[dict[str, Any]]

    @property
    def steps(self) -> dict[str, list[str]]:
        """What was done with each resource but the stack and providers, in order, without what stayed the same."""
        found: dict[str, list[str]] = {}
        for each in (event["resourcePreEvent"]["metadata"] for event in self.events if "resourcePreEvent" in event):
            if "pulumi:" not in each["type"] and each["op"] not in {"same", "refresh", "read"}:
                found.setdefault(each["urn"].rpartition("::")[2], []).append(each["op"])
        return found

    @property
    def drift(self) -> dict[str, str]:
        """What a refresh found of each resource that is not as it was."""
        outputs = (event["resOutputsEvent"]["metadata"] for event in self.events if "resOutputsEvent" in event)
        return {each["urn"].rpartition("::")[2]: each["op"] for each in outputs if each["op"] in {"update", "delete"}}

    @property
    def said(self) -> str:
        """Every line that the engine showed, ephemeral ones too."""
        return "\n".join(event["diagnosticEvent"]["message"] for event in self.events if "diagnosticEvent" in event)

    def changes(self, name: str) -> dict[str, str]:
        """The detailed differences of a resource."""
        pre = (event["resourcePreEvent"]["metadata"] for event in self.events if "resourcePreEvent" in event)
        of_name = [each.get("detailedDiff") or {} for each in pre if each["urn"].endswith(f"::{name}")]
        return {path: change["diffKind"] for each in of_name for path, change in each.items()}


@dataclass
class Stack:
    """One project with one stack."""

    folder: Path
    lab: Lab
    more: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self.folder.joinpath("Pulumi.yaml").write_text(SETTINGS)
        self.environment = {
            **engine_environment(self.lab, Silent()),
            "PULUMI_BACKEND_URL": f"file://{self.folder}",
            "PULUMI_DEBUG_COMMANDS": "true",  # for the event log
            **self.more,
        }
        self.program("")
        self.run("stack", "init", "test")

    def program(self, text: str) -> None:
        """Make the program one that does ``text``, in which ``Thing`` and ``options`` are known."""
        self.folder.joinpath("__main__.py").write_text(HEAD + text)

    def up(self, text: str, *flags: str) -> Result:
        """Run ``pulumi up`` on the program ``text``."""
        self.program(text)
        return self.run("up", "--yes", "--skip-preview", *flags)

    def preview(self, text: str, *flags: str) -> Result:
        """Run ``pulumi preview`` on the program ``text``."""
        self.program(text)
        return self.run("preview", *flags)

    def refresh(self) -> Result:
        """Run ``pulumi refresh``."""
        return self.run("refresh", "--yes", "--skip-preview")

    def destroy(self, *flags: str) -> Result:
        """Run ``pulumi destroy``."""
        return self.run("destroy", "--yes", "--skip-preview", *flags)

    def exported(self) -> str:
        """All of the engine's memory as it is stored, secrets sealed."""
        return self._pulumi("stack", "export").stdout

    def resources(self) -> dict[str, dict[str, Any]]:
        """The engine's memory of every resource but the stack and providers, by name."""
        resources = json.loads(self.exported())["deployment"].get("resources", [])
        return {each["urn"].rpartition("::")[2]: each for each in resources if "pulumi:" not in each["type"]}

    def run(self, *arguments: str) -> Result:
        """Run ``pulumi ARGUMENTS``."""
        log = self.folder / "events.json"
        log.unlink(missing_ok=True)
        watched = arguments[0] in {"up", "preview", "refresh", "destroy"}
        done = self._pulumi(*arguments, *(("--event-log", str(log)) if watched else ()))
        events = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        return Result(done.returncode, done.stdout + done.stderr, events)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start ``pulumi ARGUMENTS`` in a process group of its own."""
        return subprocess.Popen(
            self._command(*arguments),
            cwd=self.folder,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _pulumi(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self._command(*arguments),
            cwd=self.folder,
            env=self.environment,
            text=True,
            capture_output=True,
            check=False,
        )

    def _command(self, *arguments: str) -> list[str]:
        return ["pulumi", *arguments, "--non-interactive"]
