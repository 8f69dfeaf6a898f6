"""From a spec to a manifest that may be sent, or to all the reasons why not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rayform.fit.placement import Pool
from rayform.spec.refusal import Refusal, RefusedError, require

from .cluster import RayClusterSpec
from .cronjob import RayCronJobSpec
from .fit import met
from .job import RayJobSpec
from .manifest import Manifest, contradictions, ray_cluster, ray_cron_job, ray_job, ray_service, speaks_kubernetes
from .parts import RaySpec
from .placement import Pools, by_name, twins
from .rules import Operator, Severity, findings
from .serve_schema import said_by_ray
from .service import RayServiceSpec

__all__ = ["Checked", "checked_cluster", "checked_cronjob", "checked_job", "checked_service", "judged"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A manifest without errors."""

    manifest: Manifest
    """What is sent."""
    warnings: tuple[Refusal, ...]
    """What works, but loses money, data or safety."""


def checked_cluster(name: str, spec: RayClusterSpec, operator: Operator, pools: Iterable[Pool] = ()) -> Checked:
    """The manifest of a RayCluster and its warnings.

    Raises:
        RefusedError: with every reason why it cannot work.
    """
    known = _known(subject := f"RayCluster {name}", pools)
    return _checked(subject, spec, ray_cluster(name, spec, known), operator, known)


def checked_job(name: str, spec: RayJobSpec, operator: Operator, pools: Iterable[Pool] = ()) -> Checked:
    """The manifest of a RayJob and its warnings.

    Raises:
        RefusedError: with every reason why it cannot work.
    """
    known = _known(subject := f"RayJob {name}", pools)
    return _checked(subject, spec, ray_job(name, spec, known), operator, known)


def checked_service(name: str, spec: RayServiceSpec, operator: Operator, pools: Iterable[Pool] = ()) -> Checked:
    """The manifest of a RayService and its warnings.

    Raises:
        RefusedError: with every reason why it cannot work.
    """
    known = _known(subject := f"RayService {name}", pools)
    return _checked(subject, spec, ray_service(name, spec, known), operator, known)


def checked_cronjob(name: str, spec: RayCronJobSpec, operator: Operator, pools: Iterable[Pool] = ()) -> Checked:
    """The manifest of a RayCronJob and its warnings.

    Raises:
        RefusedError: with every reason why it cannot work.
    """
    known = _known(subject := f"RayCronJob {name}", pools)
    return _checked(subject, spec, ray_cron_job(name, spec, known), operator, known)


def judged(subject: str, manifest: Manifest, operator: Operator) -> tuple[Refusal, ...]:
    """The warnings about a manifest.

    Raises:
        RefusedError: with every rule it breaks.
    """
    return _judged(subject, manifest, operator, (), native=True)


def _known(subject: str, pools: Iterable[Pool]) -> Pools:
    given = tuple(pools)
    if given:
        require(subject, twins(given))
    return by_name(given)


def _checked(subject: str, spec: RaySpec, manifest: Manifest, operator: Operator, pools: Pools) -> Checked:
    found, native = met(spec, pools), speaks_kubernetes(spec)
    # What is said in the types of a spec alone is said once.
    errors = [*found.refusals, *(_contradictions(spec, pools) if native else ())]
    warnings = _judged(subject, manifest, operator, errors, native=native)
    return Checked(manifest, (*warnings, *found.warnings))


def _judged(
    subject: str, manifest: Manifest, operator: Operator, others: Sequence[Refusal], *, native: bool
) -> tuple[Refusal, ...]:
    found, said = findings(manifest, operator, native=native), said_by_ray(manifest)
    errors = [*others, *(each.refusal for each in found if each.rule.severity is Severity.ERROR)]
    errors += said.refusals if said.sure else ()
    if errors:
        raise RefusedError(subject, errors)
    return (*(each.refusal for each in found), *said.refusals)


def _contradictions(spec: RaySpec, pools: Pools) -> Iterator[Refusal]:
    for path, place, typed, asked in contradictions(spec, pools):
        possible = f"the typed fields say {_shown(place, typed)}"
        yield Refusal(path, f"{place} {_shown(place, asked)} asked", possible, "say it in one of the two places")


def _shown(place: str, value: object) -> str:
    # Values of variables may be secret.
    return "something" if ".env[" in place else repr(value)
