"""The life of KubeRay's CRDs in a cluster: checked, applied, looked at again; never deleted."""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

import yaml
from rayform.spec.refusal import Refusal, RefusedError

from . import guard
from .change import content_changed
from .errors import CrdsError, UnreachableError
from .server import VERSION_LABEL, Server
from .server import server as reached
from .source import crd_files

__all__ = ["apply", "failures", "look", "renew"]

ESTABLISHED_SECONDS = 60
"""How long the API server may take to serve a new kind."""
FORGETTING = "PULUMI_K8S_DELETE_UNREACHABLE"
"""The variable by which the Kubernetes provider too is told that what cannot be reached is gone."""
MISSING = "missing"
"""What stands for the fingerprint of a CRD that is not in the cluster."""

_LABELS = {"app.kubernetes.io/part-of": "kuberay", "app.kubernetes.io/managed-by": "rayform"}

# libyaml's loader takes a fifth of the time, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Properties = Mapping[str, Any]


def failures(state: Properties, wanted: Properties, *, reachable: bool) -> list[str]:
    """What stands against a change, before anything is changed: at preview too.

    ``reachable`` is whether the kubeconfig is known; where the cluster is yet to be made, it is not.
    """
    found = list(guard.downgrade(wanted["version"], state.get("version", wanted["version"])))
    try:
        files = _files(wanted)
        if reachable and not found:
            with _server(wanted) as server:
                found += _against(server, wanted, files)
    except CrdsError as error:
        return [*map(str, found), str(error)]
    return [str(refusal) for refusal in found]


def apply(wanted: Properties) -> dict[str, Any]:
    """Applies the CRDs and waits until objects of them can be made; what the state then says of them.

    Raises:
        RefusedError: objects in the cluster depend on what these CRDs lack.
        CrdsError: they cannot be had or applied.
    """
    files = _files(wanted)
    with _server(wanted) as server:
        if found := list(_against(server, wanted, files)):
            raise RefusedError("KubeRayCrds", found)
        for content in files.values():
            server.apply(_labelled(_parsed(content), wanted["version"]))
        live = server.await_established(files, ESTABLISHED_SECONDS)
    fingerprints = {name: crd.fingerprint for name, crd in live.items()}
    return _state(wanted, fingerprints, fingerprints)


def renew(state: Properties, wanted: Properties) -> dict[str, Any]:
    """Applies what is wanted, unless the cluster has it already; what the state then says."""
    if not content_changed(state, wanted):
        seen = look({**wanted, "applied": state["applied"]})
        if seen is not None and seen["live"] == seen["applied"]:
            return seen
    return apply(wanted)


def look(state: Properties) -> dict[str, Any] | None:
    """The state with what is in the cluster now; None when nothing of it is there any more.

    Raises:
        CrdsError: the cluster cannot be asked, and nobody said that such a one is to be forgotten.
    """
    applied: dict[str, str] = state["applied"]
    try:
        with _server(state) as server:
            live = server.live(applied)
    except UnreachableError:
        if os.environ.get(FORGETTING) != "true":
            raise
        return None
    seen = {name: live[name].fingerprint if name in live else MISSING for name in applied}
    return _state(state, applied, seen) if live else None


def _state(properties: Properties, applied: Mapping[str, str], live: Mapping[str, str]) -> dict[str, Any]:
    return {**properties, "applied": dict(applied), "live": dict(live)}


def _server(properties: Properties) -> AbstractContextManager[Server]:
    return reached(properties.get("kubeconfig"), properties.get("context"))


def _files(wanted: Properties) -> dict[str, bytes]:
    """The files by the name of the CRD in each."""
    files = crd_files(wanted["version"], wanted["sha256"], wanted.get("source"))
    return {_crd_name(name): content for name, content in files.items()}


def _crd_name(file: str) -> str:
    """``ray.io_rayclusters.yaml`` holds ``rayclusters.ray.io``: so its generator names files."""
    group, _, plural = file.removesuffix(".yaml").partition("_")
    return f"{plural}.{group}"


def _parsed(content: bytes) -> dict[str, Any]:
    body: dict[str, Any] = yaml.load(content, Loader=_LOADER)  # noqa: S506  both loaders are safe ones
    return body


def _labelled(body: dict[str, Any], version: str) -> dict[str, Any]:
    return {**body, "metadata": {**body["metadata"], "labels": {**_LABELS, VERSION_LABEL: version}}}


def _against(server: Server, wanted: Properties, files: Mapping[str, bytes]) -> Iterator[Refusal]:
    live = server.live(files)
    versions = {name: {version["name"] for version in _parsed(files[name])["spec"]["versions"]} for name in live}
    return guard.refusals(wanted["version"], live, versions)
