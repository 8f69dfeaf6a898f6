"""The program that a stack runs: settings in, components out. Nothing is computed here, only connected."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pulumi
import pulumi_kubernetes as k8s
from rayform.components import (
    ExistingOperator,
    KubeRayOperator,
    KubeRayOperatorSpec,
    RayCluster,
    RayCronJob,
    RayJob,
    RayJobSpec,
    RayService,
)
from rayform.infra import Cluster, ExistingCluster
from rayform.spec.refusal import RayformError

from .packing import of_several
from .settings import Installed, StackSettings, read_settings
from .standing import Standing, locked, stand
from .verdict import verdict
from .whole import CLUSTER_LABEL


def main() -> None:
    """Read the current stack's configuration and deploy it; what is refused ends the program with its reasons alone.

    Configuration (project ``rayform``): ``settings`` (an object, see :class:`StackSettings`); ``kubeconfig`` (secret:
    its text, or a path) and ``context``, both optional: without them the ambient kubeconfig is used.

    Raises:
        RayformError: everything that the rooms refuse, one line each.
    """
    config = pulumi.Config("rayform")
    settings = read_settings(config.get_object("settings") or {})
    _judge(pulumi.get_stack(), settings)
    deploy(settings, _standing(pulumi.get_stack(), settings, config))


def deploy(settings: StackSettings, standing: Standing) -> None:
    """Declare everything that ``settings`` describes on what is ``standing``, and export where it is reached."""
    cluster, pools = standing.cluster, standing.pools
    operator, namespace = _watched(settings, cluster)
    providers = pulumi.ResourceOptions(providers=[cluster.provider] if cluster.provider else None)
    closed = _closed(settings, namespace, cluster)
    within = {"namespace": settings.namespace}
    clusters = {
        name: RayCluster(
            name, spec.model_copy(update=within), operator=operator, pools=pools, opts=_after(providers, namespace)
        )
        for name, spec in settings.clusters.items()
    }
    jobs = {
        name: RayJob(
            name,
            spec.model_copy(update=within),
            operator=operator,
            pools=pools,
            opts=_after(providers, namespace, *_selected(clusters, spec)),
        )
        for name, spec in settings.jobs.items()
    }
    services = {
        name: RayService(
            name, spec.model_copy(update=within), operator=operator, pools=pools, opts=_after(providers, namespace)
        )
        for name, spec in settings.services.items()
    }
    cronjobs = {
        name: RayCronJob(
            name,
            spec.model_copy(update=within),
            operator=operator,
            pools=pools,
            opts=_after(providers, namespace, *_selected(clusters, spec.job_template)),
        )
        for name, spec in settings.cronjobs.items()
    }
    run = (clusters, jobs, services, cronjobs)
    locked(
        pulumi.get_stack(), standing, (operator, namespace, closed, *(each for kind in run for each in kind.values()))
    )
    pulumi.export("namespace", settings.namespace)
    pulumi.export("dashboards", {name: each.dashboard_url for name, each in clusters.items()})
    pulumi.export("jobs", {name: each.status for name, each in jobs.items()})
    pulumi.export("services", {name: each.serve_url for name, each in services.items()})
    pulumi.export("cronjobs", {name: each.jobs_label for name, each in cronjobs.items()})


def _judge(stack: str, settings: StackSettings) -> None:
    """Refuse, before anything is declared, what cannot work of the ground and of all that wants it together."""
    found = verdict(stack, settings, pulumi.Config("aws").get("region"))
    if found.refusals:
        raise RayformError("\n".join(found.refusals))
    for warning in of_several(stack, settings, found.fit):
        pulumi.warn(str(warning))


def _standing(stack: str, settings: StackSettings, config: pulumi.Config) -> Standing:
    if settings.ground is not None:
        return stand(stack, settings.ground)
    kubeconfig, context = config.get_secret("kubeconfig"), config.get("context")
    return Standing(ExistingCluster(stack, kubeconfig=kubeconfig, context=context))


def _after(providers: pulumi.ResourceOptions, *others: pulumi.Resource) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions.merge(providers, pulumi.ResourceOptions(depends_on=others))


def _selected(clusters: Mapping[str, RayCluster], job: RayJobSpec) -> tuple[RayCluster, ...]:
    """The cluster of this stack that a job selects: the job starts when that cluster is up."""
    name = job.cluster_selector.get(CLUSTER_LABEL)
    return (clusters[name],) if isinstance(name, str) and name in clusters else ()


def _closed(
    settings: StackSettings, namespace: k8s.core.v1.Namespace, cluster: Cluster
) -> k8s.networking.v1.NetworkPolicy | None:
    """Lets Ray's pods be reached by each other, the operator, and who is named: whoever reaches Ray runs code in it."""
    if not isinstance(settings.kuberay, KubeRayOperatorSpec):
        return None
    operator = settings.kuberay.namespace
    within: dict[str, Any] = {"podSelector": {}}
    labels = [{"kubernetes.io/metadata.name": name} for name in (operator, *settings.reachable_from)]
    near = [within, *({"namespaceSelector": {"matchLabels": label}} for label in labels)]
    closed: dict[str, Any] = {"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{"from": near}]}
    return k8s.networking.v1.NetworkPolicy(
        "namespace-closed",
        metadata={"name": "closed", "namespace": namespace.metadata.name},
        spec=cast("k8s.networking.v1.NetworkPolicySpecArgsDict", closed),
        opts=pulumi.ResourceOptions(provider=cluster.provider),
    )


def _watched(
    settings: StackSettings, cluster: Cluster
) -> tuple[KubeRayOperator | ExistingOperator, k8s.core.v1.Namespace]:
    """The operator, and the namespace of the Ray objects.

    What others left in the namespace goes while the operator is there to let it go. An operator that looks into named
    namespaces has its rights in these, so they are there before it.
    """
    kuberay = settings.kuberay
    if isinstance(kuberay, Installed):
        operator = KubeRayOperator.existing(version=kuberay.version, gates=kuberay.feature_gates)
        return operator, _namespace(settings, cluster)
    if kuberay.watch_namespaces:
        namespace = _namespace(settings, cluster)
        after = pulumi.ResourceOptions(depends_on=[namespace])
        return KubeRayOperator("kuberay", kuberay, cluster=cluster, opts=after), namespace
    installed = KubeRayOperator("kuberay", kuberay, cluster=cluster)
    return installed, _namespace(settings, cluster, installed.ends)


def _namespace(
    settings: StackSettings, cluster: Cluster, after: Sequence[pulumi.Resource] = ()
) -> k8s.core.v1.Namespace:
    levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("audit", "enforce", "warn")}
    return k8s.core.v1.Namespace(
        "namespace",
        metadata={"name": settings.namespace, "labels": levels},
        opts=pulumi.ResourceOptions(provider=cluster.provider, depends_on=list(after)),
    )
