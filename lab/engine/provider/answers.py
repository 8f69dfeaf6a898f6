"""What the engine is told: differences, failures, and lines beside a resource."""

from typing import Any, NoReturn

import grpc
from google.protobuf import any_pb2
from pulumi.runtime.proto import engine_pb2, provider_pb2, status_pb2

from ...wire import encode_properties
from .asked import InitError, Say
from .difference import Comparison, Difference

_KINDS = provider_pb2.PropertyDiff
_CHANGES = {
    "add": (_KINDS.ADD, _KINDS.ADD_REPLACE),
    "update": (_KINDS.UPDATE, _KINDS.UPDATE_REPLACE),
    "delete": (_KINDS.DELETE, _KINDS.DELETE_REPLACE),
}


def comparison(found: Comparison) -> Any:
    """The protocol's answer for a comparison."""
    replaces = {each.path for each in found.replaces}
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if found.differences else provider_pb2.DiffResponse.DIFF_NONE,
        replaces=sorted(replaces),
        deleteBeforeReplace=found.delete_first,
        detailedDiff={each.path: _detail(each, each.path in replaces) for each in found.differences},
        hasDetailedDiff=True,
    )


def fail_with_state(context: Any, error: InitError, message: str) -> NoReturn:
    """Fail with ``message``, but have the engine remember what was made: the next update goes on with it."""
    detail = any_pb2.Any()
    detail.Pack(
        provider_pb2.ErrorResourceInitFailed(
            id=error.outcome.id,
            properties=encode_properties(error.outcome.outputs),
            reasons=error.reasons,
            inputs=encode_properties(error.outcome.inputs),
        )
    )
    code = grpc.StatusCode.UNKNOWN
    status = status_pb2.Status(code=code.value[0], message=message, details=[detail])
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(code, message)
    raise AssertionError("abort does not return")


def sayer(engine: Any, urn: str) -> Say:
    """Shows lines beside the resource ``urn`` while it is worked on; the same line twice is shown once."""
    said: list[str] = []

    def say(text: str) -> None:
        if engine is None or said[-1:] == [text] or (not text and not said):
            return
        said.append(text)
        engine.Log(engine_pb2.LogRequest(severity=engine_pb2.INFO, urn=urn, message=text, ephemeral=True))

    return say


def _detail(difference: Difference, replaces: bool) -> Any:
    deleted = difference.change == "delete"
    return provider_pb2.PropertyDiff(kind=_CHANGES[difference.change][replaces], inputDiff=deleted)
