"""The programs of the lab: taken where they are installed and fit, else built once and kept."""

from .doctor import Finding, examine, prepare
from .modules import module_dir
from .packages import ensure_packages, missing_packages
from .resolve import resolve
from .table import KUBERAY_MODULE, KUBERNETES, PULUMI, PULUMI_SDK_MODULE, TOOLS, GoModule, Purpose, Tool, tools_for

__all__ = [
    "KUBERAY_MODULE",
    "KUBERNETES",
    "PULUMI",
    "PULUMI_SDK_MODULE",
    "TOOLS",
    "Finding",
    "GoModule",
    "Purpose",
    "Tool",
    "ensure_packages",
    "examine",
    "missing_packages",
    "module_dir",
    "prepare",
    "resolve",
    "tools_for",
]
