"""The node's kubelet."""

import json
from pathlib import Path

from ...controlplane import ControlPlane, Identity
from ...paths import write_private
from ...processes import Spec
from ..shape import Taint
from .containerd import SOCKET
from .machine import PROGRAMS, Machine
from .marks import Marks

KUBELET = "kubelet"
CLUSTER_DOMAIN = "cluster.local"


def node_name(state: Path) -> str:
    """The name of the lab's node."""
    return f"{state.name}-node"


def spec(plane: ControlPlane, machine: Machine, marks: Marks, *, address: str, taints: tuple[Taint, ...]) -> Spec:
    """The kubelet as it is started; ``address`` is the node's, ``taints`` are those it registers with."""
    folder, name = plane.state / KUBELET, node_name(plane.state)
    identity = Identity(KUBELET, f"system:node:{name}", "system:nodes")
    serving = plane.credentials.authority.issue(
        "kubelet-serving", common_name=identity.user, organization=identity.group, names=(name,), addresses=(address,)
    )
    resolver = write_private(folder / "resolv.conf", f"nameserver {address}\n")
    settings = {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": address,
        "readOnlyPort": 0,
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": str(plane.credentials.authority.pair.certificate)},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": str(serving.certificate),
        "tlsPrivateKeyFile": str(serving.key),
        "clusterDNS": [address],
        "clusterDomain": CLUSTER_DOMAIN,
        "resolvConf": str(resolver),
        "containerRuntimeEndpoint": f"unix://{SOCKET}",
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{marks.cgroup}",
        "enforceNodeAllocatable": [],
        "failCgroupV1": False,
        "failSwapOn": False,
        "oomScoreAdj": 0,
        # The disk belongs to others as well: no pod and no image goes because of how full it is.
        "evictionHard": {"imagefs.available": "0%", "nodefs.available": "0%", "nodefs.inodesFree": "0%"},
        "imageGCHighThresholdPercent": 100,
        "nodeStatusUpdateFrequency": "2s",
        "registerWithTaints": [taint.__dict__ for taint in taints],
    }
    config = write_private(folder / "config.yaml", json.dumps(settings, indent=2))
    kubeconfig = plane.kubeconfig_for(identity)
    flags = {"config": config, "kubeconfig": kubeconfig, "hostname-override": name, "node-ip": address}
    argv = [f"--{flag}={value}" for flag, value in flags.items()]
    return machine.process(KUBELET, PROGRAMS / KUBELET, *argv, files=(config, kubeconfig, serving.certificate))
