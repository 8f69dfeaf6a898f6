"""What the components tell at preview, and what they refuse there."""

from typing import Any

import pulumi
import pytest
from ray_builders import cluster as cluster_spec
from ray_builders import job
from ray_edit_objects import cluster, group, pod, service
from rayform.components import ExistingOperator, RayCluster, RayJob
from rayform.components.ray import preview as previews
from rayform.components.ray.preview import foretold
from rayform.components.ray.remembered import fixed
from rayform.components.ray.rules import Operator
from rayform.lab.testing import UNKNOWN, Recorded, run

HOOK = "rayform:edits:1.6.2"
NEW_HEAD = {"headGroupSpec": {"template": pod("ray:2")}}


def wrapped(inputs: dict[str, Any]) -> dict[str, Any]:
    """As the SDK hands over inputs that hold a secret somewhere in their spec."""
    return {**inputs, "spec": pulumi.Output.secret(inputs["spec"])}


def told(old: Any, new: Any, *, kind: str = "RayCluster", ours: bool = False, preview: bool = True) -> Recorded:
    """What the hook of an object (``ours``: of its component) says when the engine calls it."""
    token = f"rayform:components:{kind}" if ours else f"kubernetes:ray.io/v1:{kind}"
    name = "train" if ours else "train-object"

    async def program() -> None:
        bound = foretold(None, Operator.assumed("1.6.2")).hooks
        assert bound
        [hook] = bound.before_update or []
        inputs = [each() if callable(each) else each for each in (new, old)]
        called: Any = hook(pulumi.ResourceHookArgs(f"urn::{name}", "id", name, token, *inputs))
        await called

    return run(program, preview=preview)


def said(*arguments: Any, **settings: Any) -> list[tuple[str, str]]:
    return [(entry.severity, entry.message) for entry in told(*arguments, **settings).logs]


def test_what_is_live_is_information() -> None:
    assert said(cluster(), cluster(workerGroupSpecs=[group(replicas=3)])) == [
        ("info", "RayCluster train: workers[gpu].replicas: applied live; workers are added or removed")
    ]


def test_fields_with_one_fate_share_a_line_and_anything_not_live_warns() -> None:
    changed = group(replicas=3, template=pod("ray:2", "4"))
    [(severity, message)] = said(cluster(), cluster(workerGroupSpecs=[changed], **NEW_HEAD))

    assert severity == "warning"
    assert message.splitlines() == [
        "RayCluster train: workers[gpu].replicas: applied live; workers are added or removed",
        (
            "RayCluster train: head.image, workers[gpu].image: only to new pods; running pods keep the old one; set "
            "upgrade_strategy.type to Recreate, or delete the pods, for all to have it"
        ),
    ]


AWAITED = {"pulumi.com/waitFor": "jsonpath={.status}"}
SPARED = {**AWAITED, "pulumi.com/skipAwait": "true"}
SUSPENDED = cluster(suspend=True)["spec"]
RENEWED = cluster(upgradeStrategy={"type": "Recreate"})["spec"]


@pytest.mark.parametrize(
    ("annotations", "old", "fields", "in_vain"),
    [
        (AWAITED, cluster()["spec"], NEW_HEAD, True),
        (AWAITED, cluster()["spec"], {"workerGroupSpecs": [group(idleTimeoutSeconds=9)]}, True),
        (SPARED, cluster()["spec"], NEW_HEAD, False),
        ({}, cluster()["spec"], NEW_HEAD, False),
        (AWAITED, cluster()["spec"], {"workerGroupSpecs": [group(replicas=3)], **NEW_HEAD}, False),
        (AWAITED, SUSPENDED, NEW_HEAD, False),
        (AWAITED, RENEWED, {"upgradeStrategy": {"type": "Recreate"}, **NEW_HEAD}, False),
        (AWAITED, cluster()["spec"], {}, False),
    ],
)
def test_an_edit_of_which_the_status_tells_nothing_is_not_awaited(
    annotations: dict[str, str], old: dict[str, Any], fields: dict[str, Any], *, in_vain: bool
) -> None:
    new = {**cluster(**fields), "metadata": {"name": "train", "annotations": annotations, "labels": {"team": "ml"}}}
    messages = [message for _, message in said({**cluster(), "spec": old}, new)]

    assert any("waits until the timeout; 'pulumi.com/skipAwait': 'true'" in each for each in messages) is in_vain


def test_the_resource_is_named_to_the_engine() -> None:
    assert [entry.urn for entry in told(cluster(), cluster(suspend=True)).logs] == ["urn::train-object"]


def test_a_service_states_its_gpus() -> None:
    [(severity, message)] = said(service(), service(**NEW_HEAD), kind="RayService")

    assert severity == "warning"
    assert message == (
        "RayService train: ray_cluster_config.head.image: second cluster; a second cluster runs beside the first "
        "until it serves alone; 8 GPUs more, 16 GPUs in all meanwhile"
    )


def test_an_update_tells_nothing_again() -> None:
    assert said(cluster(), cluster(suspend=True), preview=False) == []


def test_nothing_changed_says_nothing() -> None:
    assert said(cluster(), cluster()) == []


def test_a_removed_group_is_refused_at_preview_and_at_update(preview: bool) -> None:
    with pytest.raises(pulumi.RunError, match=r"^RayCluster train: workers\[gpu\]: refused; its pods would go on"):
        told(cluster(), cluster(workerGroupSpecs=[]), preview=preview)


def test_bounds_of_a_service_are_refused(preview: bool) -> None:
    new = service(workerGroupSpecs=[group(maxReplicas=9)])
    with pytest.raises(pulumi.RunError, match=r"max_replicas: refused; a service never passes it on"):
        told(service(), new, kind="RayService", preview=preview)


def test_a_secret_is_compared_and_not_told() -> None:
    old, new = (cluster(headGroupSpec={"template": pod(image)}) for image in ("s3cret", "s3cret2"))
    [(_, message)] = said(lambda: wrapped(old), lambda: wrapped(new))

    assert message.startswith("RayCluster train: head.image: only to new pods")
    assert "s3cret" not in message


def test_what_is_not_known_yet_is_told_as_a_change() -> None:
    unknown = cluster(headGroupSpec={"template": pod(UNKNOWN)})
    assert [message.partition(";")[0] for _, message in said(cluster(), unknown)] == [
        "RayCluster train: head.image: only to new pods"
    ]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("RayCluster", "its pods end, with what runs in them, and start anew"),
        ("RayCronJob", "the jobs that it started are deleted with it"),
        ("RayJob", "the job is deleted, and runs again as it now is"),
        ("RayService", "nothing serves until the new one does"),
    ],
)
def test_a_replacement_says_what_it_means(kind: str, what: str) -> None:
    assert said({"name": "a", "x": "b"}, {"name": "a", "x": "c"}, kind=kind, ours=True) == [
        ("warning", f"{kind} train: x: ignored until re-created; this update re-creates it: {what}")
    ]


def test_a_component_that_remembered_nothing_tells_nothing() -> None:
    assert said(None, {"name": "a"}, kind="RayJob", ours=True) == []


def test_one_hook_serves_every_object_of_a_program(preview: bool) -> None:
    def program() -> None:
        RayCluster("one", cluster_spec())
        RayCluster("two", cluster_spec())
        RayJob("three", job())

    done = run(program, preview=preview)

    assert done.hooks == (HOOK,)
    assert {each.options.hooks["before_update"] for each in done.resources} == {(HOOK,)}


def test_operators_of_two_versions_have_a_hook_each() -> None:
    def program() -> None:
        RayCluster("one", cluster_spec())
        RayCluster("two", cluster_spec(), operator=ExistingOperator(version="1.7.0"))

    assert run(program).hooks == (HOOK, "rayform:edits:1.7.0")


def test_an_engine_without_hooks_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "monitor_supports_feature", lambda _feature: False)
    done = run(lambda: RayCluster("one", cluster_spec()))

    assert done.hooks == ()
    assert all(not each.options.hooks for each in done.resources)


def test_the_authors_own_hooks_stay() -> None:
    def program() -> None:
        own = pulumi.ResourceHook("own", lambda _args: None)
        hooks = pulumi.ResourceHookBinding(before_update=[own], after_create=[own])
        RayCluster("one", cluster_spec(), opts=pulumi.ResourceOptions(hooks=hooks))

    component = run(program).one("rayform:components:RayCluster")

    assert component.options.hooks == {"before_update": ("own", HOOK), "after_create": ("own",)}


def test_a_job_remembers_what_it_read_once_as_digests() -> None:
    first, second = (
        run(lambda text=text: RayJob("a", job(entrypoint=text))).one("rayform:components:RayJob").inputs
        for text in ("python a.py", "python b.py")
    )
    assert {field for field in first if first[field] != second[field]} == {"entrypoint"}
    assert {len(digest) for digest in first.values()} == {12}


def test_a_digest_of_an_output_is_known_with_it() -> None:
    def program() -> None:
        manifest = {"metadata": {"name": "a"}, "spec": {"entrypoint": ["b", pulumi.Output.from_input("c")]}}
        pulumi.export("output", fixed(manifest, ["spec.entrypoint", "spec.none"]))
        pulumi.export("plain", fixed({**manifest, "spec": {"entrypoint": ["b", "c"]}}, ["spec.entrypoint"]))

    outputs = run(program).outputs
    assert outputs["output"] == outputs["plain"]
    assert sorted(outputs["plain"]) == ["entrypoint", "name"]
