"""Rules that hold for several kinds, broken and kept in the kinds that other cases leave out."""

from ray_builders import GONE
from ray_rule_case import Case

__all__ = ["CASES"]

CRON = {"RayCronJob": True}
"""The gate of schedules."""

CASES = (
    Case(
        "name-length",
        {"metadata name": "n" * 48},
        (
            "name: 48 characters asked, a RayService has at most 47, because the operator puts its own words"
            " behind it to name pods and services, which end at 63 characters; choose a shorter name"
        ),
        {"metadata name": "n" * 47},
        of="service",
    ),
    Case(
        "name-length",
        {"metadata name": "n" * 42},
        (
            "name: 42 characters asked, a RayCronJob has at most 41, because the operator puts its own words"
            " behind it to name pods and services, which end at 63 characters; choose a shorter name"
        ),
        {"metadata name": "n" * 41},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "name-length",
        {"metadata name": "n" * 37},
        (
            "name: 37 characters asked, a RayCronJob has at most 36, because the operator puts its own words"
            " behind it to name pods and services, which end at 63 characters; choose a shorter name"
        ),
        {"metadata name": "n" * 36},
        of="schedule",
        version="1.7.0",
        gates=CRON,
    ),
    Case(
        "name-length",
        {"metadata name": GONE, "metadata generateName": "n" * 49},
        (
            "name: 54 characters asked, a RayCluster has at most 53, because the operator puts its own words"
            " behind it to name pods and services, which end at 63 characters; choose a shorter name"
        ),
        {"metadata name": GONE, "metadata generateName": "n" * 48},
        of="cluster",
    ),
    Case(
        "name-form",
        {"metadata name": GONE},
        (
            "name: no name asked, it names a Service: lower case letters, digits and dashes, a letter first,"
            " no dash last; choose such a name"
        ),
        {"metadata name": GONE, "metadata generateName": "train-"},
        of="cluster",
    ),
    Case(
        "manager-unknown",
        {"spec rayClusterConfig managedBy": "kueue"},
        (
            "ray_cluster_config.managed_by: 'kueue' asked, the operator and MultiKueue are known; choose "
            "ray.io/kuberay-operator or kueue.x-k8s.io/multikueue"
        ),
        {"spec rayClusterConfig managedBy": "kueue.x-k8s.io/multikueue"},
        of="service",
    ),
    Case(
        "manager-unknown",
        {"spec jobTemplate managedBy": "kueue", "spec jobTemplate rayClusterSpec managedBy": "kueue"},
        [
            (
                "job_template.managed_by: 'kueue' asked, the operator and MultiKueue are known; choose "
                "ray.io/kuberay-operator or kueue.x-k8s.io/multikueue"
            ),
            (
                "job_template.ray_cluster_spec.managed_by: 'kueue' asked, the operator and MultiKueue are known;"
                " choose ray.io/kuberay-operator or kueue.x-k8s.io/multikueue"
            ),
        ],
        {},
        of="schedule",
        gates=CRON,
    ),
    Case(
        "image-version",
        {"spec headGroupSpec template spec containers 0 image": "rayproject/ray-ml:2.46.0.0e19ea-py39-gpu"},
        (
            "head.image: rayproject/ray-ml:2.46.0.0e19ea-py39-gpu asked with ray_version 2.60.0, the "
            "operator prepares the pods for another Ray than runs in them; make the tag and ray_version "
            "agree"
        ),
        {
            "spec rayVersion": "2.60.0",
            "spec headGroupSpec template spec containers 0 image": "rayproject/ray-ml:2.60.0.0e19ea-py39-gpu",
        },
        of="cluster",
    ),
    Case(
        "entrypoint-missing",
        {
            "spec entrypoint": GONE,
            "spec submissionMode": "HTTPMode",
            "spec submitterPodTemplate": {
                "spec": {"restartPolicy": "Never", "containers": [{"name": "s", "image": "a", "command": ["run"]}]}
            },
        },
        "entrypoint: no command asked, the operator would submit an empty command; set entrypoint",
        {
            "spec entrypoint": GONE,
            "spec submitterPodTemplate": {
                "spec": {"restartPolicy": "Never", "containers": [{"name": "s", "image": "a", "command": ["run"]}]}
            },
        },
        of="job",
    ),
    Case(
        "deletion-self",
        {
            "spec shutdownAfterJobFinishes": False,
            "spec deletionStrategy": {
                "deletionRules": [{"policy": "DeleteSelf", "condition": {"jobStatus": "FAILED"}}]
            },
        },
        (
            "deletion_strategy.deletion_rules[0].policy: DeleteSelf asked, the next refresh misses the "
            "RayJob, and the next update runs the job again; choose DeleteCluster, or accept this rule"
        ),
        {"kind": "RayCronJob"},
        of="job",
    ),
    Case(
        "runtime-env-yaml",
        {"spec runtimeEnvYAML": "a: " + "[" * 60},
        (
            "runtime_env: text with an error on its line 1 (more than 50 levels within each other), it must "
            "be a mapping in YAML; mend the text, or give a RuntimeEnv"
        ),
        {"spec runtimeEnvYAML": "a: " + "[" * 40 + "]" * 40},
        of="job",
    ),
    Case(
        "runtime-env-yaml",
        {"spec runtimeEnvYAML": "a: 1\na: 2"},
        (
            "runtime_env: text with an error on its line 2 (the key 'a' is there twice, first on line 1), it"
            " must be a mapping in YAML; mend the text, or give a RuntimeEnv"
        ),
        {"spec runtimeEnvYAML": "a: 2020-13-45"},
        of="job",
    ),
    Case(
        "token-needs-ray-version",
        {"spec rayVersion": "2.51", "spec authOptions": {"mode": "token"}},
        (
            "ray_version: token authentication asked with Ray 2.51, token authentication needs Ray 2.52.0 or newer; "
            'set ray_version to 2.52.0 or newer, or auth_options mode "disabled" on a closed network'
        ),
        {"spec rayVersion": "2.52", "spec authOptions": {"mode": "token"}},
    ),
    Case(
        "token-needs-ray-version",
        {"spec rayVersion": "18446744073709551616.0", "spec authOptions": {"mode": "token"}},
        (
            "ray_version: token authentication asked with Ray 18446744073709551616.0, token authentication needs Ray "
            '2.52.0 or newer; set ray_version to 2.52.0 or newer, or auth_options mode "disabled" on a closed network'
        ),
        {"spec rayVersion": "18446744073709551615.0", "spec authOptions": {"mode": "token"}},
    ),
)
