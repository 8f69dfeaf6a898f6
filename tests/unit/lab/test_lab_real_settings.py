"""What the node's programs are told."""

import json
from pathlib import Path
from typing import Any

import pytest
from rayform.lab.controlplane import ADMIN, ControlPlane
from rayform.lab.nodes import Taint
from rayform.lab.nodes.real import kubelet, services
from rayform.lab.nodes.real.machine import Machine
from rayform.lab.nodes.real.marks import marks
from rayform.lab.processes import Spec

ADDRESS = "10.213.0.2"


@pytest.fixture
def plane(state: Path) -> ControlPlane:
    plane = ControlPlane(state)
    plane.credentials.kubeconfig(ADMIN, f"https://{ADDRESS}:6443", plane.kubeconfig)
    return plane


@pytest.fixture
def node(state: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(Machine, "_pid", lambda _: 42)
    return Machine(state, marks(state))


def kubelet_spec(plane: ControlPlane, node: Machine, *taints: Taint) -> Spec:
    return kubelet.spec(plane, node, marks(plane.state), address=ADDRESS, taints=taints)


def settings(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_text())
    return content


def test_nobody_reaches_the_kubelet_without_a_certificate(plane: ControlPlane, node: Machine) -> None:
    kubelet_spec(plane, node)
    told = settings(plane.state / "kubelet/config.yaml")

    assert told["authentication"] == {
        "anonymous": {"enabled": False},
        "webhook": {"enabled": True},
        "x509": {"clientCAFile": str(plane.state / "pki/ca.crt")},
    }
    assert told["authorization"] == {"mode": "Webhook"}
    assert (told["address"], told["readOnlyPort"]) == (ADDRESS, 0)


def test_pods_ask_the_labs_own_name_server(plane: ControlPlane, node: Machine) -> None:
    kubelet_spec(plane, node)
    told = settings(plane.state / "kubelet/config.yaml")

    assert (told["clusterDNS"], told["clusterDomain"]) == ([ADDRESS], "cluster.local")
    assert Path(told["resolvConf"]).read_text() == f"nameserver {ADDRESS}\n"


def test_no_pod_goes_because_of_how_full_the_disk_is(plane: ControlPlane, node: Machine) -> None:
    kubelet_spec(plane, node)
    told = settings(plane.state / "kubelet/config.yaml")

    assert set(told["evictionHard"].values()) == {"0%"}
    assert told["imageGCHighThresholdPercent"] == 100


def test_containers_lie_in_the_labs_own_cgroup(plane: ControlPlane, node: Machine) -> None:
    kubelet_spec(plane, node)

    assert settings(plane.state / "kubelet/config.yaml")["cgroupRoot"] == f"/{marks(plane.state).cgroup}"


def test_the_node_registers_with_its_taints(plane: ControlPlane, node: Machine) -> None:
    kubelet_spec(plane, node, Taint("nvidia.com/gpu", effect="NoSchedule"))

    assert settings(plane.state / "kubelet/config.yaml")["registerWithTaints"] == [
        {"key": "nvidia.com/gpu", "value": "", "effect": "NoSchedule"}
    ]


def test_the_kubelet_is_started_as_the_node_it_is(plane: ControlPlane, node: Machine) -> None:
    state = plane.state

    assert kubelet_spec(plane, node).argv[3:] == (
        "/opt/rayform/kubelet",
        f"--config={state}/kubelet/config.yaml",
        f"--kubeconfig={state}/kubelet.kubeconfig",
        f"--hostname-override={state.name}-node",
        f"--node-ip={ADDRESS}",
    )


def test_the_proxy_leaves_settings_of_the_whole_kernel_alone(plane: ControlPlane, node: Machine) -> None:
    services.proxy(plane, node, ADDRESS)
    told = settings(plane.state / "kube-proxy/config.yaml")

    assert told["mode"] == "iptables"
    assert {*told["conntrack"].values()} == {0, "0s"}
    assert told["iptables"]["localhostNodePorts"] is False


def test_names_are_served_from_the_api_server(plane: ControlPlane, node: Machine) -> None:
    spec = services.dns(plane, node, ADDRESS)

    assert spec.argv[3:] == ("/opt/rayform/coredns", "-conf", f"{plane.state}/coredns/Corefile")
    assert (plane.state / "coredns/Corefile").read_text() == (
        ".:53 {\n"
        "    errors\n"
        f"    ready {ADDRESS}:8181\n"
        "    kubernetes cluster.local in-addr.arpa {\n"
        f"        kubeconfig {plane.state}/coredns.kubeconfig\n"
        "    }\n"
        "    cache 5\n"
        "}\n"
    )
