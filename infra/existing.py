"""A cluster that somebody else made."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import pulumi
import pulumi_kubernetes as k8s

from .kubeconfig import checked

__all__ = ["ExistingCluster", "Kubeconfig"]

Kubeconfig: TypeAlias = str | Path | pulumi.Output[str] | pulumi.Output[Mapping[str, Any]]
"""A kubeconfig: its text, the path of its file, or an output of its text or of what is in it."""

QUERIES_PER_SECOND: Final = 100
"""Requests a second to the API server: twice the provider's default of 50, since one update awaits many objects."""
BURST: Final = 200
"""Requests above that rate in a row; the provider's default is 120."""


class ExistingCluster(pulumi.ComponentResource):
    """A Kubernetes cluster reached by a kubeconfig, or the ambient one when neither kubeconfig nor context is given.

    A new token, certificate or address in the kubeconfig never replaces what runs in the cluster: the provider is told
    apart by this component's name alone. Another cluster deserves another name.

    Args:
        name: Name of the cluster in this program.
        kubeconfig: The kubeconfig's text, the path of its file, or an output of its text or of what is in it, such as a
            ``pulumi_eks.Cluster`` has; kept as a secret. Exec plugins in it run where the program runs. One that cannot
            be parsed, lacks the context, or names files by relative paths is refused.
        context: Context in the kubeconfig; its current context by default.
        opts: Resource options of the component.
    """

    name: str
    """Name of the cluster in this program."""
    provider: k8s.Provider | None
    """The provider that reaches it; ``None`` for the ambient kubeconfig."""
    kubeconfig: pulumi.Output[str] | None
    """The kubeconfig's text, a secret; ``None`` for the ambient one."""
    context: str | None
    """Context asked for; ``None`` for the current one."""

    def __init__(
        self,
        name: str,
        *,
        kubeconfig: Kubeconfig | None = None,
        context: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("rayform:infra:ExistingCluster", name, {}, opts)
        self.name = name
        self.context = context
        self.kubeconfig = None if kubeconfig is None else _secret(f"ExistingCluster {name}", kubeconfig, context)
        self.provider = None if kubeconfig is None and context is None else _reaching(self)
        self.register_outputs({})


def _reaching(cluster: ExistingCluster) -> k8s.Provider:
    return k8s.Provider(
        f"{cluster.name}-provider",
        kubeconfig=cluster.kubeconfig,
        context=cluster.context,
        cluster_identifier=cluster.name,
        kube_client_settings=k8s.KubeClientSettingsArgs(qps=QUERIES_PER_SECOND, burst=BURST),
        opts=pulumi.ResourceOptions(parent=cluster),
    )


def _secret(subject: str, kubeconfig: Kubeconfig, context: str | None) -> pulumi.Output[str]:
    """The checked text: at once when it is plain, as soon as it is known otherwise."""
    if isinstance(kubeconfig, str | Path):
        return pulumi.Output.secret(checked(subject, kubeconfig, context))

    def late(known: Any) -> str:
        return checked(subject, known if isinstance(known, str) else json.dumps(known), context)

    return pulumi.Output.secret(kubeconfig.apply(late))
