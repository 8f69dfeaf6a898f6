"""The frames of HTTP/2 (RFC 9113, sections 4 and 6)."""

from collections.abc import Iterator
from struct import Struct
from typing import Final, NamedTuple

__all__ = [
    "ACKNOWLEDGED",
    "CONTINUATION",
    "DATA",
    "END_HEADERS",
    "END_STREAM",
    "FLOW_CONTROL_ERROR",
    "FRAME_SIZE_ERROR",
    "GO_AWAY",
    "HEADERS",
    "LARGEST",
    "PING",
    "PREFACE",
    "PROTOCOL_ERROR",
    "PUSH",
    "RESET",
    "SETTINGS",
    "WIDEST",
    "WINDOW_UPDATE",
    "BrokenError",
    "Frame",
    "content",
    "packed",
    "pairs",
    "sized",
    "taken",
]

DATA, HEADERS, _PRIORITY, RESET, SETTINGS, PUSH, PING, GO_AWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM = ACKNOWLEDGED = 0x1
END_HEADERS, _PADDED, _WITH_PRIORITY = 0x4, 0x8, 0x20
PROTOCOL_ERROR, FLOW_CONTROL_ERROR, FRAME_SIZE_ERROR = 0x1, 0x3, 0x6
PREFACE: Final = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
"""What a client says first."""
LARGEST: Final = 16_384
"""Bytes in a frame, as long as no other number is agreed on."""
WIDEST: Final = 2**31 - 1
"""The greatest number of a stream, and the most bytes that may be on their way."""
_HEAD: Final = Struct(">BHBBL")
_PAIR: Final = Struct(">HL")


class BrokenError(Exception):
    """The other side broke the protocol; the connection ends with this code."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class Frame(NamedTuple):
    """A frame as it came."""

    kind: int
    flags: int
    stream: int
    payload: bytes
    end: int
    """Where it ended in the bytes it was read from."""


def packed(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    """A frame as it is sent."""
    size = len(payload)
    return _HEAD.pack(size >> 16, size & 0xFFFF, kind, flags, stream) + payload


def taken(data: bytes, at: int) -> Iterator[Frame]:
    """The frames that are whole in these bytes, from there on.

    Raises:
        BrokenError: a frame is larger than was agreed on.
    """
    end = len(data)
    while end - at >= _HEAD.size:
        high, low, kind, flags, stream = _HEAD.unpack_from(data, at)
        size = high << 16 | low
        if size > LARGEST:
            raise BrokenError(FRAME_SIZE_ERROR, f"a frame of {size} bytes, it is at most {LARGEST}")
        begin = at + _HEAD.size
        at = begin + size
        if at > end:
            return
        yield Frame(kind, flags, stream & WIDEST, data[begin:at], at)


def content(frame: Frame) -> bytes:
    """What a frame of data or headers holds, without padding and priority.

    Raises:
        BrokenError: the padding is longer than the frame.
    """
    payload = frame.payload
    if frame.flags & _PADDED:
        if not payload or payload[0] >= len(payload):
            raise BrokenError(PROTOCOL_ERROR, "more padding than frame")
        payload = payload[1 : len(payload) - payload[0]]
    return payload[5:] if frame.kind == HEADERS and frame.flags & _WITH_PRIORITY else payload


def sized(frame: Frame, size: int) -> bytes:
    """What a frame holds that always has this size.

    Raises:
        BrokenError: it has another.
    """
    if len(frame.payload) != size:
        raise BrokenError(FRAME_SIZE_ERROR, f"{len(frame.payload)} bytes where there are {size}")
    return frame.payload


def pairs(frame: Frame) -> Iterator[tuple[int, int]]:
    """Settings and their values.

    Raises:
        BrokenError: it holds something else.
    """
    if len(frame.payload) % _PAIR.size:
        raise BrokenError(FRAME_SIZE_ERROR, "a setting has six bytes")
    return _PAIR.iter_unpack(frame.payload)
