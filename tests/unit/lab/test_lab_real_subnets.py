"""The addresses between host and lab belong to nobody else."""

import json

import pytest
from rayform.lab import LabError
from rayform.lab.controlplane import SERVICE_CIDR
from rayform.lab.nodes.real.subnets import POD_CIDR, choose


def routes(*destinations: str) -> str:
    return json.dumps([{"dst": destination} for destination in destinations])


def test_an_idle_host_gives_the_first_subnet() -> None:
    assert str(choose("")) == "10.213.0.0/30"


def test_the_default_route_is_no_hindrance() -> None:
    assert str(choose(routes("default"))) == "10.213.0.0/30"


def test_other_labs_are_passed_over() -> None:
    assert str(choose(routes("10.213.0.0/30", "10.213.0.4/30", "10.213.0.9"))) == "10.213.0.12/30"


def test_a_host_that_routes_all_of_a_range_gets_addresses_of_another() -> None:
    assert str(choose(routes("10.0.0.0/8"))) == "172.29.0.0/30"


@pytest.mark.parametrize("inner", [SERVICE_CIDR, POD_CIDR])
def test_pods_and_services_keep_their_addresses(inner: str) -> None:
    assert not choose("").overlaps(type(choose(""))(inner))


def test_a_host_that_routes_everything_is_refused() -> None:
    with pytest.raises(LabError) as caught:
        choose(routes("0.0.0.0/1", "128.0.0.0/1"))

    assert str(caught.value) == (
        "network: the host has routes to every address in"
        " 10.213.0.0/16, 172.29.0.0/16, 192.168.213.0/24, 198.18.0.0/15;"
        " end labs that are not needed ('rayform lab down'), or use simulated nodes"
    )
