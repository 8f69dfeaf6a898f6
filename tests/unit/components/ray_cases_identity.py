"""Rules of names, versions and fields of whole objects, broken and kept."""

from ray_rule_case import Case, N, W

__all__ = ["CASES"]

CASES = (
    Case(
        "accepts-unknown",
        {"metadata annotations rayform/accepts": "auth-off, dashboard-port"},
        (
            "annotations[rayform/accepts]: 'dashboard-port' asked, rules that may be broken are auth-off, "
            "cluster-outlives-job, deletion-self, entrypoint-unplaceable, gpu-imagined, head-exposed, image-gone, "
            "image-version, images-differ, ray-vulnerable, schedule-leaves-jobs, serve-field-misspelt, "
            "serve-unplaceable, start-address-fixed, start-flag-unknown; name one of them, or "
            "mend what breaks the rule"
        ),
        {"metadata annotations rayform/accepts": "auth-off,ray-vulnerable"},
    ),
    Case(
        "name-length",
        {"metadata name": "n" * 54},
        (
            "name: 54 characters asked, a RayCluster has at most 53, because the operator puts its own words "
            "behind it to name pods and services, which end at 63 characters; choose a shorter name"
        ),
        {"metadata name": "n" * 53},
    ),
    Case(
        "name-length",
        {"metadata name": "n" * 48},
        (
            "name: 48 characters asked, a RayJob has at most 47, because the operator puts its own words "
            "behind it to name pods and services, which end at 63 characters; choose a shorter name"
        ),
        {"metadata name": "n" * 47},
        of="job",
    ),
    Case(
        "name-form",
        {"metadata name": "2-trains"},
        (
            "name: '2-trains' asked, it names a Service: lower case letters, digits and dashes, a letter "
            "first, no dash last; choose such a name"
        ),
        {"metadata name": "trains-2"},
    ),
    Case(
        "upgrade-type",
        {"spec upgradeStrategy": {"type": "Rolling"}},
        "upgrade_strategy.type: 'Rolling' asked, Recreate and None are known; choose one of them",
        {"spec upgradeStrategy": {"type": "Recreate"}},
    ),
    Case(
        "upgrade-nested",
        {f"{N} upgradeStrategy": {"type": "Recreate"}},
        (
            "ray_cluster_spec.upgrade_strategy: asked for the cluster of another object, the cluster of a job "
            "is never changed, and the operator would refuse it when it appears; leave upgrade_strategy out"
        ),
        {f"{N} upgradeStrategy": {}},
        of="job",
    ),
    Case(
        "upgrade-owned",
        {"metadata labels": {"ray.io/originated-from-crd": "RayJob"}, "spec upgradeStrategy": {"type": "None"}},
        (
            "upgrade_strategy: asked for a cluster of a RayJob, its owner decides how it is upgraded; leave "
            "upgrade_strategy out, or remove the label"
        ),
        {"metadata labels": {"ray.io/originated-from-crd": "RayCluster"}, "spec upgradeStrategy": {"type": "None"}},
    ),
    Case(
        "manager-unknown",
        {"spec managedBy": "me"},
        (
            "managed_by: 'me' asked, the operator and MultiKueue are known; choose ray.io/kuberay-operator or "
            "kueue.x-k8s.io/multikueue"
        ),
        {"spec managedBy": "kueue.x-k8s.io/multikueue"},
    ),
    Case(
        "manager-unknown",
        {f"{N} managedBy": "me"},
        (
            "ray_cluster_spec.managed_by: 'me' asked, the operator and MultiKueue are known; choose "
            "ray.io/kuberay-operator or kueue.x-k8s.io/multikueue"
        ),
        {f"{N} managedBy": "ray.io/kuberay-operator"},
        of="job",
    ),
    Case(
        "field-unknown",
        {"spec tlsOptions": {"enabled": True}},
        (
            "tls_options: asked of KubeRay 1.6.2, the field came with KubeRay 1.7, and an older one drops it "
            "in silence; upgrade the operator to 1.7.0 or newer, or leave the field out"
        ),
        {},
    ),
    Case(
        "field-unknown",
        {
            f"{W} priority": 1,
            "spec headGroupSpec ingressOptions": {"path": "/"},
            "spec autoscalerOptions": {"args": ["-v"]},
        },
        [
            (
                "head.ingress_options: asked of KubeRay 1.6.2, the field came with KubeRay 1.7, and an older one "
                "drops it in silence; upgrade the operator to 1.7.0 or newer, or leave the field out"
            ),
            (
                "workers[gpu].priority: asked of KubeRay 1.6.2, the field came with KubeRay 1.7, and an older one "
                "drops it in silence; upgrade the operator to 1.7.0 or newer, or leave the field out"
            ),
            (
                "autoscaler_options.args: asked of KubeRay 1.6.2, the field came with KubeRay 1.7, and an older "
                "one drops it in silence; upgrade the operator to 1.7.0 or newer, or leave the field out"
            ),
        ],
        {"spec autoscalerOptions": {"version": "v2"}},
    ),
)
