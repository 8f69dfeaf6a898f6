"""Calls of gRPC with one request and one response (gRPC's documents "gRPC over HTTP2" and "Status codes")."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

from hpack import Encoder
from rayform.spec.refusal import RefusedError

from .http2 import Request, Response

__all__ = ["Method", "answered"]

Method = Callable[[Any], Any]
"""What is called with the bytes of a message, and answers with a message of protobuf."""

_UNKNOWN, _INVALID_ARGUMENT, _UNIMPLEMENTED, _INTERNAL = 2, 3, 12, 13
_PREFIX: Final = 5
"""Bytes before a message: whether it is compressed, and its size."""
_UNCHANGED: Final = bytes(set(range(0x20, 0x7F)) - {ord("%")})


class _FailedError(Exception):
    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


def answered(request: Request, methods: Mapping[bytes, Method]) -> Response:
    """What the method that is called by its path answers, or why it does not: no error of a method leaves here."""
    try:
        message = _method(request, methods)(_message(request)).SerializeToString()
    except _FailedError as error:
        return _failed(error.code, str(error))
    except RefusedError as error:
        return _failed(_INVALID_ARGUMENT, str(error))
    except Exception as error:  # noqa: BLE001 - the engine is told, and stops
        return _failed(_UNKNOWN, f"{type(error).__name__}: {error}")
    return Response(_BEGINNING, b"\0" + len(message).to_bytes(4, "big") + message, _DONE)


def _method(request: Request, methods: Mapping[bytes, Method]) -> Method:
    path = request.headers.get(b":path", b"")
    if path not in methods:
        raise _FailedError(_UNIMPLEMENTED, f"no method is called {path.decode(errors='replace')}")
    return methods[path]


def _message(request: Request) -> bytes:
    body = request.body
    if len(body) < _PREFIX or len(body) - _PREFIX != int.from_bytes(body[1:_PREFIX], "big"):
        raise _FailedError(_INTERNAL, "a call has one message, whole")
    if body[0]:
        raise _FailedError(_UNIMPLEMENTED, "messages are not compressed here")
    return body[_PREFIX:]


def _failed(code: int, why: str) -> Response:
    return Response(_BEGINNING, b"", _block(("grpc-status", str(code)), ("grpc-message", quote(why, _UNCHANGED))))


def _block(*headers: tuple[str, str]) -> bytes:
    # Never indexed, so that a block means the same on every connection, whatever was sent before.
    return Encoder().encode([(name, value, True) for name, value in headers])


_BEGINNING: Final = _block((":status", "200"), ("content-type", "application/grpc"))
_DONE: Final = _block(("grpc-status", "0"))
