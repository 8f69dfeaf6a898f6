"""Values known only at deploy time: carried through, judged when they are known, kept secret."""

from typing import Any

import pulumi
import pytest
from ray_builders import cluster, group, head, job
from rayform.components import RayCluster, RayClusterSpec, RayJob, Submitter
from rayform.components.ray.wires import filled, wires
from rayform.lab.testing import UNKNOWN, Recorded, Secret, run

CLUSTER, JOB = "kubernetes:ray.io/v1:RayCluster", "kubernetes:ray.io/v1:RayJob"


class Source(pulumi.CustomResource):
    """Something whose output is only known once it is there."""

    text: pulumi.Output[str]

    def __init__(self, name: str) -> None:
        super().__init__("test:index:Source", name, {"text": None})


def recorded(text: str, *, preview: bool = False, secret: bool = False) -> Recorded:
    """A cluster whose image comes from elsewhere."""

    def program() -> None:
        source = Source("image").text
        image = pulumi.Output.secret(source) if secret else source
        RayCluster("train", cluster(image=image, head=head(env={"HOME": pulumi.Output.from_input("/h")})))

    return run(program, preview=preview, outputs={"test:index:Source": {"text": text}})


def image(done: Recorded) -> Any:
    return done.one(CLUSTER).inputs["spec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["image"]


def variable(done: Recorded) -> Any:
    return done.one(CLUSTER).inputs["spec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["env"][0]["value"]


def test_a_value_from_elsewhere_is_sent() -> None:
    assert image(recorded("rayproject/ray:2.60.0-gpu")) == "rayproject/ray:2.60.0-gpu"


def test_what_is_known_is_shown_beside_what_is_not() -> None:
    done = recorded("x", preview=True)

    assert image(done) is UNKNOWN
    assert variable(done) == "/h"


def test_a_value_is_judged_when_it_is_known() -> None:
    with pytest.raises(pulumi.RunError) as caught:
        recorded("rayproject/ray:2.59.0")

    first, *_ = str(caught.value).splitlines()
    assert first.startswith("RayCluster train: head.image: rayproject/ray:2.59.0 asked with ray_version 2.60.0, ")


def test_a_secret_stays_one_and_alone() -> None:
    done = recorded("rayproject/ray:2.60.0", secret=True)

    assert image(done) == Secret("rayproject/ray:2.60.0")
    assert variable(done) == "/h"


def test_an_output_that_is_known_is_judged_at_preview_too(preview: bool) -> None:
    def program() -> None:
        RayCluster("train", cluster(image=pulumi.Output.from_input("rayproject/ray:2.59.0")))

    with pytest.raises(pulumi.RunError, match=r"RayCluster train: head.image: rayproject/ray:2.59.0 asked"):
        run(program, preview=preview)


def test_a_job_takes_outputs_too(preview: bool) -> None:
    def program() -> None:
        later = pulumi.Output.from_input("python other.py")
        selected = {"ray.io/cluster": pulumi.Output.from_input("train")}
        spec = job(entrypoint=later, ray_cluster_spec=None, cluster_selector=selected, submitter=Submitter(image="r:1"))
        RayJob("train", spec)

    sent = run(program, preview=preview).one(JOB).inputs["spec"]

    assert sent["entrypoint"] == "python other.py"
    assert sent["clusterSelector"] == {"ray.io/cluster": "train"}


def test_outputs_are_found_and_filled_in_place() -> None:
    output = pulumi.Output.from_input("x")
    manifest: dict[str, Any] = {"a": [{"b": output}, 1], "c": {"d": output}}

    assert list(wires(manifest)) == [(("a", 0, "b"), output), (("c", "d"), output)]
    assert filled(manifest, {("a", 0, "b"): 1, ("c", "d"): 2}) == {"a": [{"b": 1}, 1], "c": {"d": 2}}
    assert manifest["a"][0]["b"] is output


def test_a_spec_without_outputs_is_sent_as_it_is() -> None:
    spec: RayClusterSpec = cluster(workers=[group()])

    assert list(wires(spec.model_dump())) == []
