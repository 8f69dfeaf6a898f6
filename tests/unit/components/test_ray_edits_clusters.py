from typing import Any

import pytest
from ray_edit_objects import cluster, group, only, pod
from rayform.components.ray.edits import Effect, edits

RECREATE = {"type": "Recreate"}
RENEWED = "upgrade_strategy Recreate deletes all pods, the head included, and what runs in them"


def test_more_workers_are_live() -> None:
    edit = only(cluster(), cluster(workerGroupSpecs=[group(replicas=3)]))
    assert str(edit) == "spec.workerGroupSpecs[gpu].replicas: applied live; workers are added or removed"


def test_an_image_reaches_new_pods_only() -> None:
    edit = only(cluster(), cluster(workerGroupSpecs=[group(template=pod("ray:2", "4"))]))
    assert str(edit) == (
        "spec.workerGroupSpecs[gpu].template.spec.containers[ray].image: only to new pods; "
        "running pods keep the old one; set upgrade_strategy.type to Recreate, or delete the pods, for all to have it"
    )


def test_a_suspended_cluster_takes_it_when_it_resumes() -> None:
    new = cluster(suspend=True, headGroupSpec={"template": pod("ray:2")})
    edit = only(cluster(suspend=True), new)
    assert (edit.effect, edit.why) == (
        Effect.NEW_PODS,
        "the cluster is suspended, and all its pods are new when it resumes",
    )


@pytest.mark.parametrize(
    ("changed", "why"),
    [(True, "every pod of the cluster is deleted"), (False, "its pods are started")],
)
def test_suspending_and_resuming_say_what_they_do(changed: bool, why: str) -> None:
    edit = only(cluster(suspend=not changed), cluster(suspend=changed))
    assert (edit.effect, edit.why) == (Effect.LIVE, why)


def recreated(**fields: Any) -> list[tuple[Effect, str]]:
    found = edits(cluster(upgradeStrategy=RECREATE), cluster(upgradeStrategy=RECREATE, **fields))
    return [(edit.effect, edit.why) for edit in found]


@pytest.mark.parametrize(
    "fields",
    [
        {"headGroupSpec": {"template": pod("ray:2")}},
        {"workerGroupSpecs": [group(idleTimeoutSeconds=60)]},
        {"workerGroupSpecs": [group(), group("cpu")]},
        {"workerGroupSpecs": []},
        {"networkPolicy": {"mode": "DenyAll"}},
    ],
)
def test_recreate_deletes_all_pods_for_any_field_it_sees(fields: dict[str, Any]) -> None:
    assert recreated(**fields) == [(Effect.RECREATES, RENEWED)]


@pytest.mark.parametrize(
    "unseen", [{"replicas": 3}, {"maxReplicas": 9}, {"scaleStrategy": {"workersToDelete": ["pod"]}}]
)
def test_recreate_does_not_see_how_many_workers_there_are(unseen: dict[str, Any]) -> None:
    assert recreated(workerGroupSpecs=[group(**unseen)]) == [(Effect.LIVE, "workers are added or removed")]


def test_recreate_does_not_see_tolerations() -> None:
    [(effect, why)] = recreated(headGroupSpec={"template": pod(tolerations=[{"key": "gpu"}])})
    assert effect is Effect.NEW_PODS
    assert why == (
        "Recreate does not look at it, so no pod is renewed, and an update of it alone waits in vain until its "
        "timeout; change it together with something else of the pods, such as an annotation of the head's"
    )


def test_a_strategy_alone_may_be_awaited_in_vain() -> None:
    assert only(cluster(upgradeStrategy=RECREATE), cluster()).why == "it says how later changes are taken"
    edit = only(cluster(), cluster(upgradeStrategy=RECREATE))
    assert edit.why == (
        "it says how later changes are taken; Recreate also renews pods that earlier changes did not reach; where "
        "there are none, the wait is in vain until its timeout: set it together with a change of pods"
    )
    first, _ = edits(cluster(), cluster(upgradeStrategy=RECREATE, headGroupSpec={"template": pod("ray:2")}))
    assert first.why.endswith("Recreate also renews pods that earlier changes did not reach")


def test_tolerations_ride_with_what_recreate_sees() -> None:
    effects = recreated(headGroupSpec={"template": pod("ray:2", tolerations=[{"key": "gpu"}])})
    assert effects == [(Effect.RECREATES, RENEWED)] * 2


def test_groups_in_another_order_recreate_or_do_nothing() -> None:
    old, new = ([group(), group("cpu")], [group("cpu"), group()])
    edit = only(cluster(workerGroupSpecs=old), cluster(workerGroupSpecs=new))
    assert (edit.effect, edit.why) == (Effect.LIVE, "the order of the groups says nothing to running pods")
    settings = {"upgradeStrategy": RECREATE}
    renewed = only(cluster(workerGroupSpecs=old, **settings), cluster(workerGroupSpecs=new, **settings))
    assert (renewed.path, renewed.effect) == ("spec.workerGroupSpecs", Effect.RECREATES)


def test_a_removed_group_is_refused_with_the_way_out() -> None:
    edit = only(cluster(workerGroupSpecs=[group(), group("cpu")]), cluster())
    assert str(edit) == (
        "spec.workerGroupSpecs[cpu]: refused; its pods would go on running, with no one to end them (#1739); set "
        "its replicas and min_replicas to 0 first and remove it then, or set upgrade_strategy.type to Recreate for "
        "this change"
    )


def test_a_removed_group_that_the_autoscaler_may_have_grown_is_refused() -> None:
    old = cluster(enableInTreeAutoscaling=True, workerGroupSpecs=[group(replicas=0, minReplicas=0)])
    edit = only(old, cluster(enableInTreeAutoscaling=True, workerGroupSpecs=None))
    assert edit.effect is Effect.REFUSED
    assert "set its max_replicas to 0 first and remove it then" in edit.why


@pytest.mark.parametrize(
    ("old", "settings"),
    [
        (group("cpu", replicas=0, minReplicas=0), {}),
        (group("cpu", suspend=True), {}),
        (group("cpu"), {"suspend": True}),
        (group("cpu", minReplicas=0, maxReplicas=0), {"enableInTreeAutoscaling": True}),
    ],
)
def test_a_group_without_pods_may_go(old: dict[str, Any], settings: dict[str, Any]) -> None:
    edit = only(cluster(workerGroupSpecs=[group(), old], **settings), cluster(**settings))
    assert (edit.effect, edit.why) == (Effect.LIVE, "the group has no pods any more")


def test_an_added_group_is_live() -> None:
    edit = only(cluster(), cluster(workerGroupSpecs=[group(), group("cpu")]))
    assert str(edit) == "spec.workerGroupSpecs[cpu]: applied live; the group's pods are added to the cluster"


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({"workerGroupSpecs": [group(suspend=True)]}, Effect.LIVE),
        ({"networkPolicy": {"mode": "DenyAll"}}, Effect.LIVE),
        ({"autoscalerOptions": {"upscalingMode": "Default"}}, Effect.NEW_PODS),
        ({"headServiceAnnotations": {"a": "b"}}, Effect.IGNORED),
        ({"headGroupSpec": {"template": pod(), "serviceType": "NodePort"}}, Effect.IGNORED),
        ({"headGroupSpec": {"template": pod(), "enableIngress": True}}, Effect.LIVE),
        ({"gcsFaultToleranceOptions": {"backend": "rocksdb"}}, Effect.NEW_PODS),
        ({"upgradeStrategy": RECREATE}, Effect.LIVE),
        ({"managedBy": "kueue.x-k8s.io/multikueue"}, Effect.REFUSED),
    ],
)
def test_each_field_of_a_cluster_has_its_effect(fields: dict[str, Any], effect: Effect) -> None:
    assert only(cluster(), cluster(**fields)).effect is effect


def test_an_option_of_the_autoscaler_is_live() -> None:
    old, new = (cluster(autoscalerOptions={"idleTimeoutSeconds": each}) for each in (60, 90))
    assert only(old, new).why == "the autoscaler follows it"


def test_a_changed_backend_is_refused() -> None:
    old = cluster(gcsFaultToleranceOptions={"backend": "redis"})
    edit = only(old, cluster(gcsFaultToleranceOptions={"backend": "rocksdb"}))
    assert edit.effect is Effect.REFUSED
    assert edit.why == "the backend is immutable once set; delete the cluster and create it anew"


def test_a_head_service_stays_what_it_was_even_under_recreate() -> None:
    [(effect, why)] = recreated(headServiceAnnotations={"a": "b"})
    assert effect is Effect.IGNORED
    assert why == (
        "the head's Service is made once and never updated (#2564); delete that Service by hand; "
        "all pods are made anew for it all the same"
    )


def ingress(*, on: bool = True, **options: Any) -> dict[str, Any]:
    return cluster(headGroupSpec={"template": pod(), "enableIngress": on, "ingressOptions": options})


def test_an_ingress_that_is_turned_off_stays() -> None:
    edit = only(ingress(), ingress(on=False))
    assert (edit.effect, edit.why) == (Effect.IGNORED, "an Ingress that is there stays; delete it by hand")


def test_an_ingress_follows_its_options_since_1_7() -> None:
    old, new = ingress(path="/a"), ingress(path="/b")
    assert only(old, new, kuberay="1.7.0").effect is Effect.LIVE
    edit = only(old, new, kuberay="1.6.2")
    assert (edit.effect, edit.why) == (Effect.IGNORED, "KubeRay 1.6.2 makes the Ingress once; delete it by hand")
