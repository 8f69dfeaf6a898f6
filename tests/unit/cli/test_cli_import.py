"""``rayform import``: a file of Ray objects as the program that declares them."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from import_room import declared, formatted
from rayform.cli import main
from rayform.components.documents import documents
from rayform.components.ray.reading import differences
from rayform.lab.testing import run

CLUSTER = """\
apiVersion: ray.io/v1
kind: RayCluster
metadata: {name: train-1}
spec:
  rayVersion: 2.60.0
  authOptions: {mode: token}
  headGroupSpec:
    rayStartParams: {num-cpus: "0"}
    template: &pod
      spec:
        containers:
        - name: ray-worker
          image: rayproject/ray:2.60.0
          resources: {limits: {cpu: 4, memory: 16Gi}}
          env: [{name: DB_PASSWORD, value: hunter2}]
  workerGroupSpecs:
  - groupName: cpu
    template: *pod
"""
JOB = """\
apiVersion: ray.io/v1
kind: RayJob
metadata: {generateName: nightly-}
spec:
  clusterSelector: {ray.io/cluster: train-1}
  submissionMode: HTTPMode
  entrypoint: |
    python -c "print('''a''')"
    echo done
"""
SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: hunter2}\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("f.yaml")


def imported(file: Path, text: str, *options: str) -> int:
    file.write_text(text)
    return main(["import", str(file), *options])


def test_the_program_declares_the_objects_of_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(file, f"{CLUSTER}---\n{JOB}") == 0
    program = capsys.readouterr().out
    given = [document.value for document in documents("f", f"{CLUSTER}---\n{JOB}".encode())]
    given[1]["metadata"] = {"name": "nightly"}

    assert [list(differences(*pair)) for pair in zip(given, declared(program), strict=True)] == [[], []]
    assert formatted(program) == program


def test_the_program_runs(file: Path, capsys: pytest.CaptureFixture[str], *, preview: bool) -> None:
    imported(file, f"{CLUSTER}---\n{JOB}")
    program = file.with_suffix(".py")
    program.write_text(capsys.readouterr().out)

    recorded = run(program, preview=preview)
    assert recorded.one("kubernetes:ray.io/v1:RayCluster").inputs["metadata"]["name"] == "train-1"


def test_a_program_is_short_and_says_what_is_not_rayforms_default(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(file, CLUSTER)
    program = capsys.readouterr().out

    assert 'train_1 = RayCluster(\n    "train-1",\n    RayClusterSpec(\n        ray_version="2.60.0",\n' in program
    assert "security_context=None" in program
    assert "auth_options" not in program


def test_what_is_not_in_the_program_is_told_by_its_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    living = CLUSTER.replace("{name: train-1}", "{name: train-1, uid: 6f1c}") + "status: {state: ready}\n"

    assert imported(file, f"{SECRET}---\n{living}") == 0
    assert capsys.readouterr().err.splitlines() == [
        "f.yaml:1: note: Secret db: not imported, as it is none of Ray's; declare it with pulumi_kubernetes",
        "f.yaml:24: note: RayCluster train-1: status: left out, as a program does not write it",
        "f.yaml:8: note: RayCluster train-1: metadata.uid: left out, as a program does not write it",
        *(
            f"f.yaml:20: warning: RayCluster train-1: spec.{group}.template.spec.containers[0].env[0].value:"
            " a secret in plain text; keep it in a Secret, and write SecretKey"
            for group in ("headGroupSpec", "workerGroupSpecs[0]")
        ),
    ]


def test_what_no_program_can_say_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(file, CLUSTER.replace("  rayVersion", "  colour: red\n  rayVersion")) == 1
    out, err = capsys.readouterr()

    assert out == ""
    assert err.splitlines()[0] == (
        "f.yaml:5: error: RayCluster train-1: spec.colour: asked, no field of a description says it;"
        " remove it, or keep this object as it is"
    )


def test_what_the_program_will_refuse_is_told_at_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(file, CLUSTER.replace("2.60.0", "2.40.0")) == 1
    out, err = capsys.readouterr()

    assert "RayCluster(" in out
    assert "f.yaml:5: error: RayCluster train-1: spec.rayVersion: Ray 2.40.0 asked" in err


def test_the_operator_is_the_one_that_is_asked_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(file, JOB, "--kuberay", "1.7.0", "--gate", "RayCronJob=true", "--batch-scheduler", "volcano")

    assert (
        """\
kuberay = KubeRayOperator.existing(
    version="1.7.0",
    gates={"RayCronJob": True},
    batch_scheduler="volcano",
)
"""
        in capsys.readouterr().out
    )


def test_objects_of_one_name_get_names_of_their_own(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = CLUSTER.replace("{name: train-1}", "{name: train-1, namespace: b}")
    imported(file, f"{CLUSTER}---\n{other}---\n{JOB.replace('nightly-', 'class')}")
    program = capsys.readouterr().out

    assert 'train_1_2 = RayCluster(\n    "train-1-2",\n' in program
    assert '        name="train-1",\n        namespace="b",\n' in program
    assert 'rayjob_class = RayJob(\n    "class",\n' in program


def test_an_object_without_a_name_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(file, JOB.replace("generateName: nightly-", "")) == 1
    assert "f.yaml:3: error: RayJob : metadata.name: nothing asked, an object has one; write it\n" in (
        capsys.readouterr().err
    )


def test_a_file_without_ray_objects_is_an_empty_program(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(file, SECRET) == 0
    assert capsys.readouterr().out == ""


def test_standard_input_is_read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(JOB.encode())))

    assert main(["import", "-"]) == 0
    assert "-:3: note: RayJob nightly-: metadata.generateName: left out" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "options"), [("{", ()), (JOB, ("--kuberay", "0.1"))])
def test_what_cannot_be_read_is_told(
    text: str, options: tuple[str, ...], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(file, text, *options) == 2
    assert capsys.readouterr().err.startswith("rayform: ")


def test_the_same_file_is_the_same_program_in_every_process(file: Path) -> None:
    file.write_text(f"{CLUSTER}---\n{JOB}")
    command = [sys.executable, "-m", "rayform.cli", "import", str(file)]
    runs = [subprocess.run(command, capture_output=True, check=True, text=True).stdout for _ in range(2)]

    assert runs[0] == runs[1] != ""
