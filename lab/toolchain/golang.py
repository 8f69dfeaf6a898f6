"""The Go toolchain, with the settings under which the lab calls it."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import ToolError

_USUAL_PLACES = (Path("/usr/local/go/bin"), Path("/usr/lib/go/bin"))
_NO_NETWORK = re.compile(
    r"dial tcp|no such host|connection refused|i/o timeout|network is unreachable|TLS handshake timeout"
    r"|proxyconnect|disabled by GOPROXY=off|502 Bad Gateway|503 Service"
)
_DISK_FULL = re.compile(r"no space left on device|disk quota exceeded")
_TAMPERED = re.compile(r"checksum mismatch|SECURITY ERROR")


@dataclass(frozen=True)
class Go:
    """An installed Go.

    Attributes:
        program: the ``go`` command.
        version: as it says, such as ``go1.26.8``.
        platform: what it builds for, such as ``linux-amd64``.
    """

    program: Path
    version: str
    platform: str

    def run(self, arguments: tuple[str, ...], folder: Path, **env: str) -> "subprocess.CompletedProcess[str]":
        """``go ARGUMENTS`` in ``folder``, under settings that the user's own do not change but ``env`` does."""
        return subprocess.run(
            [str(self.program), *arguments],
            cwd=folder,
            env={**_environment(), **env},
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            check=False,
        )


def find_go() -> Go | None:
    """The Go of PATH, or of the usual places; None without one."""
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), *map(str, _USUAL_PLACES)])
    program = shutil.which("go", path=places)
    if program is None:
        return None
    answer = Go(Path(program), "", "").run(("env", "GOVERSION", "GOOS", "GOARCH"), Path(program).parent)
    words = answer.stdout.split()
    return Go(Path(program), words[0], f"{words[1]}-{words[2]}") if len(words) == 3 else None


def require_go(what: str, module: Path, instead: str) -> Go:
    """The Go that builds ``module``; without one, or with one that is too old, a :class:`ToolError` about ``what``.

    ``instead`` says what else would do, and may be empty.
    """
    needed = _directive(module)
    found = find_go()
    advice = f"install Go {needed} or newer (https://go.dev/dl){instead}"
    if found is None:
        raise ToolError(what, f"Go is needed to make it, none is on PATH; {advice}")
    if _numbers(found.version) < _numbers(needed):
        raise ToolError(what, f"Go {needed} is needed to make it, {found.program} is {found.version}; {advice}")
    return found


def failure(what: str, output: str, place: Path | str, instead: str) -> ToolError:
    """Why ``go`` failed to make ``what``, as one error with what to do; ``place`` is where the result would be."""
    line = next((line.strip() for line in output.splitlines() if _telling(line)), "")
    if _DISK_FULL.search(output):
        places = f"{place}, Go's build cache (GOCACHE) and the temporary folder (TMPDIR)"
        return ToolError(what, f"the disk is full ({line}); free some space under {places} and run the command again")
    if _TAMPERED.search(output):
        return ToolError(what, f"a download is not what was pinned ({line}); check GOPROXY, nothing was installed")
    if _NO_NETWORK.search(output):
        remedy = f"connect, or set GOPROXY to a proxy that answers{instead}; what was fetched is kept"
        return ToolError(what, f"its source cannot be fetched ({line}); {remedy}")
    last = "\n".join(f"  | {text}" for text in output.strip().splitlines()[-20:])
    return ToolError(what, f"the build failed; the compiler's last words follow{instead}\n{last}")


def _telling(line: str) -> bool:
    return any(pattern.search(line) for pattern in (_DISK_FULL, _TAMPERED, _NO_NETWORK))


def _environment() -> Mapping[str, str]:
    # GOFLAGS or a workspace of the user's would make another program under the same cache key.
    fixed = {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOWORK": "off", "GO111MODULE": "on"}
    kept = {key: value for key, value in os.environ.items() if key not in {"GOOS", "GOARCH", "GOEXPERIMENT"}}
    return {**kept, **fixed}


def _directive(module: Path) -> str:
    match = re.search(r"^go (\S+)$", (module / "go.mod").read_text(), re.MULTILINE)
    return match[1] if match else "1.26"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])
