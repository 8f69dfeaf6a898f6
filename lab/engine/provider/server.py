"""The engine's protocol, for any provider: messages in, messages out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2_grpc, plugin_pb2, provider_pb2, provider_pb2_grpc

from ...wire import decode_properties as read
from ...wire import encode_properties as write
from .answers import comparison, fail_with_state, sayer
from .asked import Asked, Autoname, InitError, Outcome, UnsupportedError
from .cancel import Cancelled
from .difference import Comparison
from .secrecy import masked

T = TypeVar("T")


class Provider(Protocol):
    """What is behind the protocol: one provider, as it was configured."""

    @property
    def version(self) -> str:
        """The version of the official provider whose documented behaviour is followed."""
        ...

    @property
    def expected(self) -> tuple[type[Exception], ...]:
        """Errors whose words are for the user."""
        ...

    def refused(self, settings: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Settings of the provider that are not possible here, each with the reason."""
        ...

    def moved(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """The settings that differ, and those of them that make all resources other resources."""
        ...

    def configure(self, settings: Mapping[str, Any]) -> None:
        """Takes its settings; whether they lead anywhere is seen at the first use."""
        ...

    def check(self, asked: Asked) -> tuple[Mapping[str, Any], Sequence[tuple[str, str]]]:
        """The inputs completed, and which of them are impossible, each with the reason."""
        ...

    def compare(self, asked: Asked) -> Comparison:
        """What an update would change."""
        ...

    def create(self, asked: Asked) -> Outcome:
        """Makes a resource; at preview tells what it would be."""
        ...

    def update(self, asked: Asked) -> Outcome:
        """Changes a resource; at preview tells what it would be."""
        ...

    def read(self, asked: Asked) -> Outcome | None:
        """A resource as it is, with the inputs that would make it so; None when it is gone."""
        ...

    def delete(self, asked: Asked) -> None:
        """Deletes a resource; one that is gone already is fine."""
        ...

    def invoke(self, token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Calls a function."""
        ...


class Server(provider_pb2_grpc.ResourceProviderServicer):
    """A provider as the engine talks to it."""

    def __init__(self, engine: str, provider: Provider) -> None:
        self._engine: Any = engine_pb2_grpc.EngineStub(grpc.insecure_channel(engine)) if engine else None
        self._provider = provider
        self._cancelled = Cancelled()

    def Handshake(self, request: Any, context: Any) -> Any:
        """Say what this provider understands."""
        del request, context
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, supports_autonaming_configuration=True)

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        """Say which plugin this is."""
        del request, context
        return plugin_pb2.PluginInfo(version=self._provider.version)

    def CheckConfig(self, request: Any, context: Any) -> Any:
        """Take the provider's inputs as they are, refuse what the lab's provider does not have."""
        del context
        return _checked(request.news, self._provider.refused(read(request.news)))

    def DiffConfig(self, request: Any, context: Any) -> Any:
        """Say whether all resources become other resources."""
        del context
        changed, moved = self._provider.moved(read(request.olds), read(request.news))
        kind = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(changes=kind, diffs=changed, replaces=moved)

    def Configure(self, request: Any, context: Any) -> Any:
        """Take the provider's settings."""
        del context
        self._provider.configure(read(request.args))
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, supports_autonaming_configuration=True
        )

    def Check(self, request: Any, context: Any) -> Any:
        """Complete the inputs of a resource."""
        asked = self._asked(request, inputs=read(request.news), state=read(request.olds), autoname=_autoname(request))
        inputs, failures = self._guarded(context, self._provider.check, asked)
        return _checked(write(inputs), failures)

    def Diff(self, request: Any, context: Any) -> Any:
        """Compare what is wanted of a resource with what is known of it."""
        asked = self._asked(
            request,
            inputs=read(request.news),
            state=read(request.olds),
            before=read(request.old_inputs),
            ignored=tuple(request.ignoreChanges),
        )
        return comparison(self._guarded(context, self._provider.compare, asked))

    def Create(self, request: Any, context: Any) -> Any:
        """Create a resource."""
        asked = self._asked(request, inputs=read(request.properties), preview=request.preview, timeout=request.timeout)
        made = self._guarded(context, self._provider.create, asked)
        return provider_pb2.CreateResponse(id=made.id, properties=write(made.outputs))

    def Update(self, request: Any, context: Any) -> Any:
        """Update a resource."""
        asked = self._asked(
            request,
            inputs=read(request.news),
            state=read(request.olds),
            before=read(request.old_inputs),
            preview=request.preview,
            timeout=request.timeout,
            ignored=tuple(request.ignoreChanges),
        )
        made = self._guarded(context, self._provider.update, asked)
        return provider_pb2.UpdateResponse(properties=write(made.outputs))

    def Read(self, request: Any, context: Any) -> Any:
        """Look at a resource; one that is gone has no id."""
        asked = self._asked(request, inputs=read(request.inputs), state=read(request.properties))
        found = self._guarded(context, self._provider.read, asked)
        if found is None:
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(id=found.id, properties=write(found.outputs), inputs=write(found.inputs))

    def Delete(self, request: Any, context: Any) -> Any:
        """Delete a resource."""
        before = read(request.old_inputs)
        asked = self._asked(request, inputs={}, state=read(request.properties), before=before, timeout=request.timeout)
        self._guarded(context, self._provider.delete, asked)
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> Any:
        """Call a function."""
        arguments = read(request.args)
        found = self._told(context, lambda: self._provider.invoke(request.tok, arguments), arguments)
        answer = provider_pb2.InvokeResponse()
        getattr(answer, "return").CopyFrom(write(found))  # a word that Python keeps for itself
        return answer

    def Construct(self, request: Any, context: Any) -> Any:
        """Refuse components: rayform makes none that a provider builds."""
        context.abort(grpc.StatusCode.UNIMPLEMENTED, str(UnsupportedError(request.type, "components")))

    def Cancel(self, request: Any, context: Any) -> Any:
        """End every wait."""
        del request, context
        self._cancelled.set()
        return empty_pb2.Empty()

    def _asked(self, request: Any, inputs: Mapping[str, Any], autoname: Autoname | None = None, **more: Any) -> Asked:
        _, _, types, name = request.urn.split("::", 3)
        return Asked(
            token=types.rpartition("$")[2],
            autoname=autoname or Autoname(name),
            inputs=inputs,
            say=sayer(self._engine, request.urn),
            cancelled=self._cancelled,
            id=getattr(request, "id", ""),
            **more,
        )

    def _guarded(self, context: Any, work: Callable[[Asked], T], asked: Asked) -> T:
        return self._told(context, lambda: work(asked), (asked.inputs, asked.state, asked.before))

    def _told(self, context: Any, work: Callable[[], T], known: Any) -> T:
        """Do the work; a refusal becomes the protocol's error, in the words of who refused, without secrets."""
        try:
            return work()
        except InitError as error:
            kept = InitError(error.outcome, [masked(reason, known) for reason in error.reasons])
            fail_with_state(context, kept, f"{error.outcome.id} exists, but is not ready: {kept}")
        except UnsupportedError as error:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, masked(str(error), known))
        except self._provider.expected as error:
            context.abort(grpc.StatusCode.UNKNOWN, masked(str(error), known))
        raise AssertionError("abort does not return")


def _checked(inputs: Any, refused: Iterable[tuple[str, str]]) -> Any:
    failures = [provider_pb2.CheckFailure(property=key, reason=why) for key, why in refused]
    return provider_pb2.CheckResponse(inputs=inputs, failures=failures)


def _autoname(request: Any) -> Autoname:
    disabled = provider_pb2.CheckRequest.AutonamingOptions.DISABLE
    return Autoname(
        name=request.urn.split("::", 3)[3],
        proposed=request.autonaming.proposed_name,
        seed=request.randomSeed,
        forbidden=request.HasField("autonaming") and request.autonaming.mode == disabled,
    )
