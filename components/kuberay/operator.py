"""The KubeRay operator as a Pulumi component."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, cast

import pulumi
import pulumi_kubernetes as k8s
from rayform.spec.refusal import Refusal, RefusedError

from ..order import after, stages
from ..ray.manifest.fields import Manifest
from ..versions import BatchScheduler, kuberay
from . import manifest
from .crds.resource import KubeRayCrds
from .existing import ExistingOperator
from .gates import effective
from .pod import service_account_name
from .rules import refusals
from .spec import KubeRayOperatorSpec

__all__ = ["Cluster", "KubeRayOperator"]

_KINDS: Mapping[str, Callable[[], Callable[..., pulumi.Resource]]] = {
    "Namespace": lambda: k8s.core.v1.Namespace,
    "ServiceAccount": lambda: k8s.core.v1.ServiceAccount,
    "ConfigMap": lambda: k8s.core.v1.ConfigMap,
    "Service": lambda: k8s.core.v1.Service,
    "ClusterRole": lambda: k8s.rbac.v1.ClusterRole,
    "ClusterRoleBinding": lambda: k8s.rbac.v1.ClusterRoleBinding,
    "Role": lambda: k8s.rbac.v1.Role,
    "RoleBinding": lambda: k8s.rbac.v1.RoleBinding,
    "Deployment": lambda: k8s.apps.v1.Deployment,
    "PodDisruptionBudget": lambda: k8s.policy.v1.PodDisruptionBudget,
    "NetworkPolicy": lambda: k8s.networking.v1.NetworkPolicy,
    "ServiceMonitor": lambda: k8s.apiextensions.CustomResource,
}
"""The class of each kind; a function, since only its use loads the module behind it."""

_ARGUMENTS = {
    "apiVersion": "api_version",
    "roleRef": "role_ref",
    "automountServiceAccountToken": "automount_service_account_token",
}
"""What the classes call these properties."""


class Cluster(Protocol):
    """A Kubernetes cluster as the operator sees it; whatever has these fits. A ``context`` is used if there is one."""

    @property
    def provider(self) -> k8s.Provider | None:
        """The provider that reaches it; None is the ambient kubeconfig's."""
        ...

    @property
    def kubeconfig(self) -> pulumi.Output[str] | str | None:
        """Its kubeconfig, for the CRDs; None is the ambient one."""
        ...


class KubeRayOperator(pulumi.ComponentResource):
    """The KubeRay operator with its CRDs, installed as native resources and awaited until it is ready.

    What depends on it (Ray clusters, jobs …) is deleted before it, since their finalizers need it; the CRDs stay.

    Args:
        name: Name of the component.
        spec: What is wanted; None is a ``KubeRayOperatorSpec`` with its defaults. What cannot work is refused before
            anything is declared.
        cluster: Where it is installed; None is the ambient kubeconfig's cluster, or the provider in ``opts``.
        opts: Resource options of the component.

    Raises:
        UnsupportedVersionError: the version is not one that rayform knows.
        RefusedError: something else cannot work; it holds every reason.
    """

    version: str
    """The version of KubeRay."""
    gates: Mapping[str, bool]
    """Every feature gate of that version, on or off."""
    batch_scheduler: str | None
    """The scheduler of whole clusters that it works with."""
    spec: KubeRayOperatorSpec
    """What was asked for."""
    namespace: pulumi.Output[str]
    """The namespace it runs in, known once that is there."""
    service_account: pulumi.Output[str]
    """The ServiceAccount it acts as, known once that is there."""
    ready: pulumi.Output[bool]
    """True, known once the operator is ready."""
    ends: Sequence[pulumi.Resource]
    """What is there last of all that Ray's objects need: the Deployment."""

    def __init__(
        self,
        name: str,
        spec: KubeRayOperatorSpec | None = None,
        *,
        cluster: Cluster | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        spec = spec or KubeRayOperatorSpec()
        if found := (*refusals(spec), *_astray(spec, cluster, opts)):
            raise RefusedError(f"KubeRayOperator {name}", found)
        here = pulumi.ResourceOptions(providers=[cluster.provider] if cluster and cluster.provider else None)
        super().__init__("rayform:components:KubeRayOperator", name, {}, pulumi.ResourceOptions.merge(opts, here))
        self.version, self.spec = spec.version, spec
        self.gates = effective(kuberay(spec.version), spec.feature_gates)
        self.batch_scheduler = spec.batch_scheduler
        self._declare(name, spec, cluster, pulumi.ResourceOptions(depends_on=after((), opts)))
        self.register_outputs(
            {
                "version": self.version,
                "namespace": self.namespace,
                "serviceAccount": self.service_account,
                "ready": self.ready,
            }
        )

    @staticmethod
    def existing(
        *, version: str, gates: Mapping[str, bool] | None = None, batch_scheduler: BatchScheduler | None = None
    ) -> ExistingOperator:
        """An operator that somebody else installed, for Ray objects to be checked against; nothing is declared."""
        return ExistingOperator(version, gates or {}, batch_scheduler)

    def _declare(
        self, name: str, spec: KubeRayOperatorSpec, cluster: Cluster | None, start: pulumi.ResourceOptions
    ) -> None:
        def child(
            role: str, body: Manifest, waits: Sequence[pulumi.Resource], seconds: int | None = None
        ) -> pulumi.Resource:
            limit = pulumi.CustomTimeouts(create=f"{seconds}s", update=f"{seconds}s") if seconds else None
            opts = pulumi.ResourceOptions(parent=self, depends_on=waits, custom_timeouts=limit)
            return _resource(f"{name}-{role}", body, pulumi.ResourceOptions.merge(start, opts))

        first = [child("namespace", body, []) for body in [manifest.namespace(spec)] if body]
        before = [child(role, body, first) for role, body in manifest.before(spec)]
        crds = [_crds(self, f"{name}-crds", spec, cluster, start)] if spec.install_crds else []
        # The others need a cluster that answers, which their provider and the kubeconfig wait for; it needs nodes.
        waits = [*first, *before, *crds, *stages((cluster,))]
        operator = child("deployment", manifest.deployment(spec), waits, spec.ready_timeout_seconds)
        for role, body in manifest.after(spec):
            child(role, body, [operator])
        deployment = cast("k8s.apps.v1.Deployment", operator)
        self.namespace = deployment.metadata.apply(lambda metadata: str(metadata.namespace))
        self.service_account = deployment.metadata.apply(lambda _: service_account_name(spec))
        self.ready = deployment.id.apply(lambda _: True)
        self.ends = [operator]


def _resource(name: str, body: Manifest, opts: pulumi.ResourceOptions) -> pulumi.Resource:
    """An object as the resource of its kind."""
    return _KINDS[body["kind"]]()(name, opts=opts, **{_ARGUMENTS.get(key, key): value for key, value in body.items()})


def _crds(
    operator: KubeRayOperator,
    name: str,
    spec: KubeRayOperatorSpec,
    cluster: Cluster | None,
    start: pulumi.ResourceOptions,
) -> KubeRayCrds:
    return KubeRayCrds(
        name,
        version=spec.crds_version or spec.version,
        source=spec.crd_source,
        kubeconfig=cluster.kubeconfig if cluster else None,
        # Not every cluster names its context: many kubeconfigs have but one.
        context=getattr(cluster, "context", None),
        opts=pulumi.ResourceOptions.merge(start, pulumi.ResourceOptions(parent=operator)),
    )


def _astray(
    spec: KubeRayOperatorSpec, cluster: Cluster | None, opts: pulumi.ResourceOptions | None
) -> Iterator[Refusal]:
    """The CRDs would go to the ambient cluster and the operator to another one."""
    if spec.install_crds and cluster is None and _provider(opts) is not None:
        asked, reason = (
            "none given, and a provider of its own asked",
            "the CRDs would go to the ambient kubeconfig's cluster",
        )
        yield Refusal("cluster", asked, reason, "give the cluster of that provider, or set install_crds=False")


def _provider(opts: pulumi.ResourceOptions | None) -> object:
    """The Kubernetes provider that the operator's objects would get; None is the ambient one."""
    if opts is None:
        return None
    several = opts.providers.values() if isinstance(opts.providers, Mapping) else opts.providers or ()
    own = [provider for provider in (opts.provider, *several) if provider and provider.package == "kubernetes"]
    return own[0] if own else opts.parent and opts.parent.get_provider("kubernetes:core/v1:Namespace")
