"""Who is who in a lab: the two authorities, the pairs that the API server needs, kubeconfigs for everybody else."""

from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

from ..paths import private
from .kubeconfig import write_kubeconfig
from .pki import Authority, Pair, signing_pair
from .site import Site


@dataclass(frozen=True)
class Identity:
    """Somebody whom the API server knows by certificate.

    Attributes:
        name: of the files, ``pki/<name>.crt`` and ``<name>.kubeconfig``.
        user: the Kubernetes user.
        group: the Kubernetes group, empty for none.
    """

    name: str
    user: str
    group: str = ""


ADMIN = Identity("admin", "rayform:admin", "system:masters")
"""Who may do everything; the lab's own kubeconfig is theirs."""

CONTROLLERS = Identity("controller-manager", "system:kube-controller-manager")
SCHEDULING = Identity("scheduler", "system:kube-scheduler")


class Credentials:
    """The certificates of one lab, under ``<state>/pki``; made on first use, kept while they fit."""

    def __init__(self, state: Path) -> None:
        self._state = state
        folder = private(state / "pki")
        self.authority = Authority(folder)
        self.etcd_authority = Authority(folder, "etcd-ca")
        self.service_account = signing_pair(folder)

    @property
    def stamp(self) -> str:
        """Changes when an authority does."""
        return f"{self.authority.fingerprint[:16]}-{self.etcd_authority.fingerprint[:16]}"

    def pair(self, identity: Identity) -> Pair:
        """The certificate and key of ``identity``."""
        return self.authority.issue(identity.name, common_name=identity.user, organization=identity.group)

    def kubeconfig(self, identity: Identity, server: str, path: Path | None = None) -> Path:
        """A kubeconfig of ``identity``, at ``<state>/<name>.kubeconfig`` or at ``path``."""
        return write_kubeconfig(
            path or self._state / f"{identity.name}.kubeconfig",
            server=server,
            authority=self.authority.pair.certificate,
            name=f"rayform-{self._state.name}",
            user=self.pair(identity),
        )

    def etcd(self) -> Pair:
        """What etcd shows to its clients."""
        return self.etcd_authority.issue("etcd", common_name="etcd", names=("localhost",), addresses=("127.0.0.1",))

    def etcd_client(self) -> Pair:
        """What the API server shows to etcd."""
        return self.etcd_authority.issue("apiserver-etcd-client", common_name="kube-apiserver")

    def kubelet_client(self) -> Pair:
        """What the API server shows to kubelets, which must let it do everything."""
        return self.pair(Identity("apiserver-kubelet-client", "rayform:apiserver", "system:masters"))

    def serving(self, site: Site) -> Pair:
        """What the API server shows to its clients, under each name and address they call it by."""
        service = "kubernetes.default.svc"
        names = ("localhost", "kubernetes", "kubernetes.default", service, f"{service}.cluster.local")
        addresses = (site.address, site.advertise_address, "127.0.0.1", str(ip_network(site.service_cidr)[1]))
        return self.authority.issue(
            "apiserver", common_name="kube-apiserver", names=names, addresses=tuple(dict.fromkeys(addresses))
        )
