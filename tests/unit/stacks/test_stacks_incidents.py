"""Stacks as they went wrong for others: each is refused at preview, or warned about, in these words."""

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest
from ground_incidents import GROUND
from incident import Incident
from pod_incidents import PODS
from pool_incidents import POOLS
from rayform.cli import main
from stack_programs import changed, deployed

WORKER, HEAD = "clusters__train__workers__0__", "clusters__train__head__"
INCIDENTS = (*GROUND, *POOLS, *PODS)


def planned(folder: Path, **changes: Any) -> int:
    file = folder / "Pulumi.prod.yaml"
    file.write_text(json.dumps({"config": {"aws:region": "us-east-1", "rayform:settings": changed("prod", **changes)}}))
    return main(["plan", str(file)])


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda incident: incident.name)
def test_an_incident_is_refused_at_preview(incident: Incident) -> None:
    with pytest.raises(pulumi.RunError) as error:
        deployed("prod", changed("prod", **incident.changes), preview=True)

    assert str(error.value).splitlines() == incident.refused


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda incident: incident.name)
def test_a_plan_says_the_same(incident: Incident, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert planned(tmp_path, **incident.changes) == 1

    said = capsys.readouterr().out.splitlines()
    assert [line.removeprefix("error: ") for line in said if line.startswith("error: ")] == incident.refused


REGRETTED = {
    f"{HEAD}pool": "a10g-spot",
    f"{WORKER}gpus": 3,
    f"{WORKER}max_replicas": 6,
    "ground__quotas": {"on_demand_g": 100},
}
WARNINGS = [
    (
        "ground.quotas.on_demand_g: 100 vCPUs told, pools of on-demand G and VT take 192 at the most: "
        "a10g; ask AWS to raise L-DB2E81BA, or lower max_nodes"
    ),
    (
        "RayCluster train: workers[steady].max_replicas: 6 asked, that takes 6 nodes, pool a10g grows to"
        " 4; lower it to 4 or set max_nodes=6 on pool a10g"
    ),
    (
        "RayCluster train: workers[steady].gpus: 3 GPUs asked, beside the pods of a g5.12xlarge it "
        "leaves 1 of 4 GPUs idle, 6 in all at most replicas; ask for 1, 2 or 4, or add a group that "
        "takes the rest"
    ),
    (
        "RayCluster train: workers[spot].max_replicas: 16 asked, with the pool's other groups that takes"
        " 9 nodes, pool a10g-spot grows to 8; lower it to 15 or set max_nodes=9 on pool a10g-spot"
    ),
    (
        "RayCluster train: head.pool: a10g-spot asked, AWS takes spot nodes of pool a10g-spot away with "
        "two minutes' notice, and what it runs is lost with it; choose a pool whose nodes stay"
    ),
    (
        "RayCluster train: head.pool: a10g-spot asked, without a GPU of its own it keeps a g5.12xlarge "
        "of 4 GPUs up as long as it lives; choose a pool without GPUs"
    ),
]


def test_what_works_and_will_be_regretted_is_warned_about_at_preview() -> None:
    done = deployed("prod", changed("prod", **REGRETTED), preview=True)

    assert [entry.message for entry in done.logs] == WARNINGS


def test_a_plan_warns_of_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert planned(tmp_path, **REGRETTED) == 0

    said = capsys.readouterr().out.splitlines()
    assert [line.removeprefix("warning: ") for line in said if line.startswith("warning: ")] == WARNINGS
