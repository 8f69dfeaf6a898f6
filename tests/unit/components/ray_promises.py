"""What rayform promises to refuse besides the operator's own numbered rules, and by which rules."""

from collections.abc import Mapping

from ray_builders import cluster_manifest, job_manifest, service_manifest
from rayform.components.ray.edits import Effect
from rayform.components.ray.manifest import Manifest

__all__ = ["EDITS", "NOBODY", "NOT_SEEN", "OF_THE_CRD", "OF_THE_OPERATOR", "TRANSITIONS"]

OF_THE_OPERATOR: Mapping[int, str] = {
    1: "about the status, which the operator writes itself",
    14: "cannot be reached: the CRD fills in both bounds",
    87: "about the status, which the operator writes itself",
    122: "the rules of a cluster within a job, under their own numbers",
    133: "the rules of a cluster within a service, under their own numbers",
    149: "the rules of a job within a schedule, under their own numbers",
}
"""Rules of the operator's that are none here, by number, each with its reason."""

OF_THE_CRD: Mapping[str, str] = {
    "3 managedBy is one of two": "manager-unknown",
    "1 rules and older policies exclude each other": "deletion-both-forms",
    "1 rules or both older policies": "deletion-empty",
    "2 a deletion rule waits for exactly one state": "deletion-condition",
    "fields, types, words, and what must be there": "field-misspelt field-type field-value field-missing field-twice",
    "kinds and versions": "kind-unknown version-unknown version-deprecated",
    "what an older CRD lacks": "field-unknown redis-address-missing",
}
"""Rules of the CRDs by what they say; a number in front counts rules in CEL."""


def _managed(manifest: Manifest, manager: str) -> Manifest:
    return {**manifest, "spec": {**manifest["spec"], "managedBy": manager}}


def _passed_on(manifest: Manifest) -> tuple[Manifest, Manifest]:
    return _managed(manifest, "ray.io/kuberay-operator"), _managed(manifest, "kueue.x-k8s.io/multikueue")


def _backend(name: str) -> Manifest:
    return cluster_manifest(**{"spec gcsFaultToleranceOptions": {"backend": name}})


TRANSITIONS: Mapping[str, tuple[Manifest, Manifest]] = {
    "1 managedBy of a RayCluster": _passed_on(cluster_manifest()),
    "1 managedBy of a RayJob": _passed_on(job_manifest()),
    "1 managedBy of a RayService": _passed_on(service_manifest()),
    "1 backend of fault tolerance": (_backend("redis"), _backend("rocksdb")),
}
"""Rules of the CRDs about two objects, the one that is there and the one that is to be."""

NOBODY: Mapping[str, str] = {
    "duplicate group names": "group-names-twice",
    "mistyped modes": "submission-mode service-type-unknown pull-policy-unknown restart-policy-unknown",
    "an upgrade without a type": "service-upgrade-type-missing",
    "an empty entry point": "entrypoint-missing",
    "a serve config that cannot be parsed or served": (
        "serve-config-missing serve-config-yaml serve-import-path serve-application-twice serve-route-form "
        "serve-deployment-form serve-replicas-twice serve-replicas-bounds serve-replicas-form"
    ),
    "image tag against ray_version": "image-version image-missing image-gone",
    "replicas outside bounds": "replicas-out-of-bounds",
    "replicas against the autoscaler": "replicas-autoscaled autoscaling-unbounded",
    "quantities that do not parse": "amount-unparseable amount-negative logical-amount",
    "hosts that are none": "hosts-not-positive",
    "length and case of group names": "group-name-form",
    "authentication without mode, or off": "auth-without-mode auth-off",
    "gated kinds and options with the gate off": "schedule-gate service-upgrade-gate",
    "rules of a closed network that no NetworkPolicy can have": "network-rule-form",
    "an Ingress that there cannot be": "ingress-form",
    "a closed network without DNS": "network-locked-out",
    "a closed network without the API server": "network-autoscaler-locked-out",
    "a closed network without the operator": "network-operator-locked-out network-service-locked-out",
    "GPU requests that differ from limits": "device-request",
    "GPUs under names that Ray does not hear of": "gpu-unseen",
    "GPUs that are not there": "gpu-imagined",
    "what no node has": "entrypoint-unplaceable entrypoint-resources-form serve-unplaceable",
    "containers in which Ray does not run": "ray-container-first ray-never-runs worker-probed-as-head",
    "pods of one cluster that refuse each other": "images-differ tls-by-half",
    "a head that runs tasks": "head-runs-tasks",
    "shared memory larger than the container": "shared-memory",
    "requests larger than limits": "request-over-limit amount-missing",
    "a time to live without shutdown": "ttl-needs-shutdown",
    "suspension that cannot be": (
        "suspend-needs-shutdown suspend-selected job-cluster-suspended group-suspend-gate group-suspend-autoscaling"
    ),
    "Kueue": "kueue-queue-misplaced kueue-shutdown kueue-selected kueue-autoscaling kueue-groups kueue-group-name",
    "Volcano": "volcano-selected volcano-tier",
    "YuniKorn, and schedulers beside each other": "scheduler-label-unread",
    "KAI": "kai-submitter kai-queue-missing",
    "scheduler-plugins": "scheduler-plugins-job",
    "Ray with known remote holes": "ray-vulnerable",
    "an open head": "head-exposed",
    "names, with their limits explained": "name-length name-form",
    "ports that replace the operator's own": "dashboard-port serve-port",
    "a dashboard that the operator cannot reach": "dashboard-closed",
    "fields of Serve that Ray drops in silence": "serve-field-misspelt serve-field-renamed",
    "runtime environments that Ray refuses": "runtime-env-form serve-runtime-env",
    "Serve at another port than the operator looks at": "serve-port-differs",
    "an autoscaler without its account": "autoscaler-token",
    "an address that Ray cannot read": "redis-address-form",
    "autoscaler v1 and pods that restart": "autoscaled-restart-policy",
    "an upgrade strategy within another kind": "upgrade-nested upgrade-owned",
    "a submitter that cannot run": "submitter-image-missing submitter-restart-policy metadata-needs-ray-version",
    "two clusters for one job": "cluster-twice",
    "clusters and jobs that stay for ever, or go too soon": "cluster-outlives-job deletion-self schedule-leaves-jobs",
    "schedules and upgrades that never come to an end": "schedule-never stepwise-never-ends",
    "a password in plain sight": "redis-password-plain",
    "fields without any effect": "service-threshold-unused autoscaler-unused",
    "pods that the API server refuses when the operator makes them": (
        "metadata-form container-name port-form variable-form reference-form pod-label-form volume-name volume-sources "
        "told-of-itself option-reference "
        "mount-unknown mount-path amount-name device-fraction pages-form toleration-form affinity-form spread-form "
        "probe-form hook-form privilege-both pod-deadline namespace-form"
    ),
    "pods that no node can run": "image-form root-refused amount-implausible",
    "flags that `ray start` does not take": (
        "start-flag-unknown start-flag-value start-flag-of-head start-address start-address-fixed object-store-larger"
    ),
    "rules that cannot be waived": "accepts-unknown",
}
"""What nobody else checks before it is too late, with the rules."""

NOT_SEEN: Mapping[str, tuple[str, str]] = {
    "TLS without cert-manager in the cluster": ("tls-gate", "cert-manager"),
    "an upgrade step by step without a GatewayClass": ("stepwise-gateway", "installed"),
    "autoscaling in a queue whose Kueue has the gate off": ("kueue-autoscaling", "gate"),
}
"""What no object shows: the rule that names it, and the word by which."""

EDITS: Mapping[str, tuple[Manifest, Manifest, Effect]] = {
    "a worker group that goes and leaves its pods": (
        cluster_manifest(**{"spec workerGroupSpecs 0 minReplicas": 1}),
        cluster_manifest(**{"spec workerGroupSpecs": []}),
        Effect.REFUSED,
    ),
    "fields of a RayJob that are ignored after it was made": (
        job_manifest(),
        job_manifest(**{"spec rayClusterSpec workerGroupSpecs 0 maxReplicas": 9}),
        Effect.IGNORED,
    ),
}
"""What is about two objects without a rule of the CRDs, and what becomes of it."""
