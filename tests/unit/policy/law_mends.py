"""What rules that mend make of resources: inputs and outcome, whole."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rayform.policy import Subject
from rayform.policy.examples.example import ABSENT, aws, cron, job, kube, ray
from rayform.policy.examples.places import IN_DEPLOYMENT, IN_HEAD, WORKER

__all__ = ["MENDS"]

_NODE_GROUP: Final = "aws:eks/nodeGroup:NodeGroup"
_OWNERS: Final = {"values": {"owner": "ml", "cost-centre": "7", "other": "x"}}
_SMALL: Final = {"cpu": "1", "memory": "1Gi"}
_LATE: Final = {"spec ttlSecondsAfterFinished": 3601}

MENDS: Final[Mapping[str, Sequence[tuple[Subject, Mapping[str, Any], Mapping[str, Any] | None]]]] = {
    "labels-required": (
        (ray(), _OWNERS, None),
        (ray({"metadata labels": {"a": "b"}}), {}, None),
        (
            ray({"metadata labels": {"a": "b", "owner": "me"}}),
            _OWNERS,
            ray({"metadata labels": {"a": "b", "owner": "me", "cost-centre": "7"}}).props,
        ),
        (
            kube("Namespace", {"metadata labels": ABSENT}),
            _OWNERS,
            kube("Namespace", {"metadata labels": {"owner": "ml", "cost-centre": "7"}}).props,
        ),
        (
            aws(_NODE_GROUP, {"tags": {"a": "b"}}),
            _OWNERS,
            aws(_NODE_GROUP, {"tags": {"a": "b", "owner": "ml", "cost-centre": "7"}}).props,
        ),
        (aws(_NODE_GROUP, {"tags": ABSENT, "tagsAll": {"owner": "ml", "cost-centre": "42"}}), _OWNERS, None),
    ),
    "container-limits": (
        (ray(), {"cpu": "1"}, None),
        (
            ray({f"{IN_HEAD} resources limits memory": ABSENT}),
            {},
            ray({f"{IN_HEAD} resources limits memory": "16Gi"}).props,
        ),
        (ray({f"{IN_HEAD} resources": ABSENT}), {}, None),
        (ray({f"{IN_HEAD} resources": None}), _SMALL, ray({f"{IN_HEAD} resources": {"limits": _SMALL}}).props),
        (
            ray({f"{WORKER} initContainers": [{"name": "a"}, {"name": "b", "resources": {"limits": {"cpu": 2}}}]}),
            {"cpu": "1"},
            ray(
                {
                    f"{WORKER} initContainers": [
                        {"name": "a", "resources": {"limits": {"cpu": "1"}}},
                        {"name": "b", "resources": {"limits": {"cpu": 2}}},
                    ]
                }
            ).props,
        ),
        (kube("Deployment", {f"{IN_DEPLOYMENT} resources": ABSENT}), _SMALL, None),
        (ray({"spec autoscalerOptions resources": {}}), _SMALL, None),
    ),
    "job-time-to-live": (
        (job(), {}, None),
        (job({"spec ttlSecondsAfterFinished": 3600}), {}, None),
        (job(_LATE), {}, job({"spec ttlSecondsAfterFinished": 3600}).props),
        (cron(_LATE), {}, None),
        (
            job({"spec ttlSecondsAfterFinished": 61}),
            {"most_seconds": 0},
            job({"spec ttlSecondsAfterFinished": 0}).props,
        ),
    ),
}
"""By rule: a resource, parameters, and what becomes of its inputs; None is nothing."""
