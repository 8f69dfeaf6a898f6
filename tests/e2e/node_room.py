"""Real labs of the tests' own, and what a machine shows of them."""

import json
import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from patience import SECONDS, until
from rayform.lab import Lab, Nodes, Silent, processes
from rayform.lab.toolchain import resolve

IMAGE = "docker.io/rayproject/ray:2.60.0"
RESTRICTED = {
    "runAsNonRoot": True,
    "runAsUser": 1000,
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}


@contextmanager
def running(home: Path, name: str) -> Generator[Lab]:
    """A lab with a real node and its state under ``home``, up for the block."""
    lab = Lab(name, Nodes.REAL, state_home=home)
    try:
        lab.up(Silent())
        yield lab
    finally:
        lab.down(Silent())


def kubectl(lab: Lab, *arguments: str, given: str | None = None) -> str:
    """What kubectl prints as the administrator of ``lab``."""
    program = resolve("kubectl", Silent())
    argv = [str(program), "--kubeconfig", str(lab.kubeconfig), "--cache-dir", str(lab.state / "kubectl"), *arguments]
    done = subprocess.run(argv, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}{done.stderr}"
    return done.stdout


def pod(name: str, script: str, *, labels: dict[str, str] | None = None, gpus: int = 0) -> dict[str, Any]:
    """A pod of the Ray image that runs a shell script under Pod Security "restricted"."""
    limits = {"cpu": "1", "memory": "2Gi", **({"nvidia.com/gpu": str(gpus)} if gpus else {})}
    container = {
        "name": "main",
        "image": IMAGE,
        "command": ["/bin/bash", "-c", script],
        "resources": {"requests": {"cpu": "100m"}, "limits": limits},
        "securityContext": RESTRICTED,
    }
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": labels or {}},
        "spec": {"containers": [container], "restartPolicy": "Never", "terminationGracePeriodSeconds": 1},
    }


def ready(lab: Lab, name: str, namespace: str = "default") -> None:
    """Wait until a pod is ready."""
    patience = f"--timeout={SECONDS:.0f}s"
    kubectl(lab, "wait", "--namespace", namespace, "--for=condition=Ready", f"pod/{name}", patience)


def create(lab: Lab, content: dict[str, Any]) -> None:
    kubectl(lab, "create", "--filename=-", given=json.dumps(content))


def kill(lab: Lab, *names: str) -> None:
    for name in names:
        number = processes.pid(lab.state, name)
        assert number
        os.kill(number, signal.SIGKILL)
        until(lambda name=name: not processes.alive(lab.state, name), f"{name} ends")


def phase(lab: Lab, name: str) -> str:
    return kubectl(lab, "get", "pod", name, "--output=jsonpath={.status.phase}")


def traces() -> dict[str, str]:
    """What the machine shows of labs: mounts, interfaces, namespaces, firewall, cgroups, kernel settings."""
    settings = (
        "vm.overcommit_memory",
        "vm.panic_on_oom",
        "kernel.panic",
        "kernel.panic_on_oops",
        "net.ipv4.ip_forward",
    )
    links = (path.name for path in Path("/sys/class/net").iterdir())
    cgroups = (str(path) for path in Path("/sys/fs/cgroup").glob("**/rayform-*"))
    return {
        "mounts": Path("/proc/mounts").read_text(),
        "links": "\n".join(sorted(links)),
        "namespaces": printed("ip", "netns", "list"),
        "routes": printed("ip", "route", "show", "table", "all"),
        "chains": "\n".join(line for line in printed("iptables-save").splitlines() if not line.startswith("#")),
        "cgroups": "\n".join(sorted(cgroups)),
        "settings": printed("sysctl", *settings),
        "places": "\n".join(path for path in PLACES if Path(path).exists()),
    }


PLACES = ("/run/netns", "/run/containerd", "/run/xtables.lock", "/var/lib/kubelet", "/var/lib/cni", "/var/log/pods")
"""Where node programs keep things unless they are prevented."""


def printed(*argv: str) -> str:
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout
