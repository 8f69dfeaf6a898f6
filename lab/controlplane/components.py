"""The four processes of the control plane, as they are started."""

from pathlib import Path

from ..processes import Spec
from .credentials import CONTROLLERS, SCHEDULING, Credentials
from .site import LOOPBACK, Site

ETCD = "etcd"
API_SERVER = "kube-apiserver"
CONTROLLER_MANAGER = "kube-controller-manager"
SCHEDULER = "kube-scheduler"

COMPONENTS = (ETCD, API_SERVER, CONTROLLER_MANAGER, SCHEDULER)
"""The control plane's processes in the order of their start."""

# Thousands of simulated pods come and go at once; the defaults are for a fleet that shares its API server.
_CLIENT = {"leader-elect": "false", "kube-api-qps": 200, "kube-api-burst": 400, "secure-port": 0, "profiling": "false"}


def etcd(site: Site, state: Path, program: Path, credentials: Credentials) -> Spec:
    """The store: loopback only, clients need a certificate of its own authority, no waiting for the disk."""
    client, peer = (f"https://{LOOPBACK}:{port}" for port in (site.etcd_port, site.peer_port))
    pair = credentials.etcd()
    tls = {
        "client-cert-auth": "true",
        "cert-file": pair.certificate,
        "key-file": pair.key,
        "trusted-ca-file": credentials.etcd_authority.pair.certificate,
    }
    flags = {
        "name": "lab",
        "data-dir": state / "etcd",
        "listen-client-urls": client,
        "advertise-client-urls": client,
        "listen-peer-urls": peer,
        "initial-advertise-peer-urls": peer,
        "initial-cluster": f"lab={peer}",
        **tls,
        **{f"peer-{flag}": value for flag, value in tls.items()},
        "unsafe-no-fsync": "true",  # a lab's data need not survive a power failure
        "log-level": "warn",
    }
    return site.process(ETCD, program, flags, credentials.stamp)


def api_server(site: Site, program: Path, credentials: Credentials) -> Spec:
    """The API server: nobody is anonymous, RBAC and the node authorizer decide."""
    store, serving, kubelet = credentials.etcd_client(), credentials.serving(site), credentials.kubelet_client()
    authority = credentials.authority.pair.certificate
    flags = {
        "etcd-servers": f"https://{LOOPBACK}:{site.etcd_port}",
        "etcd-cafile": credentials.etcd_authority.pair.certificate,
        "etcd-certfile": store.certificate,
        "etcd-keyfile": store.key,
        "bind-address": site.address,
        "secure-port": site.api_port,
        "advertise-address": site.advertise_address,
        # The endpoint of the `kubernetes` Service must not be a loopback address; then it has none.
        "endpoint-reconciler-type": "none" if site.advertise_address == LOOPBACK else "lease",
        "tls-cert-file": serving.certificate,
        "tls-private-key-file": serving.key,
        "client-ca-file": authority,
        "anonymous-auth": "false",
        "authorization-mode": "Node,RBAC",
        "enable-admission-plugins": "NodeRestriction",
        "allow-privileged": "true",  # as managed clusters have it; Pod Security decides by namespace
        "service-cluster-ip-range": site.service_cidr,
        "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
        "service-account-key-file": credentials.service_account.certificate,
        "service-account-signing-key-file": credentials.service_account.key,
        "kubelet-certificate-authority": authority,
        "kubelet-client-certificate": kubelet.certificate,
        "kubelet-client-key": kubelet.key,
        "kubelet-preferred-address-types": "InternalIP",
        "profiling": "false",
    }
    return site.process(API_SERVER, program, flags, credentials.stamp)


def controller_manager(site: Site, program: Path, credentials: Credentials) -> Spec:
    """The controllers: ServiceAccounts, namespaces, garbage, Jobs; it serves nothing itself."""
    authority = credentials.authority.pair
    flags = {
        "kubeconfig": credentials.kubeconfig(CONTROLLERS, site.server),
        "use-service-account-credentials": "true",
        "service-account-private-key-file": credentials.service_account.key,
        "root-ca-file": authority.certificate,
        "cluster-signing-cert-file": authority.certificate,
        "cluster-signing-key-file": authority.key,
        **_CLIENT,
    }
    return site.process(CONTROLLER_MANAGER, program, flags, credentials.stamp)


def scheduler(site: Site, program: Path, credentials: Credentials) -> Spec:
    """The scheduler; it serves nothing itself."""
    flags = {"kubeconfig": credentials.kubeconfig(SCHEDULING, site.server), **_CLIENT}
    return site.process(SCHEDULER, program, flags, credentials.stamp)
