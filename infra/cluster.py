"""What the rest of the house asks of a Kubernetes cluster."""

from typing import Protocol

import pulumi
import pulumi_kubernetes as k8s

__all__ = ["Cluster"]


class Cluster(Protocol):
    """A Kubernetes cluster, wherever it comes from; whatever has these three fits."""

    @property
    def name(self) -> str:
        """Its name in this program."""
        ...

    @property
    def provider(self) -> k8s.Provider | None:
        """The provider that reaches it; ``None`` for the ambient kubeconfig."""
        ...

    @property
    def kubeconfig(self) -> pulumi.Output[str] | str | None:
        """Its kubeconfig's text, for what is not done through the provider; ``None`` for the ambient one."""
        ...
