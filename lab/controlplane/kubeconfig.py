"""Kubeconfig files: self-contained, readable by their owner only, never without the server's authority."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import yaml

from ..errors import LabError
from ..paths import write_private
from .pki import Pair


def write_kubeconfig(path: Path, *, server: str, authority: Path, name: str, user: Pair | Path) -> Path:
    """Write ``path``: ``server`` under context ``name``, as the certificate of ``user`` or the token in that file."""
    context = {"cluster": name, "user": name}
    content = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": {"server": server, "certificate-authority-data": _inline(authority)}}],
        "users": [{"name": name, "user": _user(user)}],
        "contexts": [{"name": name, "context": context}],
        "current-context": name,
    }
    text = yaml.safe_dump(content, sort_keys=False)
    # An unchanged file keeps its time, which tells clients that watch it that nothing happened.
    return path if path.exists() and path.read_bytes() == text.encode() else write_private(path, text)


def server_of(path: Path) -> str:
    """The URL of the server that the kubeconfig at ``path`` names."""
    try:
        content: Any = yaml.safe_load(path.read_bytes())
        return str(content["clusters"][0]["cluster"]["server"])
    except FileNotFoundError as error:
        raise LabError(f"{path}: no lab is up there; run 'rayform lab up'") from error
    except (yaml.YAMLError, LookupError, TypeError) as error:
        raise LabError(
            f"{path}: is not the lab's kubeconfig any more; run 'rayform lab up' to write it anew"
        ) from error


def _user(user: Pair | Path) -> dict[str, Any]:
    if isinstance(user, Path):
        return {"tokenFile": str(user)}
    return {"client-certificate-data": _inline(user.certificate), "client-key-data": _inline(user.key)}


def _inline(path: Path) -> str:
    return b64encode(path.read_bytes()).decode()
