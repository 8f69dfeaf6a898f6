"""Small CRD files with checksums, in place of KubeRay's four megabytes."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

NAMES = ("ray.io_rayclusters.yaml", "ray.io_rayjobs.yaml")


def crd(file: str, versions: tuple[str, ...] = ("v1",), note: str = "") -> bytes:
    """A CRD file; the first of its versions is the stored one."""
    plural = file.removeprefix("ray.io_").removesuffix(".yaml")
    listed = [{"name": name, "served": True, "storage": name == versions[0]} for name in versions]
    body = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.ray.io"},
        "spec": {"group": "ray.io", "names": {"plural": plural, "shortNames": [note or "x"]}, "versions": listed},
    }
    return yaml.safe_dump(body).encode()


def checksums(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(content).hexdigest() for name, content in files.items()}


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files, in that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def wanted(folder: Path, version: str = "1.6.2", **properties: Any) -> dict[str, Any]:
    """The properties of a CRDs' resource whose files are those of the folder."""
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}
    return {"version": version, "sha256": checksums(files), "source": str(folder), **properties}
