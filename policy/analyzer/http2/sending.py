"""What a server of HTTP/2 sends: never more than the other side has room for (RFC 9113, section 5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from . import frames
from .frames import BrokenError

__all__ = ["WINDOW", "Response", "Sending"]

WINDOW: Final = 65_535
"""Bytes that may be on their way, as long as no other number is agreed on."""
_TABLE_SIZE, _INITIAL_WINDOW, _LARGEST_FRAME = 0x1, 0x4, 0x5
_LARGEST_FRAMES: Final = range(frames.LARGEST, 2**24)
_NO_TABLE: Final = b"\x20"


class Response(NamedTuple):
    """What is answered."""

    headers: bytes
    """Packed, without a word of a connection's table."""
    body: bytes
    """The data."""
    trailers: bytes
    """The headers after the data, packed likewise."""


@dataclass(slots=True)
class _Stream:
    window: int
    unsent: memoryview = field(default_factory=lambda: memoryview(b""))
    trailers: bytes | None = None
    """There when the stream is answered."""


class Sending:
    """Frames that wait to be written, and what waits for room."""

    def __init__(self) -> None:
        self._out: list[bytes] = []
        self._streams: dict[int, _Stream] = {}
        self._window = self._initial = WINDOW
        self._largest = frames.LARGEST
        self._before_headers = b""

    def handed_out(self) -> bytes:
        """What is to be written now."""
        out = b"".join(self._out)
        self._out.clear()
        return out

    def frame(self, kind: int, flags: int, stream: int, payload: bytes) -> None:
        """A frame that needs no room."""
        self._out.append(frames.packed(kind, flags, stream, payload))

    def opened(self, number: int) -> None:
        """A stream that will be answered."""
        self._streams[number] = _Stream(self._initial)

    def reset(self, number: int) -> None:
        """A stream that nobody waits for any more."""
        self._streams.pop(number, None)

    def respond(self, number: int, response: Response) -> None:
        """Answer; what there is no room for is sent when there is."""
        if (stream := self._streams.get(number)) is not None:
            self.frame(frames.HEADERS, frames.END_HEADERS, number, self._before_headers + response.headers)
            self._before_headers = b""
            stream.unsent, stream.trailers = memoryview(response.body), response.trailers
            self._send(number, stream)

    def widen(self, number: int, by: int) -> None:
        """More room, for a stream or, as number 0, for all together.

        Raises:
            BrokenError: it is no room, or more than there can be.
        """
        stream = self._streams.get(number)
        if number and stream is None:
            return  # it was answered while this was on its way
        room = (stream.window if stream else self._window) + by
        if not by or room > frames.WIDEST:
            raise BrokenError(frames.FLOW_CONTROL_ERROR, f"{by} bytes more make a window of {room}")
        if stream:
            stream.window = room
        else:
            self._window = room
        self._send_all()

    def agree(self, settings: Iterable[tuple[int, int]]) -> None:
        """Take the settings of the other side.

        Raises:
            BrokenError: a setting has a value that it cannot have.
        """
        for setting, value in settings:
            if setting == _TABLE_SIZE:
                self._before_headers = _NO_TABLE  # RFC 7541, section 4.2: the new size is told, and none is used
            elif setting == _INITIAL_WINDOW:
                self._resize(value)
            elif setting == _LARGEST_FRAME:
                if value not in _LARGEST_FRAMES:
                    raise BrokenError(frames.PROTOCOL_ERROR, f"frames of {value} bytes")
                self._largest = value
        # Before anything is sent by them: only from here on does the other side count by its settings.
        self.frame(frames.SETTINGS, frames.ACKNOWLEDGED, 0, b"")
        self._send_all()

    def _resize(self, window: int) -> None:
        if window > frames.WIDEST:
            raise BrokenError(frames.FLOW_CONTROL_ERROR, f"a window of {window} bytes")
        for stream in self._streams.values():
            stream.window += window - self._initial
        self._initial = window

    def _send_all(self) -> None:
        for number, stream in list(self._streams.items()):
            if stream.trailers is not None:
                self._send(number, stream)

    def _send(self, number: int, stream: _Stream) -> None:
        while stream.unsent and (room := min(self._window, stream.window, self._largest)) > 0:
            part, stream.unsent = stream.unsent[:room], stream.unsent[room:]
            self._window -= len(part)
            stream.window -= len(part)
            self.frame(frames.DATA, 0, number, bytes(part))
        if not stream.unsent and stream.trailers is not None:
            self.frame(frames.HEADERS, frames.END_HEADERS | frames.END_STREAM, number, stream.trailers)
            del self._streams[number]
