"""Pools of EKS Auto Mode as Kubernetes gets them, and the cluster that fills them."""

import json
from typing import Any

import pytest
from ground import Ground, cluster, made
from pool_specs import auto_pool
from rayform.infra import AutoModePool, RefusedError
from rayform.infra.auto_mode import NodeClassKind, node_pool
from rayform.infra.pools import placement
from rayform.lab.testing import Recorded

NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool"
NODE_CLASS = "kubernetes:eks.amazonaws.com/v1:NodeClass"
ENTRY = "aws:eks/accessEntry:AccessEntry"


def of(**changed: Any) -> Recorded:
    return made(lambda: AutoModePool("a10g", auto_pool(**changed), cluster=Ground(auto_role_name="auto-nodes")))


def test_a_pool_is_a_node_pool_and_its_class() -> None:
    done = of(tags={"cost": "7"})
    described = done.one(NODE_CLASS).inputs["spec"]

    assert described == {
        "role": "auto-nodes",
        "subnetSelectorTerms": [{"id": "prod-nodes-0-id"}, {"id": "prod-nodes-1-id"}],
        "securityGroupSelectorTerms": [{"id": "sg-cluster"}],
        "ephemeralStorage": {"size": "200Gi"},
        "tags": {"team": "ml", "cost": "7", "rayform:pool": "a10g"},
    }
    assert done.one(NODE_CLASS).urn in done.one(NODE_POOL).depends_on


def test_nodes_are_what_pods_are_told_they_are() -> None:
    template = of().one(NODE_POOL).inputs["spec"]["template"]

    assert template["metadata"]["labels"]["rayform/pool"] == "a10g"
    assert template["spec"] == {
        "nodeClassRef": {"group": "eks.amazonaws.com", "kind": "NodeClass", "name": "a10g"},
        "requirements": [
            {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["g5.12xlarge"]},
            {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
        ],
        "taints": [{"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"}],
        "expireAfter": "336h",
    }


def test_nodes_stay_while_pods_run_unless_asked() -> None:
    calm, busy = (of(consolidate_busy=busy).one(NODE_POOL).inputs["spec"]["disruption"] for busy in (False, True))

    assert calm == {"consolidationPolicy": "WhenEmpty", "consolidateAfter": "300s"}
    assert busy["consolidationPolicy"] == "WhenEmptyOrUnderutilized"


def test_the_most_nodes_are_told_as_what_they_have_together() -> None:
    assert of().one(NODE_POOL).inputs["spec"]["limits"] == {"cpu": str(8 * 48), "nvidia.com/gpu": str(8 * 4)}


def test_zones_and_ways_of_buying_are_requirements() -> None:
    spot = of(capacity="spot", zones=["us-east-1b"])
    wanted = {
        one["key"]: one["values"] for one in spot.one(NODE_POOL).inputs["spec"]["template"]["spec"]["requirements"]
    }

    assert wanted["karpenter.sh/capacity-type"] == ["spot"]
    assert wanted["topology.kubernetes.io/zone"] == ["us-east-1b"]
    assert spot.one(NODE_CLASS).inputs["spec"]["subnetSelectorTerms"] == [{"id": "prod-nodes-1-id"}]


def test_a_reservation_is_drawn_on() -> None:
    done = of(capacity="reserved", reservation_id="cr-1")

    assert done.one(NODE_CLASS).inputs["spec"]["capacityReservationSelectorTerms"] == [{"id": "cr-1"}]


def test_a_pool_has_the_same_face_as_any_other() -> None:
    kept: list[AutoModePool] = []
    made(lambda: kept.append(AutoModePool("a10g", auto_pool(), cluster=Ground(auto_role_name="auto"))))

    assert kept[0].placement == placement("a10g", auto_pool(), ("us-east-1a", "us-east-1b"))


def test_a_node_pool_may_be_of_another_class() -> None:
    karpenter = NodeClassKind("karpenter.k8s.aws", "EC2NodeClass")

    reference = node_pool("a10g", auto_pool(), karpenter)["spec"]["template"]["spec"]["nodeClassRef"]
    assert reference == {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "a10g"}


def test_a_cluster_without_auto_mode_cannot_have_one() -> None:
    with pytest.raises(RefusedError) as error:
        made(lambda: AutoModePool("a10g", auto_pool(zones=["eu-west-1a"]), cluster=Ground()))

    assert str(error.value).splitlines() == [
        (
            "AutoModePool a10g: cluster: one without Auto Mode asked, nobody would launch nodes; "
            "set auto_mode=True on it"
        ),
        (
            "AutoModePool a10g: zones[0]: eu-west-1a asked, the network is in us-east-1a, us-east-1b; "
            "choose one of these"
        ),
    ]


def test_a_cluster_with_auto_mode_has_all_that_it_needs() -> None:
    done = made(lambda: cluster(auto_mode=True))
    plane = done.one("aws:eks/cluster:Cluster").inputs

    assert plane["computeConfig"] == {"enabled": True}
    assert plane["storageConfig"] == {"blockStorage": {"enabled": True}}
    assert plane["kubernetesNetworkConfig"]["elasticLoadBalancing"] == {"enabled": True}
    (trust,) = json.loads(done.one("aws:iam/role:Role", "prod-control-plane").inputs["assumeRolePolicy"])["Statement"]
    assert trust["Action"] == ["sts:AssumeRole", "sts:TagSession"]
    entry = done.one(ENTRY, "prod-auto-nodes")
    assert entry.inputs["type"] == "EC2"
    assert done.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "prod-control-plane-AmazonEKSComputePolicy")


def test_a_cluster_without_says_nothing_of_it() -> None:
    done = made(cluster)

    assert "computeConfig" not in done.one("aws:eks/cluster:Cluster").inputs
    assert "prod-auto-nodes" not in {one.name for one in done.all(ENTRY)}
