"""What an update waits for, in the terms of Pulumi's Kubernetes provider.

No path has another sign of equality than ``==``: a provider before 4.34 takes what follows any other for a value. No
blank stands before ``&&``: its parser (theory/jsonpath 0.9) reads no third term after one.
"""

import json
from collections.abc import Iterable
from typing import Any

from ..edits.scale import reported
from .fields import Manifest

__all__ = ["annotated", "cluster_awaits", "job_awaits", "service_awaits"]

_WAIT_FOR = "pulumi.com/waitFor"
_FORCE = "pulumi.com/patchForce"
_DELETION = "pulumi.com/deletionPropagationPolicy"
_ELSEWHERE = "kueue.x-k8s.io/multikueue"

# A filter at the root looks at each member of the object; only ``status`` has these fields. ``state: ready`` would not
# do: it never goes back. Absent counts equal absent, which is how the operator writes zero.
_RUNS_ALL = (
    "@.conditions[?@.type == 'HeadPodReady'&& @.status == 'True']"
    "&& (@.readyWorkerReplicas > $.status.desiredWorkerReplicas"
    " || @.readyWorkerReplicas == $.status.desiredWorkerReplicas)"
)
_SEEN = "@.observedGeneration == $.metadata.generation"
# Not ``condition=``, which asks for the generation as well.
_SUSPENDED = "jsonpath={{$[?@.conditions[?@.type == '{}'&& @.status == 'True']]}}"
_ENDS = ("Complete", "Failed", "ValidationFailed")
_RUNS = ("Running", "Waiting")

_SERVES = (
    "@.observedGeneration == $.metadata.generation"
    "&& @.conditions[?@.type == 'Ready'&& @.status == 'True']"
    "&& @.conditions[?@.type == 'UpgradeInProgress'&& @.status == 'False']"
    "&& !@.activeServiceStatus.applicationStatuses[?!(@.status == 'RUNNING')]"
)
# Only of a service just made, which the operator writes once itself, for its finalizer: after a change by its author,
# these may still tell of the service before it.
_GIVEN_UP = (
    "$.metadata.generation < 3&& !@.activeServiceStatus.rayClusterName"
    "&& (@.conditions[?@.reason == 'ValidationFailed' || @.reason == 'InitializingTimeout']"
    " || @.pendingServiceStatus.applicationStatuses[?@.status == 'DEPLOY_FAILED'])"
)


def cluster_awaits(manifest: Manifest) -> Manifest:
    """A cluster is up when its head is ready and all workers that are wanted are."""
    spec: Manifest = manifest["spec"]
    # Lists of groups belong to their last writer as a whole: once the autoscaler has set a number, the list is its own,
    # and an unforced update would end in a conflict.
    forced = {_FORCE: "true"} if spec.get("enableInTreeAutoscaling") else {}
    # The pod that empties Redis runs as the cluster's own ServiceAccount, which would go before it.
    emptied = {_DELETION: "background"} if _uses_redis(spec) else {}
    if spec.get("managedBy") == _ELSEWHERE:
        return {**forced, **emptied}
    return {
        _WAIT_FOR: _SUSPENDED.format("RayClusterSuspended") if spec.get("suspend") else _up(spec),
        **forced,
        **emptied,
    }


def _up(cluster: Manifest) -> str:
    """All runs, and the operator has seen what is asked, or tells of it already.

    KubeRay (1.6.2, ``InconsistentRayClusterStatus``) writes ``observedGeneration`` only beside something else that
    changed, so that after an edit that changes no pod it stays behind for ever. With ``Recreate`` there is no telling
    the pods that go from those that come but by it; without, an edit shows in the numbers of workers or not at all.
    """
    recreates = cluster.get("upgradeStrategy", {}).get("type") == "Recreate"
    seen = _SEEN if recreates else f"({_SEEN} || ({_told(cluster)}))"
    return f"jsonpath={{$[?{_RUNS_ALL}&& {seen}]}}"


def _told(cluster: Manifest) -> str:
    """The status tells the numbers of workers that these groups come to; how many run is the autoscaler's, if on."""
    numbers = reported(cluster).items()
    return "&& ".join(f"@.{name} == {count}" if count else f"!(@.{name} > 0)" for name, count in numbers)


def _uses_redis(spec: Manifest) -> bool:
    outside: Manifest | None = spec.get("gcsFaultToleranceOptions")
    return outside is not None and outside.get("backend", "redis") == "redis"


def job_awaits(manifest: Manifest, wait: str) -> Manifest:
    """A job is waited for as it asks: until its end, good or bad, or until it runs; not while it is suspended."""
    spec: Manifest = manifest["spec"]
    # As with a service: for its finalizer the operator writes the whole job, groups and all.
    forced = {_FORCE: "true"} if "rayClusterSpec" in spec else {}
    if wait == "created" or spec.get("suspend") or spec.get("managedBy") == _ELSEWHERE:
        return forced
    # Nobody submits an interactive job while the update that makes it is waiting.
    unsubmitted = spec.get("submissionMode") == "InteractiveMode" and not spec.get("jobId")
    states = _ENDS if wait == "finished" and not unsubmitted else (*_ENDS, *_RUNS)
    ended = " || ".join(f"@.jobDeploymentStatus == {state!r}" for state in states)
    return {_WAIT_FOR: f"jsonpath={{$[?{ended}]}}", **forced}


def service_awaits(manifest: Manifest, wait: str, applications: Iterable[str], *, outlives: bool = False) -> Manifest:
    """A service is ready when it answers, all its applications run, these among them, and no upgrade is under way.

    One that was just made is waited for until it has failed as well: its status tells why. One that ``outlives`` its
    clusters lets the operator delete them, and what they keep outside.
    """
    spec: Manifest = manifest["spec"]
    # The operator writes a service as a whole, for its finalizer, and so makes the list of groups its own.
    forced = {_FORCE: "true"}
    if outlives and _uses_redis(spec["rayClusterConfig"]):
        # Deleted from below, its cluster loses the ServiceAccount of the pod that empties Redis, and the pod's own job.
        forced[_DELETION] = "background"
    if wait == "created" or spec.get("managedBy") == _ELSEWHERE:
        return forced
    if spec.get("suspend"):
        return {_WAIT_FOR: _SUSPENDED.format("Suspended"), **forced}
    named = "".join(f"&& @.activeServiceStatus.applicationStatuses[{_quoted(name)}]" for name in applications)
    return {_WAIT_FOR: f"jsonpath={{$[?({_SERVES}{named}) || ({_GIVEN_UP})]}}", **forced}


def _quoted(name: str) -> str:
    """A name within a path, without what would end the path, or begin a value, to a provider before 4.34."""
    return json.dumps(name).translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "={}"})


def annotated(manifest: Manifest, annotations: Manifest) -> Manifest:
    """The manifest with these annotations, where it does not say otherwise itself."""
    if not annotations:
        # An empty mapping would not come back from the API server, and so be a change at every update.
        return manifest
    metadata: dict[str, Any] = manifest["metadata"]
    return {**manifest, "metadata": {**metadata, "annotations": {**annotations, **metadata.get("annotations", {})}}}
