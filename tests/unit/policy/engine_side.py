"""The engine's side of a connection to the policy pack: h2, which refuses what breaks the protocol; no socket."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from google.protobuf.wrappers_pb2 import BytesValue
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, Event, TrailersReceived
from rayform.policy.analyzer.calls import answered
from rayform.policy.analyzer.http2 import Connection
from rayform.spec.refusal import Refusal, RefusedError

_PART = 16_000
ECHO = "/of.Tests/Echo"


def refuse(message: bytes) -> Any:
    raise RefusedError("policy", [Refusal("gpus", f"{len(message)} asked", "100 % is possible, ≤ 8", "ask for fewer")])


def fail(message: bytes) -> Any:
    raise ValueError(len(message))


METHODS: Mapping[bytes, Callable[[bytes], Any]] = {
    ECHO.encode(): lambda message: BytesValue(value=message),
    b"/of.Tests/Refuse": refuse,
    b"/of.Tests/Fail": fail,
}


def message(content: bytes, compressed: int = 0) -> bytes:
    return bytes((compressed,)) + len(content).to_bytes(4, "big") + content


class Engine:
    """Both sides; what one writes the other reads when they `talk`."""

    def __init__(self) -> None:
        self.client = H2Connection(H2Configuration(client_side=True, header_encoding="utf-8"))
        self.client.initiate_connection()
        self.pack = Connection()
        self.seen: list[Event] = []

    def call(self, body: bytes, path: str = ECHO, priority: int | None = None, **headers: str) -> int:
        """Ask, without waiting; the number of the stream."""
        stream = self.client.get_next_available_stream_id()
        asked = {":method": "POST", ":scheme": "http", ":path": path, ":authority": "pack", **headers}
        self.client.send_headers(stream, list(asked.items()), priority_weight=priority)
        for at in range(0, len(body), _PART):
            self.client.send_data(stream, body[at : at + _PART], pad_length=at % 200)
        self.client.end_stream(stream)
        return stream

    def talk(self, at_once: int = 1 << 20) -> None:
        """Until nobody has anything to say; the engine's words come in pieces of so many bytes."""
        while said := self.client.data_to_send():
            for at in range(0, len(said), at_once):
                self.told(said[at : at + at_once])

    def told(self, words: bytes) -> None:
        """The pack reads this, and the engine what it says to it."""
        for request in self.pack.received(words):
            self.pack.respond(request, answered(request, METHODS))
        self.seen += self.client.receive_data(self.pack.to_send())

    def body(self, stream: int) -> bytes:
        """What came on a stream so far."""
        return b"".join(each.data or b"" for each in self.of(DataReceived) if each.stream_id == stream)

    def status(self, stream: int) -> tuple[str, str]:
        """The code and the words that a call ended with."""
        (ended,) = [dict(each.headers or []) for each in self.of(TrailersReceived) if each.stream_id == stream]
        return str(ended["grpc-status"]), unquote(str(ended.get("grpc-message", "")))

    def of(self, kind: type[Any]) -> list[Any]:
        """What was seen of a kind."""
        return [each for each in self.seen if isinstance(each, kind)]
