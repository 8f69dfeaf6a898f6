"""An image archive holds what runtimes check: every blob under its own digest."""

import hashlib
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from rayform.lab import Silent
from rayform.lab.nodes.images import PAUSE, archive, operator_image, pause_image

CONFIG = archive.Config(user="1000:100", working_dir="/home", command=("/bin/bash",), env={"PATH": "/bin"})


@pytest.fixture
def layers(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "one", tmp_path / "two"]
    for path in made:
        path.write_bytes(path.name.encode() * 1000)
    return made


def contents(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as opened:
        return {member.name: opened.extractfile(member).read() for member in opened}


def followed(members: dict[str, bytes], descriptor: dict[str, Any]) -> dict[str, Any]:
    """What a descriptor points to."""
    data = members[f"blobs/sha256/{descriptor['digest'].removeprefix('sha256:')}"]
    assert len(data) == descriptor["size"]
    content: dict[str, Any] = json.loads(data)
    return content


def test_every_blob_lies_under_its_digest(layers: list[Path], tmp_path: Path) -> None:
    archive.write(tmp_path / "image.tar", "registry/name:tag", layers, CONFIG)
    blobs = {name: data for name, data in contents(tmp_path / "image.tar").items() if name.startswith("blobs/")}

    assert len(blobs) == 4
    assert all(hashlib.sha256(data).hexdigest() == Path(name).name for name, data in blobs.items())


def test_the_index_leads_to_the_layers_in_order(layers: list[Path], tmp_path: Path) -> None:
    archive.write(tmp_path / "image.tar", "registry/name:tag", layers, CONFIG)
    members = contents(tmp_path / "image.tar")
    (top,) = json.loads(members["index.json"])["manifests"]
    manifest = followed(members, top)
    config = followed(members, manifest["config"])

    assert top["annotations"] == {"io.containerd.image.name": "registry/name:tag"}
    digests = [f"sha256:{hashlib.sha256(layer.read_bytes()).hexdigest()}" for layer in layers]
    assert [layer["digest"] for layer in manifest["layers"]] == config["rootfs"]["diff_ids"] == digests
    assert json.loads(members["oci-layout"]) == {"imageLayoutVersion": "1.0.0"}


def test_the_config_says_who_runs_what_where(layers: list[Path], tmp_path: Path) -> None:
    archive.write(tmp_path / "image.tar", "registry/name:tag", layers, CONFIG)
    members = contents(tmp_path / "image.tar")
    config = followed(members, followed(members, json.loads(members["index.json"])["manifests"][0])["config"])

    assert config["config"] == {
        "User": "1000:100",
        "WorkingDir": "/home",
        "Env": ["PATH=/bin"],
        "Entrypoint": [],
        "Cmd": ["/bin/bash"],
    }


def test_the_same_things_make_the_same_archive(layers: list[Path], tmp_path: Path) -> None:
    for name in ("a.tar", "b.tar"):
        archive.write(tmp_path / name, "registry/name:tag", layers, CONFIG)

    assert (tmp_path / "a.tar").read_bytes() == (tmp_path / "b.tar").read_bytes()


def test_the_operators_image_is_upstreams_by_name_and_path(cache: Path, tmp_path: Path) -> None:
    del cache
    (tmp_path / "built").write_text("program")
    image = operator_image(tmp_path / "built", "1.6.2")
    members = contents(image.archive(Silent()))
    manifest = followed(members, json.loads(members["index.json"])["manifests"][0])
    (layer,) = manifest["layers"]
    (tmp_path / "layer").write_bytes(members[f"blobs/sha256/{layer['digest'][7:]}"])

    assert image.reference == "quay.io/kuberay/operator:v1.6.2"
    assert contents(tmp_path / "layer") == {"manager": b"program"}
    assert followed(members, manifest["config"])["config"]["Entrypoint"] == ["/manager"]
    assert followed(members, manifest["config"])["config"]["User"] == "65532:65532"


def test_another_program_is_another_image(tmp_path: Path) -> None:
    (tmp_path / "built").write_text("one")
    before = pause_image(tmp_path / "built")
    (tmp_path / "built").write_text("two")

    assert before.reference == pause_image(tmp_path / "built").reference == PAUSE
    assert before.key != pause_image(tmp_path / "built").key
