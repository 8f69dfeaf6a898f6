"""What is built, once, whole or not at all."""

import importlib
import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import Silent, StorageError, ToolError, resolve
from rayform.lab.toolchain import TOOLS
from rayform.lab.toolchain import cache as store
from rayform.lab.toolchain.golang import find_go

GoMaker = Callable[..., Path]
BUILDING = "building etcd 3.6.16 from source, about 2 minutes when nothing is cached"
INSTEAD = ", or put etcd 3.6 on PATH or into KUBEBUILDER_ASSETS"


def count(builds: Path) -> int:
    return len(builds.read_text().split())


def refusal(name: str = "etcd") -> str:
    with pytest.raises(ToolError) as caught:
        resolve(name, Silent())
    assert caught.value.tool == name
    return str(caught.value)


def test_what_is_missing_is_built_once_and_in_sight(go: GoMaker, spoken: Spoken) -> None:
    builds = go()

    assert resolve("etcd", spoken) == resolve("etcd", spoken)
    assert count(builds) == 1
    assert spoken.lines == [BUILDING]


def test_files_of_a_module_are_laid_beside_what_is_compiled_with_them(
    go: GoMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "module"
    (module / "cmd/pulumi-resource-kubernetes").mkdir(parents=True)
    for name in ("schema", "terraform-mapping"):
        (module / f"cmd/pulumi-resource-kubernetes/{name}.json").write_text(name)
    building = importlib.import_module("rayform.lab.toolchain.resolve")  # the package has a function of that name
    monkeypatch.setattr(building, "module_dir", lambda *_asked: module)
    go(f"cat *.json > {tmp_path}/seen")
    resolve("pulumi-resource-kubernetes", Silent())

    assert (tmp_path / "seen").read_text() == "schematerraform-mapping"


def test_the_place_of_a_build_tells_all_that_it_was_made_from(go: GoMaker, cache: Path) -> None:
    go()
    program = resolve("etcd", Silent())

    assert program.name == "etcd"
    assert program.parent.parent == cache / "toolchain" / "etcd"
    assert program.parent.name.endswith("-go1.26.8-linux-amd64")


def test_another_go_builds_anew(go: GoMaker) -> None:
    go()
    first = resolve("etcd", Silent())
    builds = go(version="go1.27.0")

    assert resolve("etcd", Silent()) != first
    assert count(builds) == 2


def test_other_sources_build_anew(go: GoMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go()
    machine_go = find_go()
    assert machine_go
    before = store.key(TOOLS["etcd"], machine_go)
    monkeypatch.setattr("rayform.lab.toolchain.table.MODULES", tmp_path)
    (tmp_path / "etcd").mkdir()
    (tmp_path / "etcd" / "main.go").write_text("package main")

    assert store.key(TOOLS["etcd"], machine_go) != before


def test_a_broken_build_is_not_used_but_made_anew(go: GoMaker) -> None:
    builds = go()
    program = resolve("etcd", Silent())
    whole = program.read_bytes()
    program.write_bytes(whole[:-1])

    assert resolve("etcd", Silent()).read_bytes() == whole
    assert count(builds) == 2


@pytest.mark.parametrize("lost", ["etcd", "etcd.sha256"])
def test_half_a_build_is_not_used(go: GoMaker, lost: str) -> None:
    builds = go()
    (resolve("etcd", Silent()).parent / lost).unlink()
    resolve("etcd", Silent())

    assert count(builds) == 2


def test_what_an_interrupted_build_left_is_swept_up(go: GoMaker, cache: Path) -> None:
    go()
    leftover = cache / "toolchain" / "etcd" / "partial-123"
    leftover.mkdir(parents=True)
    (leftover / "etcd").write_text("half")
    program = resolve("etcd", Silent())

    assert list((cache / "toolchain" / "etcd").iterdir()) == [program.parent]


def test_a_failed_build_leaves_nothing(go: GoMaker, cache: Path) -> None:
    go("echo main.go:3: undefined: etcdmain >&2; exit 1")
    words = f"etcd: the build failed; the compiler's last words follow{INSTEAD}\n  | main.go:3: undefined: etcdmain"

    assert refusal() == words
    assert list((cache / "toolchain" / "etcd").iterdir()) == []


def test_two_builders_do_not_race(go: GoMaker) -> None:
    builds = go("sleep 0.2")
    fork = multiprocessing.get_context("fork")
    racers = [fork.Process(target=resolve, args=("etcd", Silent())) for _ in range(3)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert [racer.exitcode for racer in racers] == [0, 0, 0]
    assert count(builds) == 1


def test_a_build_is_used_even_when_go_has_gone(go: GoMaker, machine: Machine) -> None:
    go()
    program = resolve("etcd", Silent())
    (machine.folder / "go").unlink()

    assert resolve("etcd", Silent()) == program


def test_no_go_is_one_clear_error(machine: Machine, cache: Path) -> None:
    del machine, cache
    advice = f"install Go 1.26.0 or newer (https://go.dev/dl){INSTEAD}"

    assert refusal() == f"etcd: Go is needed to make it, none is on PATH; {advice}"


def test_an_old_go_is_one_clear_error(go: GoMaker, machine: Machine) -> None:
    go(version="go1.19.8")
    advice = f"install Go 1.26.0 or newer (https://go.dev/dl){INSTEAD}"
    program = machine.folder / "go"

    assert refusal() == f"etcd: Go 1.26.0 is needed to make it, {program} is go1.19.8; {advice}"


def test_no_network_is_one_clear_error(go: GoMaker) -> None:
    line = "go: go.etcd.io/etcd@v3.6.16: dial tcp: lookup proxy.example: no such host"
    go(f"echo '{line}' >&2; exit 1")
    remedy = f"connect, or set GOPROXY to a proxy that answers{INSTEAD}; what was fetched is kept"

    assert refusal() == f"etcd: its source cannot be fetched ({line}); {remedy}"


def test_a_full_disk_is_one_clear_error(go: GoMaker, cache: Path) -> None:
    line = "/usr/bin/ld: final link failed: no space left on device"
    go(f"echo '{line}' >&2; exit 1")
    places = f"{cache}/toolchain/etcd, Go's build cache (GOCACHE) and the temporary folder (TMPDIR)"

    assert refusal() == f"etcd: the disk is full ({line}); free some space under {places} and run the command again"


def test_a_tampered_download_is_one_clear_error(go: GoMaker) -> None:
    line = "verifying go.etcd.io/etcd@v3.6.16: checksum mismatch"
    go(f"echo '{line}' >&2; exit 1")
    remedy = "check GOPROXY, nothing was installed"

    assert refusal() == f"etcd: a download is not what was pinned ({line}); {remedy}"


def test_a_cache_on_a_full_disk_is_one_clear_error(
    go: GoMaker, full_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go()
    monkeypatch.setenv("RAYFORM_CACHE", str(full_disk / "cache"))
    (full_disk / "rest").write_bytes(b"0" * 4096)

    with pytest.raises(StorageError) as caught:
        resolve("etcd", Silent())

    assert "the disk is full" in str(caught.value)
