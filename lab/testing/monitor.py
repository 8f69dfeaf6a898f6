"""The engine's side of the conversation: answers the program and writes down what it said.

Method names and messages are the engine protocol's. All calls come from one worker thread, in program order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import callback_pb2, provider_pb2, resource_pb2

from ..wire import Secret, decode_properties, encode, encode_properties
from . import options
from .answers import Answers, Lookup
from .errors import DuplicateResourceError
from .registration import Options, Registration
from .urns import Urns

STACK: Final = "pulumi:pulumi:Stack"
"""Type token of the stack itself, which the SDK registers first."""
GET_RESOURCE: Final = "pulumi:pulumi:getResource"
"""Token by which the SDK asks for the state of a resource that was handed over as a value."""
FEATURES: Final = (
    resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
    resource_pb2.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
)
"""What the recorder understands; output values are left out, so inputs hold secrets and unknowns at the leaf."""


@dataclass(slots=True)
class Monitor:
    """Takes registrations and look-ups."""

    answers: Answers
    preview: bool
    urns: Urns
    registrations: dict[str, Registration] = field(default_factory=dict[str, Registration])
    places: dict[str, int] = field(default_factory=dict[str, int])
    """Where in the program each resource comes."""
    registered_outputs: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    stack_urn: str = ""
    transforms: list[Callable[..., Any]] = field(default_factory=list[Callable[..., Any]])
    hooks: list[str] = field(default_factory=list[str])
    packages: list[str] = field(default_factory=list[str])
    refusals: list[Exception] = field(default_factory=list[Exception])
    """What was refused, kept in case the program catches the exception."""

    def GetDeploymentInfo(self, _request: Empty) -> resource_pb2.DeploymentInfo:
        """Says what the recorder understands."""
        return resource_pb2.DeploymentInfo(supportedFeatures=FEATURES)

    def RegisterResource(self, request: resource_pb2.RegisterResourceRequest) -> resource_pb2.RegisterResourceResponse:
        """Records a resource and answers with its identity and properties."""
        urn = self.urns.of(request.parent, request.type, request.name)
        if request.type == STACK:
            self.stack_urn = urn
            return resource_pb2.RegisterResourceResponse(urn=urn)
        inputs = decode_properties(request.object)
        identity, outputs = self._created(request, inputs)
        self._record(
            Registration(
                type=request.type,
                name=request.name,
                urn=urn,
                parent=self._parent(request.parent),
                inputs=inputs,
                outputs=outputs,
                id=identity,
                depends_on=self._in_program_order(request.dependencies),
                via={
                    name: self._in_program_order(dependencies.urns)
                    for name, dependencies in request.propertyDependencies.items()
                    if dependencies.urns
                },
                options=options.of(request),
                custom=request.custom,
                remote=request.remote,
            )
        )
        wire = request.object if outputs is inputs else encode_properties(outputs)
        return resource_pb2.RegisterResourceResponse(urn=urn, id=identity or "", object=wire)

    def RegisterResourceOutputs(self, request: resource_pb2.RegisterResourceOutputsRequest) -> Empty:
        """Keeps what a component, or the stack, calls its outputs."""
        self.registered_outputs[request.urn] = decode_properties(request.outputs)
        return Empty()

    def ReadResource(self, request: resource_pb2.ReadResourceRequest) -> resource_pb2.ReadResourceResponse:
        """Answers ``X.get(…)`` and stack references from what the test provides."""
        inputs = decode_properties(request.properties)
        answer = self._answer(Lookup.of_read(request.type, request.id, inputs))
        urn = self.urns.of(request.parent, request.type, request.name)
        self._record(
            Registration(
                type=request.type,
                name=request.name,
                urn=urn,
                parent=self._parent(request.parent),
                inputs=inputs,
                outputs=answer,
                id=request.id,
                depends_on=self._in_program_order(request.dependencies),
                via={},
                options=Options(provider=options.provider_urn(request.provider)),
                read=True,
            )
        )
        return resource_pb2.ReadResourceResponse(urn=urn, id=request.id, properties=encode_properties(answer))

    def ExistsResource(self, request: resource_pb2.ExistsResourceRequest) -> resource_pb2.ExistsResourceResponse:
        """Says whether the test provides a resource of that type; an empty answer means it does not exist."""
        lookup = Lookup("exists", request.type, {**decode_properties(request.properties), "id": request.id})
        return resource_pb2.ExistsResourceResponse(exists=bool(self._answer(lookup)))

    def Invoke(self, request: resource_pb2.ResourceInvokeRequest) -> resource_pb2.ResourceInvokeResponse:
        """Answers a provider function from what the test provides."""
        arguments = decode_properties(request.args)
        response = resource_pb2.ResourceInvokeResponse()
        if request.tok == GET_RESOURCE:
            returned = self._state(arguments["urn"])
        else:
            returned = self._answer(Lookup("invoke", request.tok, arguments))
        getattr(response, "return").update(encode(returned))
        return response

    def Call(self, request: resource_pb2.ResourceCallRequest) -> provider_pb2.CallResponse:
        """Answers a method of a remote component from what the test provides."""
        response = provider_pb2.CallResponse()
        answer = self._answer(Lookup("call", request.tok, decode_properties(request.args)))
        getattr(response, "return").update(encode(answer))
        return response

    def RegisterStackTransform(self, request: callback_pb2.Callback) -> Empty:
        """Records a transform of the whole stack."""
        self.transforms += options.functions([request])
        return Empty()

    def RegisterStackInvokeTransform(self, request: callback_pb2.Callback) -> Empty:
        """Records a transform of the stack's invokes."""
        self.transforms += options.functions([request])
        return Empty()

    def RegisterResourceHook(self, request: resource_pb2.RegisterResourceHookRequest) -> Empty:
        """Records a hook's name."""
        self.hooks.append(request.name)
        return Empty()

    def RegisterErrorHook(self, request: resource_pb2.RegisterErrorHookRequest) -> Empty:
        """Records an error hook's name."""
        self.hooks.append(request.name)
        return Empty()

    def RegisterPackage(self, request: resource_pb2.RegisterPackageRequest) -> resource_pb2.RegisterPackageResponse:
        """Records a parameterised package and gives it a reference."""
        self.packages.append(f"{request.name}@{request.version}")
        return resource_pb2.RegisterPackageResponse(ref=self.packages[-1])

    def SignalAndWaitForShutdown(self, _request: Empty) -> Empty:
        """Lets the program end: nothing is left to do."""
        return Empty()

    def _created(
        self, request: resource_pb2.RegisterResourceRequest, inputs: dict[str, Any]
    ) -> tuple[str | None, Mapping[str, Any]]:
        """The id and properties that the program gets back; in preview nothing beyond its own inputs."""
        if self.preview or not (request.custom or request.remote):
            return None, inputs
        answer = dict(self.answers.of_resource(request.type, inputs))
        identity = str(answer.pop("id", f"{request.name}-id")) if request.custom else None
        outputs = inputs | answer if answer else inputs
        secret = {name: Secret(outputs[name]) for name in request.additionalSecretOutputs if name in outputs}
        return identity, outputs | secret if secret else outputs

    def _record(self, registration: Registration) -> None:
        if registration.urn in self.registrations:
            self.refusals.append(DuplicateResourceError(registration.urn))
            raise self.refusals[-1]
        self.places[registration.urn] = len(self.places)
        self.registrations[registration.urn] = registration

    def _answer(self, lookup: Lookup) -> Mapping[str, Any]:
        try:
            return self.answers.of_lookup(lookup)
        except Exception as error:
            self.refusals.append(error)
            raise

    def _parent(self, urn: str) -> str | None:
        return urn if urn and urn != self.stack_urn else None

    def _in_program_order(self, urns: Iterable[str]) -> tuple[str, ...]:
        """The SDK collects dependencies in a set; program order makes two runs equal."""
        return tuple(sorted(set(urns), key=lambda urn: (self.places.get(urn, len(self.places)), urn)))

    def _state(self, urn: str) -> Mapping[str, Any]:
        registration = self.registrations[urn]
        return {"urn": urn, "id": registration.id, "state": registration.outputs}
