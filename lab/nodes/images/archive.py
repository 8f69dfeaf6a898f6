"""Image archives: an OCI layout in one tar file, with layers that lie ready as tar files."""

import hashlib
import io
import json
import platform
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
"""Names of processors in images, by what the kernel calls them."""

_TYPE = "application/vnd.oci.image"


@dataclass(frozen=True)
class Config:
    """What a container of the image does when its pod does not say otherwise.

    Attributes:
        user: ``uid:gid``.
        working_dir: the folder it starts in.
        entrypoint: program and arguments that a pod's ``command`` replaces.
        command: arguments that a pod's ``args`` replace.
        env: environment variables.
    """

    user: str
    working_dir: str = "/"
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict[str, str])


def write(destination: Path, reference: str, layers: Sequence[Path], config: Config) -> None:
    """Write ``destination``: the image ``reference`` (registry, name and tag), its ``layers`` from the ground up."""
    with tarfile.open(destination, "w") as archive:
        blobs = [_file(archive, layer) for layer in layers]
        settings = _object(archive, "config.v1+json", _settings(config, [blob["digest"] for blob in blobs]))
        manifest = {"schemaVersion": 2, "mediaType": f"{_TYPE}.manifest.v1+json", "config": settings, "layers": blobs}
        top = _object(archive, "manifest.v1+json", manifest)
        index = {"schemaVersion": 2, "manifests": [{**top, "annotations": {"io.containerd.image.name": reference}}]}
        _member(archive, "index.json", json.dumps(index).encode())
        _member(archive, "oci-layout", json.dumps({"imageLayoutVersion": "1.0.0"}).encode())


def program_layer(destination: Path, program: Path) -> None:
    """Write ``destination``: a layer that holds nothing but ``program``, at the root, for everybody to run."""
    with tarfile.open(destination, "w") as layer, program.open("rb") as content:
        entry = tarfile.TarInfo(program.name)
        entry.size, entry.mode = program.stat().st_size, 0o755
        layer.addfile(entry, content)


def _settings(config: Config, layers: list[str]) -> dict[str, Any]:
    machine = platform.machine()
    return {
        "architecture": ARCHITECTURES.get(machine, machine),
        "os": "linux",
        "config": {
            "User": config.user,
            "WorkingDir": config.working_dir,
            "Env": [f"{name}={value}" for name, value in config.env.items()],
            "Entrypoint": list(config.entrypoint),
            "Cmd": list(config.command),
        },
        "rootfs": {"type": "layers", "diff_ids": layers},  # they are not compressed, so the digests are the same
    }


def _file(archive: tarfile.TarFile, path: Path) -> dict[str, Any]:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        entry = tarfile.TarInfo(f"blobs/sha256/{digest}")
        entry.size = path.stat().st_size
        archive.addfile(entry, content)
    return {"mediaType": f"{_TYPE}.layer.v1.tar", "digest": f"sha256:{digest}", "size": entry.size}


def _object(archive: tarfile.TarFile, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    data = json.dumps(content).encode()
    digest = hashlib.sha256(data).hexdigest()
    _member(archive, f"blobs/sha256/{digest}", data)
    return {"mediaType": f"{_TYPE}.{kind}", "digest": f"sha256:{digest}", "size": len(data)}


def _member(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))
