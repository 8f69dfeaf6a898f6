"""``rayform check``: what cannot be read, or cannot be asked, is told apart from what is refused."""

from pathlib import Path

import pytest
from rayform.cli import main

WRONG = "apiVersion: ray.io/v1\nkind: RayCronJob\nmetadata: {name: 1a}\nspec: {schedule: '* *'}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_file_that_cannot_be_read_fails_by_a_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    Path("f.yaml").write_text("a: b: c")
    assert main(["check", "f.yaml"]) == 2
    said = capsys.readouterr()
    assert said.err == "rayform: f.yaml:1: not YAML or JSON, mapping values are not allowed in this context; mend it\n"
    assert said.out == "0 errors, 0 warnings in 0 Ray objects (KubeRay 1.6.2)\n"


def test_the_other_files_are_checked_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.yaml").write_text(WRONG)
    assert main(["check", "no.yaml", "wrong.yaml", "nor.yaml"]) == 2
    said = capsys.readouterr()
    assert [line.split(":")[1] for line in said.err.splitlines()] == [" no.yaml", " nor.yaml"]
    assert "wrong.yaml:4: error: RayCronJob 1a: spec.schedule: '* *' asked" in said.out


def test_a_version_that_nobody_knows_is_refused_with_those_that_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "f.yaml", "--kuberay", "9.9.9"]) == 2
    assert capsys.readouterr().err == (
        "rayform: KubeRay: version 9.9.9 asked, known are 1.6.0, 1.6.1, 1.6.2, 1.7.0; choose one of these\n"
    )


def test_a_gate_that_the_version_lacks_is_refused_with_those_it_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "f.yaml", "--gate", "RayClusterMTLS=true"]) == 2
    assert capsys.readouterr().err == (
        "rayform: --gate RayClusterMTLS: KubeRay 1.6.2 has no such gate; it has AsyncJobInfoQuery, "
        "RayClusterStatusConditions, RayCronJob, RayJobDeletionPolicy, RayMultiHostIndexing, "
        "RayServiceIncrementalUpgrade\n"
    )


@pytest.mark.parametrize("gate", ["RayCronJob", "RayCronJob=on", "=true"])
def test_a_gate_is_true_or_false(gate: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "f.yaml", "--gate", gate])
    assert ended.value.code == 2
    assert f"argument --gate: '{gate}' is no gate; write NAME=true or NAME=false" in capsys.readouterr().err


def test_a_file_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 2
    assert "the following arguments are required: FILE" in capsys.readouterr().err
