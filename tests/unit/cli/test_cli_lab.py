"""What ``rayform lab`` says and answers with."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest
from rayform.cli import lab as command
from rayform.cli import lab_doctor
from rayform.lab import ComponentStatus, Lab, LabError, LabStatus, Nodes
from rayform.lab.toolchain import Finding, Purpose

Run = Callable[..., int]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RAYFORM_STATE", str(tmp_path))
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    """Runs ``rayform lab ARGUMENTS`` on a machine without labs."""
    del home
    root = argparse.ArgumentParser()
    command.add_parser(root.add_subparsers())

    def run(*arguments: str) -> int:
        options = root.parse_args(["lab", *arguments])
        code: int = options.run(options)
        return code

    return run


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Lab]:
    """The labs that were asked to start."""
    labs: list[Lab] = []
    monkeypatch.setattr(Lab, "up", lambda lab, _: labs.append(lab))
    monkeypatch.setattr(command, "default_nodes", lambda: Nodes.SIMULATED)
    return labs


def there(home: Path, *names: str) -> None:
    for name in names:
        (home / "labs" / name).mkdir(parents=True)


def status(name: str, *components: ComponentStatus) -> LabStatus:
    ready = all(component.pid for component in components)
    return LabStatus(name, Nodes.SIMULATED, Path("/state"), ready, components)


def test_up_says_how_to_use_the_lab(run: Run, started: list[Lab], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("up") == 0
    (lab,) = started

    said = f"lab default is up with simulated nodes; kubectl: export KUBECONFIG={lab.kubeconfig}\n"
    assert capsys.readouterr().out == said


def test_up_makes_the_nodes_that_are_asked(run: Run, started: list[Lab]) -> None:
    run("up", "--name", "mine", "--nodes", "real")

    assert [(lab.name, lab.nodes) for lab in started] == [("mine", Nodes.REAL)]


def test_up_keeps_the_nodes_that_a_lab_has(run: Run, started: list[Lab], home: Path) -> None:
    there(home, "default")
    (home / "labs" / "default" / "lab.json").write_text('{"nodes": "real"}')
    run("up")

    assert [lab.nodes for lab in started] == [Nodes.REAL]


@pytest.mark.parametrize(
    ("arguments", "ended"),
    [(["--all"], ["a", "b"]), (["--name", "b"], ["b"]), (["--name", "gone"], ["gone"])],
)
def test_down_ends_what_is_named(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], ended: list[str]
) -> None:
    there(home, "a", "b")
    labs: list[str] = []
    monkeypatch.setattr(Lab, "down", lambda lab, _: labs.append(lab.name))

    assert run("down", *arguments) == 0
    assert labs == ended


@pytest.mark.parametrize(("names", "others"), [((), "no lab is"), (("a", "b"), "there are a, b")])
def test_down_says_that_a_lab_was_not_there(
    run: Run, home: Path, capsys: pytest.CaptureFixture[str], names: tuple[str, ...], others: str
) -> None:
    there(home, *names)

    assert run("down", "--name", "gone") == 0
    assert capsys.readouterr().err == f"lab gone: is not there; {others}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["up", "--nodes", "none"], "invalid choice: 'none' (choose from real, simulated)"),
        (["doctor", "--for", "all"], "invalid choice: 'all' (choose from unit, simulated, real, official)"),
        (["logs", "etcd", "--lines", "0"], "0 asked, it is a number of lines, 1 or more"),
        (["logs", "etcd", "--lines", "few"], "few asked, it is a number of lines, 1 or more"),
    ],
)
def test_a_wrong_option_is_refused_with_what_is_possible(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit):
        run(*arguments)

    # Whether what is possible stands in quotes depends on Python's version.
    assert said.replace("'", "") in capsys.readouterr().err.replace("'", "")


def test_down_of_one_among_several_must_say_which(run: Run, home: Path) -> None:
    there(home, "a", "b")

    with pytest.raises(LabError) as caught:
        run("down")

    assert str(caught.value) == "--name: a, b are there; say which one"


def test_no_lab_is_no_failure(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status") == 0
    assert capsys.readouterr().out == "no lab is up; 'rayform lab up' starts one\n"


def test_status_of_a_lab_that_is_well(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there(home, "a")
    monkeypatch.setattr(Lab, "status", lambda _: status("a", ComponentStatus("etcd", 7), ComponentStatus("kwok", 8)))

    assert run("status") == 0
    assert capsys.readouterr().out == "a: simulated nodes, ready, /state\n  etcd  process 7\n  kwok  process 8\n"


def test_status_of_a_lab_where_something_died(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there(home, "a")
    dead = ComponentStatus("etcd", None, "etcd: has ended with signal 9; mend it")
    monkeypatch.setattr(Lab, "status", lambda _: status("a", dead))

    assert run("status") == 1
    assert capsys.readouterr() == ("a: simulated nodes, not ready, /state\n  etcd  has ended\n", f"{dead.problem}\n")


def test_logs_are_the_end_of_the_file(run: Run, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there(home, "a/logs")
    (home / "labs" / "a" / "logs" / "etcd.log").write_text("one\ntwo\nthree\n")

    assert run("logs", "etcd", "--lines", "2") == 0
    assert capsys.readouterr().out == "two\nthree\n"


def test_the_doctor_says_what_is_missing_and_what_mends_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = (Finding("etcd", "3.6.16, PATH"), Finding("kwok", "not there", "build it"))
    monkeypatch.setattr(lab_doctor, "examine", lambda _: findings)

    assert run("doctor", "--for", "simulated") == 1
    lines = "ok       etcd: 3.6.16, PATH\nmissing  kwok: not there\n         build it\n"
    assert capsys.readouterr() == (lines, "1 of 2 are missing\n")


def test_the_doctor_builds_only_when_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Purpose] = []
    monkeypatch.setattr(lab_doctor, "prepare", lambda purpose, _: built.append(purpose))
    monkeypatch.setattr(lab_doctor, "examine", lambda _: ())

    assert run("doctor", "--for", "unit") == 0
    assert built == []
    assert run("doctor", "--for", "unit", "--build") == 0
    assert built == [Purpose.UNIT]
