"""Whether pods fit their pools, in the words a user reads."""

from typing import Any

import pytest
from ray_builders import A10G, cluster, group, head, job
from rayform.components import CollectorOptions, ExistingPool, HistoryServerOptions, Submitter
from rayform.components.ray.fit import met
from rayform.components.ray.placement import by_name

POOL = A10G.model_copy(update={"cpu": "47", "memory": str(180 * 2**30), "max_nodes": 2})
ARM = POOL.model_copy(update={"name": "arm", "node_type": "g5g.xlarge", "architecture": "arm64"})
X86 = POOL.model_copy(update={"architecture": "x86_64"})


def said(spec: Any, *pools: ExistingPool) -> list[str]:
    return [str(refusal) for refusal in met(spec, by_name(pools)).refusals]


def warned(spec: Any, *pools: ExistingPool) -> list[str]:
    return [str(warning) for warning in met(spec, by_name(pools)).warnings]


def test_more_gpus_than_a_node_has_is_refused() -> None:
    assert said(cluster(workers=[group(pool="a10g", gpus=8)]), POOL) == [
        "workers[gpu].gpus: 8 GPUs asked, a g5.12xlarge gives 4; lower it or choose a larger pool"
    ]


def test_a_pool_at_hand_that_takes_the_pod_is_named() -> None:
    h100, p4d = (POOL.model_copy(update={"name": name, "gpus": 8}) for name in ("h100", "a100"))

    assert said(cluster(workers=[group(pool="a10g", gpus=8)]), POOL, h100, p4d) == [
        "workers[gpu].gpus: 8 GPUs asked, a g5.12xlarge gives 4; lower it or choose pool a100"
    ]


def test_one_gpu_of_a_pool_without_is_refused() -> None:
    assert said(cluster(head=head(pool="a10g", gpus=1)), POOL.model_copy(update={"gpus": 0})) == [
        "head.gpus: 1 GPU asked, a g5.12xlarge gives 0; choose a larger pool"
    ]


def test_more_cpu_and_memory_than_a_node_has_is_refused() -> None:
    assert said(cluster(workers=[group(pool="a10g", cpu=48, memory="200Gi")]), POOL) == [
        "workers[gpu].cpu: 48 CPUs asked, a g5.12xlarge gives 47; lower it or choose a larger pool",
        "workers[gpu].memory: 200Gi asked, a g5.12xlarge gives 180Gi; lower it or choose a larger pool",
    ]


def test_the_autoscaler_beside_the_head_counts() -> None:
    tight = head(pool="a10g", cpu=47, memory="16Gi")

    assert said(cluster(head=tight, autoscaling=True), POOL) == [
        (
            "head.cpu: 47 CPUs asked and 0.5 CPUs beside it, a g5.12xlarge gives 47; "
            "lower it to 46.5 or choose a larger pool"
        )
    ]
    assert said(cluster(head=tight, autoscaling=False), POOL) == []


@pytest.mark.parametrize(("own", "memory"), [({}, "64Mi"), ({"memory": "1Gi"}, "1Gi")])
def test_the_collector_of_logs_counts_beside_every_ray_pod(own: dict[str, str], memory: str) -> None:
    history = HistoryServerOptions(collector_options=CollectorOptions(image="collector:1", **own))
    tight = cluster(workers=[group(pool="a10g", memory="180Gi")], history_server_options=history)

    (line,) = said(tight, POOL)
    assert line.startswith(f"workers[gpu].memory: 180Gi asked and {memory} beside it, a g5.12xlarge gives 180Gi;")


def test_what_waits_for_the_head_counts_where_a_worker_asks_for_less() -> None:
    tiny = POOL.model_copy(update={"cpu": "100m"})

    assert said(cluster(workers=[group(pool="a10g", cpu="50m")]), tiny) == [
        "workers[gpu].cpu: 0.05 CPUs asked and 0.15 CPUs beside it, a g5.12xlarge gives 0.1; choose a larger pool"
    ]


def test_more_pods_than_the_pool_ever_holds_is_refused() -> None:
    assert said(cluster(workers=[group(pool="a10g", min_replicas=3, num_of_hosts=2)]), POOL) == [
        (
            "workers[gpu].min_replicas: 3 asked, that takes 3 nodes, pool a10g grows to 2; "
            "lower it to 2 or set max_nodes=3 on pool a10g"
        )
    ]
    assert said(cluster(head=head(pool="a10g"), workers=[group(pool="a10g", replicas=5, gpus=4)]), POOL) == [
        (
            "workers[gpu].replicas: 5 asked, with the pool's other groups that takes 5 nodes, pool a10g grows to 2; "
            "lower it to 2 or set max_nodes=5 on pool a10g"
        )
    ]


def test_more_than_the_pool_holds_at_most_is_warned_about() -> None:
    assert warned(cluster(workers=[group(pool="a10g", max_replicas=9)], autoscaling=True), POOL) == [
        (
            "workers[gpu].max_replicas: 9 asked, that takes 5 nodes, pool a10g grows to 2; "
            "lower it to 4 or set max_nodes=5 on pool a10g"
        )
    ]


def test_a_head_on_spot_nodes_is_warned_about() -> None:
    spot = POOL.model_copy(update={"name": "spot", "spot": True, "gpus": 0})

    assert warned(cluster(head=head(pool="spot")), spot) == [
        (
            "head.pool: spot asked, spot nodes of pool spot are taken away at short notice, and what it runs is lost "
            "with it; choose a pool whose nodes stay"
        )
    ]


def test_an_arm_image_on_x86_is_refused() -> None:
    spec = cluster(image="rayproject/ray:2.60.0-aarch64", head=head(pool="a10g"), workers=[group(pool="a10g")])

    assert said(spec, X86) == [
        (
            "image: rayproject/ray:2.60.0-aarch64 asked for head, it is built for arm64, a g5.12xlarge is x86_64; "
            "choose an image for x86_64 or a pool of arm64"
        )
    ]


def test_an_x86_image_on_arm_is_refused_for_the_group_that_names_it() -> None:
    one = group(pool="arm", image="rayproject/ray:2.60.0-py311-gpu")

    assert said(job(ray_cluster_spec=cluster(workers=[one])), ARM) == [
        (
            "ray_cluster_spec.workers[gpu].image: rayproject/ray:2.60.0-py311-gpu asked for "
            "ray_cluster_spec.workers[gpu], it is built for x86_64, a g5g.xlarge is arm64; "
            "choose an image for arm64 or a pool of x86_64"
        )
    ]


def test_an_image_that_does_not_say_what_it_is_built_for_is_not_judged() -> None:
    assert said(cluster(image="registry.example.com/train:7", workers=[group(pool="arm")]), ARM) == []


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
        "submitter.pool: pool l4 asked, given are a10g; pass it in pools, or choose one of these",
        "ray_cluster_spec.head.gpus: 5 GPUs asked, a g5.12xlarge gives 4; lower it or choose a larger pool",
    ]


def test_a_submitter_beside_the_head_counts_there() -> None:
    tight = cluster(head=head(pool="a10g", cpu=47))

    assert said(job(ray_cluster_spec=tight, submission_mode="SidecarMode"), POOL) == [
        (
            "ray_cluster_spec.head.cpu: 47 CPUs asked and 0.5 CPUs beside it, a g5.12xlarge gives 47; "
            "lower it to 46.5 or choose a larger pool"
        )
    ]


def test_a_submitter_that_never_runs_is_not_judged() -> None:
    assert said(job(submission_mode="HTTPMode", submitter=Submitter(pool="a10g", cpu=99)), POOL) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"pool": "a10g", "gpus": 4, "cpu": 47, "memory": "180Gi", "min_replicas": 2, "max_replicas": 9},
        {"pool": "a10g", "gpus": 0, "cpu": 0, "memory": 0, "min_replicas": 99, "max_replicas": 99},
        {"pool": None, "gpus": 99},
    ],
)
def test_what_fits_is_not_refused(fields: dict[str, Any]) -> None:
    known = POOL.model_copy(update={"cpu": "1000"}) if fields["gpus"] == 0 else POOL

    assert said(cluster(workers=[group(**fields)]), known) == []


def test_a_job_without_a_submitter_has_the_pods_of_its_cluster_only() -> None:
    spec = job(ray_cluster_spec=cluster(head=head(pool="l4")), submitter=None)

    assert [line.partition(":")[0] for line in said(spec, POOL)] == ["ray_cluster_spec.head.pool"]


def test_what_is_not_known_is_not_judged() -> None:
    assert said(cluster(workers=[group(pool="a10g", cpu=999, memory="9Ti", min_replicas=4)]), A10G) == []
