"""Calls of gRPC as the engine makes them, one after the other, by a client that takes little of the time itself.

The client of gRPC for Python takes some 0.3 ms of its own for each call, which is more than what is measured here.
"""

import socket
from collections import Counter
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Final

from hpack import Decoder, Encoder
from rayform.policy.analyzer.http2 import frames
from rayform.policy.analyzer.http2.frames import Frame

READ_BYTES: Final = 262_144
ROOM: Final = frames.WIDEST - 65_535


class Engine:
    """A connection to a policy pack."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._frames = self._read()
        self._encoder, self._decoder = Encoder(), Decoder()
        self._stream = 1
        room = frames.packed(frames.WINDOW_UPDATE, 0, 0, ROOM.to_bytes(4, "big"))
        self._socket.sendall(frames.PREFACE + frames.packed(frames.SETTINGS, 0, 0, b"") + room)

    def close(self) -> None:
        """No more calls."""
        self._socket.close()

    def ask(self, method: str, messages: Sequence[bytes]) -> float:
        """The seconds from the first call of the method, one for each message, to the last answer."""
        calls = [self._call(method, message) for message in messages]
        begun = perf_counter()
        headers = [each for call in calls for each in self._asked(call)]
        took = perf_counter() - begun
        # Unpacked later, and all of them: what they say hangs on what was said before.
        said = [dict(self._decoder.decode(each, raw=True)) for each in headers]
        statuses = Counter(each[b"grpc-status"] for each in said if b"grpc-status" in each)
        if statuses != {b"0": len(messages)}:
            message = f"{method}: {len(messages)} calls were answered with {statuses}"
            raise SystemExit(message)
        return took

    def _call(self, method: str, message: bytes) -> bytes:
        path = f"/pulumirpc.Analyzer/{method}"
        asked = {":method": "POST", ":scheme": "http", ":path": path, ":authority": "pack", "te": "trailers"}
        block = self._encoder.encode({**asked, "content-type": "application/grpc"})
        begun = frames.packed(frames.HEADERS, frames.END_HEADERS, self._stream, block)
        call = begun + b"".join(self._parts(b"\0" + len(message).to_bytes(4, "big") + message))
        self._stream += 2
        return call

    def _parts(self, body: bytes) -> Iterator[bytes]:
        for at in range(0, len(body), frames.LARGEST):
            last = frames.END_STREAM if at + frames.LARGEST >= len(body) else 0
            yield frames.packed(frames.DATA, last, self._stream, body[at : at + frames.LARGEST])

    def _asked(self, call: bytes) -> Iterator[bytes]:
        """The blocks of headers of its answer."""
        self._socket.sendall(call)
        for frame in self._frames:
            if frame.kind in {frames.PING, frames.SETTINGS} and not frame.flags & frames.ACKNOWLEDGED:
                same = frame.payload if frame.kind == frames.PING else b""
                self._socket.sendall(frames.packed(frame.kind, frames.ACKNOWLEDGED, 0, same))
            if frame.kind == frames.HEADERS:
                yield frame.payload
                if frame.flags & frames.END_STREAM:
                    return

    def _read(self) -> Iterator[Frame]:
        unread = b""
        while data := self._socket.recv(READ_BYTES):
            unread += data
            at = 0
            for frame in frames.taken(unread, 0):
                at = frame.end
                yield frame
            unread = unread[at:]
