"""Where CRD files come from: always with the known checksum, from one place after the other."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from kuberay_files import NAMES, checksums, crd, written
from rayform.components.kuberay.crds import cache, golang, source
from rayform.components.kuberay.crds.errors import CrdsError
from rayform.components.kuberay.crds.source import crd_files

FILES = {name: crd(name) for name in NAMES}
CHECKSUMS = checksums(FILES)
CRDS = "config/crd/bases"
MODULE = f"github.com/ray-project/kuberay/ray-operator@v1.6.2/{CRDS}"
NOWHERE = "http://127.0.0.1:9/{version}"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cache, no Go, no network."""
    monkeypatch.setenv("RAYFORM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GOMODCACHE", str(tmp_path / "mod"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(source, "REPOSITORY", NOWHERE)


@pytest.fixture
def go(tmp_path: Path) -> Callable[[str], None]:
    """Puts a ``go`` on PATH that does what a script says."""

    def put(script: str) -> None:
        program = tmp_path / "bin" / "go"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)

    return put


def test_a_folder_gives_the_files(tmp_path: Path) -> None:
    folder = written(tmp_path / "given", FILES)

    assert crd_files("1.6.2", CHECKSUMS, str(folder)) == FILES


def test_what_was_had_once_is_had_without_its_source(tmp_path: Path) -> None:
    crd_files("1.6.2", CHECKSUMS, str(written(tmp_path / "given", FILES)))

    assert crd_files("1.6.2", CHECKSUMS, str(tmp_path / "gone")) == FILES


def test_a_damaged_cache_is_filled_again(tmp_path: Path) -> None:
    folder = str(written(tmp_path / "given", FILES))
    crd_files("1.6.2", CHECKSUMS, folder)
    damaged = cache.folder() / f"{CHECKSUMS[NAMES[0]]}.yaml"
    damaged.write_bytes(b"half of")

    assert crd_files("1.6.2", CHECKSUMS, folder) == FILES
    assert damaged.read_bytes() == FILES[NAMES[0]]


def test_a_file_with_another_checksum_is_refused_and_not_kept(tmp_path: Path) -> None:
    other = crd(NAMES[1], note="changed")
    folder = written(tmp_path / "given", {**FILES, NAMES[1]: other})

    with pytest.raises(CrdsError) as caught:
        crd_files("1.6.2", CHECKSUMS, str(folder))

    assert str(caught.value) == (
        f"source: {', '.join(NAMES)} of KubeRay 1.6.2 asked, nobody gives what the checksums stand for "
        f"({folder}: {NAMES[1]} has sha256 {sha256(other).hexdigest()}, {CHECKSUMS[NAMES[1]]} is expected); "
        "name a folder or an address that holds these files of that version"
    )
    assert not cache.folder().exists()


def test_go_s_module_cache_gives_the_files_without_go(tmp_path: Path) -> None:
    written(tmp_path / "mod" / MODULE, FILES)

    assert crd_files("1.6.2", CHECKSUMS, None) == FILES


def test_go_downloads_what_its_cache_lacks(tmp_path: Path, go: Callable[[str], None]) -> None:
    folder = tmp_path / "downloaded"
    written(folder / CRDS, FILES)
    go(f"echo '{json.dumps({'Dir': str(folder)})}'")

    assert crd_files("1.6.2", CHECKSUMS, None) == FILES


def test_the_repository_is_the_last_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "v1.6.2", FILES)
    monkeypatch.setattr(source, "REPOSITORY", str(tmp_path / "v{version}"))

    assert crd_files("1.6.2", CHECKSUMS, None) == FILES


def test_a_bad_copy_in_one_place_does_not_hide_a_good_one_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "mod" / MODULE, dict.fromkeys(NAMES, b"tampered"))
    written(tmp_path / "v1.6.2", FILES)
    monkeypatch.setattr(source, "REPOSITORY", str(tmp_path / "v{version}"))

    assert crd_files("1.6.2", CHECKSUMS, None) == FILES


def test_without_cache_go_and_network_the_error_names_every_place(tmp_path: Path) -> None:
    with pytest.raises(CrdsError) as caught:
        crd_files("1.6.2", {NAMES[0]: CHECKSUMS[NAMES[0]]}, None)

    assert str(caught.value) == (
        f"source: {NAMES[0]} of KubeRay 1.6.2 asked, nobody gives what the checksums stand for ("
        f"Go's module cache: [Errno 2] No such file or directory: '{tmp_path}/mod/{MODULE}/{NAMES[0]}'; "
        "Go's module proxy: go is not on PATH; "
        f"http://127.0.0.1:9/1.6.2: http://127.0.0.1:9/1.6.2/{NAMES[0]} does not answer "
        "([Errno 111] Connection refused)); "
        "name a folder or an address that holds these files of that version"
    )


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ('echo \'{"Error": "module lookup disabled by GOPROXY=off"}\'', "module lookup disabled by GOPROXY=off"),
        ("echo go: it is   broken >&2; exit 1", "go: it is broken"),
        ("echo '{}'", "no reason given"),
    ],
)
def test_what_go_says_is_told(script: str, reason: str, go: Callable[[str], None]) -> None:
    go(script)

    with pytest.raises(CrdsError) as caught:
        crd_files("1.6.2", CHECKSUMS, None)

    assert f"; Go's module proxy: {reason}; " in str(caught.value)


def test_a_go_that_never_answers_is_left(go: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golang, "SECONDS", 0.1)
    go("while :; do :; done")

    with pytest.raises(CrdsError, match=r"; Go's module proxy: no answer within 0\.1 seconds; "):
        crd_files("1.6.2", CHECKSUMS, None)
