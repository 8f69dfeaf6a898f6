"""What nodes leave to pods."""

import pytest
from rayform.fit.resources import GIB, MIB, Resources
from rayform.infra.allocatable import (
    SYSTEM_PODS,
    allocatable,
    capacity,
    cpu_reserved_millis,
    max_pods,
    memory_reserved_mib,
    reserved,
)
from rayform.infra.instances import instance_type


@pytest.mark.parametrize(
    ("vcpus", "millis"), [(1, 60), (2, 70), (4, 80), (8, 90), (16, 110), (48, 190), (96, 310), (192, 550)]
)
def test_the_kubelet_keeps_cpu_by_bands(vcpus: int, millis: int) -> None:
    assert cpu_reserved_millis(vcpus) == millis


# From eni-max-pods.txt of the EKS AMIs.
@pytest.mark.parametrize(
    ("name", "pods"),
    [("g5.12xlarge", 737), ("m6i.large", 29), ("p5.48xlarge", 100), ("c7g.medium", 8), ("g5.xlarge", 58)],
)
def test_interfaces_bound_the_pods_of_a_node(name: str, pods: int) -> None:
    assert max_pods(instance_type(name), prefix_delegation=False) == pods


@pytest.mark.parametrize(
    ("name", "pods"), [("g5.12xlarge", 250), ("m6i.large", 110), ("c7g.medium", 98), ("m4.large", 20)]
)
def test_prefixes_raise_that_bound_on_nitro(name: str, pods: int) -> None:
    assert max_pods(instance_type(name)) == pods


def test_the_kubelet_keeps_memory_for_each_pod() -> None:
    assert memory_reserved_mib(110) == 1465


def test_a_node_reports_less_memory_than_it_is_sold_with() -> None:
    whole = capacity(instance_type("m6i.large"), root_gib=50)

    assert whole == Resources(cpu_millis=2000, memory_bytes=7577 * MIB, ephemeral_bytes=50 * GIB)


def test_graviton_keeps_a_little_more() -> None:
    whole = capacity(instance_type("m7g.large"), root_gib=50, memory_overhead_percent=0)

    assert whole.memory_bytes == (8192 - 64) * MIB


def test_what_is_left_is_capacity_without_kubelet_eviction_and_daemons() -> None:
    kind = instance_type("m6i.large")

    left = allocatable(capacity(kind, root_gib=50), reserved(kind))

    daemons_cpu = sum(pod.resources.cpu_millis for pod in SYSTEM_PODS)
    assert left.cpu_millis == 2000 - 70 - daemons_cpu
    assert left.memory_bytes == (7577 - 1465 - 100 - 150) * MIB
    assert left.pods == 110 - len(SYSTEM_PODS)
    assert left.ephemeral_bytes == 44 * GIB


def test_too_small_a_node_leaves_nothing_rather_than_less() -> None:
    kind = instance_type("t3.nano")

    assert allocatable(capacity(kind, root_gib=20), reserved(kind)).memory_bytes == 0
