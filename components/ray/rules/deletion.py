"""Rules of what is deleted after a job."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from .operator import switch_on
from .rule import Found, Severity, rule
from .view import JobView, Path, count, items, mapping, text

_OLDER = ("onSuccess", "onFailure")
_FIELDS = {"onSuccess": "on_success", "onFailure": "on_failure"}
_ORDER = ("DeleteWorkers", "DeleteCluster", "DeleteSelf")
_STATES = ("jobStatus", "jobDeploymentStatus")


def _rules(job: JobView) -> list[tuple[Path, Mapping[str, Any]]]:
    listed = items(mapping(job.deletion).get("deletionRules"))
    return [(job.at("deletionStrategy", "deletionRules", index), each) for index, each in enumerate(listed)]


def _older(job: JobView) -> list[tuple[Path, Mapping[str, Any]]]:
    strategy = mapping(job.deletion)
    return [
        (job.at("deletionStrategy", name), mapping(strategy[name])) for name in _OLDER if strategy.get(name) is not None
    ]


def _state(each: Mapping[str, Any]) -> tuple[str, str] | None:
    """The one state a deletion rule waits for; None where it names both or neither."""
    condition = mapping(each.get("condition"))
    named = [(name, text(condition[name])) for name in _STATES if condition.get(name) is not None]
    return named[0] if len(named) == 1 else None


def _seconds(each: Mapping[str, Any]) -> int:
    return count(mapping(each.get("condition")).get("ttlSeconds"))


@rule(
    "deletion-gate",
    JobView,
    "operator 93",
    gate="RayJobDeletionPolicy",
    possible="the operator's gate RayJobDeletionPolicy is off",
    remedy=f"{switch_on('RayJobDeletionPolicy')}, or use shutdown_after_job_finishes",
)
def deletion_gate(job: JobView) -> list[Found]:
    """``deletion_strategy`` comes with its gate."""
    if job.deletion is None or job.gate("RayJobDeletionPolicy"):
        return []
    return [Found(job.at("deletionStrategy"), "asked")]


@rule(
    "deletion-with-shutdown",
    JobView,
    "operator 94",
    possible="the rules say what goes and when",
    remedy="leave shutdown_after_job_finishes out, or remove the rules",
)
def deletion_with_shutdown(job: JobView) -> list[Found]:
    """``deletion_rules`` exclude ``shutdown_after_job_finishes``."""
    if not _rules(job) or not job.spec.get("shutdownAfterJobFinishes"):
        return []
    return [Found(job.at("shutdownAfterJobFinishes"), "asked beside deletion_rules")]


@rule(
    "deletion-both-forms",
    JobView,
    "operator 95",
    possible="the older policies and the rules exclude each other",
    remedy="keep deletion_rules",
)
def deletion_both_forms(job: JobView) -> list[Found]:
    """``deletion_rules`` exclude ``on_success`` and ``on_failure``."""
    return [Found(path, "asked beside deletion_rules") for path, _ in _older(job)] if _rules(job) else []


@rule(
    "deletion-empty",
    JobView,
    "operator 96, 97",
    possible="a strategy has rules, or both older policies",
    remedy="give deletion_rules",
)
def deletion_empty(job: JobView) -> list[Found]:
    """``deletion_strategy`` has rules, or both older policies."""
    if job.deletion is None or _rules(job) or len(_older(job)) == len(_OLDER):
        return []
    given = [_FIELDS[str(path[-1])] for path, _ in _older(job)]
    return [Found(job.at("deletionStrategy"), f"only {given[0]} asked" if given else "nothing asked in it")]


@rule(
    "deletion-policy-missing",
    JobView,
    "operator 98, 99",
    possible="a policy says what is deleted",
    remedy="set policy",
)
def deletion_policy_missing(job: JobView) -> list[Found]:
    """Older policies say what is deleted."""
    return [Found((*path, "policy"), "no policy asked") for path, each in _older(job) if each.get("policy") is None]


@rule(
    "deletion-selected",
    JobView,
    "operator 100, 101, 107",
    possible="a cluster that runs already is not the job's to delete",
    remedy="choose DeleteSelf or DeleteNone",
)
def deletion_selected(job: JobView) -> list[Found]:
    """With ``cluster_selector``, neither the cluster nor its workers are deleted."""
    if not job.selector:
        return []
    return [
        Found((*path, "policy"), f"{each['policy']} asked with cluster_selector")
        for path, each in (*_rules(job), *_older(job))
        if each.get("policy") in ("DeleteCluster", "DeleteWorkers")
    ]


@rule(
    "deletion-workers-autoscaling",
    JobView,
    "operator 102, 108",
    possible="the autoscaler would start the workers again",
    remedy="choose DeleteCluster, or switch autoscaling off",
)
def deletion_workers_autoscaling(job: JobView) -> list[Found]:
    """DeleteWorkers comes without autoscaling."""
    if job.cluster is None or not job.cluster.autoscaling:
        return []
    return [
        Found((*path, "policy"), "DeleteWorkers asked with autoscaling")
        for path, each in (*_rules(job), *_older(job))
        if each.get("policy") == "DeleteWorkers"
    ]


@rule(
    "deletion-none-with-shutdown",
    JobView,
    "operator 103",
    possible="the cluster cannot both go and stay",
    remedy="leave shutdown_after_job_finishes out, or choose DeleteCluster",
)
def deletion_none_with_shutdown(job: JobView) -> list[Found]:
    """Older policies DeleteNone exclude ``shutdown_after_job_finishes``."""
    if not job.spec.get("shutdownAfterJobFinishes"):
        return []
    return [
        Found((*path, "policy"), "DeleteNone asked with shutdown_after_job_finishes")
        for path, each in _older(job)
        if each.get("policy") == "DeleteNone"
    ]


@rule(
    "deletion-condition",
    JobView,
    "operator 104, 105",
    possible="a rule waits for one state, of the job or of its deployment",
    remedy="set job_status or job_deployment_status",
)
def deletion_condition(job: JobView) -> list[Found]:
    """Deletion rules wait for exactly one state."""
    return [
        Found((*path, "condition"), f"{'both states' if given else 'no state'} asked")
        for path, each in _rules(job)
        if _state(each) is None
        for given in [any(mapping(each.get("condition")).get(name) is not None for name in _STATES)]
    ]


@rule(
    "deletion-ttl-negative",
    JobView,
    "operator 106",
    possible="a rule waits 0 seconds or more",
    remedy="raise it to 0 or more",
)
def deletion_ttl_negative(job: JobView) -> list[Found]:
    """Deletion rules wait 0 seconds or more."""
    return [
        Found((*path, "condition", "ttlSeconds"), f"{_seconds(each)} asked")
        for path, each in _rules(job)
        if _seconds(each) < 0
    ]


@rule(
    "deletion-twice",
    JobView,
    "operator 109, 110",
    possible="one rule says it all",
    remedy="keep one of them",
)
def deletion_twice(job: JobView) -> list[Found]:
    """No two deletion rules have the same policy and state."""
    seen: set[tuple[str, tuple[str, str] | None]] = set()
    found: list[Found] = []
    for path, each in _rules(job):
        key = (text(each.get("policy")), _state(each))
        if key in seen and key[1] is not None:
            found.append(Found(path, f"{key[0]} asked twice for {key[1][1]}"))
        seen.add(key)
    return found


@rule(
    "deletion-order",
    JobView,
    "operator 111",
    possible="workers go first, then the cluster, then the RayJob",
    remedy="put the times into this order",
)
def deletion_order(job: JobView) -> list[Found]:
    """For each state, workers are deleted before the cluster, and the cluster before the RayJob."""
    return [
        Found((*path, "condition", "ttlSeconds"), f"{policy} after {seconds} s asked with {other} after {before} s")
        for ordered in _by_state(job)
        for (_, other, before), (path, policy, seconds) in pairwise(ordered)
        if seconds < before
    ]


def _by_state(job: JobView) -> Iterator[list[tuple[Path, str, int]]]:
    states: dict[tuple[str, str], dict[str, tuple[Path, str, int]]] = defaultdict(dict)
    for path, each in _rules(job):
        state, policy = _state(each), text(each.get("policy"))
        if state is not None and policy not in states[state]:
            states[state][policy] = (path, policy, _seconds(each))
    for policies in states.values():
        yield [policies[policy] for policy in _ORDER if policy in policies]


@rule(
    "deletion-self",
    JobView,
    "rayform",
    severity=Severity.WARNING,
    acceptable=True,
    possible="the next refresh misses the RayJob, and the next update runs the job again",
    remedy="choose DeleteCluster, or accept this rule",
)
def deletion_self(job: JobView) -> list[Found]:
    """Nothing deletes the RayJob itself."""
    if job.scheduled:
        return []
    return [
        Found((*path, "policy"), "DeleteSelf asked")
        for path, each in (*_rules(job), *_older(job))
        if each.get("policy") == "DeleteSelf"
    ]
