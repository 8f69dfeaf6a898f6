"""Rules of where the head keeps its state."""

import re

from .operator import switch_on
from .rule import Found, Severity, rule
from .view import ClusterView, PodView, items, mapping, text

_FT = "ray.io/ft-enabled"
_NAMESPACE = "ray.io/external-storage-namespace"
_MOUNT, _DIRECTORY = "gcs-storage", "/data/gcs"
_REDIS = re.compile(r"(?:rediss?://)?(?:[^\s:/@]+|\[[0-9A-Fa-f:.]+\]):[0-9]+")
_REDIS_ONLY = ("redisAddress", "redisUsername", "redisPassword", "externalStorageNamespace")
_INSTEAD = {"RAY_REDIS_ADDRESS": "redis_address", "REDIS_PASSWORD": "redis_password"}


def _rocksdb(cluster: ClusterView) -> bool:
    return mapping(cluster.gcs).get("backend") == "rocksdb"


def _variable(pod: PodView, name: str, *, asked: str) -> Found:
    return Found(pod.in_main("env", name), asked)


@rule(
    "gcs-annotation-twice",
    ClusterView,
    "operator 24, 29",
    about="gcsFaultToleranceOptions",
    possible="fault tolerance is set up in one place only",
    remedy="keep gcs_fault_tolerance_options, remove the annotation",
)
def gcs_annotation_twice(cluster: ClusterView) -> list[Found]:
    """Fault tolerance by options excludes that by annotations."""
    if cluster.gcs is None:
        return []
    return [
        Found(("metadata", "annotations", name), "set beside gcs_fault_tolerance_options")
        for name in (_FT, _NAMESPACE)
        if cluster.annotations.get(name)
    ]


@rule(
    "redis-address-alone",
    ClusterView,
    "operator 25",
    about="RAY_REDIS_ADDRESS",
    possible="the variable alone switches fault tolerance on without the operator's care",
    remedy="use gcs_fault_tolerance_options.redis_address",
)
def redis_address_alone(cluster: ClusterView) -> list[Found]:
    """The head's environment names Redis only with fault tolerance set up."""
    marked = str(cluster.annotations.get(_FT, "")).lower() == "true"
    if cluster.gcs is not None or marked or "RAY_REDIS_ADDRESS" not in cluster.env:
        return []
    return [_variable(cluster.head, "RAY_REDIS_ADDRESS", asked="set without gcs_fault_tolerance_options")]


@rule(
    "redis-in-head",
    ClusterView,
    "operator 26, 27, 28",
    about="gcsFaultToleranceOptions",
    possible="the operator writes these itself",
    remedy="use gcs_fault_tolerance_options",
)
def redis_in_head(cluster: ClusterView) -> list[Found]:
    """With fault tolerance, neither flags nor variables of the head name Redis."""
    if cluster.gcs is None:
        return []
    flag = [Found(cluster.head.at("rayStartParams", "redis-password"), "set beside gcs_fault_tolerance_options")]
    variables = [
        _variable(cluster.head, name, asked=f"set beside gcs_fault_tolerance_options.{field}")
        for name, field in _INSTEAD.items()
        if name in cluster.env
    ]
    return [*(flag if cluster.head.start.get("redis-password") else ()), *variables]


@rule(
    "redis-username",
    ClusterView,
    "operator 40",
    possible="the operator writes it itself",
    remedy="use gcs_fault_tolerance_options.redis_username",
)
def redis_username(cluster: ClusterView) -> list[Found]:
    """Neither flags nor variables of the head name the user of Redis."""
    found: list[Found] = []
    if cluster.head.start.get("redis-username"):
        found.append(Found(cluster.head.at("rayStartParams", "redis-username"), "set by hand"))
    if "REDIS_USERNAME" in cluster.env:
        found.append(_variable(cluster.head, "REDIS_USERNAME", asked="set by hand"))
    return found


@rule(
    "redis-password-plain",
    ClusterView,
    "rayform",
    about="gcsFaultToleranceOptions",
    severity=Severity.WARNING,
    possible="everyone who may read the object reads it",
    remedy="put it into a Secret and refer to it by SecretKey",
)
def redis_password_plain(cluster: ClusterView) -> list[Found]:
    """The password of Redis lies in a Secret."""
    if not mapping(mapping(cluster.gcs).get("redisPassword")).get("value"):
        return []
    return [Found(cluster.at("gcsFaultToleranceOptions", "redisPassword"), "written as plain text")]


@rule(
    "rocksdb-gate",
    ClusterView,
    "operator 30",
    about="gcsFaultToleranceOptions",
    since="1.7",
    gate="GCSFaultToleranceEmbeddedStorage",
    possible="the operator's gate GCSFaultToleranceEmbeddedStorage is off",
    remedy=f"{switch_on('GCSFaultToleranceEmbeddedStorage')}, or use redis",
)
def rocksdb_gate(cluster: ClusterView) -> list[Found]:
    """The backend rocksdb comes with its gate."""
    if not _rocksdb(cluster) or cluster.gate("GCSFaultToleranceEmbeddedStorage"):
        return []
    return [Found(cluster.at("gcsFaultToleranceOptions", "backend"), "rocksdb asked")]


@rule(
    "rocksdb-with-redis",
    ClusterView,
    "operator 31, 32, 33, 34",
    about="gcsFaultToleranceOptions",
    since="1.7",
    possible="rocksdb keeps the state on a volume, without Redis",
    remedy='leave it out, or set backend "redis"',
)
def rocksdb_with_redis(cluster: ClusterView) -> list[Found]:
    """The backend rocksdb takes no options of Redis."""
    if not _rocksdb(cluster):
        return []
    options = mapping(cluster.gcs)
    return [
        Found(cluster.at("gcsFaultToleranceOptions", name), "asked with backend rocksdb")
        for name in _REDIS_ONLY
        if options.get(name) not in (None, "")
    ]


@rule(
    "rocksdb-claim-twice",
    ClusterView,
    "operator 35",
    about="gcsFaultToleranceOptions",
    since="1.7",
    possible="a claim that exists has its size, class and modes already",
    remedy="keep claim_name or these",
)
def rocksdb_claim_twice(cluster: ClusterView) -> list[Found]:
    """``claim_name`` excludes what describes a new claim."""
    storage = mapping(mapping(cluster.gcs).get("storage"))
    own = {"size": "size", "storageClassName": "storage_class_name", "accessModes": "access_modes"}
    given = [field for name, field in own.items() if storage.get(name) not in (None, [], ())]
    if not _rocksdb(cluster) or not storage.get("claimName") or not given:
        return []
    return [Found(cluster.at("gcsFaultToleranceOptions", "storage", "claimName"), f"asked beside {', '.join(given)}")]


@rule(
    "rocksdb-by-hand",
    ClusterView,
    "operator 36, 37, 38",
    about="gcsFaultToleranceOptions",
    since="1.7",
    possible="with backend rocksdb the operator sets this itself",
    remedy="remove it",
)
def rocksdb_by_hand(cluster: ClusterView) -> list[Found]:
    """With the backend rocksdb, the head sets none of its parts by hand."""
    if not _rocksdb(cluster):
        return []
    head = cluster.head
    names = [name for name in ("RAY_gcs_storage", "RAY_gcs_storage_path") if name in cluster.env]
    mounts = [
        Found(head.in_main("volumeMounts", index), f"{mount.get('name')} at {mount.get('mountPath')} mounted by hand")
        for index, mount in enumerate(items(head.main.get("volumeMounts")))
        if mount.get("mountPath") == _DIRECTORY or mount.get("name") == _MOUNT
    ]
    volumes = [
        Found(head.at("template", "spec", "volumes", index), f"volume {_MOUNT} set by hand")
        for index, volume in enumerate(items(head.spec.get("volumes")))
        if volume.get("name") == _MOUNT
    ]
    return [*(_variable(head, name, asked="set by hand") for name in names), *mounts, *volumes]


@rule(
    "redis-with-storage",
    ClusterView,
    "operator 39",
    about="gcsFaultToleranceOptions",
    since="1.7",
    possible="Redis keeps the state, without a volume of the cluster",
    remedy='remove storage, or set backend "rocksdb"',
)
def redis_with_storage(cluster: ClusterView) -> list[Found]:
    """The backend redis takes no ``storage``."""
    if cluster.gcs is None or _rocksdb(cluster) or mapping(cluster.gcs).get("storage") is None:
        return []
    return [Found(cluster.at("gcsFaultToleranceOptions", "storage"), "asked with backend redis")]


@rule(
    "redis-address-form",
    ClusterView,
    "ray",
    about="gcsFaultToleranceOptions",
    possible="Ray reads it as a host and a port, and ends where it is something else",
    remedy="write redis:6379, or rediss://redis:6379 for TLS; user and password have fields of their own",
)
def redis_address_form(cluster: ClusterView) -> list[Found]:
    """The address of Redis is a host and a port, once a template is filled in."""
    asked = text(mapping(cluster.gcs).get("redisAddress"))
    if not asked or "$" in asked or all(map(_REDIS.fullmatch, asked.split(","))):
        return []
    # The address itself may hold a password.
    return [Found(cluster.at("gcsFaultToleranceOptions", "redisAddress"), "something else than host:port asked")]


@rule(
    "redis-address-missing",
    ClusterView,
    "crd 1.6",
    about="gcsFaultToleranceOptions",
    possible="the state goes to a Redis that exists",
    remedy="set redis_address",
)
def redis_address_missing(cluster: ClusterView) -> list[Found]:
    """The backend redis has an address."""
    if cluster.gcs is None or _rocksdb(cluster) or mapping(cluster.gcs).get("redisAddress"):
        return []
    return [Found(cluster.at("gcsFaultToleranceOptions", "redisAddress"), "no address asked")]
