import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from rayform.cli import main


def cluster(name: str = "train", **spec: Any) -> dict[str, Any]:
    head = {"template": {"spec": {"containers": [{"name": "ray-head", "image": "rayproject/ray:2.60.0"}]}}}
    return {
        "apiVersion": "ray.io/v1",
        "kind": "RayCluster",
        "metadata": {"name": name},
        "spec": {"headGroupSpec": head, **spec},
    }


@pytest.fixture
def files(tmp_path: Path) -> Any:
    def written(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[str]:
        paths = tmp_path / "old.yaml", tmp_path / "new.yaml"
        for path, objects in zip(paths, (old, new), strict=True):
            path.write_text(yaml.safe_dump_all(objects))
        return [str(path) for path in paths]

    return written


def test_an_edit_that_takes_effect_is_said_and_is_no_failure(files: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files([cluster()], [cluster(suspend=True)])]) == 0
    assert capsys.readouterr().out == (
        "RayCluster train: spec.suspend: applied live; every pod of the cluster is deleted\n"
    )


def test_an_edit_that_is_ignored_fails(files: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files([cluster()], [cluster(headServiceAnnotations={"a": "b"})])]) == 1
    assert "spec.headServiceAnnotations: ignored until re-created; the head's Service" in capsys.readouterr().out


def test_objects_that_come_and_go_are_named(files: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--json", *files([cluster("old")], [cluster("new")])]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(row["object"], row["why"]) for row in found] == [
        ("RayCluster old", "it is deleted, and its pods with it"),
        ("RayCluster new", "it is created"),
    ]


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "missing.yaml")
    assert main(["diff", missing, missing]) == 2
    error = capsys.readouterr().err
    assert error == (
        f"rayform: {missing}:1: cannot be read, no such file or directory; name a YAML or JSON file, or - for stdin\n"
    )


def test_the_operators_version_decides_what_an_edit_does(files: Any, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = (
        cluster(headGroupSpec={"enableIngress": True, "ingressOptions": {"path": path}, "template": {}})
        for path in ("/a", "/b")
    )
    assert main(["diff", *files([old], [new]), "--kuberay", "1.7.0"]) == 0
    assert main(["diff", *files([old], [new]), "--kuberay", "1.6.1"]) == 1
    assert capsys.readouterr().out.splitlines()[1] == (
        "RayCluster train: spec.headGroupSpec.ingressOptions.path: ignored until re-created; "
        "KubeRay 1.6.1 makes the Ingress once; delete it by hand"
    )


def test_an_unknown_version_of_the_operator_is_refused(files: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files([cluster()], [cluster()]), "--kuberay", "0.1.0"]) == 2
    assert capsys.readouterr().err.startswith("rayform: KubeRay: version 0.1.0 asked")
