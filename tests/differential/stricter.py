"""Where rayform says no and the operator does not, each with its reason."""

from collections.abc import Mapping

__all__ = ["STRICTER"]

STRICTER: Mapping[str, str] = {
    "image-version": "the operator prepares pods for one Ray, another one runs in them",
    "image-missing": "the operator makes pods that the API server refuses",
    "submitter-image-missing": "the operator makes a Job that the API server refuses",
    "request-over-limit": "the operator makes pods that the API server refuses",
    "device-request": "the operator makes pods that the API server refuses",
    "amount-negative": "the operator makes pods that the API server refuses",
    "service-type-unknown": "the operator asks for a Service that the API server refuses",
    "pull-policy-unknown": "the operator makes pods that the API server refuses",
    "restart-policy-unknown": "the operator makes pods that the API server refuses",
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
    "submitter-restart-policy": "the operator makes a Job that the API server refuses",
    "manager-unknown": "the CRD refuses it",
    "runtime-env-yaml": "the operator keeps one of two equal keys, and nobody knows which was meant",
    "schedule-gate": "the operator is not looking, so nothing ever happens",
    "schedule-never": "the operator waits for a time that never comes",
    "name-length": "the operator makes jobs whose names it then refuses",
    "name-form": "the operator makes jobs whose names it then refuses",
    "stepwise-never-ends": "the operator moves nothing, step by step",
    "service-upgrade-gate": "the operator never upgrades the cluster",
    "serve-config-missing": "the operator sends Serve nothing, and no request is ever answered",
    "serve-config-yaml": "the operator fails when the cluster is up, or Serve refuses it",
    "serve-port": "the operator cannot make the service, so no request comes in",
    "serve-port-differs": "the operator finds no Serve where it looks, so no request comes in",
    "gpu-unseen": "the operator tells Ray of no GPU",
    "shared-memory": "the kubelet ends the container when the memory is used",
    "amount-unparseable": "the API server refuses it",
    "metadata-needs-ray-version": "the operator fails while it makes the submitter's command",
}
"""Reasons by rule."""
