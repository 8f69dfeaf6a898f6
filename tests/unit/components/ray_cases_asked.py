"""What users write wrong, as they ask for help with it, broken and kept."""

from typing import Any

from ray_builders import GONE
from ray_rule_case import Case, Edge, N, W

__all__ = ["CASES", "EDGES"]

JH = f"{N} headGroupSpec"
POD = "spec headGroupSpec template spec"
QUEUE = "kueue.x-k8s.io/queue-name"
SCALED = {"spec enableInTreeAutoscaling": True}
PORTS = [{"name": "gcs", "containerPort": 6379}, {"name": "dashboard", "containerPort": 8266}]
ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


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
    Case(
        "field-misspelt",
        {
            f"{W} nodeSelector": {"a": "b"},
            f"{W} template spec volumeMounts": [],
            f"{W} minWorkers": 1,
            "entrypoint": "x",
        },
        [
            (
                "entrypoint: asked, there is no such field, and the API server refuses it or drops it in "
                "silence; remove it"
            ),
            (
                "workers[gpu].node_selector: asked, there is no such field, and the API server refuses it"
                " or drops it in silence; write it in template.spec"
            ),
            (
                "workers[gpu].min_workers: asked, there is no such field, and the API server refuses it or"
                " drops it in silence; write minReplicas"
            ),
            (
                "workers[gpu].volume_mounts: asked, there is no such field, and the API server "
                "refuses it or drops it in silence; write it in containers[]"
            ),
        ],
        {f"{W} template spec nodeSelector": {"a": "b"}},
        of="cluster",
    ),
    Case(
        "field-misspelt",
        {"headGroupSpec": {}, "spec headGroupSpec": {}},
        [
            (
                "head_group_spec: asked, there is no such field, and the API server refuses it or drops "
                "it in silence; write it in spec.rayClusterSpec"
            ),
            (
                "head: asked, there is no such field, and the API server refuses it or drops "
                "it in silence; write it in rayClusterSpec"
            ),
        ],
        {},
        of="job",
    ),
    Case(
        "field-type",
        {"spec entrypoint": ["python", "a.py"], "spec runtimeEnvYAML": {"pip": ["a"]}},
        [
            "entrypoint: a list asked, it is a text; write it as one line, such as python train.py --epochs 3",
            (
                "runtime_env: a mapping asked, it is a text; write it as a text: runtimeEnvYAML: | with "
                "the mapping indented below"
            ),
        ],
        {},
        of="job",
    ),
    Case(
        "field-type",
        {f"{W} resources": {"limits": {"cpu": "4"}}},
        (
            "workers[gpu].resources[limits]: a mapping asked, it is a text; write it in "
            "template.spec.containers[].resources; here are names and texts alone, such as CPU: '4'"
        ),
        {f"{W} resources": {"CPU": "4"}},
        of="cluster",
    ),
)
EDGES = (
    Edge(
        "dashboard-closed",
        [{f"{JH} rayStartParams": {"dashboard-port": "8265"}, f"{JH} template spec containers 0 ports": PORTS}],
        [{f"{JH} rayStartParams": {"dashboard-port": port}} for port in ("8265", "$PORT", None)],
        of="job",
    ),
    Edge(
        "redis-address-form",
        [
            redis(address)
            for address in ("http://redis:6379", "redis://:a@redis:6379", "redis:6379/0", "a:1,b", "a b:1")
        ],
        [redis(a) for a in ("rediss://redis:6379", "redis://a.b:1", "[::1]:6379", "a:1,b:2", "$REDIS", "", 1)],
    ),
    Edge("selector-name", [selected("Train")], [selected("$TRAIN"), selected("a.b")], of="job"),
    Edge("job-cluster-suspended", [], [selected("a")], of="job"),
    Edge(
        "autoscaler-token",
        [{**SCALED, f"{POD} automountServiceAccountToken": False, "spec autoscalerOptions": {"volumeMounts": [{}]}}],
        [
            {f"{POD} automountServiceAccountToken": False},
            {
                **SCALED,
                f"{POD} automountServiceAccountToken": False,
                "spec autoscalerOptions": {"volumeMounts": [{"name": "a", "mountPath": f"{ACCOUNT}/"}]},
            },
        ],
    ),
    Edge("autoscaler-unused", [], [{"spec autoscalerOptions": {}}]),
    Edge(
        "runtime-env-form",
        [
            environment("working_dir: http://a/b"),
            environment("py_modules: [a, 'gs://a/b.git']"),
            environment("working_dir: file:///code"),
        ],
        [
            environment("working_dir: ./src"),
            environment("working_dir: https://a/b?c=d"),
            environment("working_dir: gcs://a"),
            environment("py_modules: [1, 'https://a/b.whl']"),
        ],
        of="job",
    ),
    Edge(
        "serve-replicas-form",
        [serves(f"deployments: [{{name: A, num_replicas: {asked}}}]") for asked in ("-1", "1.5", "true", "many")],
        [serves("deployments: [{name: A, num_replicas: null}]")],
        of="service",
    ),
)
"""Edges of the same rules."""
