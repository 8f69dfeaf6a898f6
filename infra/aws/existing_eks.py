"""A cluster of EKS that somebody else made, as far as pools, identities and workloads need it."""

from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as k8s

from ..eks_kubeconfig import eks_kubeconfig
from ..existing import ExistingCluster, Kubeconfig
from .host import EksHost

__all__ = ["ExistingEksCluster"]


class ExistingEksCluster(pulumi.ComponentResource):
    """A cluster of EKS with what its nodes need; ``EksCluster.existing`` makes it.

    Args:
        name: Name of the cluster in this program.
        host: What pools need to know of it: of a ``pulumi_eks.Cluster`` its ``eks_cluster.name`` and its
            ``node_security_group_id``, with the network and the role of nodes that it was given.
        kubeconfig: How it is reached, such as ``kubeconfig_json`` of a ``pulumi_eks.Cluster``; None asks AWS, at
            preview too, where it is, and proves who runs the program by ``aws eks get-token``.
        opts: Resource options of the component.
    """

    name: str
    """Name of the cluster in this program."""
    provider: k8s.Provider | None
    """The provider that reaches it."""
    kubeconfig: pulumi.Output[str] | None
    """Its kubeconfig, a secret."""
    host: EksHost
    """What pools of nodes need to know to join."""

    def __init__(
        self,
        name: str,
        *,
        host: EksHost,
        kubeconfig: Kubeconfig | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("rayform:infra:ExistingEksCluster", name, {}, opts)
        self.name, self.host = name, host
        known = self._asked() if kubeconfig is None else kubeconfig
        reached = ExistingCluster(name, kubeconfig=known, opts=pulumi.ResourceOptions(parent=self))
        self.provider, self.kubeconfig = reached.provider, reached.kubeconfig
        self.register_outputs({})

    def _asked(self) -> pulumi.Output[str]:
        opts = pulumi.InvokeOutputOptions(parent=self)
        found: Any = aws.eks.get_cluster_output(name=self.host.cluster_name, opts=opts)
        parts = pulumi.Output.all(found.name, found.region, found.endpoint, found.certificate_authorities[0].data)
        return parts.apply(
            lambda told: eks_kubeconfig(name=told[0], region=told[1], endpoint=told[2], certificate_authority=told[3])
        )
