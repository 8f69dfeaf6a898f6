"""``rayform check``: every rule, at its line, for people and for programs."""

import json
from pathlib import Path
from typing import Any

import pytest
from rayform.cli import main
from rayform.cli.examples import EXAMPLES

KEYS = ["file", "line", "kind", "name", "rule", "severity", "path", "message", "remedy"]
CLUSTER = """\
apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: train}
spec:
  rayVersion: 2.60.0
  authOptions: {mode: token}
  headGroupSpec:
    rayStartParams: {num-cpus: "0"}
    template: &pod
      spec:
        containers:
        - name: ray
          image: rayproject/ray:2.60.0
          resources: {limits: {cpu: 4, memory: 16Gi}}
  workerGroupSpecs:
  - groupName: cpu
    template: *pod
  - groupName: gpu
    minReplicas: 3
    maxReplicas: 2
    template: *pod
"""
CROSSED = "3 asked with maxReplicas 2, the fewest cannot be more than the most; lower minReplicas or raise maxReplicas"
OPENED = (
    "authentication disabled, anyone who reaches the dashboard or Ray Client runs code on the cluster "
    '(CVE-2023-48022); write mode "token", or close the network and accept this rule'
)
OPEN = CLUSTER.replace("{mode: token}", "{mode: disabled}").replace("minReplicas: 3", "minReplicas: 2")
CLEAN = CLUSTER.replace("minReplicas: 3", "minReplicas: 2")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("f.yaml")


def checked(file: Path, text: str, *options: str) -> int:
    file.write_text(text)
    return main(["check", str(file), *options])


def found(file: Path, text: str, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    checked(file, text, "--json", *options)
    verdicts: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return verdicts


def test_a_refusal_names_its_line_its_object_and_the_way_out(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(file, CLUSTER) == 1
    assert capsys.readouterr().out.splitlines() == [
        "f.yaml:19: error: RayCluster train: spec.workerGroupSpecs[1].minReplicas: "
        + CROSSED
        + " [replica-bounds-crossed]",
        "1 error, 0 warnings in 1 Ray object (KubeRay 1.6.2)",
    ]


def test_what_is_right_is_clean(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(file, CLEAN) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings in 1 Ray object (KubeRay 1.6.2)\n"


def test_programs_get_one_array_with_everything(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (verdict,) = found(file, CLUSTER, capsys)
    assert list(verdict) == KEYS
    assert [verdict[key] for key in KEYS[:7]] == [
        "f.yaml",
        19,
        "RayCluster",
        "train",
        "replica-bounds-crossed",
        "error",
        "spec.workerGroupSpecs[1].minReplicas",
    ]
    assert f"{verdict['message']}; {verdict['remedy']}" == CROSSED


def test_programs_get_an_empty_array_where_all_is_right(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(file, CLEAN, capsys) == []


def test_a_warning_does_not_fail(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(file, OPEN) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"f.yaml:6: warning: RayCluster train: spec.authOptions: {OPENED} [auth-off]",
        "0 errors, 1 warning in 1 Ray object (KubeRay 1.6.2)",
    ]


def test_a_warning_fails_where_it_is_asked_to(file: Path) -> None:
    assert checked(file, OPEN, "--strict") == 1


def test_findings_come_in_the_order_of_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CLUSTER.replace("{mode: token}", "{mode: disabled}").replace("groupName: cpu", "groupName: gpu")
    assert [verdict["line"] for verdict in found(file, text, capsys)] == [6, 18, 19]


def test_every_object_of_every_file_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.json"
    first.write_text(f"{CLUSTER}---\n{CLUSTER}")
    items = [EXAMPLES["entrypoint-missing"].whole({"spec": {"entrypoint": ""}})]
    second.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=1))
    assert main(["check", str(first), str(second), "--json"]) == 1
    places = [(verdict["file"], verdict["line"], verdict["kind"]) for verdict in json.loads(capsys.readouterr().out)]
    assert places == [(str(first), 19, "RayCluster"), (str(first), 41, "RayCluster"), (str(second), 12, "RayJob")]


def test_objects_of_others_are_passed_over(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(file, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A_b}\n") == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings in 0 Ray objects (KubeRay 1.6.2)\n"


def test_keys_that_are_no_words_are_quoted_in_paths(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CLEAN.replace("{name: train}", "{name: train, annotations: {rayform/accepts: no-rule}}")
    (verdict,) = found(file, text, capsys)
    assert verdict["path"] == "metadata.annotations['rayform/accepts']"


def test_the_version_of_the_operator_decides(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CLEAN.replace("  authOptions", "  tlsOptions: {enabled: true}\n  authOptions")
    assert [verdict["rule"] for verdict in found(file, text, capsys)] == ["field-unknown"]
    assert [verdict["rule"] for verdict in found(file, text, capsys, "--kuberay", "1.7.0")] == ["tls-gate"]


def test_gates_decide(file: Path) -> None:
    text = CLEAN.replace("  authOptions", "  tlsOptions: {enabled: true}\n  authOptions")
    assert checked(file, text, "--kuberay", "1.7.0", "--gate", "RayClusterMTLS=true") == 0
    assert checked(file, text, "--kuberay", "1.7.0", "--gate", "RayClusterMTLS=false") == 1
