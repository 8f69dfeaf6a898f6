"""What the provider does with one resource: plain Python in and out, no protocol."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...wire import Secret
from .api import Api, ApiError, Kind, NoKindError
from .awaiting import NotReadyError, Say, annotations, propagation, seconds, until_gone, until_ready
from .difference import pruned
from .identity import manifest_of, of_id, resource_id
from .ownership import taken_over, without_ignored
from .parts import Object
from .secrecy import has_unknown, plain, veiled

INPUTS = "__inputs"
MANAGER = "__fieldManager"
API_VERSION = "__initialApiVersion"

_PATCH_FORCE = "pulumi.com/patchForce"
_VOLATILE = ("creationTimestamp", "generation", "managedFields", "resourceVersion", "uid")


@dataclass(frozen=True)
class Outcome:
    """A resource as the engine is to remember it."""

    id: str
    outputs: Mapping[str, Any]


@dataclass(frozen=True)
class Request:
    """One resource that the engine asks about.

    Attributes:
        token: its type token.
        inputs: as they were checked.
        preview: whether nothing may change.
        timeout: its custom timeout in seconds, 0 for none.
        say: shows a line beside the resource.
        state: what the engine remembers, empty for a new one.
        ignored: paths whose changes are ignored.
    """

    token: str
    inputs: Mapping[str, Any]
    preview: bool
    timeout: float
    say: Say
    state: Mapping[str, Any] = field(default_factory=dict[str, Any])
    ignored: Sequence[str] = ()

    @property
    def manifest(self) -> Object:
        """The object without its secrets' wrapping."""
        return manifest_of(self.token, plain(self.inputs))


def create(api: Api, request: Request, *, upsert: bool, force: bool) -> Outcome:
    """Create an object and await it; at preview a dry run, where its kind and namespace exist already."""
    manifest, manager = request.manifest, f"pulumi-kubernetes-{secrets.token_hex(4)}"
    if request.preview:
        return Outcome("", _outputs(request, _rehearsed(api, manifest, manager, upsert=upsert, force=force), manager))
    kind = api.await_kind(manifest["apiVersion"], manifest["kind"])
    if not upsert:
        api.create(kind, manifest, manager, dry_run=True)  # the server's own AlreadyExists
    live = api.apply(kind, manifest, manager, force=force or _forced(manifest), dry_run=False)
    made = Outcome(resource_id(live, namespaced=kind.namespaced), _outputs(request, live, manager))
    return _awaited(api, kind, request, made)


def update(api: Api, request: Request, *, force: bool) -> Outcome:
    """Apply an object's new state and await it; at preview a dry run."""
    manager = str(request.state.get(MANAGER) or f"pulumi-kubernetes-{secrets.token_hex(4)}")
    manifest = request.manifest
    if request.preview and has_unknown(manifest):
        return Outcome("", _outputs(request, manifest, manager))
    kind = api.await_kind(manifest["apiVersion"], manifest["kind"])
    live = api.get(kind, manifest)
    predecessors = taken_over(live, manager) if live else None
    if live and predecessors and not request.preview:
        live = api.set_managers(kind, live, predecessors)
    if live:
        manifest = without_ignored(manifest, live, request.ignored, manager)
    forced = force or _forced(manifest) or live is None or (request.preview and predecessors is not None)
    live = api.apply(kind, manifest, manager, force=forced, dry_run=request.preview)
    applied = Outcome(resource_id(live, namespaced=kind.namespaced), _outputs(request, live, manager))
    return applied if request.preview else _awaited(api, kind, request, applied)


def read(api: Api, request: Request, identity: str) -> tuple[Outcome, Mapping[str, Any]] | None:
    """An object as it lives, and the inputs that would make it so; None when it is gone."""
    known = {**manifest_of(request.token, {}), **plain(request.state), **({} if request.state else request.manifest)}
    try:
        kind = api.kind(known["apiVersion"], known["kind"])
    except NoKindError:
        return None
    live = api.get(kind, {"metadata": of_id(identity)})
    if live is None:
        return None
    manager = str(request.state.get(MANAGER) or f"pulumi-kubernetes-{secrets.token_hex(4)}")
    inputs = veiled(pruned(live, plain(request.inputs)), request.inputs) if request.inputs else imported(live)
    again = Request(request.token, inputs, request.preview, request.timeout, request.say)
    return Outcome(resource_id(live, namespaced=kind.namespaced), _outputs(again, live, manager)), inputs


def delete(api: Api, request: Request) -> None:
    """Delete an object and wait until it is gone; one that is gone already, kind and all, is fine."""
    manifest = {**manifest_of(request.token, {}), **plain(request.state)}
    try:
        kind = api.kind(manifest["apiVersion"], manifest["kind"])
    except NoKindError:
        return
    api.delete(kind, manifest, propagation(manifest))
    until_gone(api, kind, manifest, seconds(manifest, request.timeout), request.say)


def imported(live: Object) -> dict[str, Any]:
    """The inputs of an object that was made elsewhere: all of it but what the cluster adds."""
    metadata = {key: value for key, value in live["metadata"].items() if key not in {*_VOLATILE, "ownerReferences"}}
    return {**{key: value for key, value in live.items() if key != "status"}, "metadata": metadata}


class InitError(Exception):
    """An object exists and did not become ready.

    Attributes:
        outcome: what the engine is to remember of it.
        reasons: why it is not ready.
    """

    def __init__(self, outcome: Outcome, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.outcome = outcome
        self.reasons = reasons


def _awaited(api: Api, kind: Kind, request: Request, made: Outcome) -> Outcome:
    manager = str(made.outputs[MANAGER])
    manifest = {**request.manifest, "metadata": plain(made.outputs["metadata"])}
    try:
        live = until_ready(api, kind, manifest, seconds(manifest, request.timeout), request.say)
    except NotReadyError as error:
        raise InitError(Outcome(made.id, _outputs(request, error.live, manager)), error.reasons) from error
    return Outcome(made.id, _outputs(request, live, manager))


def _rehearsed(api: Api, manifest: Object, manager: str, *, upsert: bool, force: bool) -> Object:
    """What creating would give, as far as it can be known before."""
    if has_unknown(manifest):
        return manifest
    try:
        kind = api.kind(manifest["apiVersion"], manifest["kind"])
        if upsert:
            live = api.apply(kind, manifest, manager, force=force or _forced(manifest), dry_run=True)
        else:
            live = api.create(kind, manifest, manager, dry_run=True)
    except ApiError as error:
        if error.code == 404:  # its kind or its namespace comes with the same update
            return manifest
        raise
    metadata = {key: value for key, value in live["metadata"].items() if key not in _VOLATILE}
    return {**{key: value for key, value in live.items() if key != "status"}, "metadata": metadata}


def _forced(manifest: Mapping[str, Any]) -> bool:
    return annotations(manifest).get(_PATCH_FORCE, "").lower() == "true"


def _outputs(request: Request, live: Mapping[str, Any], manager: str) -> dict[str, Any]:
    shown = {**live, "metadata": {key: value for key, value in live["metadata"].items() if key != "managedFields"}}
    outputs: dict[str, Any] = veiled(shown, request.inputs)
    if live.get("kind") == "Secret":
        outputs |= {key: Secret(shown[key]) for key in ("data", "stringData") if key in shown}
    return {**outputs, INPUTS: request.inputs, MANAGER: manager, API_VERSION: live["apiVersion"]}
