"""Files named on the command line, and standard input."""

import io
import sys
from pathlib import Path

import pytest
from rayform.cli.files import read
from rayform.components.documents import DocumentError

CLUSTER = "apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: train}\n"


def test_standard_input_is_read_by_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLUSTER.encode())))
    (document,) = read("-")
    assert (document.file, document.name) == ("-", "train")


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "cluster.yaml"
    file.write_text(CLUSTER)
    (document,) = read(str(file))
    assert document.file == str(file)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        read(str(tmp_path / "no.yaml"))
    assert (
        refused.value.problem == "cannot be read, no such file or directory; name a YAML or JSON file, or - for stdin"
    )


def test_a_directory_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        read(str(tmp_path))
    assert refused.value.problem == "cannot be read, is a directory; name a YAML or JSON file, or - for stdin"


def test_a_file_beyond_the_limit_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    with file.open("wb") as stream:
        stream.truncate(50 * 2**20)
    with pytest.raises(DocumentError) as refused:
        read(str(file))
    assert refused.value.problem == "larger than 16 MiB; split it into smaller files"
