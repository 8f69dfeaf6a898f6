"""What makes Services work on the node: kube-proxy for their addresses, CoreDNS for their names."""

import json
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from lightkube.resources.rbac_authorization_v1 import ClusterRole, ClusterRoleBinding

from ...client import Kubernetes, resource
from ...controlplane import ControlPlane, Identity
from ...errors import LabError
from ...paths import write_private
from ...processes import Spec
from .kubelet import CLUSTER_DOMAIN, node_name
from .machine import PROGRAMS, Machine
from .subnets import POD_CIDR

PROXY = "kube-proxy"
DNS = "coredns"
DNS_IDENTITY = Identity(DNS, "rayform:coredns")
"""Whom the API server knows CoreDNS as."""

_DNS_READY_PORT = 8181
_PROXY_READY_PORT = 10256
_READY_SECONDS = 60.0
_POLL_SECONDS = 0.1


def proxy(plane: ControlPlane, machine: Machine, address: str) -> Spec:
    """kube-proxy by iptables, in the lab's namespace only."""
    kubeconfig = plane.kubeconfig_for(Identity(PROXY, "system:kube-proxy"))
    settings = {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "clientConnection": {"kubeconfig": str(kubeconfig)},
        "mode": "iptables",
        "clusterCIDR": POD_CIDR,
        "hostnameOverride": node_name(plane.state),
        "healthzBindAddress": f"{address}:{_PROXY_READY_PORT}",
        "metricsBindAddress": "127.0.0.1:10249",
        "iptables": {"localhostNodePorts": False, "minSyncPeriod": "0s"},
        # Connection tracking is the whole kernel's: its limits stay as they are.
        "conntrack": {"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s", "tcpCloseWaitTimeout": "0s"},
        "oomScoreAdj": 0,
    }
    config = write_private(plane.state / PROXY / "config.yaml", json.dumps(settings, indent=2))
    return machine.process(PROXY, PROGRAMS / PROXY, f"--config={config}", files=(config, kubeconfig))


def dns(plane: ControlPlane, machine: Machine, address: str) -> Spec:
    """CoreDNS on the node's own address, which pods are told; names outside the cluster it does not know."""
    kubeconfig = plane.kubeconfig_for(DNS_IDENTITY)
    corefile = f"""\
.:53 {{
    errors
    ready {address}:{_DNS_READY_PORT}
    kubernetes {CLUSTER_DOMAIN} in-addr.arpa {{
        kubeconfig {kubeconfig}
    }}
    cache 5
}}
"""
    config = write_private(plane.state / DNS / "Corefile", corefile)
    return machine.process(DNS, PROGRAMS / DNS, "-conf", config, files=(config, kubeconfig))


def allow_dns(kubernetes: Kubernetes) -> None:
    """Let CoreDNS see what it answers about."""
    watch = ["list", "watch"]
    rules = [
        {"apiGroups": [""], "resources": ["namespaces", "services"], "verbs": watch},
        {"apiGroups": ["discovery.k8s.io"], "resources": ["endpointslices"], "verbs": watch},
    ]
    name, group = DNS_IDENTITY.user, "rbac.authorization.k8s.io"
    kubernetes.apply(resource(ClusterRole, {"metadata": {"name": name}, "rules": rules}), force=True)
    binding = {
        "metadata": {"name": name},
        "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": name},
        "subjects": [{"apiGroup": group, "kind": "User", "name": name}],
    }
    kubernetes.apply(resource(ClusterRoleBinding, binding), force=True)


def await_ready(address: str, check: Callable[[], None]) -> None:
    """Wait until both work; ``check`` raises when it is in vain."""
    deadline = time.monotonic() + _READY_SECONDS
    for name, port, path in ((PROXY, _PROXY_READY_PORT, "/healthz"), (DNS, _DNS_READY_PORT, "/ready")):
        while not _well(address, port, path):
            check()
            if time.monotonic() > deadline:
                remedy = f"look into 'rayform lab logs {name}'"
                raise LabError(f"{name}: is not ready after {_READY_SECONDS:.0f} s; {remedy}")
            time.sleep(_POLL_SECONDS)


def _well(address: str, port: int, path: str) -> bool:
    connection = HTTPConnection(address, port, timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
