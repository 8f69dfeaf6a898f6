"""The provider's protocol: messages in, messages out; what is done with a resource is in ``resources``."""

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import grpc
import httpx2
from google.protobuf import any_pb2, empty_pb2
from google.rpc import status_pb2  # pyright: ignore[reportMissingTypeStubs] - generated, and not typed
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, plugin_pb2, provider_pb2, provider_pb2_grpc

from ...wire import decode_properties as read
from ...wire import encode_properties as write
from . import resources
from .api import Api, ApiError, KubeconfigError, connect
from .awaiting import WAIT_FOR, Say, StillThereError, annotations
from .cancel import Cancelled, CancelledError
from .conditions import WaitForError, parsed
from .difference import differences
from .identity import is_autonamed, manifest_of, named, replaced_by
from .parts import part
from .secrecy import has_unknown, plain
from .settings import Settings, settings

VERSION = "4.34.2"
"""The version of pulumi-kubernetes whose documented behaviour is followed."""

_EXPECTED = (ApiError, KubeconfigError, StillThereError, CancelledError, WaitForError, httpx2.HTTPError)
_KINDS = provider_pb2.PropertyDiff

T = TypeVar("T")


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """One provider as the engine talks to it."""

    def __init__(self, engine: str) -> None:
        self._engine: Any = engine_pb2_grpc.EngineStub(grpc.insecure_channel(engine)) if engine else None
        self._cancelled = Cancelled()
        self._settings = Settings()
        self._reachable = True
        self._connected: Api | None = None
        self._lock = threading.Lock()

    def Handshake(self, request: Any, context: Any) -> Any:
        """Say what this provider understands."""
        del request, context
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, accept_resources=False, accept_outputs=False)

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        """Say which plugin this is."""
        del request, context
        return plugin_pb2.PluginInfo(version=VERSION)

    def CheckConfig(self, request: Any, context: Any) -> Any:
        """Take the provider's inputs as they are."""
        del context
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:
        """Only another ``clusterIdentifier``, or without one another kubeconfig's context, is another cluster."""
        del context
        old, new = plain(read(request.olds)), plain(read(request.news))
        changed = [path for path, _ in differences(old, new)]
        moved = [path for path in changed if path == "clusterIdentifier"]
        kind = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(changes=kind, diffs=changed, replaces=moved)

    def Configure(self, request: Any, context: Any) -> Any:
        """Remember how the cluster is reached; whether it can be is seen at the first use."""
        del context
        given = read(request.args)
        self._reachable = not has_unknown(given)
        self._settings = settings(given)
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, acceptResources=False, acceptOutputs=False
        )

    def Check(self, request: Any, context: Any) -> Any:
        """Complete the inputs of a resource: its kind, its name, its namespace."""
        inputs, old = read(request.news), plain(read(request.olds))
        token = _token(request.urn)
        manifest = named(manifest_of(token, inputs), _name(request.urn), old, request.randomSeed)
        if wait_for := annotations(manifest).get(WAIT_FOR):
            self._guarded(context, request.urn, lambda: parsed(str(plain(wait_for))))
        namespace = self._settings.namespace
        if namespace and "namespace" not in manifest["metadata"] and self._namespaced(manifest):
            manifest["metadata"]["namespace"] = namespace
        return provider_pb2.CheckResponse(inputs=write(manifest))

    def Diff(self, request: Any, context: Any) -> Any:
        """Compare the inputs of a resource with those it was made from."""
        del context
        state = read(request.olds)
        old, new = plain(state.get(resources.INPUTS) or read(request.old_inputs)), plain(read(request.news))
        changes = list(differences(old, new))
        replaces = [path for path, _ in changes if replaced_by(new["kind"], path)]
        same_name = part(old, "metadata").get("name") == new["metadata"].get("name")
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME if changes else provider_pb2.DiffResponse.DIFF_NONE,
            diffs=sorted({path.partition(".")[0].partition("[")[0] for path, _ in changes}),
            replaces=replaces,
            deleteBeforeReplace=bool(replaces) and same_name and not is_autonamed(new),
            detailedDiff={path: _detail(change, path in replaces) for path, change in changes},
            hasDetailedDiff=True,
        )

    def Create(self, request: Any, context: Any) -> Any:
        """Create a resource."""
        asked = self._request(request.urn, read(request.properties), request)
        if asked.preview and not self._reachable:
            return provider_pb2.CreateResponse(properties=request.properties)
        options = self._settings
        made = self._guarded(
            context,
            request.urn,
            lambda: resources.create(
                self._api(), asked, upsert=options.upsert_existing_objects, force=options.enable_patch_force
            ),
        )
        return provider_pb2.CreateResponse(id=made.id, properties=write(made.outputs))

    def Update(self, request: Any, context: Any) -> Any:
        """Update a resource."""
        asked = self._request(
            request.urn, read(request.news), request, state=read(request.olds), ignored=tuple(request.ignoreChanges)
        )
        if asked.preview and not self._reachable:
            return provider_pb2.UpdateResponse(properties=request.news)
        force = self._settings.enable_patch_force
        made = self._guarded(context, request.urn, lambda: resources.update(self._api(), asked, force=force))
        return provider_pb2.UpdateResponse(properties=write(made.outputs))

    def Read(self, request: Any, context: Any) -> Any:
        """Look at a resource; one that is gone has no id."""
        asked = self._request(request.urn, read(request.inputs), None, state=read(request.properties))
        found = self._guarded(context, request.urn, lambda: resources.read(self._api(), asked, request.id))
        if found is None:
            return provider_pb2.ReadResponse()
        outcome, inputs = found
        return provider_pb2.ReadResponse(id=outcome.id, properties=write(outcome.outputs), inputs=write(inputs))

    def Delete(self, request: Any, context: Any) -> Any:
        """Delete a resource."""
        asked = self._request(request.urn, {}, request, state=read(request.properties))
        try:
            self._guarded(context, request.urn, lambda: resources.delete(self._api(), asked), unreachable=True)
        except httpx2.ConnectError:
            if not self._settings.delete_unreachable:
                raise
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> Any:
        """Refuse functions: rayform calls none."""
        context.abort(grpc.StatusCode.UNIMPLEMENTED, f"{request.tok}: the lab's Kubernetes provider has no functions")

    def Cancel(self, request: Any, context: Any) -> Any:
        """End every wait."""
        del request, context
        self._cancelled.set()
        return empty_pb2.Empty()

    def _api(self) -> Api:
        with self._lock:
            if self._connected is None:
                given = self._settings
                self._connected = connect(given.kubeconfig, given.context, given.namespace, self._cancelled)
            return self._connected

    def _namespaced(self, manifest: Mapping[str, Any]) -> bool:
        try:
            return self._api().kind(manifest["apiVersion"], manifest["kind"]).namespaced
        except (ApiError, httpx2.HTTPError):
            return True

    def _request(self, urn: str, inputs: Mapping[str, Any], message: Any, **more: Any) -> resources.Request:
        preview, timeout = bool(getattr(message, "preview", False)), float(getattr(message, "timeout", 0.0))
        return resources.Request(_token(urn), inputs, preview, timeout, self._sayer(urn), **more)

    def _sayer(self, urn: str) -> Say:
        said: list[str] = []

        def say(text: str) -> None:
            if self._engine is not None and said[-1:] != [text]:
                said.append(text)
                severity = engine_pb2.LogSeverity.INFO
                self._engine.Log(engine_pb2.LogRequest(severity=severity, urn=urn, message=text, ephemeral=True))

        return say

    def _guarded(self, context: Any, urn: str, work: Callable[[], T], *, unreachable: bool = False) -> T:
        """Do the work; what the cluster refuses becomes the protocol's error, with the object's own words."""
        try:
            return work()
        except resources.InitError as error:
            _abort_with_state(context, error)
        except httpx2.ConnectError as error:
            if unreachable and self._settings.delete_unreachable:
                raise
            context.abort(grpc.StatusCode.UNAVAILABLE, f"{_name(urn)}: the cluster does not answer: {error}")
        except _EXPECTED as error:
            context.abort(grpc.StatusCode.UNKNOWN, f"{_name(urn)}: {error}")
        raise AssertionError("abort does not return")


def _token(urn: str) -> str:
    return urn.split("::")[2].rpartition("$")[2]


def _name(urn: str) -> str:
    return urn.split("::", 3)[3]


def _detail(change: str, replaces: bool) -> Any:
    kinds = {
        "add": (_KINDS.ADD, _KINDS.ADD_REPLACE),
        "update": (_KINDS.UPDATE, _KINDS.UPDATE_REPLACE),
        "delete": (_KINDS.DELETE, _KINDS.DELETE_REPLACE),
    }
    return provider_pb2.PropertyDiff(kind=kinds[change][replaces], inputDiff=True)


def _abort_with_state(context: Any, error: resources.InitError) -> None:
    """Fail, but have the engine remember what was made: the next update goes on with it."""
    detail = any_pb2.Any()
    detail.Pack(
        provider_pb2.ErrorResourceInitFailed(
            id=error.outcome.id,
            properties=write(error.outcome.outputs),
            reasons=error.reasons,
            inputs=write(error.outcome.outputs[resources.INPUTS]),
        )
    )
    message = f"the object was made, but is not ready: {error}"
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=message, details=[detail])
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.UNKNOWN, message)
