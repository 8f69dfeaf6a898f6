"""The network as AWS gets it."""

import json
from typing import Any

import pulumi
import pytest
from ground import made, network
from rayform.infra import Network, NetworkSpec, RefusedError
from rayform.infra.network_spec import ENDPOINTS

ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones"
OFFERINGS = "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings"


def test_each_zone_has_a_public_and_a_private_subnet_and_a_way_out() -> None:
    done = made(network)

    subnets = {one.name: one.inputs for one in done.all("aws:ec2/subnet:Subnet")}
    assert sorted(subnets) == ["prod-private-0", "prod-private-1", "prod-public-0", "prod-public-1"]
    assert subnets["prod-private-1"]["availabilityZone"] == "us-east-1b"
    assert subnets["prod-public-0"]["tags"] == {"Name": "prod-public-0", "kubernetes.io/role/elb": "1"}
    assert subnets["prod-private-0"]["tags"]["kubernetes.io/role/internal-elb"] == "1"
    assert not any(one["mapPublicIpOnLaunch"] for one in subnets.values())
    assert len(done.all("aws:ec2/natGateway:NatGateway")) == 2


def test_nobody_is_asked_where_zones_are_named() -> None:
    assert made(network).lookups == ()


@pytest.mark.parametrize(("nat", "gateways", "ways"), [("per_zone", 2, 2), ("single", 1, 2)])
def test_one_gateway_serves_one_zone_or_all(nat: str, gateways: int, ways: int) -> None:
    done = made(lambda: network(nat=nat))

    assert len(done.all("aws:ec2/natGateway:NatGateway")) == gateways
    out = [one for one in done.all("aws:ec2/route:Route") if "natGatewayId" in one.inputs]
    assert len(out) == ways


def test_without_nat_there_is_no_way_out_but_endpoints() -> None:
    services = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts"]
    done = made(lambda: network(nat="none", endpoints=services))

    assert not [one for one in done.all("aws:ec2/route:Route") if "natGatewayId" in one.inputs]
    endpoints = {one.inputs["serviceName"]: one.inputs for one in done.all("aws:ec2/vpcEndpoint:VpcEndpoint")}
    assert sorted(endpoints) == sorted(f"com.amazonaws.us-east-1.{service}" for service in ["s3", *services])
    assert endpoints["com.amazonaws.us-east-1.s3"]["vpcEndpointType"] == "Gateway"
    assert endpoints["com.amazonaws.us-east-1.sts"]["privateDnsEnabled"] is True


def test_endpoints_are_open_to_the_network_alone() -> None:
    done = made(lambda: network(endpoints=["sts"], pod_cidr="100.64.0.0/16"))

    rules = [one.inputs for one in done.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")]
    assert [(rule["cidrIpv4"], rule["fromPort"], rule["toPort"]) for rule in rules] == [
        ("10.20.0.0/16", 443, 443),
        ("100.64.0.0/16", 443, 443),
    ]


def test_nodes_have_subnets_of_their_own_in_a_block_for_pods() -> None:
    done = made(lambda: network(pod_cidr="100.64.0.0/16"))

    assert done.one(name="prod-pods").inputs["cidrBlock"] == "100.64.0.0/16"
    blocks = [one.inputs["cidrBlock"] for one in done.all("aws:ec2/subnet:Subnet") if "nodes" in one.name]
    assert blocks == ["100.64.0.0/17", "100.64.128.0/17"]


def test_the_default_group_lets_nothing_through() -> None:
    closed = made(network).one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs

    assert (closed["ingress"], closed["egress"]) == ([], [])


def test_flow_logs_are_written_by_a_role_that_can_do_nothing_else() -> None:
    done = made(network)

    assert done.one("aws:ec2/flowLog:FlowLog").inputs["trafficType"] == "ALL"
    assert done.one("aws:cloudwatch/logGroup:LogGroup").inputs["retentionInDays"] == 90
    (allowed,) = json.loads(done.one("aws:iam/rolePolicy:RolePolicy").inputs["policy"])["Statement"]
    group = "arn:aws:logs:us-east-1:123456789012:log-group:x"
    assert allowed["Resource"] == [group, f"{group}:*"]
    assert allowed["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]


def test_flow_logs_can_be_left_out() -> None:
    assert made(lambda: network(flow_logs=False)).all("aws:ec2/flowLog:FlowLog") == ()


def test_tags_are_on_all_that_takes_tags() -> None:
    done = made(lambda: network(tags={"team": "ml"}, endpoints=["sts"]))

    untagged = {one.type for one in done.resources if one.custom and one.inputs.get("tags", {}).get("team") != "ml"}
    assert untagged == {
        "aws:ec2/route:Route",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "aws:iam/rolePolicy:RolePolicy",
    }


def asked(zones: list[str], offered: list[str]) -> dict[str, Any]:
    return {ZONES: {"names": zones, "id": "zones"}, OFFERINGS: {"locations": offered, "id": "offered"}}


def test_a_number_of_zones_takes_the_first_that_offer_the_types() -> None:
    lookups = asked(["us-east-1a", "us-east-1b", "us-east-1c"], ["us-east-1c", "us-east-1b", "us-east-1f"])
    done = made(lambda: network(zones=2, for_types=["p5.48xlarge"]), lookups=lookups)

    zones = {one.inputs["availabilityZone"] for one in done.all("aws:ec2/subnet:Subnet")}
    assert zones == {"us-east-1b", "us-east-1c"}


def test_too_few_zones_end_the_program_with_the_reason() -> None:
    lookups = asked(["us-east-1a", "us-east-1b"], ["us-east-1b"])

    with pytest.raises(pulumi.RunError) as refused:
        made(lambda: network(zones=2, for_types=["p5.48xlarge"]), lookups=lookups)

    assert str(refused.value) == ("zones: 2 asked, the zones that offer p5.48xlarge are us-east-1b; ask for 1 or fewer")


def test_named_zones_that_do_not_offer_a_type_end_the_program_with_those_that_do() -> None:
    lookups = asked([], ["us-east-1b", "us-east-1c"])

    with pytest.raises(pulumi.RunError) as refused:
        made(lambda: network(for_types=["p5.48xlarge"]), lookups=lookups)

    assert str(refused.value) == (
        "zones: us-east-1a asked, the zones that offer p5.48xlarge are us-east-1b, us-east-1c; choose among these"
    )


def test_zones_of_another_region_than_the_provider_s_are_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        made(lambda: network(zones=["us-east-1a"]), config={"aws:region": "eu-west-1"})

    assert str(refused.value) == (
        "Network prod: zones[0]: us-east-1a asked, the AWS provider's region is eu-west-1; "
        "name its zones, or set aws:region"
    )


def test_an_impossible_network_is_refused_with_every_reason() -> None:
    spec = NetworkSpec(
        cidr="10.0.0.0/8", zones=["us-east-1a"] * 2, for_types=["p5.48xlarg"], endpoints=["s4"], nat="none"
    )

    with pytest.raises(RefusedError) as refused:
        Network("prod", spec)

    needed = "ec2, ecr.api, ecr.dkr, eks, eks-auth, sts"
    known = ", ".join(ENDPOINTS)
    assert [str(refusal) for refusal in refused.value.refusals] == [
        "zones[1]: us-east-1a asked twice, once is enough; remove it",
        (
            "for_types[0]: p5.48xlarg asked, no such type is known, "
            "near it are p5.48xlarge, p5e.48xlarge, p5.4xlarge; choose another"
        ),
        "cidr: 10.0.0.0/8 asked, a VPC takes blocks of /16 to /28; write one of /16",
        f"endpoints[0]: s4 asked, known are {known}; choose one of these",
        f"nat: none asked, without NAT nodes need the endpoints {needed}; add {needed} to endpoints",
    ]


def test_a_network_of_no_zone_is_refused() -> None:
    with pytest.raises(RefusedError, match="zones: none asked, a network needs at least one; name two or more"):
        Network("prod", NetworkSpec(zones=[]))
