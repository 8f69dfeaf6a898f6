"""Kubeconfig files."""

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
import yaml
from rayform.lab import LabError
from rayform.lab.controlplane import Authority, write_kubeconfig
from rayform.lab.controlplane.kubeconfig import server_of

SERVER = "https://127.0.0.1:20001"


def write(folder: Path, token: Path | None = None, server: str = SERVER) -> Path:
    authority = Authority(folder)
    user = token or authority.issue("admin", common_name="admin")
    path = folder / "kubeconfig"
    return write_kubeconfig(path, server=server, authority=authority.pair.certificate, name="lab", user=user)


def content(path: Path, part: str) -> dict[str, Any]:
    (found,) = yaml.safe_load(path.read_text())[f"{part}s"]
    inner: dict[str, Any] = found[part]
    return inner


def test_it_knows_the_server_and_its_authority(tmp_path: Path) -> None:
    cluster = content(write(tmp_path), "cluster")

    assert cluster["server"] == SERVER
    assert b64decode(cluster["certificate-authority-data"]) == (tmp_path / "ca.crt").read_bytes()


def test_it_holds_the_certificate_so_that_it_can_be_moved(tmp_path: Path) -> None:
    user = content(write(tmp_path), "user")

    assert b64decode(user["client-key-data"]) == (tmp_path / "admin.key").read_bytes()


def test_a_token_is_named_by_its_file_so_that_it_can_be_renewed(tmp_path: Path) -> None:
    assert content(write(tmp_path, tmp_path / "token"), "user") == {"tokenFile": str(tmp_path / "token")}


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    assert write(tmp_path).stat().st_mode & 0o777 == 0o600


def test_an_unchanged_one_is_not_touched(tmp_path: Path) -> None:
    before = write(tmp_path).stat().st_mtime_ns

    assert write(tmp_path).stat().st_mtime_ns == before


def test_its_server_can_be_read_back(tmp_path: Path) -> None:
    assert server_of(write(tmp_path)) == SERVER


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"clusters: []", b"\xff"])
def test_one_that_is_broken_says_so_and_is_written_anew(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path)
    path.write_bytes(content)
    with pytest.raises(LabError) as caught:
        server_of(path)

    assert str(caught.value) == f"{path}: is not the lab's kubeconfig any more; run 'rayform lab up' to write it anew"
    assert server_of(write(tmp_path)) == SERVER


def test_without_one_no_lab_is_up(tmp_path: Path) -> None:
    with pytest.raises(LabError) as caught:
        server_of(tmp_path / "none")

    assert str(caught.value) == f"{tmp_path / 'none'}: no lab is up there; run 'rayform lab up'"
