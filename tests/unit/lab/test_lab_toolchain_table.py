"""The table and the pins say the same."""

import re

import pytest
from rayform.lab.toolchain import TOOLS, GoModule, Purpose, Tool, tools_for
from rayform.lab.toolchain.table import GO_MODULES, MODULES

PINS = {
    "coredns": "github.com/coredns/coredns",
    "etcd": "go.etcd.io/etcd/server/v3",
    "kuberay": "github.com/ray-project/kuberay/ray-operator",
    "kubernetes": "k8s.io/kubernetes",
    "kubernetes-provider": "github.com/pulumi/pulumi-kubernetes/provider/v4",
    "kwok": "sigs.k8s.io/kwok",
    "oracle": "github.com/ray-project/kuberay/ray-operator",
    "pulumi": "github.com/pulumi/pulumi/pkg/v3",
}
BUILT = [tool for tool in TOOLS.values() if tool.module in PINS]


def pinned(module: str, path: str) -> list[str]:
    return re.findall(
        rf"^(?:require )?\s*{re.escape(path)} v(\S+)$", (MODULES / module / "go.mod").read_text(), re.MULTILINE
    )


@pytest.mark.parametrize("tool", BUILT, ids=lambda tool: tool.name)
def test_go_mod_pins_the_version_of_the_table(tool: Tool) -> None:
    assert pinned(tool.module, PINS[tool.module]) == [tool.version]


@pytest.mark.parametrize("module", GO_MODULES, ids=lambda module: module.path)
def test_modules_that_give_files_are_pinned_too(module: GoModule) -> None:
    assert any(pinned(folder.name, module.path) == [module.version[1:]] for folder in MODULES.iterdir())


def test_every_folder_of_modules_is_of_some_tool() -> None:
    assert {folder.name for folder in MODULES.iterdir()} == {tool.module for tool in TOOLS.values()}


def test_every_module_is_pinned_to_the_last_checksum() -> None:
    with_requirements = [path.parent for path in MODULES.glob("*/go.mod") if "require" in path.read_text()]

    assert [folder.name for folder in with_requirements if not (folder / "go.sum").exists()] == []


def test_the_staging_modules_are_of_the_same_kubernetes() -> None:
    replaced = re.findall(r"=> k8s.io/\S+ v0\.(\S+)$", (MODULES / "kubernetes" / "go.mod").read_text(), re.MULTILINE)

    assert {f"1.{version}" for version in replaced} == {TOOLS["kubelet"].version}


def test_each_purpose_needs_its_own_tools() -> None:
    real, simulated = ({tool.name for tool in tools_for(purpose)} for purpose in (Purpose.REAL, Purpose.SIMULATED))

    assert simulated - real == {"kwok"}
    assert {"kubelet", "kube-proxy", "coredns"} <= real - simulated
    assert {tool.name for tool in tools_for(Purpose.UNIT)} == {"oracle"}
    assert {tool.name for tool in tools_for(Purpose.OFFICIAL)} == simulated | {"pulumi-resource-kubernetes"}
