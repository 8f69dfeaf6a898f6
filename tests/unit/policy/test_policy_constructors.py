"""A component refuses what the policy of its stack would refuse."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
from rayform.components import Head, RayCluster, RayClusterSpec, WorkerGroup
from rayform.lab.testing import run
from rayform.policy.constructors import refusals
from rayform.policy.examples.example import ABSENT, ray
from rayform.policy.examples.places import GROUP, IN_GROUP, IN_HEAD

MANDATORY = {"enforcementLevel": "mandatory"}
Declared = Callable[[], None]


def declares(gpus: int = 2, **head: Any) -> Declared:
    def program() -> None:
        group = WorkerGroup(name="gpu", cpu=8, memory="64Gi", gpus=gpus, min_replicas=0, max_replicas=4)
        spec = RayClusterSpec(
            ray_version="2.60.0", namespace="ray", head=Head(cpu=4, memory="16Gi", **head), workers=[group]
        )
        RayCluster("train", spec.model_copy(update={"autoscaling": True}))

    return program


def policy(tmp_path: Path, **rules: Any) -> dict[str, str]:
    file = tmp_path / "policy.json"
    file.write_text(json.dumps({"all": "disabled", **{name.replace("_", "-"): value for name, value in rules.items()}}))
    return {"rayform:policy": str(file)}


def test_without_a_policy_nothing_more_is_refused() -> None:
    assert run(declares(gpus=4)).one("kubernetes:ray.io/v1:RayCluster")


def test_a_mandatory_rule_refuses_the_component(tmp_path: Path) -> None:
    level = {"enforcementLevel": "mandatory", "most": 2}
    with pytest.raises(Exception, match=r"workers\[gpu\].gpus|gpus-per-pod") as refused:
        run(declares(gpus=4), config=policy(tmp_path, gpus_per_pod=level))

    assert "4 GPUs asked, at most 2 for a pod; ask for fewer GPUs and more pods [gpus-per-pod]" in str(refused.value)


def test_an_advisory_rule_refuses_nothing(tmp_path: Path) -> None:
    level = {"enforcementLevel": "advisory", "most": 2}
    recorded = run(declares(gpus=4), config=policy(tmp_path, gpus_per_pod=level))

    assert recorded.one("kubernetes:ray.io/v1:RayCluster")


def test_what_is_an_output_is_left_to_the_pack(tmp_path: Path) -> None:
    image = pulumi.Output.from_input("rayproject/ray:latest")
    recorded = run(declares(image=image), config=policy(tmp_path, image_pinned="mandatory"))

    assert recorded.one("kubernetes:ray.io/v1:RayCluster")


def test_a_preset_is_a_policy() -> None:
    told = [str(each) for each in refusals(ray({f"{GROUP} maxReplicas": 33}).props, "dev")]

    assert any(each.startswith("workers[gpu].max_replicas: ") and "[gpus-per-group]" in each for each in told)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    told = []
    for number, most in enumerate((1, 100)):
        file.write_text(
            json.dumps({"all": "disabled", "gpus-per-pod": {"enforcementLevel": "mandatory", "most": most}})
        )
        os.utime(file, (number, number))
        told.append(len(refusals(ray().props, str(file))))

    assert told == [1, 0]


def test_what_the_pack_will_mend_is_not_refused(tmp_path: Path) -> None:
    bare = ray({f"{IN_HEAD} resources limits memory": ABSENT, f"{IN_GROUP} resources limits": {"cpu": 8}})
    told = {
        level: len(refusals(bare.props, policy(tmp_path, container_limits=level)["rayform:policy"]))
        for level in ("mandatory", "remediate")
    }

    assert told == {"mandatory": 2, "remediate": 0}
