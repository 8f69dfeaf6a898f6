"""Where rayform says no and the operator does not, each with its reason."""

from collections.abc import Mapping

__all__ = ["STRICTER"]

STRICTER: Mapping[str, str] = {
    "image-version": "the operator prepares pods for one Ray, another one runs in them",
    "image-missing": "the operator makes pods that the API server refuses",
    "submitter-image-missing": "the operator makes a Job that the API server refuses",
    "request-over-limit": "the operator makes pods that the API server refuses",
    "device-request": "the operator makes pods that the API server refuses",
    "logical-amount": "the operator skips what it cannot parse, so Ray never has the resource",
    "cluster-twice": "the operator takes the selected cluster and drops the spec in silence",
    "replicas-out-of-bounds": "the operator takes the nearest bound in silence",
    "hosts-not-positive": "the operator makes no pods at all, or divides by zero",
    "group-names-twice": "the operator makes and deletes the pods of both groups for ever",
    "entrypoint-missing": "the operator submits an empty command, which fails after the cluster is up",
    "submission-mode": "the operator knows none of the modes, and the job hangs",
    "auth-without-mode": "the operator leaves the cluster open to anyone who reaches it",
    "dashboard-port": "the operator cannot find the dashboard, so no job is ever submitted",
    "redis-address-missing": "the operator starts a head that waits for no Redis",
    "ray-vulnerable": "that Ray lets others run code",
    "upgrade-nested": "the operator refuses it only when the child cluster appears",
    "metadata-needs-ray-version": "the operator fails while it makes the submitter's command",
}
"""Reasons by rule."""
