"""The provider's protocol: messages in, messages out; what is done with a resource is in ``resources``."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2_grpc, plugin_pb2, provider_pb2, provider_pb2_grpc

from ...wire import decode_properties as read
from ...wire import encode_properties as write
from . import resources
from .answers import comparison, fail_with_state, sayer
from .api import Api, ApiError, NoKindError, UnreachableError
from .awaiting import StillThereError
from .cancel import Cancelled
from .checking import KindError, Naming, checked, compared
from .conditions import WaitForError
from .connect import connect
from .identity import NamingError, Type, unique
from .parts import Object
from .settings import Settings, refused, settings
from .settings import compared as compared_settings

VERSION = "4.34.2"
"""The version of pulumi-kubernetes whose documented behaviour is followed."""

_EXPECTED = (ApiError, KindError, NamingError, StillThereError, UnreachableError, WaitForError)
_OFFICIAL = "install the official plugin for that"

T = TypeVar("T")


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """One provider as the engine talks to it."""

    def __init__(self, engine: str) -> None:
        self._engine: Any = engine_pb2_grpc.EngineStub(grpc.insecure_channel(engine)) if engine else None
        self._cancelled = Cancelled()
        self._settings = Settings()
        self._connected: tuple[Api, str] | None = None
        self._lock = threading.Lock()

    def Handshake(self, request: Any, context: Any) -> Any:
        """Say what this provider understands."""
        del request, context
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, supports_autonaming_configuration=True)

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        """Say which plugin this is."""
        del request, context
        return plugin_pb2.PluginInfo(version=VERSION)

    def CheckConfig(self, request: Any, context: Any) -> Any:
        """Take the provider's inputs as they are, refuse what the lab's provider does not have."""
        del context
        failures = [provider_pb2.CheckFailure(property=key, reason=why) for key, why in refused(read(request.news))]
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures)

    def DiffConfig(self, request: Any, context: Any) -> Any:
        """Say whether it is another cluster."""
        del context
        changed, moved = compared_settings(read(request.olds), read(request.news))
        kind = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(changes=kind, diffs=changed, replaces=moved)

    def Configure(self, request: Any, context: Any) -> Any:
        """Remember how the cluster is reached; whether it can be is seen at the first use."""
        del context
        self._settings = settings(read(request.args))
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, supports_autonaming_configuration=True
        )

    def Check(self, request: Any, context: Any) -> Any:
        """Complete the inputs of a resource: its kind, its name, its namespace."""
        inputs = self._guarded(
            context,
            lambda: checked(
                _type(request), read(request.news), read(request.olds), self._naming(request), self._namespaced
            ),
        )
        return provider_pb2.CheckResponse(inputs=write(inputs))

    def Diff(self, request: Any, context: Any) -> Any:
        """Compare what is wanted of a resource with what is known of the object."""
        del context
        type_, state, inputs = _type(request), read(request.olds), read(request.news)
        found = compared(type_, state, inputs, request.ignoreChanges, self._settings.mutable, self._namespaced)
        return comparison(found)

    def Create(self, request: Any, context: Any) -> Any:
        """Create a resource."""
        asked = self._request(request, inputs=read(request.properties), preview=request.preview)
        try:
            made = self._guarded(context, lambda: resources.create(self._api(), asked), tolerant=asked.preview)
        except UnreachableError:
            return provider_pb2.CreateResponse(properties=request.properties)
        return provider_pb2.CreateResponse(id=made.id, properties=write(made.outputs))

    def Update(self, request: Any, context: Any) -> Any:
        """Update a resource."""
        asked = self._request(request, inputs=read(request.news), state=read(request.olds), preview=request.preview)
        asked = replace(asked, ignored=tuple(request.ignoreChanges))
        try:
            made = self._guarded(context, lambda: resources.update(self._api(), asked), tolerant=asked.preview)
        except UnreachableError:
            return provider_pb2.UpdateResponse(properties=request.news)
        return provider_pb2.UpdateResponse(properties=write(made.outputs))

    def Read(self, request: Any, context: Any) -> Any:
        """Look at a resource; one that is gone has no id."""
        asked = self._request(request, inputs=read(request.inputs), state=read(request.properties))
        forget, leave = self._settings.delete_unreachable, self._settings.skip_update_unreachable
        try:
            found = self._guarded(
                context, lambda: resources.read(self._api(), asked, request.id), tolerant=forget or leave
            )
        except UnreachableError:
            known = provider_pb2.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)
            return provider_pb2.ReadResponse() if forget else known
        if found is None:
            return provider_pb2.ReadResponse()
        outcome, inputs = found
        return provider_pb2.ReadResponse(id=outcome.id, properties=write(outcome.outputs), inputs=write(inputs))

    def Delete(self, request: Any, context: Any) -> Any:
        """Delete a resource."""
        asked = self._request(request, inputs={}, state=read(request.properties))
        forget = self._settings.delete_unreachable
        try:
            self._guarded(context, lambda: resources.delete(self._api(), asked, request.id), tolerant=forget)
        except UnreachableError as error:
            asked.say(f"{error}; it counts as deleted")
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> Any:
        """Refuse functions: rayform calls none."""
        context.abort(grpc.StatusCode.UNIMPLEMENTED, f"{request.tok}: the lab's provider has no functions; {_OFFICIAL}")

    def Construct(self, request: Any, context: Any) -> Any:
        """Refuse components, such as Helm charts: rayform makes none."""
        context.abort(
            grpc.StatusCode.UNIMPLEMENTED, f"{request.type}: the lab's provider has no components; {_OFFICIAL}"
        )

    def Cancel(self, request: Any, context: Any) -> Any:
        """End every wait."""
        del request, context
        self._cancelled.set()
        return empty_pb2.Empty()

    def _connection(self) -> tuple[Api, str]:
        with self._lock:
            if self._connected is None:
                given = self._settings
                self._connected = connect(given.kubeconfig, given.context, given.cluster)
            return self._connected

    def _api(self) -> Api:
        return self._connection()[0]

    def _naming(self, request: Any) -> Naming:
        autoname = request.autonaming.proposed_name or unique(_name(request), request.randomSeed)
        disabled = provider_pb2.CheckRequest.AutonamingOptions.DISABLE
        forbidden = request.HasField("autonaming") and request.autonaming.mode == disabled
        return Naming(autoname, forbidden, self._namespace())

    def _namespace(self) -> str:
        try:
            return self._settings.namespace or self._connection()[1]
        except UnreachableError:
            return "default"

    def _namespaced(self, manifest: Mapping[str, Any]) -> bool:
        """Whether its kind lives in namespaces; a kind that is not known yet probably does."""
        try:
            return self._api().kind(manifest["apiVersion"], manifest["kind"]).namespaced
        except (NoKindError, UnreachableError):
            return True

    def _request(
        self, request: Any, inputs: Mapping[str, Any], state: Object | None = None, *, preview: bool = False
    ) -> resources.Request:
        return resources.Request(
            type=_type(request),
            inputs=inputs,
            say=sayer(self._engine, request.urn),
            cancelled=self._cancelled,
            preview=preview,
            timeout=request.timeout,
            state=state or {},
            force=self._settings.enable_patch_force,
            upsert=self._settings.upsert_existing_objects,
        )

    def _guarded(self, context: Any, work: Callable[[], T], *, tolerant: bool = False) -> T:
        """Do the work; what the cluster refuses becomes the protocol's error, in the API server's own words.

        Where it is ``tolerant``, a cluster that does not answer is the caller's to deal with.
        """
        try:
            return work()
        except resources.InitError as error:
            fail_with_state(context, error)
        except _EXPECTED as error:
            if tolerant and isinstance(error, UnreachableError):
                raise
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        raise AssertionError("abort does not return")


def _type(request: Any) -> Type:
    return Type.of(request.urn.split("::")[2].rpartition("$")[2])


def _name(request: Any) -> str:
    return str(request.urn.split("::", 3)[3])
