"""Whether pods fit their pools, in the words a user reads."""

from typing import Any

import pytest
from ray_builders import A10G, cluster, group, head, job
from rayform.components import ExistingPool, Submitter
from rayform.components.ray.fit import misfits

POOL = A10G.model_copy(update={"cpu": "47", "memory": str(180 * 2**30), "max_nodes": 2})


def said(spec: Any, *pools: ExistingPool) -> list[str]:
    return [str(refusal) for refusal in misfits(spec, {pool.name: pool for pool in pools})]


def test_more_gpus_than_a_node_has_is_refused() -> None:
    assert said(cluster(workers=[group(pool="a10g", gpus=8)]), POOL) == [
        "workers[gpu].gpus: 8 GPUs asked, a g5.12xlarge gives 4; lower it or choose a larger pool"
    ]


def test_one_gpu_of_a_pool_without_is_refused() -> None:
    assert said(cluster(head=head(pool="a10g", gpus=1)), POOL.model_copy(update={"gpus": 0})) == [
        "head.gpus: 1 GPU asked, a g5.12xlarge gives 0; lower it or choose a larger pool"
    ]


def test_more_cpu_and_memory_than_a_node_has_is_refused() -> None:
    assert said(cluster(workers=[group(pool="a10g", cpu=48, memory="200Gi")]), POOL) == [
        "workers[gpu].cpu: 48 CPUs asked, a g5.12xlarge gives 47; lower it or choose a larger pool",
        "workers[gpu].memory: 200Gi asked, a g5.12xlarge gives 180.0Gi; lower it or choose a larger pool",
    ]


def test_more_pods_than_the_pool_ever_holds_is_refused() -> None:
    way_out = "lower it or choose a larger pool"

    assert said(cluster(workers=[group(pool="a10g", min_replicas=3, num_of_hosts=2)]), POOL) == [
        f"workers[gpu].min_replicas: 6 pods of 2 GPUs asked, 2 nodes of pool a10g hold 4; {way_out}"
    ]
    assert said(cluster(workers=[group(pool="a10g", replicas=5, gpus=4)]), POOL) == [
        f"workers[gpu].replicas: 5 pods of 4 GPUs asked, 2 nodes of pool a10g hold 2; {way_out}"
    ]


@pytest.mark.parametrize(
    ("pools", "given"),
    [([], "none is given"), ([POOL, POOL.model_copy(update={"name": "h100"})], "given are a10g, h100")],
)
def test_a_pool_that_is_not_given_is_refused(pools: list[ExistingPool], given: str) -> None:
    assert said(cluster(workers=[group(pool="l4")]), *pools) == [
        f"workers[gpu].pool: pool l4 asked, {given}; pass it in pools, or choose one of these"
    ]


def test_every_pod_of_a_job_is_judged() -> None:
    spec = job(ray_cluster_spec=cluster(head=head(pool="a10g", gpus=5)), submitter=Submitter(pool="l4"))

    assert said(spec, POOL) == [
        "ray_cluster_spec.head.gpus: 5 GPUs asked, a g5.12xlarge gives 4; lower it or choose a larger pool",
        "submitter.pool: pool l4 asked, given are a10g; pass it in pools, or choose one of these",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"pool": "a10g", "gpus": 4, "cpu": 47, "memory": "180Gi", "min_replicas": 2, "max_replicas": 9},
        {"pool": "a10g", "gpus": 0, "min_replicas": 99, "max_replicas": 99},
        {"pool": None, "gpus": 99},
    ],
)
def test_what_fits_is_not_refused(fields: dict[str, Any]) -> None:
    assert said(cluster(workers=[group(**fields)]), POOL) == []


def test_a_job_without_a_submitter_has_the_pods_of_its_cluster_only() -> None:
    spec = job(ray_cluster_spec=cluster(head=head(pool="l4")), submitter=None)

    assert [line.partition(":")[0] for line in said(spec, POOL)] == ["ray_cluster_spec.head.pool"]


def test_what_is_not_known_is_not_judged() -> None:
    assert said(cluster(workers=[group(pool="a10g", cpu=999, memory="9Ti", min_replicas=4)]), A10G) == []
