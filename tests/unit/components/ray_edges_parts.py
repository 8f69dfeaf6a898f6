"""What a cluster may have besides pods, and who places it, on either side of each rule."""

from typing import Any

from ray_edges_clusters import head, newer
from ray_rule_case import Edge, H, env

__all__ = ["EDGES"]

GCS = "spec gcsFaultToleranceOptions"
REDIS = {GCS: {"redisAddress": "redis:6379"}}
ROCKSDB = {GCS: {"backend": "rocksdb"}}
HISTORY = "spec historyServerOptions"
OWN = ("POD_IP", "FQ_RAY_IP", "RAY_CLUSTER_NAME", "RAY_CLUSTER_NAMESPACE", "RAY_ROLE")
OWN = (*OWN, "OWNER_KIND", "OWNER_NAME", "EVENTS_PORT")
TLS = {"spec tlsOptions": {"enabled": True}}
TOPOLOGY = "metadata labels volcano.sh/network-topology-mode"


def rocksdb(**storage: Any) -> dict[str, Any]:
    return {GCS: {"backend": "rocksdb", "storage": storage}}


def history(**variables: str) -> dict[str, Any]:
    return {HISTORY: {"collectorOptions": {"image": "collector", "env": env(**variables)}}}


STATE = (
    Edge(
        "gcs-annotation-twice",
        kept=[
            {**REDIS, "metadata annotations ray.io/ft-enabled": ""},
            {GCS: None, "metadata annotations ray.io/ft-enabled": "true"},
        ],
    ),
    Edge("redis-address-alone", kept=[{**REDIS, **head(RAY_REDIS_ADDRESS="redis")}]),
    Edge(
        "redis-in-head",
        [{**REDIS, **head(REDIS_PASSWORD="x")}],
        [{**REDIS, **head(A="x")}, {GCS: None, **head(REDIS_PASSWORD="x")}],
    ),
    newer("rocksdb-gate", [], [ROCKSDB]),
    newer(
        "rocksdb-with-redis",
        [{GCS: {"backend": "rocksdb", "redisPassword": {"value": "x"}}}],
        [REDIS, {GCS: {"backend": "rocksdb", "redisAddress": "", "externalStorageNamespace": ""}}],
    ),
    newer(
        "rocksdb-claim-twice",
        [rocksdb(claimName="a", storageClassName="b"), rocksdb(claimName="a", accessModes=["ReadWriteOnce"])],
        [
            rocksdb(storageClassName="b"),
            rocksdb(claimName="a", accessModes=[]),
            {GCS: {"storage": {"claimName": "a", "size": 1}}},
        ],
    ),
    newer(
        "rocksdb-by-hand",
        [
            {**ROCKSDB, **head(RAY_gcs_storage_path="/x")},
            {**ROCKSDB, f"{H} volumeMounts": [{"name": "gcs-storage", "mountPath": "/x"}]},
        ],
        [
            {**REDIS, **head(RAY_gcs_storage="x")},
            {
                **ROCKSDB,
                f"{H} volumeMounts": [{"name": "x", "mountPath": "/x"}],
                "spec headGroupSpec template spec volumes": [{"name": "x"}],
            },
        ],
    ),
    newer("redis-with-storage", [], [REDIS, rocksdb(size="1Gi"), {}]),
    newer("redis-address-missing", [{GCS: {"backend": "redis"}}], [ROCKSDB, {GCS: None}]),
    newer("history-own-variable", [history(**{name: "x"}) for name in OWN], [history(A="x")]),
    newer("history-gate", [], [history()]),
    Edge("history-gate", kept=[{HISTORY: None}], version="1.7.0"),
    *(newer(f"history-{each}", [], [{HISTORY: None}]) for each in ("collector", "own-variable", "backend", "storage")),
    newer("history-container", [], [{HISTORY: None, f"{H} name": "ray-history-collector"}]),
    newer(
        "history-storage",
        [
            history(STORAGE_BACKEND="AZUREBLOB", AZURE_STORAGE_AUTH_MODE=mode)
            for mode in ("workload_identity", "default", "")
        ],
        [
            {
                HISTORY: {
                    "collectorOptions": {
                        "image": "c",
                        "env": [*env(STORAGE_BACKEND="GCS"), {"name": "GCS_BUCKET", "valueFrom": {}}],
                    }
                }
            },
            history(
                STORAGE_BACKEND="AZUREBLOB", AZURE_STORAGE_AUTH_MODE="workload_identity", AZURE_STORAGE_ACCOUNT_URL="x"
            ),
            history(STORAGE_BACKEND="TAPE"),
        ],
    ),
    newer("tls-gate", [], [TLS]),
    newer(
        "tls-variable",
        [
            {**TLS, **head(**{name: "1"})}
            for name in ("RAY_USE_TLS", "RAY_TLS_SERVER_CERT", "RAY_TLS_SERVER_KEY", "RAY_TLS_CA_CERT")
        ],
        [head(RAY_USE_TLS="1")],
    ),
    newer("tls-mount", [], [{f"{H} volumeMounts": [{"name": "ray-tls", "mountPath": "/x"}]}]),
)
SCHEDULERS = (
    Edge("scheduler-label-unread", [{"metadata labels yunikorn.apache.org/app-id": "a"}], [{}], scheduler="volcano"),
    Edge("volcano-tier", kept=[{TOPOLOGY: "hard"}]),
    Edge("kueue-group-name", kept=[{"metadata labels kueue.x-k8s.io/queue-name": "a"}]),
    Edge("kueue-autoscaling", kept=[{"metadata labels kueue.x-k8s.io/queue-name": "a"}]),
)
EDGES = (*STATE, *SCHEDULERS)
"""Edges of rules about stores, a history, TLS and schedulers."""
