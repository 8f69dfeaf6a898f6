"""All that is to be said of a stack before anything is declared: of its ground, its pools, and every object at once."""

from collections.abc import Iterator
from typing import NamedTuple

from rayform.components import KubeRayOperatorSpec
from rayform.components.ray.check import judged
from rayform.components.ray.manifest import Manifest, ray_cluster, ray_cron_job, ray_job, ray_service
from rayform.components.ray.rules import Operator
from rayform.fit.report import Fit
from rayform.policy.admission import not_admitted
from rayform.spec.refusal import RefusedError

from .ground import ground_refusals
from .packing import packing, placements
from .registries import unreachable_images
from .settings import StackSettings
from .whole import namespace_refusals

__all__ = ["Verdict", "verdict"]


class Verdict(NamedTuple):
    """What is said of a stack, a line for each."""

    fit: Fit
    """How everything meets the pools."""
    refusals: tuple[str, ...]
    """What cannot work: of the fit, then of Ray and Kubernetes."""
    warnings: tuple[str, ...]
    """What works, but loses money, data or safety."""


def verdict(stack: str, settings: StackSettings, region: str | None = None) -> Verdict:
    """The verdict on a stack in a region, where that is known; on ground that cannot be, it is on the ground alone.

    Raises:
        UnsupportedVersionError: the operator's version is not in the table.
    """
    if settings.ground and (wrong := tuple(ground_refusals(stack, settings.ground, region))):
        return Verdict(Fit((), wrong, ()), tuple(map(str, wrong)), ())
    found = packing(stack, settings)
    refused, warned = list(map(str, found.refusals)), list(map(str, found.warnings))
    operator = _operator(settings)
    manifests = list(_manifests(stack, settings))
    refused += map(str, (*namespace_refusals(settings), *unreachable_images(settings, manifests, region)))
    for subject, manifest in manifests:
        try:
            warned += (f"{subject}: {warning}" for warning in judged(subject, manifest, operator))
        except RefusedError as error:
            refused += str(error).splitlines()
        refused += (f"{subject}: {refusal}" for refusal in not_admitted(manifest))
    return Verdict(found, tuple(refused), tuple(warned))


def _operator(settings: StackSettings) -> Operator:
    kuberay = settings.kuberay
    scheduler = kuberay.batch_scheduler if isinstance(kuberay, KubeRayOperatorSpec) else None
    return Operator.assumed(kuberay.version, kuberay.feature_gates, scheduler)


def _manifests(stack: str, settings: StackSettings) -> Iterator[tuple[str, Manifest]]:
    pools, within = placements(stack, settings), {"namespace": settings.namespace}
    for name, cluster in settings.clusters.items():
        yield f"RayCluster {name}", ray_cluster(name, cluster.model_copy(update=within), pools)
    for name, job in settings.jobs.items():
        yield f"RayJob {name}", ray_job(name, job.model_copy(update=within), pools)
    for name, service in settings.services.items():
        yield f"RayService {name}", ray_service(name, service.model_copy(update=within), pools)
    for name, cronjob in settings.cronjobs.items():
        yield f"RayCronJob {name}", ray_cron_job(name, cronjob.model_copy(update=within), pools)
