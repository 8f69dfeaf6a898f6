"""Every version of the toolchain, in one table; a test compares it with the pins in ``modules/*/go.mod``."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

KUBERNETES = "1.34.4"
"""Kubernetes: the newest minor whose kubelet still runs on cgroup v1."""

PULUMI = "3.259.0"
"""Pulumi's engine and its SDK for Go: the newest that are served as Go modules."""

ETCD = "3.6.16"
KWOK = "0.7.0"
KUBERAY = "1.6.2"  # 1.7.0 is not served as a Go module
COREDNS = "1.14.7"
PAUSE = "1.0.0"  # our own
KUBERNETES_PROVIDER = "4.0.0-20260115033456-f47bc2d6f199"  # no released version is served as a Go module

MODULES = Path(__file__).parent / "modules"
"""The folder that holds one small Go module, pinned to the last checksum, per group of tools."""


class Purpose(StrEnum):
    """What the toolchain is wanted for."""

    UNIT = "unit"
    """The unit suites: KubeRay's module (its CRDs, its samples), and its validators as a program."""
    SIMULATED = "simulated"
    """The lab with simulated nodes, and the engine."""
    REAL = "real"
    """The lab with a real node, and the engine."""
    OFFICIAL = "official"
    """As simulated, with the official Kubernetes provider in place of the lab's."""


@dataclass(frozen=True)
class GoModule:
    """A Go module of which the lab uses files that are not programs.

    Attributes:
        path: the module's import path.
        version: with its leading ``v``.
        purposes: what it is needed for.
    """

    path: str
    version: str
    purposes: frozenset[Purpose]


@dataclass(frozen=True)
class Tool:
    """A program of the toolchain, and how it is made.

    Attributes:
        name: the program's file name.
        version: what is built, without a leading ``v``.
        module: its folder under ``modules/``.
        package: the Go package that is the program.
        ldflags: what the linker writes into it.
        version_arguments: how an installed one is asked for its version; one that cannot answer is never used.
        newer_fits: whether a newer minor version of the same major fits as well.
        minutes: what a cold build takes on two cores.
        purposes: what it is needed for.
        embeds: files of Go modules that are laid beside its sources, because it is compiled with them.
    """

    name: str
    version: str
    module: str
    package: str
    ldflags: str = "-s -w"
    version_arguments: tuple[str, ...] = ("--version",)
    newer_fits: bool = False
    minutes: int = 2
    purposes: frozenset[Purpose] = frozenset({Purpose.SIMULATED, Purpose.REAL, Purpose.OFFICIAL})
    embeds: tuple[tuple[GoModule, str], ...] = ()

    @property
    def series(self) -> str:
        """The major and minor version, such as ``1.34``."""
        return ".".join(self.version.split(".")[:2])

    @property
    def folder(self) -> Path:
        """The folder of its Go module."""
        return MODULES / self.module


KUBERAY_MODULE = GoModule("github.com/ray-project/kuberay/ray-operator", f"v{KUBERAY}", frozenset(Purpose))
"""KubeRay: its CRDs, RBAC and samples."""

PULUMI_SDK_MODULE = GoModule(
    "github.com/pulumi/pulumi/sdk/v3", f"v{PULUMI}", frozenset({Purpose.SIMULATED, Purpose.REAL, Purpose.OFFICIAL})
)
"""Pulumi's SDK: the scripts that host Python programs and dynamic providers."""

KUBERNETES_PROVIDER_MODULE = GoModule(
    "github.com/pulumi/pulumi-kubernetes/provider/v4", f"v{KUBERNETES_PROVIDER}", frozenset({Purpose.OFFICIAL})
)
"""Pulumi's Kubernetes provider: the schema it is compiled with."""

GO_MODULES = (KUBERAY_MODULE, PULUMI_SDK_MODULE, KUBERNETES_PROVIDER_MODULE)

_REAL = frozenset({Purpose.REAL})
_SIMULATED = frozenset({Purpose.SIMULATED, Purpose.OFFICIAL})
_MAJOR, _MINOR, _ = KUBERNETES.split(".")
_STAMP = "k8s.io/component-base/version.git"


def _kubernetes(name: str, minutes: int, purposes: frozenset[Purpose], *version: str) -> Tool:
    return Tool(
        name,
        KUBERNETES,
        module="kubernetes",
        package=f"k8s.io/kubernetes/cmd/{name}",
        ldflags=f"-s -w -X {_STAMP}Version=v{KUBERNETES} -X {_STAMP}Major={_MAJOR} -X {_STAMP}Minor={_MINOR}",
        version_arguments=version or ("--version",),
        minutes=minutes,
        purposes=purposes,
    )


_ALL = (
    Tool("etcd", ETCD, module="etcd", package="."),
    _kubernetes("kube-apiserver", 6, _SIMULATED | _REAL),
    _kubernetes("kube-controller-manager", 2, _SIMULATED | _REAL),
    _kubernetes("kube-scheduler", 1, _SIMULATED | _REAL),
    _kubernetes("kubectl", 1, _REAL, "version", "--client"),
    _kubernetes("kubelet", 1, _REAL),
    _kubernetes("kube-proxy", 1, _REAL),
    Tool("kwok", KWOK, module="kwok", package="sigs.k8s.io/kwok/cmd/kwok", purposes=_SIMULATED),
    Tool(
        "kuberay-operator",
        KUBERAY,
        module="kuberay",
        package="github.com/ray-project/kuberay/ray-operator",
        version_arguments=(),  # it does not know its own version
        minutes=3,
    ),
    Tool(
        "oracle",
        KUBERAY,
        module="oracle",
        package=".",
        version_arguments=(),  # one of the same name on PATH would be another program
        minutes=2,
        purposes=frozenset(Purpose),
    ),
    Tool("coredns", COREDNS, module="coredns", package=".", version_arguments=("-version",), purposes=_REAL),
    Tool("pause", PAUSE, module="pause", package=".", version_arguments=(), minutes=1, purposes=_REAL),
    Tool(
        "pulumi",
        PULUMI,
        module="pulumi",
        package="github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        ldflags=f"-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version={PULUMI}",
        version_arguments=("version",),
        newer_fits=True,
        minutes=6,
    ),
    Tool(
        "pulumi-resource-kubernetes",
        KUBERNETES_PROVIDER,
        module="kubernetes-provider",
        package=".",
        ldflags=f"-s -w -X {KUBERNETES_PROVIDER_MODULE.path}/pkg/version.Version={KUBERNETES_PROVIDER}",
        version_arguments=(),  # it answers to none
        minutes=8,
        purposes=frozenset({Purpose.OFFICIAL}),
        embeds=tuple(
            (KUBERNETES_PROVIDER_MODULE, f"cmd/pulumi-resource-kubernetes/{name}.json")
            for name in ("schema", "terraform-mapping")
        ),
    ),
)

TOOLS: Mapping[str, Tool] = MappingProxyType({tool.name: tool for tool in _ALL})
"""Every program of the toolchain by name."""


def tools_for(purpose: Purpose) -> tuple[Tool, ...]:
    """The programs that ``purpose`` needs."""
    return tuple(tool for tool in _ALL if purpose in tool.purposes)
