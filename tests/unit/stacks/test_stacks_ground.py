"""Stacks that bring their own ground: the whole program, from the network to the Ray job."""

from collections.abc import Iterator
from typing import Any

import pulumi
import pytest
from rayform.lab.testing import Recorded
from stack_programs import changed, deployed

RAY_CLUSTER, RAY_JOB = "kubernetes:ray.io/v1:RayCluster", "kubernetes:ray.io/v1:RayJob"
NAMESPACE = "kubernetes:core/v1:Namespace"
LOCK = "rayform:infra:DestroyLock"
GROUP, CLUSTER, VPC = "aws:eks/nodeGroup:NodeGroup", "aws:eks/cluster:Cluster", "aws:ec2/vpc:Vpc"


@pytest.fixture(scope="module", params=["dev", "prod"])
def done(request: pytest.FixtureRequest) -> Recorded:
    return deployed(request.param)


def before(recorded: Recorded, urn: str) -> Iterator[str]:
    """Everything that is there before a resource, nearest first."""
    by_urn = {one.urn: one for one in recorded.resources}
    waiting, seen = [urn], {urn}
    while waiting:
        one = by_urn.get(waiting.pop())
        named = [*one.depends_on, *filter(None, [one.options.provider])] if one else []
        for each in named:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
                yield each


def test_a_preview_shows_what_an_update_makes() -> None:
    previewed, updated = deployed("dev", preview=True), deployed("dev")

    assert {one.urn for one in previewed.resources} == {one.urn for one in updated.resources}


def test_a_ray_cluster_comes_after_pools_operator_cluster_and_network(done: Recorded) -> None:
    earlier = set(before(done, done.one(RAY_CLUSTER).urn))

    for token in (GROUP, CLUSTER, VPC, "kubernetes:apps/v1:Deployment", "aws:eks/addon:Addon"):
        assert {one.urn for one in done.all(token)} <= earlier, token


def walked(recorded: Recorded) -> dict[str, int]:
    """How many steps the engine takes from each resource to all that it stands on, by every path there is."""
    steps: dict[str, int] = {}
    for one in recorded.resources:
        provider = one.options.provider.rpartition("::")[0] if one.options.provider else ""
        named = [*one.depends_on, *(each for via in one.via.values() for each in via), provider]
        steps[one.urn] = 1 + sum(steps.get(each, 0) for each in named)
    return steps


def test_a_deletion_that_fails_does_not_keep_the_engine_walking(done: Recorded) -> None:
    assert max(walked(done).values()) < 3_000_000


def test_a_lock_stands_on_everything_so_that_a_destroy_stops_before_the_first_of_them_goes() -> None:
    done = deployed("prod")
    lock = done.one(LOCK)
    others = {one.urn for one in done.resources if one.custom}

    assert lock.options.protect is True
    assert others <= set(before(done, lock.urn))


def test_where_the_cluster_is_not_to_be_kept_the_lock_is_open() -> None:
    lock = deployed("dev").one(LOCK)

    assert (lock.options.protect, lock.depends_on) == (False, ())


def test_a_ray_job_comes_after_its_cluster(done: Recorded) -> None:
    assert done.one(RAY_CLUSTER).urn in before(done, done.one(RAY_JOB).urn)


def test_what_others_left_in_the_namespace_goes_while_the_operator_can_still_let_it(done: Recorded) -> None:
    operator, namespace = done.one("kubernetes:apps/v1:Deployment"), done.one(NAMESPACE, "namespace")

    assert operator.urn in before(done, namespace.urn)


def test_an_operator_that_looks_into_one_namespace_has_its_rights_there_when_that_is_made() -> None:
    done = deployed("dev", changed("dev", kuberay={"watch_namespaces": ["ray"]}))
    roles = [
        one
        for one in done.all("kubernetes:rbac.authorization.k8s.io/v1:Role")
        if one.inputs["metadata"]["namespace"] == "ray"
    ]

    assert roles
    assert all(done.one(NAMESPACE, "namespace").urn in before(done, role.urn) for role in roles)


def test_the_operator_starts_when_the_cluster_has_nodes_and_add_ons(done: Recorded) -> None:
    earlier = set(before(done, done.one("kubernetes:apps/v1:Deployment").urn))

    assert {one.urn for one in done.all("aws:eks/addon:Addon")} <= earlier
    assert any(one.urn in earlier for one in done.all(GROUP) if one.name.endswith("-system-nodes"))


def test_dev_is_one_small_gpu_pool_that_is_empty_and_one_way_out() -> None:
    done = deployed("dev")

    scaling = {one.name: one.inputs["scalingConfig"] for one in done.all(GROUP)}
    assert scaling["a10g-nodes"] == {"minSize": 0, "maxSize": 2, "desiredSize": 0}
    assert len(done.all("aws:ec2/natGateway:NatGateway")) == 1


def test_prod_is_three_zones_on_demand_and_spot_and_nothing_public() -> None:
    done = deployed("prod")

    assert {one.inputs["availabilityZone"] for one in done.all("aws:ec2/subnet:Subnet")} == {
        "us-east-1a",
        "us-east-1b",
        "us-east-1c",
    }
    assert {one.inputs["capacityType"] for one in done.all(GROUP)} == {"ON_DEMAND", "SPOT"}
    plane = done.one(CLUSTER).inputs
    assert plane["vpcConfig"]["endpointPublicAccess"] is False
    assert plane["deletionProtection"] is True


def test_workers_run_on_the_pools_they_name() -> None:
    spec = deployed("prod").one(RAY_CLUSTER).inputs["spec"]

    pods = [group["template"]["spec"] for group in (spec["headGroupSpec"], *spec["workerGroupSpecs"])]
    assert [pod["nodeSelector"]["rayform/pool"] for pod in pods] == ["heads", "a10g", "a10g-spot"]
    gpu = {"key": "nvidia.com/gpu", "operator": "Equal", "value": "true", "effect": "NoSchedule"}
    assert [gpu in pod.get("tolerations", []) for pod in pods] == [False, True, True]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        (
            {"clusters__ray__workers__0__gpus": 8},
            "RayCluster ray: workers[gpu].gpus: 8 GPUs asked, a g5.xlarge gives 1; lower it or choose a larger pool",
        ),
        (
            {"clusters__ray__workers__0__pool": "h100"},
            (
                "RayCluster ray: workers[gpu].pool: pool h100 asked, given are a10g, dev-system; "
                "pass it in pools, or choose one of these"
            ),
        ),
        (
            {"ground__gpu_pools": {"a10g": {"instance_types": ["g5.xlarge"], "max_nodes": 2, "efa": True}}},
            (
                "ground.gpu_pools[a10g].zones: all zones asked, EFA traffic stays within a zone; "
                "name one zone, such as the reservation's or the one with most capacity\n"
                "ground.gpu_pools[a10g].efa: True asked, g5.xlarge has no EFA interface; "
                "set it False, or choose a type that has"
            ),
        ),
        (
            {"ground__network__pod_cidr": "100.64.0.0/24"},
            (
                "ground.network.pod_cidr: 100.64.0.0/24 asked, pools dev-system, a10g take 387 addresses in us-east-1a "
                "at their most, 100.64.0.0/25 has 123; "
                'set pod_cidr="100.64.0.0/22", or lower max_nodes of the pools'
            ),
        ),
        (
            {"ground__node_pools": {"a10g": {"instance_types": ["m7i.large"], "max_nodes": 1}}},
            "ground.gpu_pools[a10g]: a10g asked twice, node_pools has one of that name; rename one",
        ),
        (
            {"ground__auto_pools": {"auto": {"instance_types": ["g6.xlarge"], "max_nodes": 1}}},
            "ground.cluster.auto_mode: auto_pools asked, nobody would launch their nodes; set auto_mode: true",
        ),
        (
            {"ground__identities": {"work": {"namespace": "Ray!", "service_account": "ray"}}},
            (
                "ground.identities[work].namespace: 'Ray!' asked, it is no name of a namespace; "
                "use at most 63 lower case letters, digits and dashes"
            ),
        ),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_declared(changes: dict[str, Any], refused: str) -> None:
    with pytest.raises(pulumi.RunError) as error:
        deployed("dev", changed("dev", **changes), preview=True)

    assert str(error.value) == refused


def test_clusters_that_fit_a_pool_alone_but_not_together_are_refused() -> None:
    settings = changed("dev", clusters__ray__workers__0__min_replicas=2)
    settings["clusters"]["other"] = settings["clusters"]["ray"]

    with pytest.raises(pulumi.RunError) as error:
        deployed("dev", settings, preview=True)

    assert str(error.value) == (
        "RayCluster ray: workers[gpu].min_replicas: 2 asked, with the pool's other groups that takes 4 nodes, "
        "pool a10g grows to 2; set max_nodes=4 on pool a10g"
    )


def test_clusters_that_together_want_more_than_a_pool_are_warned_about() -> None:
    settings = changed("dev", clusters__ray__workers__0__max_replicas=2)
    settings["clusters"]["other"] = settings["clusters"]["ray"]

    (warning,) = [entry.message for entry in deployed("dev", settings).logs if "grows to" in entry.message]
    assert warning == (
        "RayCluster ray: workers[gpu].max_replicas: 2 asked, with the pool's other groups that takes 4 nodes, "
        "pool a10g grows to 2; set max_nodes=4 on pool a10g"
    )
