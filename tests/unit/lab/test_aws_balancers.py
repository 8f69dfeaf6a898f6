"""Load balancers of Services and Ingresses: there while these are, and before anything that they stand on goes."""

from dataclasses import replace
from typing import Any

import pytest
from aws_ground import Ground
from aws_room import Cloud
from rayform.lab.aws.fleet import Door

SERVICE = Door("Service", "ray", "head", "uid-1", held=False)


@pytest.fixture
def ground() -> Ground:
    made = Ground(Cloud())
    made.ready()
    made.cloud.fleet.exposed.append(SERVICE)
    made.cloud.pass_time(300)
    return made


def balancers(ground: Ground) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ground.cloud.client("elbv2").describe_load_balancers()["LoadBalancers"]
    return found


def interfaces(ground: Ground) -> list[str]:
    found = ground.ec2.describe_network_interfaces()["NetworkInterfaces"]
    return sorted(each["Description"] for each in found if each["Description"].startswith("ELB"))


def test_a_service_has_a_balancer_with_an_interface_in_each_subnet(ground: Ground) -> None:
    (made,) = balancers(ground)

    assert ground.cloud.fleet.reached == {"head": made["DNSName"]}
    assert interfaces(ground) == [f"ELB net/{made['LoadBalancerName']}"] * 2
    ground.cloud.pass_time(300)
    assert len(balancers(ground)) == 1


def test_a_service_that_is_to_go_is_held_until_its_balancer_has_gone(ground: Ground) -> None:
    ground.cloud.fleet.exposed[:] = [replace(SERVICE, wanted=False, held=True)]
    ground.cloud.pass_time(200)
    assert (len(balancers(ground)), len(ground.cloud.fleet.exposed)) == (1, 1)
    ground.cloud.pass_time(200)

    assert (balancers(ground), ground.cloud.fleet.exposed, interfaces(ground)) == ([], [], [])
    told = [each for each in ground.cloud.control("GET", "journal")[1] if "LoadBalancer" in each["call"]]
    assert told == [{"call": f"elbv2.{does}LoadBalancer", "name": "ray/head"} for does in ("Create", "Delete")]


def test_a_balancer_of_what_went_by_itself_goes_too(ground: Ground) -> None:
    ground.cloud.fleet.exposed.clear()
    for _ in range(2):
        ground.cloud.pass_time(200)

    assert (balancers(ground), interfaces(ground)) == ([], [])


def test_a_cluster_that_goes_first_leaves_balancers_behind_and_no_subnet_goes(ground: Ground) -> None:
    ground.eks.delete_cluster(name="c")
    ground.cloud.pass_time(600)

    assert (len(balancers(ground)), len(interfaces(ground))) == (1, 2)
    reason = f"The subnet '{ground.subnets[0]}' has dependencies and cannot be deleted."
    assert ground.cloud.said(ground.ec2.delete_subnet, SubnetId=ground.subnets[0]) == f"DependencyViolation: {reason}"
