from typing import Any

import pytest
from ray_edit_objects import cluster, group, only, pod, service
from rayform.components.ray.edits import Effect, edits

NEW_HEAD = {"headGroupSpec": {"template": pod("ray:2")}}
BESIDE = "a second cluster runs beside the first until it serves alone; "


def effects(old: dict[str, Any], new: dict[str, Any]) -> list[Effect]:
    return [edit.effect for edit in edits(old, new)]


def test_a_serve_config_is_taken_within_the_cluster() -> None:
    new = service()
    new["spec"]["serveConfigV2"] = "applications: [a]"
    assert only(service(), new).effect is Effect.LIVE


def test_a_changed_serve_service_waits_for_another_cluster() -> None:
    new = service()
    new["spec"]["serveService"] = {"spec": {"type": "NodePort"}}
    edit = only(service(), new)
    assert edit.effect is Effect.IGNORED
    assert edit.why == "the Service follows it only when the service gets another cluster"


def test_another_image_doubles_the_gpus_and_says_so_in_numbers() -> None:
    edit = only(service(), service(**NEW_HEAD))
    assert edit.effect is Effect.SECOND_CLUSTER
    assert edit.why == BESIDE + "8 GPUs more, 16 GPUs in all meanwhile"


def test_a_larger_second_cluster_is_counted_as_it_will_be() -> None:
    new = service(workerGroupSpecs=[group(replicas=9, numOfHosts=2, template=pod("ray:2", "2"))])
    assert edits(service(), new)[-1].why == BESIDE + "16 GPUs more, 24 GPUs in all meanwhile"


def test_a_cluster_that_scales_may_double_further() -> None:
    old = service(enableInTreeAutoscaling=True)
    edit = only(old, service(enableInTreeAutoscaling=True, **NEW_HEAD))
    assert edit.why == BESIDE + "8 GPUs more, 16 GPUs in all meanwhile, before the autoscaler adds any"


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({}, "no GPUs, but CPUs and memory twice meanwhile"),
        ({"nvidia.com/gpu": "no number"}, "no GPUs, but CPUs and memory twice meanwhile"),
        ({"google.com/tpu": 4, "cpu": "8"}, "8 google.com/tpu more, 16 google.com/tpu in all meanwhile"),
        (
            {"amd.com/gpu": "1", "nvidia.com/mig-1g.5gb": "2"},
            "2 GPUs and 4 nvidia.com/mig-1g.5gb more, 4 GPUs and 8 nvidia.com/mig-1g.5gb in all meanwhile",
        ),
    ],
)
def test_devices_of_every_kind_are_counted(limits: dict[str, Any], told: str) -> None:
    template = {"spec": {"containers": [{"name": "ray", "resources": {"limits": limits}}]}}
    workers = [group(template=template)]
    edit = only(service(workerGroupSpecs=workers), service(workerGroupSpecs=workers, **NEW_HEAD))
    assert edit.why == BESIDE + told


def test_an_incremental_upgrade_says_how_far_it_grows() -> None:
    strategy = {"type": "NewClusterWithIncrementalUpgrade", "clusterUpgradeOptions": {"maxSurgePercent": 50}}
    edit = only(service(strategy), service(strategy, **NEW_HEAD))
    assert edit.why == (
        "a second cluster grows beside the first until it serves alone; "
        "4 GPUs more at first, 16 GPUs in all at the most, at most 50% of its capacity at a time"
    )


def test_bounds_of_a_service_are_refused_with_the_way_out() -> None:
    edit = only(service(), service(workerGroupSpecs=[group(maxReplicas=9)]))
    assert str(edit) == (
        "spec.rayClusterConfig.workerGroupSpecs[gpu].maxReplicas: refused; a service never passes it on to its running "
        "cluster (#2331, #4568); change it together with something that makes a second one, such as an annotation of "
        "the head's pods (8 GPUs more, 16 GPUs in all meanwhile)"
    )


def test_bounds_ride_with_what_makes_a_second_cluster() -> None:
    new = service(workerGroupSpecs=[group(maxReplicas=9)], **NEW_HEAD)
    assert effects(service(), new) == [Effect.SECOND_CLUSTER] * 2


def test_bounds_ride_with_an_appended_group() -> None:
    new = service(workerGroupSpecs=[group(maxReplicas=9), group("cpu")])
    assert effects(service(), new) == [Effect.LIVE] * 2


def test_tolerations_wait_for_the_next_cluster() -> None:
    edit = only(service(), service(headGroupSpec={"template": pod(tolerations=[{"key": "gpu"}])}))
    assert edit.effect is Effect.IGNORED
    assert edit.why == ("a service never passes it on to its running cluster (#2331, #4568); the next cluster has it")


def test_a_group_is_live_only_at_the_end() -> None:
    assert effects(service(), service(workerGroupSpecs=[group(), group("cpu")])) == [Effect.LIVE]
    assert effects(service(), service(workerGroupSpecs=[group("cpu"), group()])) == [Effect.SECOND_CLUSTER]


def test_a_removed_group_makes_a_second_cluster() -> None:
    assert effects(service(workerGroupSpecs=[group(), group("cpu")]), service()) == [Effect.SECOND_CLUSTER]


def test_suspending_the_cluster_carries_everything_in_place() -> None:
    new = service(suspend=True, **NEW_HEAD)
    assert effects(service(), new) == [Effect.LIVE, Effect.NEW_PODS]


def test_a_service_that_takes_no_change_says_so() -> None:
    strategy = {"type": "None"}
    edit = only(service(strategy), service(strategy, **NEW_HEAD))
    assert edit.effect is Effect.IGNORED
    assert edit.why == "upgrade_strategy None takes no change; set NewCluster to have it"


def test_a_field_that_is_no_longer_read_is_told() -> None:
    new = service()
    new["spec"]["serviceUnhealthySecondThreshold"] = 900
    assert only(service(), new).why == "KubeRay no longer reads it; remove it"


def test_a_service_without_a_cluster_is_told_too() -> None:
    assert effects({**cluster(), "kind": "RayService"}, service())
