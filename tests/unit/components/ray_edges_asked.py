"""Edges of what users write wrong, as they ask for help with it."""

from ray_cases_asked import JH, POD, PORTS, SCALED, environment, redis, selected, serves
from ray_rule_case import Edge

__all__ = ["EDGES"]

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
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
    Edge("selector-name", [selected("Train")], [selected("$TRAIN"), selected("a.b"), selected(1)], of="job"),
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
            *(
                environment(f"working_dir: {scheme}://code/a.rar")
                for scheme in ("file", "https", "s3", "azure", "abfss")
            ),
        ],
        [
            environment("working_dir: ./src"),
            environment("working_dir: https://a/b?c=d"),
            environment("working_dir: gcs://a"),
            *(
                environment(f"working_dir: s3://a/b.{end}")
                for end in ("zip", "jar", "tgz", "tar.gz", "tar.bz2", "tar.xz")
            ),
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
"""More objects on either side of the rules."""
