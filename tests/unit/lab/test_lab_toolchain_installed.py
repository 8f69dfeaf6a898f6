"""What a machine has already."""

from pathlib import Path

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import ToolError, resolve
from rayform.lab.toolchain import TOOLS
from rayform.lab.toolchain.installed import Installed, installed


def found(name: str) -> list[Installed]:
    return list(installed(TOOLS[name]))


def test_one_of_the_same_series_fits(machine: Machine, spoken: Spoken) -> None:
    program = machine.has("kube-apiserver", "echo Kubernetes v1.34.0")

    assert resolve("kube-apiserver", spoken) == program
    assert spoken.lines == []


@pytest.mark.parametrize(
    ("name", "answer", "version"),
    [
        ("kube-apiserver", "Kubernetes v1.33.4", "1.33.4"),
        ("kube-apiserver", "Kubernetes v1.35.0", "1.35.0"),
        ("kubectl", "Client Version: v1.30.1", "1.30.1"),
        ("etcd", "etcd Version: 3.4.23", "3.4.23"),
        ("kwok", "kwok version v0.6.0 go1.22.1 (linux/amd64)", "0.6.0"),
        ("coredns", "CoreDNS-1.11.1", "1.11.1"),
        ("pulumi", "v3.258.9", "3.258.9"),
        ("pulumi", "v4.0.0", "4.0.0"),
    ],
)
def test_one_of_another_series_is_passed_over(machine: Machine, name: str, answer: str, version: str) -> None:
    program = machine.has(name, f"echo '{answer}'")

    assert found(name) == [Installed(program, "PATH", version, fits=False)]


@pytest.mark.parametrize("version", ["3.259.0", "3.300.1"])
def test_a_newer_pulumi_fits(machine: Machine, version: str) -> None:
    machine.has("pulumi", f"echo v{version}")

    assert [copy.fits for copy in found("pulumi")] == [True]


def test_kubebuilders_assets_come_first(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.has("etcd", "echo etcd Version: 3.6.1")
    asset = machine.has("etcd", "echo etcd Version: 3.6.2", tmp_path / "assets")
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(tmp_path / "assets"))

    assert [copy.source for copy in found("etcd")] == ["KUBEBUILDER_ASSETS", "PATH"]
    assert resolve("etcd", Spoken()) == asset


def test_an_asset_that_does_not_fit_gives_way_to_path(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = machine.has("etcd", "echo etcd Version: 3.6.1")
    machine.has("etcd", "echo etcd Version: 3.5.2", tmp_path / "assets")
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(tmp_path / "assets"))

    assert resolve("etcd", Spoken()) == program


@pytest.mark.parametrize("script", ["echo no version here", "exit 1", "echo etcd Version: 3.6.1; exit 1"])
def test_one_that_cannot_say_its_version_is_not_used(machine: Machine, script: str) -> None:
    machine.has("etcd", script)

    assert [(copy.version, copy.fits) for copy in found("etcd")] == [(None, False)]


def test_one_that_never_answers_is_not_used(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rayform.lab.toolchain.installed._ANSWER_SECONDS", 0.05)
    machine.has("etcd", "exec sleep 60")

    assert [copy.fits for copy in found("etcd")] == [False]


def test_an_operator_on_path_is_not_asked(machine: Machine) -> None:
    machine.has("kuberay-operator", "echo v1.6.2")

    assert [copy.fits for copy in found("kuberay-operator")] == [False]


def test_an_unknown_tool_is_refused_with_those_there_are(spoken: Spoken) -> None:
    with pytest.raises(ToolError) as caught:
        resolve("kubeadm", spoken)

    assert str(caught.value).startswith("kubeadm: is not of the toolchain, which has coredns, etcd, kube-apiserver, ")
    assert str(caught.value).endswith(", pulumi-resource-kubernetes; name one of these")
