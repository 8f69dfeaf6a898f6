"""What is wrong with a stack as a whole, though each of its parts could be."""

from collections.abc import Iterator, Sequence
from typing import Final

from rayform.components import KubeRayOperatorSpec, RayJobSpec
from rayform.fit.pool_fit import PoolFit
from rayform.spec.refusal import Refusal

from .settings import StackSettings

__all__ = ["CLUSTER_LABEL", "idle_warnings", "namespace_refusals", "selector_warnings"]

CLUSTER_LABEL: Final = "ray.io/cluster"
"""The label by which a job selects its cluster."""

THERE: Final = ("default", "kube-node-lease", "kube-public", "kube-system")
"""Namespaces that every cluster has (Kubernetes documentation, "Namespaces")."""


def namespace_refusals(settings: StackSettings) -> Iterator[Refusal]:
    """A namespace that is there already, or is made twice, or that the operator does not look into."""
    name, kuberay = settings.namespace, settings.kuberay
    if name in THERE:
        possible = "every cluster has it, and a stack makes its own, with Pod Security"
        yield Refusal("namespace", f"{name} asked", possible, "choose another, such as ray")
    if not isinstance(kuberay, KubeRayOperatorSpec):
        return
    if kuberay.create_namespace and kuberay.namespace == name:
        possible = "the Ray objects have one of that name, and it would be made twice"
        yield Refusal("kuberay.namespace", f"{name} asked", possible, "choose another, such as kuberay-system")
    if kuberay.watch_namespaces and name not in kuberay.watch_namespaces:
        asked = f"{', '.join(kuberay.watch_namespaces)} asked"
        possible = f"the Ray objects are in {name}, and the operator would never look at them"
        yield Refusal("kuberay.watch_namespaces", asked, possible, f"add {name}, or leave it out")


def selector_warnings(settings: StackSettings) -> Iterator[Refusal]:
    """Jobs on a cluster that the stack does not make, where it makes some: they wait for it without an end."""
    jobs = {f"RayJob {name}: ": job for name, job in settings.jobs.items()}
    nightly = {f"RayCronJob {name}: job_template.": each.job_template for name, each in settings.cronjobs.items()}
    made = sorted(settings.clusters)
    for subject, job in {**jobs, **nightly}.items():
        wanted = _selected(job)
        if made and wanted is not None and wanted not in made:
            possible = f"the stack makes {', '.join(made)}, and the job waits until somebody makes it"
            path = f"{subject}cluster_selector[{CLUSTER_LABEL}]"
            yield Refusal(path, f"{wanted} asked", possible, "choose one of these, or make it first")


def idle_warnings(settings: StackSettings, pools: Sequence[PoolFit]) -> Iterator[Refusal]:
    """GPU nodes that are always there and that nothing of the stack ever needs, where the stack runs something."""
    if settings.ground is None or not any((settings.clusters, settings.jobs, settings.services, settings.cronjobs)):
        return
    for one in pools:
        idle = one.pool.min_nodes - one.at_most.nodes
        if idle > 0 and one.pool.name in settings.ground.gpu_pools:
            price = f" for ${one.pool.price_per_hour * idle:.2f} an hour" if one.pool.price_per_hour else ""
            possible = f"what the stack runs takes {one.at_most.nodes} at the most, {idle} would be idle{price}"
            path = f"ground.gpu_pools[{one.pool.name}].min_nodes"
            yield Refusal(path, f"{one.pool.min_nodes} asked", possible, f"lower it to {one.at_most.nodes}")


def _selected(job: RayJobSpec) -> str | None:
    name = job.cluster_selector.get(CLUSTER_LABEL)
    return name if isinstance(name, str) else None
