"""Jobs read back."""

import json
from typing import Any

from ...documents import is_mapping
from ..job import SUBMITTER as UNLESS_SAID
from ..job import RayJobSpec
from ..manifest.fields import Manifest
from ..manifest.job import JOB
from ..parts import SUBMITTER
from ..runtime_env import RuntimeEnv
from .cluster import cluster
from .fields import Words, part, stated
from .native import native
from .pod import main_image, pod

__all__ = ["job"]

_UNSAID = dict.fromkeys(UNLESS_SAID)
"""What a submitter says by itself, unsaid."""


def job(given: Manifest) -> Words:
    """The fields of a job, alone or within a schedule."""
    nested, template = given.get("rayClusterSpec"), given.get("submitterPodTemplate")
    inner = cluster(nested) if is_mapping(nested) else nested
    shutdown = given.get("shutdownAfterJobFinishes")
    # Left out, a cluster made for the job would go with it.
    kept = False if inner is not None and "deletionStrategy" not in given else None
    image = main_image(part(nested, "headGroupSpec").get("template"))
    return {
        **stated(RayJobSpec, given, *JOB),
        "ray_cluster_spec": inner,
        "runtime_env": native(RuntimeEnv, "runtimeEnvYAML", given.get("runtimeEnvYAML")),
        "entrypoint_resources": _amounts(given.get("entrypointResources", "{}")),
        "shutdown_after_job_finishes": kept if shutdown is None else shutdown,
        "submitter": None if template is None else {**_UNSAID, **pod(template, SUBMITTER, image)},
    }


def _amounts(text: Any) -> Any:
    try:
        amounts = json.loads(text)
    except (ValueError, TypeError):
        return text
    plain = is_mapping(amounts) and all(type(amount) in (int, float) for amount in amounts.values())
    return amounts if plain else text
