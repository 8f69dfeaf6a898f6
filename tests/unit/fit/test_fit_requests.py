"""What a pod asks of a node, added up as the scheduler does."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rayform.fit.requests import pod_requests
from rayform.fit.resources import GIB, Resources
from rayform.spec.quantity import QuantityError, millis, units

GPU = "nvidia.com/gpu"


def container(**requests: str) -> dict[str, Any]:
    return {"resources": {"requests": {key.replace("_", "-"): value for key, value in requests.items()}}}


def test_containers_are_added_up() -> None:
    pod = {"containers": [container(cpu="1500m", memory="2Gi"), container(cpu="0.5", ephemeral_storage="1Gi")]}

    assert pod_requests(pod, GPU) == Resources(cpu_millis=2000, memory_bytes=2 * GIB, ephemeral_bytes=GIB, pods=1)


def test_limits_stand_where_requests_are_not_written() -> None:
    limited = {"resources": {"limits": {GPU: "2", "cpu": "4", "vpc.amazonaws.com/efa": 1}, "requests": {"cpu": "1"}}}

    assert pod_requests({"containers": [limited]}, GPU) == Resources(cpu_millis=1000, gpus=2, efa=1, pods=1)


def test_an_init_container_counts_where_it_asks_for_more() -> None:
    pod = {"containers": [container(cpu="1", memory="4Gi")], "initContainers": [container(cpu="3", memory="1Gi")]}

    assert pod_requests(pod, GPU) == Resources(cpu_millis=3000, memory_bytes=4 * GIB, pods=1)


def test_sidecars_count_beside_the_containers_and_later_init_containers() -> None:
    sidecar = {**container(cpu="1"), "restartPolicy": "Always"}
    pod = {"containers": [container(cpu="1")], "initContainers": [sidecar, container(cpu="4")]}

    assert pod_requests(pod, GPU).cpu_millis == 5000


def test_amounts_of_the_whole_pod_and_its_overhead_count() -> None:
    pod = {"containers": [container(cpu="1")], "resources": {"requests": {"cpu": "6"}}, "overhead": {"memory": "1Gi"}}

    assert pod_requests(pod, GPU) == Resources(cpu_millis=6000, memory_bytes=GIB, pods=1)


def test_memory_of_the_whole_pod_stands_alone() -> None:
    pod = {"containers": [container(cpu="1", memory="1Gi")], "resources": {"requests": {"memory": "2Gi"}}}

    assert pod_requests(pod, GPU) == Resources(cpu_millis=1000, memory_bytes=2 * GIB, pods=1)


def test_a_pod_that_asks_for_nothing_is_a_pod_still() -> None:
    assert pod_requests({"containers": [{}]}, GPU) == Resources(pods=1)


@pytest.mark.parametrize(
    ("quantity", "thousandths", "whole"),
    [
        ("1", 1000, 1),
        ("1500m", 1500, 2),
        ("0.1m", 1, 1),
        ("1Ki", 1_024_000, 1024),
        ("2e3", 2_000_000, 2000),
        (3, 3000, 3),
    ],
)
def test_quantities_are_rounded_up(quantity: object, thousandths: int, whole: int) -> None:
    assert (millis(quantity), units(quantity)) == (thousandths, whole)


@given(st.integers(0, 10**12))
def test_whole_quantities_are_themselves(number: int) -> None:
    assert units(str(number)) == number == units(Decimal(number))


@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        ("", "''"),
        ("1.2.3", "'1.2.3'"),
        ("16 Gi", "'16 Gi'"),
        ("Gi", "'Gi'"),
        (True, "True"),
        (None, "a value of type NoneType"),
    ],
)
def test_what_is_no_quantity_is_refused(wrong: object, shown: str) -> None:
    with pytest.raises(QuantityError) as refused:
        units(wrong)

    assert str(refused.value) == (
        f"{shown} asked, it is no Kubernetes quantity; write a number and a unit: 500m, 4, 16Gi"
    )
