"""Limits of jobs: how long, how often, and what they leave."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pydantic import Field
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, number, text
from rayform.spec.model import PositiveCount, Spec

from ..parameters import Most, most
from ..rule import Level, Nothing, rule
from ..subject import Subject
from ..views import JOBS, Ray

_ENDING: Final = ("DeleteCluster", "DeleteSelf", "DeleteWorkers")
"""What gives the workers of a job back."""


@rule(
    "job-cleans-up",
    Ray,
    why="a job's cluster and its GPUs outlive the job otherwise",
    remedy="set shutdown_after_job_finishes, or deletion rules that end the cluster",
    kinds=JOBS,
)
def job_cleans_up(ray: Ray, asked: Nothing) -> Iterator[Found]:
    """The cluster of a job ends with the job."""
    del asked
    if (
        not ray.path
        or ray.job.get("shutdownAfterJobFinishes") is True
        or _ends(mapping(ray.job.get("deletionStrategy")))
    ):
        return
    yield Found((*ray.job_path, "shutdownAfterJobFinishes"), "a cluster that outlives its job asked")


def _ends(strategy: Mapping[str, Any]) -> bool:
    """Whether a cluster ends after success and after failure."""
    rules = [each for each in items(strategy.get("deletionRules")) if each.get("policy") in _ENDING]
    conditions = [mapping(each.get("condition")) for each in rules]
    over = {text(each.get("jobStatus")) for each in conditions} | {"FAILED" for each in conditions if _failed(each)}
    former = [mapping(strategy.get(name)).get("policy") for name in ("onSuccess", "onFailure")]
    return {"SUCCEEDED", "FAILED"} <= over or all(each in _ENDING for each in former)


def _failed(condition: Mapping[str, Any]) -> bool:
    return text(condition.get("jobDeploymentStatus")) == "Failed"


class _Kept(Spec):
    most_seconds: int = Field(default=3600, ge=0)
    """The longest that a finished job keeps its cluster."""


def _with_time_to_live(subject: Subject, allowed: _Kept) -> Mapping[str, Any] | None:
    job = subject.spec
    asked = number(job.get("ttlSecondsAfterFinished"))
    if subject.kind != "RayJob" or asked is None or asked <= allowed.most_seconds:
        return None
    return {**subject.props, "spec": {**job, "ttlSecondsAfterFinished": allowed.most_seconds}}


@rule(
    "job-time-to-live",
    Ray,
    _Kept,
    why="a finished job keeps its GPUs that long",
    remedy="lower ttlSecondsAfterFinished, or ttlSeconds of the rule that gives the workers back",
    kinds=JOBS,
    mends=_with_time_to_live,
)
def job_time_to_live(ray: Ray, allowed: _Kept) -> Iterator[Found]:
    """A finished job gives its cluster back in time."""
    own = number(ray.job.get("ttlSecondsAfterFinished")) or 0
    for seconds, place in ((own, ("ttlSecondsAfterFinished",)), *_earliest(ray.job)):
        if seconds > allowed.most_seconds:
            yield Found((*ray.job_path, *place), f"{seconds} s asked", f"at most {allowed.most_seconds} s")


def _earliest(job: Mapping[str, Any]) -> Iterable[tuple[int, Path]]:
    """When deletion rules first give the workers back, by how the job ended, and where that is written."""
    found: dict[str, tuple[int, Path]] = {}
    for index, each in enumerate(items(mapping(job.get("deletionStrategy")).get("deletionRules"))):
        condition = mapping(each.get("condition"))
        over = text(condition.get("jobStatus")) or text(condition.get("jobDeploymentStatus")).upper()
        wait = number(condition.get("ttlSeconds")) or 0
        if each.get("policy") in _ENDING and (over not in found or wait < found[over][0]):
            found[over] = wait, ("deletionStrategy", "deletionRules", index, "condition", "ttlSeconds")
    return found.values()


class _Deadline(Spec):
    most_seconds: PositiveCount = 7 * 24 * 3600
    """The longest that a job may run."""


@rule(
    "job-deadline",
    Ray,
    _Deadline,
    why="a job that hangs keeps its GPUs until somebody looks",
    remedy="write activeDeadlineSeconds within the bound",
    kinds=JOBS,
    level=Level.ADVISORY,
)
def job_deadline(ray: Ray, allowed: _Deadline) -> Iterator[Found]:
    """A job has a deadline."""
    asked = number(ray.job.get("activeDeadlineSeconds"))
    if asked is None or asked > allowed.most_seconds:
        shown = "no deadline" if asked is None else f"{asked} s"
        place = (*ray.job_path, "activeDeadlineSeconds")
        yield Found(place, f"{shown} asked", f"at most {allowed.most_seconds} s: a job that hangs keeps its GPUs")


@rule(
    "job-retries",
    Ray,
    most(3),
    why="every try makes the whole cluster anew, and pays for it",
    remedy="lower backoffLimit",
    kinds=JOBS,
)
def job_retries(ray: Ray, allowed: Most) -> Iterator[Found]:
    """A job is tried again a few times only."""
    asked = number(ray.job.get("backoffLimit")) or 0
    if asked > allowed.most:
        yield Found((*ray.job_path, "backoffLimit"), f"{asked} asked", f"at most {allowed.most}")
