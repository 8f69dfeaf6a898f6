"""Examples of rules about what a cluster may have besides pods: stores, a history, a closed network, TLS."""

from collections.abc import Mapping

from .example import Example, Fragment, cluster, env, group, head, job, main_of, service, spec

__all__ = ["EXAMPLES"]

_REDIS = {"gcsFaultToleranceOptions": {"redisAddress": "redis:6379"}}
_ROCKSDB = {"gcsFaultToleranceOptions": {"backend": "rocksdb"}}
_ROCKSDB_GATE = "GCSFaultToleranceEmbeddedStorage"
_HISTORY_GATE = "RayClusterHistoryServer"
_NETWORK_GATE = "RayClusterNetworkPolicy"
_TLS_GATE = "RayClusterMTLS"
_DNS = {"ports": [{"protocol": "UDP", "port": 53}]}
_API = {"ports": [{"protocol": "TCP", "port": 443}]}
_OPERATOR = {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kuberay"}}}]}
_OUT = {"worker": {"egressRules": [_DNS]}}


def _gcs(**options: object) -> Fragment:
    return spec(gcsFaultToleranceOptions=options)


def _head(cluster: Fragment | None = None, **variables: str) -> Fragment:
    return head(cluster=cluster, template=main_of("ray-head", env=env(**variables)))


def _history(**variables: str) -> Fragment:
    return {"historyServerOptions": {"collectorOptions": {"image": "collector:1.7.0", "env": env(**variables)}}}


_S3 = _history(STORAGE_BACKEND="S3", S3_REGION="eu-central-1")
_TLS = {"tlsOptions": {"enabled": True}}


def _mounted(path: str) -> Fragment:
    mounts = [{"name": "mine", "mountPath": path}]
    return main_of("ray-head", pod={"volumes": [{"name": "mine", "emptyDir": {}}]}, volumeMounts=mounts)


EXAMPLES: Mapping[str, Example] = {
    "gcs-annotation-twice": cluster(
        {"metadata": {"annotations": {"ray.io/ft-enabled": "true"}}, "spec": _REDIS}, {"spec": _REDIS}
    ),
    "redis-address-alone": cluster(_head(RAY_REDIS_ADDRESS="redis:6379"), {"spec": _REDIS}),
    "redis-in-head": cluster(_head(_REDIS, RAY_REDIS_ADDRESS="redis:6379"), {"spec": _REDIS}),
    "redis-username": cluster(
        _head(REDIS_USERNAME="ray"), _gcs(redisAddress="redis:6379", redisUsername={"value": "ray"})
    ),
    "redis-password-plain": cluster(
        _gcs(redisAddress="redis:6379", redisPassword={"value": "secret"}),
        _gcs(redisAddress="redis:6379", redisPassword={"valueFrom": {"secretKeyRef": {"name": "redis", "key": "pw"}}}),
    ),
    "redis-address-form": cluster(_gcs(redisAddress="redis"), _gcs(redisAddress="redis:6379")),
    "redis-address-missing": cluster(_gcs(externalStorageNamespace="train"), {"spec": _REDIS}),
    "rocksdb-gate": cluster({"spec": _ROCKSDB}, {"spec": _REDIS}, newer=True),
    "rocksdb-with-redis": cluster(
        _gcs(backend="rocksdb", redisAddress="redis:6379"), {"spec": _ROCKSDB}, _ROCKSDB_GATE, newer=True
    ),
    "rocksdb-claim-twice": cluster(
        _gcs(backend="rocksdb", storage={"claimName": "gcs", "size": "1Gi"}),
        _gcs(backend="rocksdb", storage={"claimName": "gcs"}),
        _ROCKSDB_GATE,
        newer=True,
    ),
    "rocksdb-by-hand": cluster(
        _head(_ROCKSDB, RAY_gcs_storage="rocksdb"), {"spec": _ROCKSDB}, _ROCKSDB_GATE, newer=True
    ),
    "redis-with-storage": cluster(
        _gcs(backend="redis", redisAddress="redis:6379", storage={"size": "1Gi"}),
        _gcs(backend="rocksdb", storage={"size": "1Gi"}),
        _ROCKSDB_GATE,
        newer=True,
    ),
    "history-gate": cluster({"spec": _S3}, spec(), newer=True),
    "history-collector": cluster(spec(historyServerOptions={}), {"spec": _S3}, _HISTORY_GATE, newer=True),
    "history-own-variable": cluster(
        {"spec": _history(STORAGE_BACKEND="S3", S3_REGION="eu-central-1", RAY_ROLE="head")},
        {"spec": _S3},
        _HISTORY_GATE,
        newer=True,
    ),
    "history-backend": cluster({"spec": _history(S3_REGION="eu-central-1")}, {"spec": _S3}, _HISTORY_GATE, newer=True),
    "history-storage": cluster({"spec": _history(STORAGE_BACKEND="S3")}, {"spec": _S3}, _HISTORY_GATE, newer=True),
    "history-container": cluster(
        group(cluster=_S3, template=main_of("ray-history-collector")),
        group(cluster=_S3, template=main_of("ray-worker")),
        _HISTORY_GATE,
        newer=True,
    ),
    "network-gate": cluster(spec(networkPolicy=_OUT), spec(), newer=True),
    "network-rules-unused": cluster(
        spec(networkPolicy={"mode": "DenyAllIngress", "worker": {"egressRules": [_DNS]}}),
        spec(networkPolicy={"mode": "DenyAll", "worker": {"egressRules": [_DNS]}}),
        _NETWORK_GATE,
        newer=True,
    ),
    "network-rule-form": cluster(
        spec(networkPolicy={**_OUT, "head": {"ingressRules": [{"from": [{"ipBlock": {"cidr": "10.0.0.0"}}]}]}}),
        spec(networkPolicy={**_OUT, "head": {"ingressRules": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}]}}),
        _NETWORK_GATE,
        newer=True,
    ),
    "ingress-form": cluster(
        head(ingressOptions={"host": "https://ray.example.com"}),
        head(ingressOptions={"host": "ray.example.com"}),
        newer=True,
    ),
    "network-group-name": cluster(
        spec(networkPolicy=_OUT, workerGroupSpecs=[{"groupName": "GPU"}]),
        spec(networkPolicy=_OUT, workerGroupSpecs=[{"groupName": "gpu"}]),
        _NETWORK_GATE,
        newer=True,
    ),
    "network-group-unknown": cluster(
        spec(networkPolicy={**_OUT, "workerGroups": [{"groupName": "cpu", "egressRules": [_DNS]}]}),
        spec(networkPolicy={**_OUT, "workerGroups": [{"groupName": "gpu", "egressRules": [_DNS]}]}),
        _NETWORK_GATE,
        newer=True,
    ),
    "network-locked-out": cluster(
        spec(networkPolicy={"mode": "DenyAll"}),
        spec(networkPolicy={"mode": "DenyAll", **_OUT}),
        _NETWORK_GATE,
        newer=True,
    ),
    "network-autoscaler-locked-out": cluster(
        spec(enableInTreeAutoscaling=True, networkPolicy=_OUT),
        spec(enableInTreeAutoscaling=True, networkPolicy={**_OUT, "head": {"egressRules": [_DNS, _API]}}),
        _NETWORK_GATE,
        newer=True,
    ),
    "network-operator-locked-out": job(
        spec(rayClusterSpec={"networkPolicy": _OUT}),
        spec(rayClusterSpec={"networkPolicy": {**_OUT, "head": {"ingressRules": [_OPERATOR]}}}),
        _NETWORK_GATE,
        newer=True,
    ),
    "network-service-locked-out": service(
        spec(rayClusterConfig={"networkPolicy": _OUT}),
        spec(rayClusterConfig={"networkPolicy": {**_OUT, "head": {"ingressRules": [_OPERATOR]}}}),
        _NETWORK_GATE,
        newer=True,
    ),
    "tls-gate": cluster({"spec": _TLS}, spec(), newer=True),
    "tls-variable": cluster(_head(_TLS, RAY_USE_TLS="1"), {"spec": _TLS}, _TLS_GATE, newer=True),
    "tls-mount": cluster(
        head(cluster=_TLS, template=_mounted("/etc/ray/tls")),
        head(cluster=_TLS, template=_mounted("/etc/mine")),
        _TLS_GATE,
        newer=True,
    ),
}
"""Examples by rule."""
