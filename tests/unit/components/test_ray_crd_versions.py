"""The CRDs of every version that can be had: what we send is theirs, and what is new in each is known as such.

1.6.2 comes from the operator's Go module. 1.7.0 is not served as one: its files, as upstream has them at the tag, are
taken from ``../shared/data/kuberay/v1.7.0`` where that folder exists.
"""

from pathlib import Path
from typing import Any

import pytest
from closed_crd import errors, own_paths, upstream
from hypothesis import HealthCheck, given, settings
from ray_strategies import clusters, jobs
from rayform.components import RayClusterSpec, RayJobSpec
from rayform.components.ray.manifest import ray_cluster, ray_job
from rayform.components.ray.rules.since import NEW_IN_1_7

_SHARED = Path(__file__).parents[4] / "shared" / "data" / "kuberay" / "v1.7.0"
NEWEST = [_SHARED] if _SHARED.is_dir() else []
OLDEST = upstream("1.6.2")
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("folder", NEWEST, ids=["1.7.0"] * len(NEWEST))
@SLOW
@given(spec=clusters(newest=True))
def test_a_cluster_is_valid_under_the_newest_crd(folder: Path, spec: RayClusterSpec) -> None:
    assert errors(ray_cluster("train", spec), folder) == []


@pytest.mark.parametrize("folder", NEWEST, ids=["1.7.0"] * len(NEWEST))
@SLOW
@given(spec=jobs(newest=True))
def test_a_job_is_valid_under_the_newest_crd(folder: Path, spec: RayJobSpec) -> None:
    assert errors(ray_job("nightly", spec), folder) == []


@pytest.mark.parametrize("folder", NEWEST, ids=["1.7.0"] * len(NEWEST))
def test_what_is_new_is_known_as_new(folder: Path) -> None:
    new = own_paths("RayCluster", folder) - own_paths("RayCluster", OLDEST)
    ours = {path for path in new if ".template." not in path}
    tops = {path for path in ours if not any(path.startswith(f"{other}.") for other in ours)}

    assert tops == {".".join(path) for path in NEW_IN_1_7}


def test_every_field_that_is_new_is_unknown_to_the_oldest() -> None:
    known = own_paths("RayCluster", OLDEST)

    assert [path for path in NEW_IN_1_7 if ".".join(path) in known] == []


def sample(**spec: Any) -> dict[str, Any]:
    return {"apiVersion": "ray.io/v1", "kind": "RayCluster", "spec": spec}


def test_a_field_of_the_newest_is_refused_by_the_oldest() -> None:
    assert errors(sample(headGroupSpec={"template": {}}, tlsOptions={}), OLDEST) == [
        "spec: Additional properties are not allowed ('tlsOptions' was unexpected)"
    ]
