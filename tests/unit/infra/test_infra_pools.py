"""Pools, described: what they offer to pods."""

from pool_specs import auto_pool, gpu_pool, pool
from rayform.fit.resources import Resources
from rayform.infra import Taint
from rayform.infra.pools import GPU_TAINT, node, placement


def test_a_pool_says_what_pods_need_to_meet_it() -> None:
    met = placement("a10g", gpu_pool(taints=[Taint(key="team", value="ml")], min_nodes=1))

    assert (met.name, met.node_type, met.architecture) == ("a10g", "g5.12xlarge", "x86_64")
    assert (met.allocatable.gpus, met.gpu_resource, met.gpu_model) == (4, "nvidia.com/gpu", "A10G")
    assert met.labels == {
        "rayform/pool": "a10g",
        "rayform/gpu-model": "a10g",
        "rayform/gpu-count": "4",
        "rayform/gpu-memory-mib": "22888",
    }
    assert met.taints == (GPU_TAINT, Taint(key="team", value="ml"))
    assert (met.nvme, met.fleeting, met.min_nodes, met.max_nodes) == (True, None, 1, 8)
    assert met.allocatable.cpu_millis == 47520


def test_nodes_without_gpus_have_no_taint_of_their_own() -> None:
    met = placement("system", pool())

    assert (met.allocatable.gpus, met.taints, met.labels, met.gpu_model) == (0, (), {"rayform/pool": "system"}, None)


def test_slices_count_as_gpus_of_which_a_pod_gets_one() -> None:
    met = placement("shared", gpu_pool(time_slices=4))

    assert (met.allocatable.gpus, met.shared_in_turns) == (16, True)


def test_parts_count_as_gpus() -> None:
    met = placement("cut", gpu_pool("p4d.24xlarge", ami="bottlerocket", mig_profile="1g.5gb"))

    assert (met.allocatable.gpus, met.shared_in_turns) == (56, False)


def test_a_pool_offers_what_the_least_of_its_types_gives() -> None:
    one, other = (node(gpu_pool(types)) for types in ("g5.12xlarge", "g5.24xlarge"))
    both = node(gpu_pool("g5.24xlarge g5.12xlarge"))

    assert both.allocatable.memory_bytes == one.allocatable.memory_bytes < other.allocatable.memory_bytes
    # The larger reservation is written into the configuration of all.
    assert both.reserved.cpu_millis == other.reserved.cpu_millis
    assert both.type_name == "g5.24xlarge"


def test_interfaces_for_efa_are_offered_where_asked() -> None:
    efa = placement("efa", gpu_pool("p5.48xlarge", efa=True, zones=["us-east-1a"]))

    assert efa.allocatable.efa == 32
    assert placement("none", gpu_pool("p5.48xlarge")).allocatable.efa == 0


def test_files_of_pods_are_on_the_root_volume_where_nvme_is_declined() -> None:
    with_nvme, without = placement("a", gpu_pool()), placement("b", gpu_pool(nvme=False))

    assert (with_nvme.nvme, without.nvme) == (True, False)
    assert without.allocatable.ephemeral_bytes < with_nvme.allocatable.ephemeral_bytes


def test_auto_mode_uses_disks_that_hold_more_than_the_volume_asked() -> None:
    small, large = (placement("a", auto_pool("g5.xlarge", ephemeral_gib=gib)) for gib in (200, 500))

    assert (small.nvme, large.nvme) == (True, False)
    assert small.allocatable.ephemeral_bytes < large.allocatable.ephemeral_bytes


def test_nodes_of_auto_mode_run_no_daemons_of_ours() -> None:
    managed, auto = placement("a", gpu_pool()).allocatable, placement("b", auto_pool()).allocatable

    assert (auto - managed).cpu_millis == 190 + 100
    assert isinstance(auto, Resources)


def test_spot_nodes_may_go_at_any_time() -> None:
    assert placement("spot", pool(capacity="spot")).fleeting == (
        "AWS takes spot nodes of pool spot away with two minutes' notice"
    )


def test_nodes_of_a_capacity_block_go_with_it() -> None:
    block = gpu_pool("p5.48xlarge", capacity="capacity_block", reservation_id="cr-1", zones=["us-east-1a"])
    assert placement("block", block).fleeting == (
        "AWS ends nodes of pool block half an hour before their capacity block does"
    )


def test_nodes_of_auto_mode_go_when_they_are_old_or_where_it_is_told_to_empty_them() -> None:
    assert placement("auto", auto_pool(expire_after_hours=24)).fleeting == (
        "EKS Auto Mode replaces nodes of pool auto after 24 hours"
    )
    assert placement("auto", auto_pool(consolidate_busy=True)).fleeting == (
        "EKS Auto Mode empties nodes of pool auto when their pods fit elsewhere"
    )
