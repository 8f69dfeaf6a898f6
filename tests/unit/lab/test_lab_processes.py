"""Processes that are known again."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from lab_machine import until
from rayform.lab import LabError, ProcessError, StorageError, processes
from rayform.lab import identity as identity_module
from rayform.lab.identity import identity, program
from rayform.lab.processes import MARK, Spec

SLEEPER = Spec("sleeper", ("/bin/sleep", "1000"))


def started(state: Path, spec: Spec = SLEEPER) -> int:
    processes.start(state, spec)
    number = processes.pid(state, spec.name)
    assert number
    # For an instant after it was started a process has no name and no environment to be known by.
    until(lambda: program(number) == spec.argv[0])
    return number


def ended(state: Path, name: str = "sleeper") -> bool:
    return not processes.alive(state, name)


def test_what_runs_as_wanted_is_left_alone(state: Path) -> None:
    assert started(state) == started(state)


def test_other_arguments_mean_another_process(state: Path) -> None:
    first = started(state)
    second = started(state, Spec("sleeper", ("/bin/sleep", "2000")))

    assert first != second
    assert identity(first) is None


def test_another_environment_means_another_process(state: Path) -> None:
    assert started(state) != started(state, Spec("sleeper", SLEEPER.argv, env={"A": "1"}))


def test_a_process_that_was_stopped_is_forgotten(state: Path) -> None:
    number = started(state)
    processes.stop(state, "sleeper")

    assert identity(number) is None
    assert processes.names(state) == ()


def test_one_that_another_command_forgets_meanwhile_is_none(state: Path) -> None:
    started(state)
    (state / "run" / "ended.json").symlink_to(state / "forgotten")  # listed, and gone when it is looked at

    assert processes.names(state) == ("sleeper",)


def test_stopping_what_never_ran_does_nothing(state: Path) -> None:
    processes.stop(state, "sleeper")

    assert processes.names(state) == ()


def test_one_that_does_not_listen_is_killed(state: Path) -> None:
    deaf = Spec("deaf", ("/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done"), stop_seconds=0.1)
    number = started(state, deaf)
    until(lambda: processes.tail(state, "deaf") == "up")
    processes.stop(state, "deaf")

    assert identity(number) is None


def test_what_a_process_leaves_behind_in_its_group_ends_with_it(state: Path) -> None:
    started(state, Spec("parent", ("/bin/sh", "-c", "sleep 1000 & echo $!; wait")))
    until(lambda: bool(processes.tail(state, "parent")))
    child = int(processes.tail(state, "parent"))
    processes.stop(state, "parent")

    until(lambda: identity(child) is None)


def test_one_that_has_died_is_named_with_its_last_words(state: Path) -> None:
    processes.start(state, Spec("etcd", ("/bin/sh", "-c", "echo opening; echo no such disk >&2; exit 3")))
    until(lambda: ended(state, "etcd"))

    with pytest.raises(ProcessError) as caught:
        processes.require_alive(state, "etcd")

    words = "etcd: has ended with code 3; run 'rayform lab up' to start it again\n  | opening\n  | no such disk"
    assert str(caught.value) == words
    assert (caught.value.process, caught.value.code, caught.value.tail) == ("etcd", 3, "opening\nno such disk")


def test_one_that_was_killed_is_named_with_the_signal(state: Path) -> None:
    os.kill(started(state), signal.SIGKILL)
    until(lambda: ended(state))

    with pytest.raises(ProcessError) as caught:
        processes.require_alive(state, "sleeper", "mend it")

    assert str(caught.value) == "sleeper: has ended with signal 9; mend it\n  | (its log is empty)"


def test_one_that_had_no_room_is_told_apart(state: Path) -> None:
    processes.start(state, Spec("etcd", ("/bin/sh", "-c", "echo write wal: no space left on device; exit 1")))
    until(lambda: ended(state, "etcd"))

    with pytest.raises(ProcessError) as caught:
        processes.require_alive(state, "etcd")

    remedy = f"the disk of {state} is full; free some space and run 'rayform lab up' again"
    said = "etcd: has ended with code 1"
    assert str(caught.value) == f"{said}; {remedy}\n  | write wal: no space left on device"


def test_the_stack_of_a_panic_is_left_out(state: Path) -> None:
    log = processes.log_path(state, "etcd")
    log.parent.mkdir()
    log.write_text("opening\npanic: no such disk\n\ngoroutine 1 [running]:\nmain.main()\n\tmain.go:11\n")

    assert processes.last_words(state, "etcd") == "opening\npanic: no such disk"


def test_one_that_was_never_started_is_named(state: Path) -> None:
    with pytest.raises(LabError) as caught:
        processes.require_alive(state, "sleeper")

    assert str(caught.value) == "sleeper: was never started; run 'rayform lab up' to start it again"


def test_the_same_number_at_another_time_is_another_process(state: Path) -> None:
    number = started(state)
    record = state / "run" / "sleeper.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "identity": "before/1"}))
    processes.stop(state, "sleeper")

    assert identity(number)
    assert processes.stop_strays(state) == (number,)


def test_a_process_whose_record_is_lost_is_found_by_its_mark(state: Path) -> None:
    number = started(state)
    (state / "run" / "sleeper.json").unlink()

    assert processes.stop_strays(state) == (number,)
    assert identity(number) is None


@pytest.mark.parametrize("record", [None, "", "{", "[]", '{"pid": 1}'])
def test_what_runs_unrecorded_is_ended_before_it_is_started_again(state: Path, record: str | None) -> None:
    number = started(state)
    (state / "run" / "sleeper.json").unlink()
    if record is not None:
        (state / "run" / "sleeper.json").write_text(record)

    assert ended(state)
    assert started(state) != number
    assert identity(number) is None


def test_what_cannot_be_read_of_a_process_is_no_obstacle_to_its_end(state: Path) -> None:
    (state / "run").mkdir()
    (state / "run" / "sleeper.json").write_text("{")
    processes.stop(state, "sleeper")

    assert processes.names(state) == ()


def test_helpers_that_run_another_program_outlive_a_new_start(state: Path) -> None:
    processes.start(state, Spec("runtime", ("/bin/sh", "-c", "setsid sleep 1000 & echo $!")))
    until(lambda: ended(state, "runtime"))
    helper = int(processes.tail(state, "runtime"))
    until(lambda: program(helper) == "sleep")
    processes.start(state, Spec("runtime", ("/bin/sh", "-c", "true")))

    assert identity(helper)


@pytest.mark.parametrize(("state", "threads", "runs"), [("Z", 2, True), ("Z", 1, False), ("S", 1, True)])
def test_a_process_runs_as_long_as_one_of_its_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str, threads: int, *, runs: bool
) -> None:
    monkeypatch.setattr(identity_module, "_PROC", tmp_path)
    for path in ("7", "self", "sys/kernel/random"):
        (tmp_path / path).mkdir(parents=True)
    (tmp_path / "sys/kernel/random/boot_id").write_text("boot\n")
    (tmp_path / "7/stat").write_text(f"7 (a b) {state} {'0 ' * 16}{threads} 0 99")

    assert identity(7) == ("boot/99" if runs else None)


def test_the_strays_of_other_labs_are_left_alone(state: Path, tmp_path: Path) -> None:
    stranger = subprocess.Popen(["/bin/sleep", "1000"], env={MARK: str(tmp_path / "other")})
    try:
        assert processes.stop_strays(state) == ()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_little_of_the_environment_is_inherited(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    processes.start(state, Spec("env", ("/usr/bin/env",), env={"A": "1"}))
    until(lambda: ended(state, "env"))
    names = {line.partition("=")[0] for line in processes.tail(state, "env").splitlines()}

    assert names <= {"A", "HOME", "LANG", "PATH", "TMPDIR", MARK}
    assert {"A", "PATH", MARK} <= names


def test_the_log_of_the_run_before_is_kept(state: Path) -> None:
    for word in ("first", "second"):
        processes.start(state, Spec("speaker", ("/bin/echo", word)))
        until(lambda: ended(state, "speaker"))

    assert processes.tail(state, "speaker") == "second"
    assert (state / "logs" / "speaker.log.1").read_text() == "first\n"


def test_only_the_end_of_a_long_log_is_read(state: Path) -> None:
    log = processes.log_path(state, "long")
    log.parent.mkdir()
    log.write_text("\n".join(str(number) for number in range(100_000)))

    assert processes.tail(state, "long", lines=2) == "99998\n99999"


def test_a_program_that_is_not_there_is_named(state: Path) -> None:
    with pytest.raises(LabError) as caught:
        processes.start(state, Spec("etcd", ("/nowhere/etcd",)))

    words = "etcd: /nowhere/etcd cannot be started: No such file or directory; check the program"
    assert str(caught.value) == words


def test_what_cannot_be_recorded_does_not_run(full_disk: Path) -> None:
    (full_disk / "logs").mkdir()
    (full_disk / "logs" / "sleeper.log").write_bytes(b"")
    argument = "0" * 100_000  # the record does not fit, the log does

    with pytest.raises(StorageError):
        processes.start(full_disk, Spec("sleeper", ("/bin/sh", "-c", "sleep 1000", argument)))

    until(lambda: processes.marked(MARK, str(full_disk)) == ())
