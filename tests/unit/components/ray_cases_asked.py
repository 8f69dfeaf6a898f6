"""What users write wrong, as they ask for help with it, broken and kept."""

from typing import Any

from ray_builders import GONE
from ray_rule_case import Case, N

__all__ = ["CASES", "JH", "POD", "PORTS", "SCALED", "environment", "redis", "selected", "serves"]

JH = f"{N} headGroupSpec"
POD = "spec headGroupSpec template spec"
QUEUE = "kueue.x-k8s.io/queue-name"
SCALED = {"spec enableInTreeAutoscaling": True}
PORTS = [{"name": "gcs", "containerPort": 6379}, {"name": "dashboard", "containerPort": 8266}]


def redis(address: object) -> dict[str, Any]:
    """A cluster that keeps its state at an address."""
    return {"spec gcsFaultToleranceOptions": {"redisAddress": address}}


def selected(name: object) -> dict[str, Any]:
    """A job on a cluster that is there."""
    return {N: GONE, "spec shutdownAfterJobFinishes": GONE, "spec clusterSelector": {"ray.io/cluster": name}}


def environment(text: str) -> dict[str, Any]:
    """A job with a runtime environment."""
    return {"spec runtimeEnvYAML": text}


def serves(line: str) -> dict[str, Any]:
    """A service of one application, with one more line."""
    return {"spec serveConfigV2": f"applications:\n- import_path: a:b\n  {line}\n"}


CASES = (
    Case(
        "dashboard-closed",
        {f"{JH} rayStartParams": {"include-dashboard": "False", "dashboard-port": "8266"}},
        [
            (
                "ray_cluster_spec.head.ray_start_params[include-dashboard]: no dashboard asked, the "
                "operator submits jobs and applications through the dashboard, and would never reach it; "
                "leave it out"
            ),
            (
                "ray_cluster_spec.head.ray_start_params[dashboard-port]: 8266 asked, the operator submits"
                " jobs and applications through the dashboard, and would never reach it; list port 8266 "
                "as dashboard among the head's ports, or leave it out"
            ),
        ],
        {
            f"{JH} rayStartParams": {"include-dashboard": "true", "dashboard-port": "8266"},
            f"{JH} template spec containers 0 ports": PORTS,
        },
        of="job",
    ),
    Case(
        "redis-address-form",
        redis("redis"),
        (
            "gcs_fault_tolerance_options.redis_address: something else than host:port asked, Ray reads it"
            " as a host and a port, and ends where it is something else; write redis:6379, or "
            "rediss://redis:6379 for TLS; user and password have fields of their own"
        ),
        redis("redis:6379"),
        of="cluster",
    ),
    Case(
        "selector-name",
        selected("default/train"),
        (
            "cluster_selector.ray.io/cluster: 'default/train' asked, no RayCluster can have such a name, "
            "and one of another namespace cannot be selected; write the name of a RayCluster in the job's"
            " namespace"
        ),
        selected("train"),
        of="job",
    ),
    Case(
        "job-cluster-suspended",
        {f"{N} suspend": True},
        (
            "ray_cluster_spec.suspend: asked for the cluster of a job, the job waits for a cluster that "
            "nothing resumes: changes of it are ignored once the job is there; remove it; a job that is "
            "to start later has suspend itself"
        ),
        {f"{N} suspend": False},
        of="job",
    ),
    Case(
        "autoscaler-token",
        {**SCALED, f"{POD} automountServiceAccountToken": False},
        (
            "head.automount_service_account_token: none asked at "
            "/var/run/secrets/kubernetes.io/serviceaccount, the autoscaler in the head's pod asks the "
            "Kubernetes API for workers, by the token of the pod's account; leave it out on the head, or "
            "mount a token at that path into the autoscaler by autoscaler_options"
        ),
        {**SCALED, f"{POD} automountServiceAccountToken": True},
        of="cluster",
    ),
    Case(
        "autoscaler-unused",
        {"spec autoscalerOptions": {"version": "v2"}},
        (
            "autoscaler_options: asked, the operator reads the options only with autoscaling, so that the"
            " number of workers stays as it is; set enable_in_tree_autoscaling (autoscaling of a spec), "
            "or remove autoscaler_options"
        ),
        {**SCALED, "spec autoscalerOptions": {"version": "v2"}},
        of="cluster",
    ),
    Case(
        "kueue-queue-misplaced",
        {"metadata annotations": {QUEUE: "team"}},
        (
            "annotations[kueue.x-k8s.io/queue-name]: asked as an annotation, Kueue reads the queue from a"
            " label of the object, so that it starts at once, past every quota; write it in "
            "metadata.labels"
        ),
        {"metadata annotations": {QUEUE: "team"}, "metadata labels": {QUEUE: "team"}},
        of="cluster",
    ),
    Case(
        "runtime-env-form",
        environment("working_dir: https://github.com/a/b"),
        (
            "runtime_env: working_dir https:// of no archive asked, Ray downloads an archive, no "
            "repository or directory, and nothing starts; write the address of a .zip or .tar.gz: a "
            "repository at GitHub has https://github.com/OWNER/NAME/archive/REF.zip"
        ),
        environment("working_dir: https://github.com/a/b/archive/main.zip"),
        of="job",
    ),
    Case(
        "serve-runtime-env",
        serves("runtime_env: {py_modules: ['s3://b/code']}"),
        (
            "serve_config_v2: py_modules s3:// of no archive asked for application default, Ray downloads"
            " an archive, no repository or directory, and nothing starts; write the address of a .zip or "
            ".tar.gz: a repository at GitHub has https://github.com/OWNER/NAME/archive/REF.zip"
        ),
        serves("runtime_env: {py_modules: ['s3://b/code.tar.gz', 'local:///code']}"),
        of="service",
    ),
    Case(
        "serve-replicas-form",
        serves("deployments: [{name: A, num_replicas: 0}, {name: B, num_replicas: '2'}]"),
        [
            (
                "serve_config_v2: num_replicas 0 asked for deployment A, it is a whole number from 1 on, "
                "or auto, and Serve refuses the whole configuration otherwise; write such a number "
                "without quotes, or leave it out for 1"
            ),
            (
                "serve_config_v2: num_replicas '2' asked for deployment B, it is a whole number from 1 "
                "on, or auto, and Serve refuses the whole configuration otherwise; write such a number "
                "without quotes, or leave it out for 1"
            ),
        ],
        serves("deployments: [{name: A, num_replicas: 1}, {name: B, num_replicas: auto}, {name: C}]"),
        of="service",
    ),
    Case(
        "serve-field-renamed",
        serves("deployments: [{name: A, max_concurrent_queries: 5}]"),
        (
            "serve_config_v2: max_concurrent_queries asked for deployment A, Ray has renamed the field, "
            "and drops the old one in silence; write max_ongoing_requests"
        ),
        serves("deployments: [{name: A, max_ongoing_requests: 5}]"),
        of="service",
    ),
)
