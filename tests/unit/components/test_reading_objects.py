"""Whole objects are read, and what a spec cannot say is refused by its place."""

from typing import Any

import pytest
from ray_builders import GONE, cluster, cluster_manifest, job_manifest, schedule_manifest, service_manifest
from rayform.components import RayClusterSpec, RayCronJobSpec, RayJobSpec, RayServiceSpec, RefusedError
from rayform.components.ray.manifest import ray_cluster, ray_cron_job, ray_service
from rayform.components.ray.reading import reading, same

FRAMES = {"apiVersion": "ray.io/v1", "kind": "RayCluster", "metadata": {"name": "plain"}}
HEAD = {"template": {"spec": {"containers": [{"name": "ray-head", "image": "rayproject/ray:2.60.0"}]}}}
LIVING = {
    "metadata creationTimestamp": "2026-01-01T00:00:00Z",
    "metadata generation": 3,
    "metadata resourceVersion": "42",
    "metadata uid": "6f1c",
    "metadata managedFields": [{"manager": "kubectl"}],
    "metadata annotations kubectl.kubernetes.io/last-applied-configuration": "{}",
    "metadata finalizers": ["ray.io/gcs-ft-redis-cleanup-finalizer"],
    "status": {"state": "ready"},
}


def refusals(manifest: dict[str, Any]) -> list[str]:
    return [str(each.refusal) for each in reading(manifest).unsaid]


def test_nothing_of_rayforms_own_slips_into_an_object() -> None:
    plain = FRAMES | {"spec": {"enableInTreeAutoscaling": True, "headGroupSpec": HEAD}}
    sent = ray_cluster("plain", RayClusterSpec.from_manifest(plain))

    assert sent["spec"].pop("autoscalerOptions") == {}
    assert sent == plain


def test_a_head_that_runs_tasks_is_not_reserved() -> None:
    group = {"groupName": "a", "template": HEAD["template"]}
    spec = {"rayVersion": "2.60.0", "headGroupSpec": HEAD, "workerGroupSpecs": [group]}
    free = {**spec, "headGroupSpec": {**HEAD, "rayStartParams": {"num-cpus": "0"}}}

    assert not RayClusterSpec.from_manifest(FRAMES | {"spec": spec}).head.reserved
    assert RayClusterSpec.from_manifest(FRAMES | {"spec": free}).head.reserved
    assert RayClusterSpec.from_manifest(FRAMES | {"spec": free}).head.ray_start_params is None


def test_the_cluster_of_a_job_stays_where_nobody_said_that_it_goes() -> None:
    manifest = job_manifest(**{"spec shutdownAfterJobFinishes": GONE, "spec submitterPodTemplate": GONE})
    spec = RayJobSpec.from_manifest(manifest)

    assert (spec.shutdown_after_job_finishes, spec.submitter) == (False, None)


def test_changes_of_scale_are_noticed_only_where_rayform_wrote_the_service() -> None:
    bare = {"spec rayClusterConfig workerGroupSpecs 0 template metadata": GONE}
    foreign = RayServiceSpec.from_manifest(service_manifest(**bare))
    ours = RayServiceSpec.from_manifest(ray_service("chat", RayServiceSpec(ray_cluster_config=cluster())))

    assert (foreign.scaling_changes, ours.scaling_changes) == ("ignored", "new_cluster")
    assert ours.ray_cluster_config.workers[0].pod_annotations == {}


def test_a_schedule_is_read_with_its_job() -> None:
    manifest = schedule_manifest(**{"spec timeZone": "Europe/Berlin"})
    spec = RayCronJobSpec.from_manifest(manifest)

    assert (spec.schedule, spec.time_zone, spec.job_template.entrypoint) == (
        "0 3 * * *",
        "Europe/Berlin",
        "python train.py",
    )
    assert same(ray_cron_job("nightly", spec), manifest)


def test_a_submitter_is_kept_where_none_is_needed() -> None:
    manifest = job_manifest(**{"spec submissionMode": "HTTPMode"})

    assert reading(manifest).unsaid == ()


def test_what_the_cluster_wrote_is_left_out_and_said() -> None:
    spec, left_out, unsaid = reading(cluster_manifest(**LIVING))

    assert spec == RayClusterSpec.from_manifest(cluster_manifest())
    assert unsaid == ()
    assert sorted(" ".join(map(str, place)) for place in left_out) == sorted(LIVING)


def test_every_place_that_cannot_be_said_is_refused_at_once() -> None:
    manifest = cluster_manifest(
        **{"spec colour": "red", "metadata ownerReferences": [{"kind": "RayJob"}], "metadata finalizers": ["mine/x"]}
    )
    why = "asked, no field of a description says it; remove it, or keep this object as it is"

    assert sorted(refusals(manifest)) == [
        f"metadata.finalizers: {why}",
        f"metadata.ownerReferences: {why}",
        f"spec.colour: {why}",
    ]


def test_wrong_values_are_refused_where_they_stand() -> None:
    manifest = cluster_manifest(**{"spec workerGroupSpecs 0 numOfHosts": 0, "spec networkPolicy": {"mode": "Open"}})

    assert refusals(manifest) == [
        "spec.workerGroupSpecs[0].numOfHosts: 0 asked, it is 1 or more; raise it",
        (
            "spec.networkPolicy.mode: 'Open' asked, it is 'DenyAll', 'DenyAllIngress' or 'DenyAllEgress'; "
            "choose one of these"
        ),
    ]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("suspend", "yes", "suspend: 'yes' asked, it is true or false; write true or false"),
        ("suspend", [1], "suspend: a list asked, it is true or false; write true or false"),
        ("rayVersion", 2.6, "rayVersion: a number asked, it is a text; quote it"),
        ("rayVersion", {"a": 1}, "rayVersion: a mapping asked, it is a text; write a text"),
        ("networkPolicy", True, "networkPolicy: true or false asked, it is a NetworkPolicyConfig; write its fields"),
        (
            "workerGroupSpecs 0 priority",
            1.5,
            "workerGroupSpecs[0].priority: 1.5 asked, it is a whole number; write a whole number",
        ),
        (
            "workerGroupSpecs 0 priority",
            "x",
            "workerGroupSpecs[0].priority: 'x' asked, it is a whole number; write a whole number",
        ),
    ],
)
def test_a_wrong_value_is_told_in_our_own_words(field: str, value: Any, words: str) -> None:
    assert refusals(cluster_manifest(**{f"spec {field}": value})) == [f"spec.{words}"]


def test_what_a_validator_says_of_a_value_is_split_into_why_and_what_to_do() -> None:
    (refusal,) = refusals(cluster_manifest(**{"spec workerGroupSpecs 0 groupName": "A B"}))

    assert refusal == (
        "spec.workerGroupSpecs[0].groupName: 'A B' asked, it is no such name; use at most 63 lower case letters, "
        "digits and dashes"
    )


def test_an_image_that_only_rayform_would_add_is_refused() -> None:
    manifest = cluster_manifest(**{"spec headGroupSpec template spec containers 0 image": GONE})

    (refusal,) = refusals(manifest)
    assert refusal == (
        "spec.headGroupSpec.template.spec.containers[0].image: nothing asked, a description always says it;"
        " say it in the object first"
    )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (
            {"kind": "RayPod"},
            "kind: 'RayPod' asked, RayCluster, RayJob, RayService, RayCronJob are known; write it by hand",
        ),
        ({"apiVersion": "v2"}, "apiVersion: 'v2' asked, ray.io/v1 is known; convert it first"),
    ],
)
def test_strange_objects_are_refused(change: dict[str, str], refusal: str) -> None:
    assert refusals(cluster_manifest(**change)) == [refusal]


def test_a_spec_reads_its_own_kind_only() -> None:
    with pytest.raises(RefusedError) as caught:
        RayJobSpec.from_manifest(cluster_manifest())

    assert str(caught.value) == "RayJob: kind: 'RayCluster' asked, a RayJob is read here; read it as what it is"


def test_the_refusal_of_a_spec_names_the_object() -> None:
    with pytest.raises(RefusedError, match=r"^RayCluster train: spec\.colour: asked"):
        RayClusterSpec.from_manifest(cluster_manifest(**{"spec colour": "red"}))


def test_the_older_version_is_read_as_the_newer() -> None:
    spec, left_out, _ = reading(cluster_manifest(apiVersion="ray.io/v1alpha1"))

    assert (spec, left_out) == (reading(cluster_manifest()).spec, (("apiVersion",),))


def test_rules_that_are_accepted_are_read_from_their_annotation() -> None:
    manifest = cluster_manifest(**{"metadata annotations": {"rayform/accepts": "a,b", "mine": "x"}})
    spec = RayClusterSpec.from_manifest(manifest)

    assert (spec.accepts, spec.object_annotations) == (("a", "b"), {"mine": "x"})
    assert same(ray_cluster("train", spec), manifest)
