"""A Kubernetes control plane as plain processes, for one user on one machine."""

from .components import COMPONENTS
from .credentials import ADMIN, Credentials, Identity
from .kubeconfig import write_kubeconfig
from .pki import Authority, Pair
from .plane import ControlPlane
from .site import SERVICE_CIDR

__all__ = [
    "ADMIN",
    "COMPONENTS",
    "SERVICE_CIDR",
    "Authority",
    "ControlPlane",
    "Credentials",
    "Identity",
    "Pair",
    "write_kubeconfig",
]
