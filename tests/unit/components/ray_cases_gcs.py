"""Rules of where the head keeps its state, broken and kept."""

from ray_rule_case import OPEN_1_7, Case, H, env

__all__ = ["CASES"]

CASES = (
    Case(
        "gcs-annotation-twice",
        {
            "spec gcsFaultToleranceOptions": {"redisAddress": "r:6379"},
            "metadata annotations": {"ray.io/ft-enabled": "false", "ray.io/external-storage-namespace": "x"},
        },
        [
            (
                "annotations[ray.io/ft-enabled]: set beside gcs_fault_tolerance_options, fault tolerance is set "
                "up in one place only; keep gcs_fault_tolerance_options, remove the annotation"
            ),
            (
                "annotations[ray.io/external-storage-namespace]: set beside gcs_fault_tolerance_options, fault "
                "tolerance is set up in one place only; keep gcs_fault_tolerance_options, remove the annotation"
            ),
        ],
        {"metadata annotations": {"ray.io/ft-enabled": "true"}},
    ),
    Case(
        "redis-address-alone",
        {f"{H} env": env(RAY_REDIS_ADDRESS="r")},
        (
            "head.env[RAY_REDIS_ADDRESS]: set without gcs_fault_tolerance_options, the variable alone "
            "switches fault tolerance on without the operator's care; use "
            "gcs_fault_tolerance_options.redis_address"
        ),
        {f"{H} env": env(RAY_REDIS_ADDRESS="r"), "metadata annotations": {"ray.io/ft-enabled": "True"}},
    ),
    Case(
        "redis-in-head",
        {
            "spec gcsFaultToleranceOptions": {"redisAddress": "r:6379"},
            f"{H} env": env(REDIS_PASSWORD="r", RAY_REDIS_ADDRESS="r"),
            "spec headGroupSpec rayStartParams redis-password": "x",
        },
        [
            (
                "head.ray_start_params[redis-password]: set beside gcs_fault_tolerance_options, the operator "
                "writes these itself; use gcs_fault_tolerance_options"
            ),
            (
                "head.env[RAY_REDIS_ADDRESS]: set beside gcs_fault_tolerance_options.redis_address, the operator "
                "writes these itself; use gcs_fault_tolerance_options"
            ),
            (
                "head.env[REDIS_PASSWORD]: set beside gcs_fault_tolerance_options.redis_password, the operator "
                "writes these itself; use gcs_fault_tolerance_options"
            ),
        ],
        {f"{H} env": env(REDIS_PASSWORD="r")},
    ),
    Case(
        "redis-username",
        {f"{H} env": env(REDIS_USERNAME="r"), "spec headGroupSpec rayStartParams redis-username": "x"},
        [
            (
                "head.ray_start_params[redis-username]: set by hand, the operator writes it itself; use "
                "gcs_fault_tolerance_options.redis_username"
            ),
            (
                "head.env[REDIS_USERNAME]: set by hand, the operator writes it itself; use "
                "gcs_fault_tolerance_options.redis_username"
            ),
        ],
        {"spec gcsFaultToleranceOptions": {"redisAddress": "r:6379", "redisUsername": {"value": "x"}}},
    ),
    Case(
        "redis-password-plain",
        {"spec gcsFaultToleranceOptions": {"redisAddress": "r:6379", "redisPassword": {"value": "x"}}},
        (
            "gcs_fault_tolerance_options.redis_password: written as plain text, everyone who may read the "
            "object reads it; put it into a Secret and refer to it by SecretKey"
        ),
        {
            "spec gcsFaultToleranceOptions": {
                "redisAddress": "r:6379",
                "redisPassword": {"valueFrom": {"secretKeyRef": {"name": "r", "key": "p"}}},
            }
        },
    ),
    Case(
        "rocksdb-gate",
        {"spec gcsFaultToleranceOptions": {"backend": "rocksdb"}},
        (
            "gcs_fault_tolerance_options.backend: rocksdb asked, the operator's gate "
            "GCSFaultToleranceEmbeddedStorage is off; switch the gate on "
            "(KubeRayOperatorSpec: feature_gates={'GCSFaultToleranceEmbeddedStorage': True}; Helm chart: featureGates)"
            ", or use redis"
        ),
        {"spec gcsFaultToleranceOptions": {"backend": "redis", "redisAddress": "r"}},
        version="1.7.0",
    ),
    Case(
        "rocksdb-with-redis",
        {
            "spec gcsFaultToleranceOptions": {
                "backend": "rocksdb",
                "redisAddress": "r",
                "redisUsername": {},
                "externalStorageNamespace": "x",
            }
        },
        [
            (
                "gcs_fault_tolerance_options.redis_address: asked with backend rocksdb, rocksdb keeps the state "
                'on a volume, without Redis; leave it out, or set backend "redis"'
            ),
            (
                "gcs_fault_tolerance_options.redis_username: asked with backend rocksdb, rocksdb keeps the state "
                'on a volume, without Redis; leave it out, or set backend "redis"'
            ),
            (
                "gcs_fault_tolerance_options.external_storage_namespace: asked with backend rocksdb, rocksdb "
                'keeps the state on a volume, without Redis; leave it out, or set backend "redis"'
            ),
        ],
        {"spec gcsFaultToleranceOptions": {"backend": "rocksdb"}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "rocksdb-claim-twice",
        {
            "spec gcsFaultToleranceOptions": {
                "backend": "rocksdb",
                "storage": {"claimName": "c", "size": "1Gi", "accessModes": ["ReadWriteOnce"]},
            }
        },
        (
            "gcs_fault_tolerance_options.storage.claim_name: asked beside size, access_modes, a claim that "
            "exists has its size, class and modes already; keep claim_name or these"
        ),
        {"spec gcsFaultToleranceOptions": {"backend": "rocksdb", "storage": {"claimName": "c"}}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "rocksdb-by-hand",
        {
            "spec gcsFaultToleranceOptions": {"backend": "rocksdb"},
            f"{H} env": env(RAY_gcs_storage="x"),
            f"{H} volumeMounts": [{"name": "mine", "mountPath": "/data/gcs"}],
            "spec headGroupSpec template spec volumes": [{"name": "gcs-storage", "emptyDir": {}}],
        },
        [
            ("head.env[RAY_gcs_storage]: set by hand, with backend rocksdb the operator sets this itself; remove it"),
            (
                "head.volume_mounts[mine]: mine at /data/gcs mounted by hand, with backend rocksdb the operator "
                "sets this itself; remove it"
            ),
            (
                "head.volumes[gcs-storage]: volume gcs-storage set by hand, with backend rocksdb the operator "
                "sets this itself; remove it"
            ),
        ],
        {
            "spec gcsFaultToleranceOptions": {"backend": "rocksdb"},
            f"{H} volumeMounts": [{"name": "mine", "mountPath": "/data"}],
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "redis-with-storage",
        {"spec gcsFaultToleranceOptions": {"redisAddress": "r", "storage": {}}},
        (
            "gcs_fault_tolerance_options.storage: asked with backend redis, Redis keeps the state, without a "
            'volume of the cluster; remove storage, or set backend "rocksdb"'
        ),
        {"spec gcsFaultToleranceOptions": {"backend": "rocksdb", "storage": {}}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "redis-address-missing",
        {"spec gcsFaultToleranceOptions": {}},
        (
            "gcs_fault_tolerance_options.redis_address: no address asked, the state goes to a Redis that "
            "exists; set redis_address"
        ),
        {"spec gcsFaultToleranceOptions": {"redisAddress": "r"}},
    ),
)
