"""What the provider does with one resource: plain Python in and out, no protocol."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..provider.asked import InitError, Outcome, Say
from ..provider.cancel import Cancelled
from ..provider.difference import pruned
from ..provider.secrecy import has_unknown, plain
from .api import Api, ApiError, NoKindError
from .awaiting import NotReadyError, Patience, awaited, seconds, until_gone, until_ready
from .conditions import WaitForError
from .identity import Type, field_manager, of_id, resource_id
from .normal import READ_ONLY, normalized
from .ownership import created_by_us, handed_over, without_ignored
from .parts import Object, annotation, built_in, part, with_metadata
from .veil import veiled

PATCH_FORCE = "pulumi.com/patchForce"
DELETION_PROPAGATION = "pulumi.com/deletionPropagationPolicy"

_INPUTS, _MANAGER, _API_VERSION = "__inputs", "__fieldManager", "__initialApiVersion"
_RETRIES = 5
_CRD = "CustomResourceDefinition"
_PROPAGATION = {"background": "Background", "orphan": "Orphan"}


@dataclass(frozen=True)
class Request:
    """One resource that the engine asks about.

    Attributes:
        type: its type.
        inputs: as they were checked.
        say: shows a line beside the resource.
        cancelled: whether the engine wants it to end.
        preview: whether nothing may change.
        timeout: its custom timeout in seconds, 0 for none.
        state: what the engine remembers, empty for a new one.
        ignored: paths whose changes are ignored.
        force: whether conflicts with other managers are won.
        upsert: whether creating takes over an object that exists.
    """

    type: Type
    inputs: Mapping[str, Any]
    say: Say
    cancelled: Cancelled
    preview: bool = False
    timeout: float = 0.0
    state: Mapping[str, Any] = field(default_factory=dict[str, Any])
    ignored: Sequence[str] = ()
    force: bool = False
    upsert: bool = False

    @property
    def manifest(self) -> Object:
        """The object as it is wanted, without its secrets' wrapping."""
        return self.type.manifest(plain(self.inputs))

    @property
    def before(self) -> Object:
        """The object as it was wanted."""
        return part(plain(self.state), _INPUTS)

    @property
    def is_patch(self) -> bool:
        """Whether the resource only owns some fields of somebody else's object."""
        return self.type.is_patch(self.manifest)

    @property
    def forced(self) -> bool:
        """Whether this object's conflicts with other managers are won."""
        return self.force or annotation(self.manifest, PATCH_FORCE) == "true"


def create(api: Api, request: Request) -> Outcome:
    """Create an object and await it; at preview a dry run, where its kind and namespace exist already."""
    manifest, manager = request.manifest, field_manager(request.manifest, {})

    def make() -> Object:
        if request.upsert or request.is_patch:
            return api.apply(manifest, manager, force=request.forced or request.preview, dry_run=request.preview)
        return api.create(manifest, manager, dry_run=request.preview)

    if request.preview:
        # A replacement may bear the name of what it replaces.
        rehearsed = None if request.is_patch else _rehearsed(make, manifest, ("AlreadyExists", "Forbidden"))
        return Outcome("", request.inputs if rehearsed is None else _outputs(request, _unborn(rehearsed), manager))
    return _awaited(api, request, _patiently(make, request), manager)


def update(api: Api, request: Request) -> Outcome:
    """Apply an object's new state and await it; at preview a dry run."""
    manager = field_manager(request.manifest, request.state)
    if request.preview:
        rehearsed = _rehearsed(lambda: _applied(api, request, manager), request.manifest, ("Forbidden",))
        return Outcome("", request.inputs if rehearsed is None else _outputs(request, rehearsed, manager))
    updated = _updated(api, request, manager)
    former = field_manager(request.before, request.state)
    if former != manager:
        _relinquished(api, request.manifest, former)
    return updated


def _updated(api: Api, request: Request, manager: str) -> Outcome:
    """What an update came to; of one that was refused the engine remembers what it asked, and that it is to be done."""
    try:
        return _awaited(api, request, _applied(api, request, manager), manager)
    except (ApiError, WaitForError) as error:
        live = api.get(request.manifest)
        if live is None:
            raise
        kept = Outcome(resource_id(live), _outputs(request, live, manager), request.inputs)
        raise InitError(kept, [str(error)]) from error


def read(api: Api, request: Request, identifier: str) -> Outcome | None:
    """An object as it lives, and the inputs that would make it so; None when it is gone."""
    known = request.type.manifest({**request.before, **plain(request.inputs)})
    try:
        live = api.get({**known, "metadata": of_id(identifier)})
    except NoKindError:
        return None
    if live is None:
        return None
    inputs = pruned(live, normalized(plain(request.inputs))) if request.inputs else _imported(live)
    again = replace(request, inputs=veiled(inputs, request.inputs))
    found = Outcome(identifier, _outputs(again, live, field_manager(inputs, request.state)), again.inputs)
    missing = awaited(api, known) if request.inputs and built_in(known["apiVersion"]) else None
    if missing and (lacking := missing(live)):
        raise InitError(found, [f"not ready: waiting for {lacking}"])
    return found


def delete(api: Api, request: Request, identifier: str) -> None:
    """Delete an object and wait until it is gone; one that is gone already, kind and all, is fine."""
    manifest = with_metadata(request.type.manifest(request.before), **of_id(identifier))
    if request.type.is_patch(manifest):
        _relinquished(api, manifest, field_manager(manifest, request.state))
        return
    try:
        api.delete(manifest, _PROPAGATION.get(annotation(manifest, DELETION_PROPAGATION).lower(), "Foreground"))
    except ApiError as error:
        if error.code == 404:
            return
        raise
    uid = part(plain(request.state), "metadata").get("uid")
    until_gone(manifest, uid, _patience(api, request, manifest))


def _applied(api: Api, request: Request, manager: str) -> Object:
    manifest = request.manifest
    live = api.get(manifest)
    if live is None:
        raise ApiError(404, "NotFound", f"{manifest['kind']} {resource_id(manifest)} not found; run 'pulumi refresh'")
    if manifest["kind"] == _CRD:
        version = part(live, "metadata")["resourceVersion"]
        return api.replace(with_metadata(manifest, resourceVersion=version), manager, dry_run=request.preview)
    if not request.preview and not request.is_patch:
        live = _with_our_fields(api, live, manager)
    wanted = without_ignored(manifest, live, request.ignored, manager)
    # At preview the fields of our own creation are not handed over, and would be a conflict with ourselves.
    force = (
        request.forced or (request.preview and created_by_us(live)) or not part(live, "metadata").get("managedFields")
    )
    return api.apply(wanted, manager, force=force, dry_run=request.preview)


def _with_our_fields(api: Api, live: Object, manager: str) -> Object:
    for _ in range(_RETRIES):
        fields = handed_over(live, manager)
        if fields is None:
            break
        version = part(live, "metadata")["resourceVersion"]
        changes = {"managedFields": fields, "resourceVersion": version}
        operations = [{"op": "replace", "path": f"/metadata/{key}", "value": value} for key, value in changes.items()]
        try:
            return api.patch(live, operations)
        except ApiError as error:
            if error.code != 409:
                raise
        live = api.get(live) or live  # somebody was quicker
    return live


def _patiently(make: Callable[[], Object], request: Request) -> Object:
    """What ``make`` makes, tried again for a while: a CRD or namespace of the same update may not be there yet."""
    for attempt in range(_RETRIES + 1):
        try:
            return make()
        except ApiError as error:
            if error.code != 404 or attempt == _RETRIES or request.cancelled.during(2**attempt):
                raise
            request.say(f"Retry #{attempt}; creation failed: {error}")
    raise AssertionError("the last try ends it")


def _rehearsed(make: Callable[[], Object], manifest: Object, tolerated: Sequence[str]) -> Object | None:
    """What a dry run gives; None where the outcome cannot be known before."""
    if has_unknown(manifest):
        return None
    try:
        return make()
    except NoKindError:  # its CRD comes with the same update
        return None
    except ApiError as error:
        if error.reason in tolerated or (error.code == 404 and error.about == "namespaces"):
            return None
        raise


def _awaited(api: Api, request: Request, live: Object, manager: str) -> Outcome:
    manifest = request.manifest
    try:
        live = until_ready(manifest, live, _patience(api, request, manifest))
    except NotReadyError as error:
        made = Outcome(resource_id(live), _outputs(request, error.live, manager), request.inputs)
        raise InitError(made, error.reasons) from error
    request.say("")
    return Outcome(resource_id(live), _outputs(request, live, manager))


def _patience(api: Api, request: Request, manifest: Mapping[str, Any]) -> Patience:
    return Patience(seconds(manifest, request.timeout), request.say, request.cancelled, api)


def _relinquished(api: Api, manifest: Mapping[str, Any], manager: str) -> None:
    """Give up all fields: what nobody else owns goes back to its default."""
    metadata = part(manifest, "metadata")
    bare = {key: metadata[key] for key in ("name", "namespace") if key in metadata}
    shell = {"apiVersion": manifest["apiVersion"], "kind": manifest["kind"], "metadata": bare}
    if api.get(shell) is not None:
        api.apply(shell, manager, force=False, dry_run=False)


def _imported(live: Object) -> Object:
    """The inputs of an object that was made elsewhere: all of it but what the cluster adds."""
    rest = {key: value for key, value in live.items() if key != "status"}
    return with_metadata(rest, **dict.fromkeys(READ_ONLY))


def _unborn(rehearsed: Object) -> Object:
    """A dry run's object without its status, which it has not reached."""
    return {key: value for key, value in rehearsed.items() if key != "status"}


def _outputs(request: Request, live: Mapping[str, Any], manager: str) -> Object:
    outputs = veiled(with_metadata(live, managedFields=None), request.inputs)
    return {**outputs, _INPUTS: dict(request.inputs), _MANAGER: manager, _API_VERSION: live["apiVersion"]}
