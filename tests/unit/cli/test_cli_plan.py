"""``rayform plan``: what a stack takes, as a table and as a picture."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from rayform.cli import main

STACKS = Path(__file__).parents[3] / "stacks"
SVG = "{http://www.w3.org/2000/svg}"


def worker(**changed: Any) -> dict[str, Any]:
    return {"name": "gpu", "pool": "a10g", "cpu": 8, "memory": "32Gi", "gpus": 2, "max_replicas": 4, **changed}


@pytest.fixture
def planned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*workers: dict[str, Any], **changed: Any) -> tuple[int, list[str]]:
        pools = {"a10g": {"instance_types": ["g5.12xlarge"], "max_nodes": 4}}
        cluster = {"admins": ["arn:aws:iam::123456789012:role/deployer"]}
        head = {"pool": "team-system", "cpu": 1, "memory": "2Gi"}
        ray = {"ray_version": "2.60.0", "head": head, "workers": list(workers), "autoscaling": True}
        settings = {"ground": {"cluster": cluster, "gpu_pools": pools}, "clusters": {"ray": ray}, **changed}
        file = tmp_path / "Pulumi.team.yaml"
        file.write_text(yaml.safe_dump({"config": {"rayform:settings": settings}}))
        code = main(["plan", str(file), "--svg", str(tmp_path / "plan.svg")])
        return code, capsys.readouterr().out.splitlines()

    return run


def drawn(folder: Path) -> ET.Element:
    return ET.parse(folder / "plan.svg").getroot()  # noqa: S314 (a file of our own making)


def test_nodes_gpus_and_money_are_told_for_each_pool_and_for_all(planned: Any) -> None:
    code, lines = planned(worker(min_replicas=1))

    assert code == 0
    assert lines == [
        "pool         node          nodes  of at most  GPUs used  stranded     $ per hour",
        "team-system  m7i.large         2           4          -         -           0.20",
        "a10g         g5.12xlarge  1 to 2           4     8 of 8         0  5.67 to 11.34",
        "all                       3 to 4                      8         0  5.87 to 11.55",
        ("vCPUs on-demand A, C, D, H, I, M, R, T and Z (L-1216C47A): 8 at most, quota not told, 5 for a new account"),
        "vCPUs on-demand G and VT (L-DB2E81BA): 192 at most, quota not told, 0 for a new account",
        "On-demand prices of nodes in us-east-1 on 2026-07-20; spot nodes cost less.",
    ]


def test_vcpus_beyond_what_the_account_may_have_are_told(planned: Any) -> None:
    pools = {"a10g": {"instance_types": ["g5.12xlarge"], "max_nodes": 4}}
    cluster = {"admins": ["arn:aws:iam::123456789012:role/deployer"]}

    code, lines = planned(worker(), ground={"cluster": cluster, "gpu_pools": pools, "quotas": {"on_demand_g": 96}})

    assert code == 0
    assert "vCPUs on-demand G and VT (L-DB2E81BA): 192 at most, of 96" in lines
    assert lines[-1] == (
        "warning: ground.quotas.on_demand_g: 96 vCPUs told, pools of on-demand G and VT take 192 at the most: a10g; "
        "ask AWS to raise L-DB2E81BA, or lower max_nodes"
    )


def test_what_will_be_regretted_is_told_and_is_no_failure(planned: Any) -> None:
    code, lines = planned(worker(gpus=3))

    assert code == 0
    assert lines[-1] == (
        "warning: RayCluster ray: workers[gpu].gpus: 3 GPUs asked, beside the pods of a g5.12xlarge it leaves 1 of 4 "
        "GPUs idle, 4 in all at most replicas; ask for 1, 2 or 4, or add a group that takes the rest"
    )


def test_what_cannot_work_is_told_and_fails(planned: Any) -> None:
    code, lines = planned(worker(gpus=8))

    assert code == 1
    assert lines[-1] == (
        "error: RayCluster ray: workers[gpu].gpus: 8 GPUs asked, a g5.12xlarge gives 4; "
        "lower it or choose a larger pool"
    )


def test_ground_that_cannot_be_is_told_alone(planned: Any) -> None:
    code, lines = planned(worker(), ground={"cluster": {"admins": []}})

    assert code == 1
    assert lines == [
        (
            "error: ground.cluster.admins: none asked, nobody could use the cluster, not even this program; "
            "give the ARN of the role that runs it"
        )
    ]


def test_a_picture_has_a_card_for_each_kind_of_node_and_a_bar_for_each_resource(planned: Any, tmp_path: Path) -> None:
    planned(worker(gpus=3))
    texts = ["".join(text.itertext()) for text in drawn(tmp_path).iter(f"{SVG}text")]

    assert texts[0] == "team: nodes with the most pods"
    assert "a10g  g5.12xlarge, 0 to 4 nodes of at most 4, $ 0.00 to 22.69 per hour" in texts
    assert "4 nodes like this, 1 GPU stranded" in texts
    assert [texts.count(name) for name in ("GPUs", "CPU", "memory")] == [1, 2, 2]
    assert texts[-1] == "RayCluster ray: workers[gpu]"


def test_what_is_drawn_of_a_pod_is_its_share_of_the_node(planned: Any, tmp_path: Path) -> None:
    planned(worker(max_replicas=1, gpus=1, cpu=8))
    boxes = [box for box in drawn(tmp_path).iter(f"{SVG}rect") if box.findtext(f"{SVG}title", "").endswith("[gpu]")]

    gpus, cpu, _ = (float(box.get("width", "0")) for box in boxes)
    assert cpu / gpus == pytest.approx(8 / 47.52 * 4, abs=0.01)


def test_the_stacks_that_are_shown_fit(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["plan", str(STACKS / f"Pulumi.{stack}.yaml")]) for stack in ("dev", "prod")] == [0, 0]
    assert "error" not in capsys.readouterr().out


def test_a_stack_without_ground_has_nothing_to_pack(capsys: pytest.CaptureFixture[str]) -> None:
    file = STACKS / "Pulumi.lab.yaml"

    assert main(["plan", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: no ground in these settings, and so no pools to pack\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, ": cannot be read, no such file or directory; name a stack's Pulumi.<stack>.yaml"),
        ("a: {b: 1}}", ":1: not YAML or JSON, did not find expected key; mend it"),
        ("\xff", ": it is no text; name a stack's Pulumi.<stack>.yaml"),
        ("a: 1", ": it has no config.rayform:settings; name a stack's Pulumi.<stack>.yaml"),
        ("- 1", ": it has no config.rayform:settings; name a stack's Pulumi.<stack>.yaml"),
        ("a: 1\na: 2", ":2: the key 'a' is there twice, first on line 1; keep one"),
        (
            "config: {'rayform:settings': {groud: 1}}",
            ": settings: groud: asked, there is no such field; did you mean ground?",
        ),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, why: str
) -> None:
    file = tmp_path / "Pulumi.team.yaml"
    if text is not None:
        file.write_text(text, encoding="latin-1")

    assert main(["plan", str(file)]) == 2
    assert capsys.readouterr().err == f"rayform: {file}{why}\n"


def test_a_picture_that_cannot_be_written_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "none" / "plan.svg"

    assert main(["plan", str(STACKS / "Pulumi.dev.yaml"), "--svg", str(picture)]) == 1
    assert capsys.readouterr().err == (
        f"rayform: --svg: {picture} cannot be written, no such file or directory; give a file in a folder of yours\n"
    )
