"""Where the head keeps its state, so that the cluster outlives it."""

from typing import Literal, TypeAlias

from rayform.spec.model import Listed, Spec, Wire
from rayform.spec.quantity import Quantity

from .env import EnvValue
from .volume import AccessMode

__all__ = ["GcsEmbeddedStorage", "GcsFaultToleranceOptions", "RedisCredential"]

RedisCredential: TypeAlias = EnvValue
"""A user name or password of Redis: a reference to a Secret, or (visible to all who may read the object) a text."""


class GcsEmbeddedStorage(Spec):
    """The volume of the embedded store; since KubeRay 1.7."""

    size: Quantity | None = None
    """The size of the volume the operator claims; None is 1Gi."""
    storage_class_name: str | None = None
    """Its storage class; None is the cluster's default."""
    access_modes: Listed[AccessMode] = ()
    """How it may be mounted; empty is ReadWriteOnce."""
    claim_name: Wire[str] | None = None
    """A claim that exists, instead of the three fields above."""
    sub_path: str | None = None
    """The path within the volume; None is its root."""
    deletion_policy: Literal["DeleteWithCluster", "Retain"] | None = None
    """What happens to the claim with the cluster; None is DeleteWithCluster."""


class GcsFaultToleranceOptions(Spec):
    """Keeps the state of the head outside of it: in Redis, or on a volume."""

    backend: Literal["redis", "rocksdb"] | None = None
    """The store; None is redis. Fixed once set. Since KubeRay 1.7, rocksdb with a feature gate."""
    redis_address: Wire[str] | None = None
    """The address of Redis, ``host:port`` or ``redis://host:port``."""
    redis_username: RedisCredential | None = None
    """The user of Redis."""
    redis_password: RedisCredential | None = None
    """The password of Redis."""
    external_storage_namespace: str | None = None
    """The namespace of the state within Redis; None is the id of the RayCluster, so a new cluster starts afresh."""
    storage: GcsEmbeddedStorage | None = None
    """The volume of rocksdb; since KubeRay 1.7."""
