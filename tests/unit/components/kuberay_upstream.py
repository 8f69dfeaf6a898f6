"""KubeRay's own module, as the toolchain downloads it: what rayform says of the operator is compared with it."""

from functools import cache
from pathlib import Path

from rayform.lab import Silent
from rayform.lab.toolchain import KUBERAY_MODULE, module_dir

VERSION = KUBERAY_MODULE.version.removeprefix("v")
"""The version of the module."""


def upstream() -> Path:
    """The module's folder."""
    return module_dir(KUBERAY_MODULE.path, KUBERAY_MODULE.version, Silent())


@cache
def sources() -> str:
    """All of the module's code, its tests left out."""
    files = sorted(upstream().rglob("*.go"))
    return "\n".join(file.read_text() for file in files if not file.name.endswith("_test.go"))
