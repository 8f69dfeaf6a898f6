"""The real node leaves the machine as it is, is mended whatever dies, and lives beside others."""

import json
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest
from node_room import create, kill, kubectl, phase, pod, ready, running, traces
from patience import until
from rayform.lab import Lab, Offer, Silent, Taint
from rayform.lab.nodes.real.marks import marks

pytestmark = pytest.mark.e2e
SEEN = {"mounts", "links", "namespaces", "routes", "places", "cgroups"}
"""What a machine shows of a lab while it is up."""


@pytest.fixture(scope="module")
def before() -> dict[str, str]:
    """What the machine showed before the lab."""
    return traces()


@pytest.fixture(scope="module")
def lab(before: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    del before
    with running(tmp_path_factory.mktemp("home"), "mended") as lab:
        yield lab


@pytest.fixture
def main(lab: Lab) -> Generator[str]:
    """A pod that runs; its name."""
    create(lab, pod("main", "sleep infinity", gpus=1))
    ready(lab, "main")
    yield "main"
    kubectl(lab, "delete", "pod", "main", "--force", "--grace-period=0")


def container(lab: Lab, name: str) -> str:
    return kubectl(lab, "get", "pod", name, "--output=jsonpath={.status.containerStatuses[0].containerID}")


def gpus(lab: Lab) -> str:
    return kubectl(lab, "get", "nodes", "--output=jsonpath={.items[0].status.allocatable.nvidia\\.com/gpu}")


def test_the_host_keeps_its_firewall_files_and_settings_while_a_pod_runs(before: dict[str, str], lab: Lab) -> None:
    now, names = traces(), marks(lab.state)

    assert {name for name in before if now[name] != before[name]} <= {
        "mounts",
        "links",
        "namespaces",
        "routes",
        "places",
        "cgroups",
    }
    assert set(now["links"].split()) - set(before["links"].split()) == {names.link}
    assert set(now["places"].split()) - set(before["places"].split()) <= {"/run/netns"}
    assert elsewhere(now["mounts"]) == elsewhere(before["mounts"])


def elsewhere(mounts: str) -> list[str]:
    """Mounts that have nothing to do with named network namespaces."""
    return [line for line in mounts.splitlines() if "/run/netns" not in line]


def answers(lab: Lab, name: str) -> bool:
    """Whether a command runs in the pod."""
    try:
        return kubectl(lab, "exec", name, "--", "echo", "here") == "here\n"
    except AssertionError:
        return False


@pytest.mark.parametrize("name", ["containerd", "kubelet", "kube-proxy", "coredns"])
def test_a_killed_process_is_named_and_mended_while_pods_go_on(lab: Lab, main: str, name: str) -> None:
    known = container(lab, main)
    kill(lab, name)
    (problem,) = lab.status().problems
    lab.up(Silent())

    assert problem.startswith(f"{name}: has ended with signal 9; run 'rayform lab up' to start it again\n")
    assert lab.status().problems == ()
    assert (container(lab, main), gpus(lab)) == (known, "4")
    until(lambda: answers(lab, main), "a kubelet that has just begun knows its pods")


def test_the_node_offers_what_is_asked_also_after_its_kubelet_died(lab: Lab) -> None:
    lab.offer(Offer(gpus=8, labels={"pool": "a10g"}, taints=(Taint("gpu"),)), Silent())
    kill(lab, "kubelet")
    lab.up(Silent())
    (node,) = json.loads(kubectl(lab, "get", "nodes", "--output=json"))["items"]
    lab.offer(Offer(), Silent())

    assert node["status"]["allocatable"]["nvidia.com/gpu"] == "8"
    assert node["metadata"]["labels"]["pool"] == "a10g"
    assert node["spec"]["taints"] == [{"key": "gpu", "effect": "NoSchedule"}]
    assert (gpus(lab), kubectl(lab, "get", "nodes", "--selector=pool", "--output=name")) == ("4", "")


def test_a_killed_machine_starts_again_as_after_a_power_failure(lab: Lab, main: str) -> None:
    kill(lab, "machine")
    lab.up(Silent())
    until(lambda: phase(lab, main) == "Failed", "the kubelet sees that the pod's container is gone")
    create(lab, pod("again", "true"))
    until(lambda: phase(lab, "again") == "Succeeded", "the node runs pods again")

    assert gpus(lab) == "4"


def test_a_lost_network_is_made_again_at_once(lab: Lab) -> None:
    subprocess.run(["ip", "netns", "delete", marks(lab.state).netns], check=True)
    lab.up(Silent())
    create(lab, pod("next", "getent hosts kubernetes.default.svc.cluster.local"))
    until(lambda: phase(lab, "next") in {"Succeeded", "Failed"}, "the pod ends")

    assert kubectl(lab, "logs", "next").split() == ["10.96.0.1", "kubernetes.default.svc.cluster.local"]


def test_two_labs_live_side_by_side(lab: Lab, main: str, tmp_path: Path) -> None:
    with running(tmp_path, "other") as other:
        create(other, pod("there", "sleep infinity"))
        ready(other, "there")

        assert "pod/there" not in kubectl(lab, "get", "pods", "--output=name").split()

    assert kubectl(lab, "exec", main, "--", "echo", "here") == "here\n"
    assert lab.status().problems == ()
