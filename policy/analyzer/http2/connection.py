"""A connection: what the other side says becomes requests, and what answers them waits to be written."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from hpack import Decoder
from hpack.exceptions import HPACKError

from . import frames
from .frames import BrokenError, Frame
from .sending import WINDOW, Response, Sending

__all__ = ["Connection", "Request"]

_INITIAL_WINDOW: Final = b"\x00\x04"
_GIVEN_BACK: Final = 2**20
_HEADERS_BYTES: Final = 65_536
_COMPRESSION_ERROR, _TOO_MUCH = 0x9, 0xB
_POINTERS: Final = re.compile(rb"[\x80-\xfe]*")
"""Headers each in one byte, by their place in the table (RFC 7541, section 6.1)."""
_KEPT: Final = 16
"""Blocks that are remembered: one for each method that is called."""


class Request(NamedTuple):
    """What was asked, whole."""

    stream: int
    """Where the response goes."""
    headers: Mapping[bytes, bytes]
    """By their names, which are in lower case; of two with one name the later."""
    body: bytes
    """All data of the stream."""


@dataclass(slots=True)
class _Asked:
    headers: Mapping[bytes, bytes]
    body: list[bytes] = field(default_factory=list[bytes])


class Connection:
    """Bytes that were read go in, whole requests come out; what is to be written waits in `to_send`.

    What breaks the protocol ends the connection: the other side is told which error it was, and `closed` is true.
    """

    def __init__(self) -> None:
        self.closed = False
        self._unread = b""
        self._greeted = False
        self._decoder = Decoder(max_header_list_size=_HEADERS_BYTES)
        self._unpacked_before: dict[bytes, Mapping[bytes, bytes]] = {}
        self._headers_begun: Frame | None = None
        self._asked: dict[int, _Asked] = {}
        self._newest = 0
        self._taken = 0
        self._sending = Sending()
        self._takes: dict[int, Callable[[Frame], Request | None]] = {
            frames.DATA: self._data,
            frames.HEADERS: self._headers,
            frames.RESET: self._reset,
            frames.SETTINGS: self._settings,
            frames.PUSH: self._push,
            frames.PING: self._ping,
            frames.WINDOW_UPDATE: self._window_update,
            frames.CONTINUATION: self._continuation,
        }
        # A request may be as long as it is: who asks is the engine that started this process.
        self._sending.frame(frames.SETTINGS, 0, 0, _INITIAL_WINDOW + _four(frames.WIDEST))
        self._sending.frame(frames.WINDOW_UPDATE, 0, 0, _four(frames.WIDEST - WINDOW))

    def to_send(self) -> bytes:
        """What is to be written now; it is handed out once."""
        return self._sending.handed_out()

    def respond(self, request: Request, response: Response) -> None:
        """Answer; what the other side has no room for is sent when it has."""
        self._sending.respond(request.stream, response)

    def received(self, data: bytes) -> Iterator[Request]:
        """The requests that became whole with these bytes."""
        if self.closed:
            return
        self._unread += data
        try:
            at = self._greeting()
            for frame in frames.taken(self._unread, at) if self._greeted else ():
                at = frame.end
                if request := self._take(frame):
                    yield request
            self._unread = self._unread[at:]
        except BrokenError as error:
            words = _four(self._newest) + _four(error.code) + str(error).encode()
            self._sending.frame(frames.GO_AWAY, 0, 0, words)
            self.closed = True

    def _greeting(self) -> int:
        if self._greeted:
            return 0
        if not frames.PREFACE.startswith(self._unread[: len(frames.PREFACE)]):
            raise BrokenError(
                frames.PROTOCOL_ERROR, "this is a server of gRPC over HTTP/2, and something else was said"
            )
        self._greeted = len(self._unread) >= len(frames.PREFACE)
        return len(frames.PREFACE) if self._greeted else 0

    def _take(self, frame: Frame) -> Request | None:
        if self._headers_begun and frame.kind != frames.CONTINUATION:
            raise BrokenError(frames.PROTOCOL_ERROR, "headers are not whole yet")
        take = self._takes.get(frame.kind)
        return take(frame) if take else None  # RFC 9113, section 5.5: what is not known is let be

    def _headers(self, frame: Frame) -> Request | None:
        return self._begun(frame._replace(payload=frames.content(frame)), frame.flags)

    def _continuation(self, frame: Frame) -> Request | None:
        begun, self._headers_begun = self._headers_begun, None
        if begun is None or begun.stream != frame.stream:
            raise BrokenError(frames.PROTOCOL_ERROR, "headers go on that have not begun")
        return self._begun(begun._replace(payload=begun.payload + frame.payload), frame.flags)

    def _begun(self, headers: Frame, flags: int) -> Request | None:
        if len(headers.payload) > _HEADERS_BYTES:
            raise BrokenError(_TOO_MUCH, f"headers of more than {_HEADERS_BYTES} bytes")
        if flags & frames.END_HEADERS:
            return self._opened(headers)
        self._headers_begun = headers
        return None

    def _unpacked(self, block: bytes) -> Mapping[bytes, bytes]:
        known = self._unpacked_before.get(block)
        if known is not None:
            return known
        try:
            headers = dict(self._decoder.decode(block, raw=True))
        except HPACKError as error:
            raise BrokenError(_COMPRESSION_ERROR, f"headers that cannot be unpacked: {type(error).__name__}") from error
        # What only points into the table changes nothing there, and means the same until something does.
        if not _POINTERS.fullmatch(block) or len(self._unpacked_before) >= _KEPT:
            self._unpacked_before.clear()
        else:
            self._unpacked_before[block] = headers
        return headers

    def _opened(self, frame: Frame) -> Request | None:
        headers = self._unpacked(frame.payload)
        if frame.stream not in self._asked:  # otherwise these are trailers, in which a call says nothing
            if frame.stream <= self._newest or not frame.stream % 2:
                raise BrokenError(frames.PROTOCOL_ERROR, f"stream {frame.stream} cannot begin")
            self._newest = frame.stream
            self._asked[frame.stream] = _Asked(headers)
            self._sending.opened(frame.stream)
        return self._whole(frame)

    def _data(self, frame: Frame) -> Request | None:
        self._taken += len(frame.payload)
        if self._taken >= _GIVEN_BACK:
            self._sending.frame(frames.WINDOW_UPDATE, 0, 0, _four(self._taken))
            self._taken = 0
        if asked := self._asked.get(frame.stream):
            asked.body.append(frames.content(frame))
            return self._whole(frame)
        if not 0 < frame.stream <= self._newest:
            raise BrokenError(frames.PROTOCOL_ERROR, f"data of stream {frame.stream}, which did not begin")
        return None  # it was reset while this was on its way

    def _whole(self, frame: Frame) -> Request | None:
        if not frame.flags & frames.END_STREAM:
            return None
        asked = self._asked.pop(frame.stream)
        return Request(frame.stream, asked.headers, b"".join(asked.body))

    def _reset(self, frame: Frame) -> None:
        self._asked.pop(frame.stream, None)
        self._sending.reset(frame.stream)

    def _settings(self, frame: Frame) -> None:
        if not frame.flags & frames.ACKNOWLEDGED:
            self._sending.agree(frames.pairs(frame))

    def _push(self, frame: Frame) -> None:
        raise BrokenError(frames.PROTOCOL_ERROR, f"stream {frame.stream} pushes, which only servers do")

    def _ping(self, frame: Frame) -> None:
        if not frame.flags & frames.ACKNOWLEDGED:
            self._sending.frame(frames.PING, frames.ACKNOWLEDGED, 0, frames.sized(frame, 8))

    def _window_update(self, frame: Frame) -> None:
        self._sending.widen(frame.stream, int.from_bytes(frames.sized(frame, 4), "big") & frames.WIDEST)


def _four(number: int) -> bytes:
    return number.to_bytes(4, "big")
