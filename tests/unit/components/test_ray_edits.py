from copy import deepcopy
from typing import Any

import pytest
from rayform.components.ray.edits import Edit, Effect, edits


def pod(image: str = "ray:1", gpus: str | None = None) -> dict[str, Any]:
    limits = {"nvidia.com/gpu": gpus} if gpus else {}
    return {"spec": {"containers": [{"name": "ray", "image": image, "resources": {"limits": limits}}]}}


def group(name: str = "gpu", **fields: Any) -> dict[str, Any]:
    return {"groupName": name, "replicas": 2, "minReplicas": 1, "maxReplicas": 4, "template": pod(gpus="4"), **fields}


def cluster(**fields: Any) -> dict[str, Any]:
    spec = {"headGroupSpec": {"template": pod()}, "workerGroupSpecs": [group()], **fields}
    return {"apiVersion": "ray.io/v1", "kind": "RayCluster", "metadata": {"name": "train"}, "spec": spec}


def service(**fields: Any) -> dict[str, Any]:
    spec = {"serveConfigV2": "applications: []", "rayClusterConfig": cluster()["spec"], **fields}
    return {"apiVersion": "ray.io/v1", "kind": "RayService", "metadata": {"name": "llm"}, "spec": spec}


def other(kind: str, **fields: Any) -> dict[str, Any]:
    return {"apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": "x"}, "spec": fields}


def only(old: dict[str, Any], new: dict[str, Any]) -> Edit:
    found = edits(old, new)
    assert len(found) == 1, [str(edit) for edit in found]
    return found[0]


def test_nothing_changed_does_nothing() -> None:
    assert edits(cluster(), cluster()) == ()


def test_a_status_is_no_edit() -> None:
    assert edits(cluster(), {**cluster(), "status": {"state": "ready"}}) == ()


def test_more_workers_are_live() -> None:
    edit = only(cluster(), cluster(workerGroupSpecs=[group(replicas=3)]))
    assert str(edit) == "spec.workerGroupSpecs[gpu].replicas: applied live; workers are added or removed"


def test_an_image_reaches_new_pods_only() -> None:
    edit = only(cluster(), cluster(workerGroupSpecs=[group(template=pod("ray:2", "4"))]))
    assert str(edit) == (
        "spec.workerGroupSpecs[gpu].template.spec.containers[ray].image: only to new pods; "
        "running pods keep the old one; set upgradeStrategy.type to Recreate, or delete the pods, for all to have it"
    )


def test_an_image_recreates_all_pods_under_recreate() -> None:
    old = cluster(upgradeStrategy={"type": "Recreate"})
    new = cluster(upgradeStrategy={"type": "Recreate"}, headGroupSpec={"template": pod("ray:2")})
    edit = only(old, new)
    assert (edit.effect, edit.why) == (
        Effect.RECREATES,
        "upgradeStrategy Recreate deletes all pods, the head included",
    )


def test_tolerations_recreate_nothing_even_under_recreate() -> None:
    old = cluster(upgradeStrategy={"type": "Recreate"})
    new = deepcopy(old)
    new["spec"]["headGroupSpec"]["template"]["spec"]["tolerations"] = [{"key": "gpu"}]
    assert only(old, new).effect is Effect.NEW_PODS


def test_a_removed_group_is_refused_with_the_way_out() -> None:
    edit = only(cluster(workerGroupSpecs=[group(), group("cpu")]), cluster())
    assert str(edit) == (
        "spec.workerGroupSpecs[cpu]: refused; its pods would go on running, with no one to end them (#1739); scale the "
        "group to 0 first and remove it then, or set upgradeStrategy.type to Recreate for this change"
    )


def test_a_removed_group_recreates_under_recreate() -> None:
    strategy = {"type": "Recreate"}
    old = cluster(upgradeStrategy=strategy, workerGroupSpecs=[group(), group("cpu")])
    assert only(old, cluster(upgradeStrategy=strategy)).effect is Effect.RECREATES


def test_an_added_group_is_live() -> None:
    edit = only(cluster(), cluster(workerGroupSpecs=[group(), group("cpu")]))
    assert (edit.path, edit.effect) == ("spec.workerGroupSpecs[cpu]", Effect.LIVE)


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({"suspend": True}, Effect.LIVE),
        ({"networkPolicy": {"mode": "DenyAll"}}, Effect.LIVE),
        ({"headServiceAnnotations": {"a": "b"}}, Effect.IGNORED),
        ({"headGroupSpec": {"template": pod(), "serviceType": "NodePort"}}, Effect.IGNORED),
        ({"headGroupSpec": {"template": pod(), "enableIngress": True}}, Effect.LIVE),
        ({"gcsFaultToleranceOptions": {"backend": "rocksdb"}}, Effect.NEW_PODS),
        ({"upgradeStrategy": {"type": "Recreate"}}, Effect.LIVE),
        ({"managedBy": "kueue.x-k8s.io/multikueue"}, Effect.REFUSED),
    ],
)
def test_each_field_of_a_cluster_has_its_effect(fields: dict[str, Any], effect: Effect) -> None:
    assert only(cluster(), cluster(**fields)).effect is effect


def test_a_changed_backend_is_refused() -> None:
    old = cluster(gcsFaultToleranceOptions={"backend": "redis"})
    edit = only(old, cluster(gcsFaultToleranceOptions={"backend": "rocksdb"}))
    assert edit.effect is Effect.REFUSED
    assert edit.why == "the backend is immutable once set; delete the cluster and create it anew"


def test_a_serve_config_is_taken_within_the_cluster() -> None:
    assert only(service(), service(serveConfigV2="applications: [a]")).effect is Effect.LIVE


def test_a_service_with_another_image_doubles_its_gpus() -> None:
    new = service()
    new["spec"]["rayClusterConfig"] = cluster(headGroupSpec={"template": pod("ray:2")})["spec"]
    edit = only(service(), new)
    assert edit.effect is Effect.SECOND_CLUSTER
    assert edit.why == "a second cluster starts beside the first and replaces it when it serves: 8 more GPUs until then"


def test_bounds_of_a_service_are_ignored() -> None:
    new = service(rayClusterConfig=cluster(workerGroupSpecs=[group(maxReplicas=9)])["spec"])
    edit = only(service(), new)
    assert edit.effect is Effect.IGNORED
    assert edit.why == "a service never passes it on to its running cluster (#2331); change the RayCluster too"


def test_a_service_that_takes_no_change_says_so() -> None:
    strategy = {"type": "None"}
    new = service(upgradeStrategy=strategy)
    new["spec"]["rayClusterConfig"] = cluster(headGroupSpec={"template": pod("ray:2")})["spec"]
    edit = only(service(upgradeStrategy=strategy), new)
    assert edit.why == "upgradeStrategy None takes no change; set NewCluster to have it"


def test_a_group_appended_to_a_service_is_live() -> None:
    new = service(rayClusterConfig=cluster(workerGroupSpecs=[group(), group("cpu")])["spec"])
    assert only(service(), new).effect is Effect.LIVE


@pytest.mark.parametrize(
    ("kind", "field", "effect"),
    [
        ("RayJob", "entrypoint", Effect.IGNORED),
        ("RayJob", "suspend", Effect.LIVE),
        ("RayJob", "ttlSecondsAfterFinished", Effect.LIVE),
        ("RayCronJob", "schedule", Effect.LIVE),
        ("RayCronJob", "jobTemplate", Effect.NEW_PODS),
        ("Pod", "nodeName", Effect.REFUSED),
    ],
)
def test_each_field_of_a_job_has_its_effect(kind: str, field: str, effect: Effect) -> None:
    assert only(other(kind, **{field: "a"}), other(kind, **{field: "b"})).effect is effect


def test_another_name_is_another_object() -> None:
    edit = only(cluster(), {**cluster(), "metadata": {"name": "other"}})
    assert str(edit) == ("metadata.name: refused; that is another object; create the new one and delete the old one")


def test_the_worst_edit_stands_last() -> None:
    new = cluster(managedBy="ray.io/kuberay-operator", workerGroupSpecs=[group(replicas=3)])
    assert [edit.effect for edit in edits(cluster(), new)] == [Effect.LIVE, Effect.REFUSED]
