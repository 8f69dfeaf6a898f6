"""Go modules as folders of files: CRDs, samples and scripts that upstream keeps beside its code."""

import json
import re
import tempfile
from pathlib import Path

from ..errors import ToolError
from ..progress import Progress
from .golang import failure, require_go
from .table import MODULES


def module_dir(module: str, version: str, progress: Progress) -> Path:
    """The read-only folder of ``module`` at ``version`` (with its ``v``), downloaded first when it is not there.

    A module that the toolchain pins is checked against our own checksums, any other against Go's checksum database.
    """
    query = _Query(module, version)
    if folder := query.folder(offline=True):
        return folder
    with progress.step(f"downloading {module} {version}"):
        if folder := query.folder():
            return folder
    raise query.failure()


def present(module: str, version: str) -> bool:
    """Whether ``module`` at ``version`` is downloaded already."""
    return _Query(module, version).folder(offline=True) is not None


class _Query:
    """One module, asked for by ``go mod download``."""

    def __init__(self, module: str, version: str) -> None:
        self._pinned = _pinned(module, version)
        self._name = f"{module} {version}"
        self._module = module if self._pinned else f"{module}@{version}"
        self._go = require_go(self._name, self._pinned or MODULES / "etcd", "")
        self._said = ""

    def folder(self, *, offline: bool = False) -> Path | None:
        proxy = {"GOPROXY": "off"} if offline else {}
        with tempfile.TemporaryDirectory() as elsewhere:
            answer = self._go.run(("mod", "download", "-json", self._module), self._pinned or Path(elsewhere), **proxy)
        parsed = _parsed(answer.stdout)
        self._said = parsed.get("Error", answer.stderr)
        return Path(parsed["Dir"]) if parsed.get("Dir") else None

    def failure(self) -> ToolError:
        return failure(self._name, self._said, "Go's module cache (GOMODCACHE)", "")


def _pinned(module: str, version: str) -> Path | None:
    """The folder of the tool whose go.mod requires exactly that module."""
    line = re.compile(rf"^(?:require )?\s*{re.escape(module)} {re.escape(version)}$", re.MULTILINE)
    return next((path.parent for path in sorted(MODULES.glob("*/go.mod")) if line.search(path.read_text())), None)


def _parsed(answer: str) -> dict[str, str]:
    # A module that cannot be had is an object with an Error; a broken go.mod is no JSON at all.
    try:
        parsed: dict[str, str] = json.loads(answer)
    except ValueError:
        return {}
    return parsed
