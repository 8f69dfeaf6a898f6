"""KubeRay's Go module as a folder of CRD files."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["downloaded", "module_cache"]

MODULE = "github.com/ray-project/kuberay/ray-operator"
CRDS = Path("config/crd/bases")
SECONDS = 120
"""How long a download may take."""


def module_cache(version: str) -> Path:
    """The folder of a version's CRD files in Go's module cache, whether it is there or not; Go itself is not asked."""
    default = Path(os.environ.get("GOPATH") or Path.home() / "go").absolute() / "pkg" / "mod"
    return Path(os.environ.get("GOMODCACHE") or default) / f"{MODULE}@v{version}" / CRDS


def downloaded(version: str) -> Path:
    """The folder of a version's CRD files, downloaded by Go with its own settings.

    Raises:
        OSError: there is no Go, or it cannot download the module.
    """
    go = shutil.which("go")
    if go is None:
        raise OSError("go is not on PATH")
    with TemporaryDirectory() as elsewhere:
        command = [go, "mod", "download", "-json", f"{MODULE}@v{version}"]
        try:
            done = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise OSError(f"no answer within {SECONDS} seconds") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise OSError(_short(done.stderr)) from None
    if "Dir" not in answer:
        raise OSError(_short(answer.get("Error", "no reason given")))
    return Path(answer["Dir"]) / CRDS


def _short(text: str) -> str:
    return " ".join(text.split())
