"""Pools as AWS gets them."""

import tomllib
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from ground import Ground, cluster, made
from pool_specs import gpu_pool, pool
from rayform.infra import GpuNodePool, NodePool, RefusedError
from rayform.infra.pools import placement
from rayform.lab.testing import Recorded

GROUP, TEMPLATE = "aws:eks/nodeGroup:NodeGroup", "aws:ec2/launchTemplate:LaunchTemplate"


def of(spec: Any, name: str = "a10g") -> Recorded:
    return made(lambda: GpuNodePool(name, spec, cluster=Ground()))


def told(done: Recorded) -> str:
    return b64decode(done.one(TEMPLATE).inputs["userData"]).decode()


def test_a_pool_is_a_node_group_with_the_image_of_its_gpus() -> None:
    group = of(gpu_pool(min_nodes=1)).one(GROUP)

    assert group.inputs["amiType"] == "AL2023_x86_64_NVIDIA"
    assert group.inputs["scalingConfig"] == {"minSize": 1, "maxSize": 8, "desiredSize": 1}
    assert group.inputs["taints"] == [{"key": "nvidia.com/gpu", "value": "true", "effect": "NO_SCHEDULE"}]
    assert group.inputs["labels"]["rayform/pool"] == "a10g"
    assert (group.inputs["capacityType"], group.inputs["version"]) == ("ON_DEMAND", "1.34")
    assert group.inputs["nodeRepairConfig"] == {"enabled": True}
    assert group.options.ignore_changes == ("scalingConfig.desiredSize",)
    assert group.options.hooks == {"before_update": ("rayform:pool-size:a10g",)}


def test_pods_of_a_pool_do_not_reach_the_credentials_of_its_nodes() -> None:
    assert of(gpu_pool()).one(TEMPLATE).inputs["metadataOptions"] == {
        "httpEndpoint": "enabled",
        "httpTokens": "required",
        "httpPutResponseHopLimit": 1,
    }


def test_volumes_are_encrypted_and_go_with_the_node() -> None:
    (volume,) = of(gpu_pool()).one(TEMPLATE).inputs["blockDeviceMappings"]

    assert volume["deviceName"] == "/dev/xvda"
    assert volume["ebs"] == {
        "volumeType": "gp3",
        "volumeSize": 200,
        "throughput": 500,
        "iops": 4000,
        "encrypted": "true",
        "deleteOnTermination": "true",
    }


def test_tags_reach_instances_and_volumes() -> None:
    launched = of(gpu_pool(tags={"cost": "7"})).one(TEMPLATE).inputs["tagSpecifications"]

    assert [one["resourceType"] for one in launched] == ["instance", "volume", "network-interface"]
    assert launched[0]["tags"] == {"team": "ml", "cost": "7", "rayform:pool": "a10g", "Name": "a10g"}


def test_nodes_are_told_what_the_arithmetic_counts_with() -> None:
    config = yaml.safe_load(told(of(gpu_pool())).split("application/node.eks.aws\n\n")[1].split("\n--RAYFORM--")[0])

    assert config["kind"] == "NodeConfig"
    kubelet = config["spec"]["kubelet"]["config"]
    assert kubelet["maxPods"] == 250
    assert kubelet["kubeReserved"] == {"cpu": "190m", "memory": "3005Mi", "ephemeral-storage": "1Gi"}
    assert kubelet["evictionHard"]["memory.available"] == "100Mi"
    assert config["spec"]["instance"] == {"localStorage": {"strategy": "RAID0"}}


def test_bottlerocket_is_told_the_same_in_its_own_words() -> None:
    done = of(gpu_pool("p4d.24xlarge", ami="bottlerocket", mig_profile="1g.5gb"))
    settings = tomllib.loads(told(done))["settings"]

    assert settings["kubernetes"]["max-pods"] == 250
    assert settings["kubernetes"]["kube-reserved"]["memory"] == "3005Mi"
    assert settings["bootstrap-commands"]["ephemeral-storage"]["essential"] is True
    plugin = settings["kubelet-device-plugins"]["nvidia"]
    assert plugin == {"device-partitioning-strategy": "mig", "mig": {"profile": {"a100.40gb": "1g.5gb"}}}
    assert done.one(TEMPLATE).inputs["blockDeviceMappings"][0]["deviceName"] == "/dev/xvdb"


def test_bottlerocket_shares_gpus_in_turns_by_itself() -> None:
    settings = tomllib.loads(told(of(gpu_pool(ami="bottlerocket", time_slices=4, nvme=False))))["settings"]

    assert settings["kubelet-device-plugins"]["nvidia"] == {
        "device-sharing-strategy": "time-slicing",
        "time-slicing": {"replicas": 4, "fail-requests-greater-than-one": True},
    }
    assert "bootstrap-commands" not in settings


def test_interfaces_for_efa_are_close_together_in_one_zone_among_themselves() -> None:
    done = of(gpu_pool("p5.48xlarge", efa=True, zones=["us-east-1a"]), "h100")

    template = done.one(TEMPLATE).inputs
    assert len(template["networkInterfaces"]) == 32
    assert [one["interfaceType"] for one in template["networkInterfaces"][:2]] == ["efa", "efa-only"]
    assert template["networkInterfaces"][1]["securityGroups"] == ["sg-cluster", "h100-efa-id"]
    assert "vpcSecurityGroupIds" not in template
    assert done.one("aws:ec2/placementGroup:PlacementGroup").inputs["strategy"] == "cluster"
    assert done.one(GROUP).inputs["subnetIds"] == ["prod-nodes-0-id"]
    rule = done.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs
    assert (rule["securityGroupId"], rule["referencedSecurityGroupId"]) == ("h100-efa-id", "h100-efa-id")


def test_a_card_without_efa_comes_before_those_with() -> None:
    done = of(gpu_pool("p6-b300.48xlarge", efa=True, zones=["us-east-1a"]), "b300")

    interfaces = done.one(TEMPLATE).inputs["networkInterfaces"]
    assert [one.get("interfaceType") for one in interfaces] == [None] + ["efa-only"] * 16


def test_a_capacity_block_is_asked_for_in_both_places() -> None:
    block = {"capacity": "capacity_block", "reservation_id": "cr-1", "zones": ["us-east-1b"]}
    done = of(gpu_pool("p5.48xlarge", efa=True, **block))

    template, group = done.one(TEMPLATE).inputs, done.one(GROUP).inputs
    assert template["instanceMarketOptions"] == {"marketType": "capacity-block"}
    assert template["instanceType"] == "p5.48xlarge"
    assert (group["capacityType"], group.get("instanceTypes")) == ("CAPACITY_BLOCK", None)
    assert done.all("aws:ec2/placementGroup:PlacementGroup") == ()


def test_a_reservation_is_the_target_of_on_demand_nodes() -> None:
    done = of(gpu_pool(capacity="reserved", reservation_id="cr-1", zones=["us-east-1a"]))

    target = {"capacityReservationTarget": {"capacityReservationId": "cr-1"}}
    assert done.one(TEMPLATE).inputs["capacityReservationSpecification"] == target
    assert done.one(GROUP).inputs["capacityType"] == "ON_DEMAND"


def test_the_autoscaler_knows_what_a_node_has_while_there_is_none() -> None:
    tags = {
        one.inputs["tag"]["key"].rpartition("resources/")[2]: one.inputs["tag"]["value"]
        for one in of(gpu_pool(time_slices=4)).all("aws:autoscaling/tag:Tag")
    }

    assert tags["nvidia.com/gpu"] == "16"
    assert set(tags) == {"nvidia.com/gpu", "ephemeral-storage"}


def test_a_pool_meets_groups_as_what_it_offers() -> None:
    kept: list[GpuNodePool] = []
    made(lambda: kept.append(GpuNodePool("a10g", gpu_pool(), cluster=Ground())))

    assert kept[0].placement == placement("a10g", gpu_pool(), ("us-east-1a", "us-east-1b"))


@pytest.mark.parametrize(
    ("program", "refused"),
    [
        (
            lambda: GpuNodePool("a10g", gpu_pool("m6i.large"), cluster=Ground()),
            (
                "GpuNodePool a10g: instance_types: m6i.large asked, it has no GPU; "
                "choose a type with GPUs, or make it a NodePool"
            ),
        ),
        (
            lambda: NodePool("cpu", pool(zones=["eu-west-1a"]), cluster=Ground()),
            "NodePool cpu: zones[0]: eu-west-1a asked, the network is in us-east-1a, us-east-1b; choose one of these",
        ),
        (
            lambda: NodePool("cpu", pool(ami_release="1.35.1-20261105"), cluster=Ground()),
            (
                "NodePool cpu: ami_release: 1.35.1-20261105 asked, a control plane of 1.34 takes kubelets of "
                "1.31 to 1.34; choose a release of 1.34, or leave it out"
            ),
        ),
        (
            lambda: NodePool("cpu", pool(ami_release="newest"), cluster=Ground()),
            (
                "NodePool cpu: ami_release: newest asked, it is no release of al2023; "
                "write one as 1.34.1-20261105, or leave it out"
            ),
        ),
        (
            lambda: NodePool("cpu", pool(max_nodes=1000), cluster=Ground()),
            (
                "NodePool cpu: pod_cidr: 100.64.0.0/16 asked, pools cpu take 64500 addresses in us-east-1a "
                "at their most, 100.64.0.0/17 has 32763; lower max_nodes of the pools, no block of a VPC is that large"
            ),
        ),
    ],
)
def test_pools_that_the_cluster_cannot_take_are_refused(program: Callable[[], object], refused: str) -> None:
    with pytest.raises(RefusedError) as error:
        made(program)

    assert str(error.value) == refused


def test_zones_that_nobody_named_cannot_be_asked_for() -> None:
    zones = {
        "aws:index/getAvailabilityZones:getAvailabilityZones": {"names": ["us-east-1a", "us-east-1b"], "id": "zones"}
    }

    with pytest.raises(RefusedError) as error:
        made(lambda: NodePool("cpu", pool(zones=["us-east-1a"]), cluster=Ground(zones=2)), lookups=zones)

    assert str(error.value) == (
        "NodePool cpu: zones[0]: us-east-1a asked, the network leaves the choice of zones to AWS; "
        "name the zones of the network"
    )


def test_the_cluster_has_what_pools_ask_of_it() -> None:
    done = made(lambda: GpuNodePool("a10g", gpu_pool(), cluster=cluster()))

    group = done.one(GROUP, "a10g-nodes")
    assert done.one("aws:eks/addon:Addon", "prod-vpc-cni").urn in group.depends_on
    assert done.one(TEMPLATE, "a10g-nodes").inputs["vpcSecurityGroupIds"] == ["sg-cluster"]
