"""Whole objects of the Ray kinds, as they are sent."""

from ..cluster import RayClusterSpec
from ..cronjob import RayCronJobSpec
from ..identity import ACCEPTS, Identity
from ..job import RayJobSpec
from ..placement import Pools
from ..service import RayServiceSpec
from .cluster import cluster_spec
from .cronjob import cronjob_spec
from .fields import Manifest, given
from .job import job_spec
from .service import service_spec

__all__ = ["API_VERSION", "ray_cluster", "ray_cron_job", "ray_job", "ray_service"]

API_VERSION = "ray.io/v1"
"""The version of all Ray kinds."""


def ray_cluster(name: str, spec: RayClusterSpec, pools: Pools | None = None) -> Manifest:
    """A RayCluster; ``name`` is used where the spec gives none."""
    return _object("RayCluster", name, spec, cluster_spec(spec, pools or {}))


def ray_job(name: str, spec: RayJobSpec, pools: Pools | None = None) -> Manifest:
    """A RayJob; ``name`` is used where the spec gives none."""
    return _object("RayJob", name, spec, job_spec(spec, pools or {}))


def ray_service(name: str, spec: RayServiceSpec, pools: Pools | None = None) -> Manifest:
    """A RayService; ``name`` is used where the spec gives none."""
    return _object("RayService", name, spec, service_spec(spec, pools or {}))


def ray_cron_job(name: str, spec: RayCronJobSpec, pools: Pools | None = None) -> Manifest:
    """A RayCronJob; ``name`` is used where the spec gives none."""
    return _object("RayCronJob", name, spec, cronjob_spec(spec, pools or {}))


def _object(kind: str, name: str, identity: Identity, spec: Manifest) -> Manifest:
    accepts = {ACCEPTS: ",".join(identity.accepts)} if identity.accepts else {}
    labels = {"labels": dict(identity.object_labels), "annotations": {**identity.object_annotations, **accepts}}
    namespace = {} if identity.namespace is None else {"namespace": identity.namespace}
    metadata = {"name": identity.name or name, **namespace, **given(labels)}
    return {"apiVersion": API_VERSION, "kind": kind, "metadata": metadata, "spec": spec}
