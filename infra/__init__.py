"""The ground: the Kubernetes cluster that everything stands on. Knows nothing of Ray."""

from .cluster import Cluster
from .errors import InfraError, KubeconfigError
from .existing import ExistingCluster

__all__ = ["Cluster", "ExistingCluster", "InfraError", "KubeconfigError"]
