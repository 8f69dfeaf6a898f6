"""Checkov, run as its users run it, on files in its own words; it looks nowhere but at them."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

__all__ = ["Answer", "Checkov", "Finding", "UnansweredError", "read"]

_WORDS = ("--skip-download", "--compact", "--output", "json")


class Finding(NamedTuple):
    """A check that an object fails."""

    check: str
    """Checkov's id."""
    title: str
    """The check in Checkov's words."""
    file: str
    """The file of the object, without its suffix."""
    resource: str
    """The object in Checkov's words."""


class Answer(NamedTuple):
    """What Checkov says of some files."""

    failed: list[Finding]
    """What it finds."""
    passed: frozenset[str]
    """The checks that something passed."""


class UnansweredError(Exception):
    """Checkov did not judge what it was given."""


class Checkov:
    """The program at a path."""

    def __init__(self, program: str) -> None:
        self._program = program

    def answer(self, framework: str, files: Mapping[str, str]) -> Answer:
        """What it says of files, by their name.

        Raises:
            UnansweredError: it judged less than it was given, or did not answer.
        """
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                Path(folder, name).write_text(content)
            command = [self._program, "--directory", folder, "--framework", framework, *_WORDS]
            answered = subprocess.run(command, capture_output=True, text=True, check=False)
        return read(answered.stdout, answered.stderr, len(files))


def read(answer: str, complaints: str, files: int) -> Answer:
    """What an answer about so many files says.

    Raises:
        UnansweredError: Checkov judged less than it was given, or did not answer.
    """
    try:
        told = json.loads(answer)
        summary = told["summary"]
        failed, passed = (told["results"][f"{kind}_checks"] for kind in ("failed", "passed"))
    except (ValueError, KeyError, TypeError) as error:
        message = f"Checkov did not answer: {(complaints or answer)[-2000:]}"
        raise UnansweredError(message) from error
    if summary["parsing_errors"] or summary["resource_count"] < files:
        message = f"Checkov read {summary['resource_count']} objects of {files} files: {summary}"
        raise UnansweredError(message)
    found = [
        Finding(each["check_id"], each["check_name"], Path(each["file_path"]).stem, each["resource"]) for each in failed
    ]
    return Answer(found, frozenset(each["check_id"] for each in passed))
