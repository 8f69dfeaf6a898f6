"""HTTP/2 as the policy pack speaks it, judged by h2 on the other side."""

import pytest
from engine_side import ECHO, Engine, message
from google.protobuf.wrappers_pb2 import BytesValue
from h2.events import DataReceived, PingAckReceived, SettingsAcknowledged, TrailersReceived
from h2.settings import SettingCodes
from hpack import Encoder
from hypothesis import example, given
from hypothesis import strategies as st
from rayform.policy.analyzer.http2 import Connection
from rayform.policy.analyzer.http2.frames import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    GO_AWAY,
    HEADERS,
    LARGEST,
    PING,
    PREFACE,
    PUSH,
    SETTINGS,
    WIDEST,
    WINDOW_UPDATE,
    content,
    packed,
    taken,
)

PADDED, WITH_PRIORITY = 0x8, 0x20
DONE = ("0", "")


def answer(content: bytes) -> bytes:
    return message(BytesValue(value=content).SerializeToString())


PAYLOADS = st.sampled_from([b"\x83", b"\0\0\0\1", b"\0\4\0\0\0\1"]) | st.binary(max_size=12)
NAMES = st.sampled_from(["a", "b", "te"])
FRAMES = st.builds(packed, st.integers(0, 10), st.integers(0, 255), st.integers(0, 7), PAYLOADS)


def greeted() -> Connection:
    pack = Connection()
    assert list(pack.received(PREFACE)) == []
    return pack


def ended(pack: Connection) -> int:
    """The code with which the pack ended the connection."""
    *_, last = taken(pack.to_send(), 0)
    assert last.kind == GO_AWAY
    return int.from_bytes(last.payload[4:8], "big")


@pytest.mark.parametrize("at_once", [1, 2, 9, 25, 1 << 20])
def test_a_call_is_answered_in_whatever_pieces_it_comes(at_once: int) -> None:
    engine = Engine()
    stream = engine.call(message(b"judge this"))
    engine.talk(at_once)

    assert (engine.body(stream), engine.status(stream)) == (answer(b"judge this"), DONE)


def test_calls_that_come_together_are_answered_each_on_its_own() -> None:
    engine = Engine()
    streams = [engine.call(message(str(number).encode())) for number in range(50)]
    engine.talk()

    assert [engine.body(stream) for stream in streams] == [answer(str(number).encode()) for number in range(50)]
    assert {engine.status(stream) for stream in streams} == {DONE}


@pytest.mark.parametrize(("long", "priority"), [(30_000, None), (10, 7)])
def test_headers_of_several_frames_and_a_message_of_many_are_taken(long: int, priority: int | None) -> None:
    engine, said = Engine(), b"x" * 40_000
    stream = engine.call(message(said), priority=priority, long="y" * long)
    engine.talk()

    assert engine.body(stream) == answer(said)


def test_padding_and_priority_are_not_of_the_headers() -> None:
    (frame,) = taken(packed(HEADERS, PADDED | WITH_PRIORITY, 1, b"\x02" + b"order" + b"headers" + b"\0\0"), 0)

    assert content(frame) == b"headers"


def test_an_answer_waits_for_room_on_its_stream() -> None:
    engine = Engine()
    engine.client.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: 10})
    engine.talk()
    stream = engine.call(message(b"z" * 100))
    engine.talk()
    short = len(engine.body(stream))
    engine.client.increment_flow_control_window(50, stream)
    engine.talk()
    longer = len(engine.body(stream))
    engine.client.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: 1_000})
    engine.talk()

    assert (short, longer) == (10, 60)
    assert (engine.body(stream), engine.status(stream)) == (answer(b"z" * 100), DONE)


def test_answers_wait_for_room_on_the_connection_and_come_as_there_is_some() -> None:
    engine = Engine()
    engine.client.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: 1_000_000, SettingCodes.MAX_FRAME_SIZE: 50_000})
    engine.talk()
    streams = [engine.call(message(b"z" * 40_000)) for _ in range(3)]
    engine.talk()
    before = sum(len(engine.body(stream)) for stream in streams)
    engine.client.increment_flow_control_window(100_000)
    engine.talk()

    assert before == 65_535
    assert [engine.body(stream) for stream in streams] == [answer(b"z" * 40_000)] * 3
    assert LARGEST < max(len(each.data) for each in engine.of(DataReceived)) <= 50_000


def test_what_was_read_makes_room_again() -> None:
    engine = Engine()
    engine.talk()
    engine.call(message(b"x" * 3_000_000))
    engine.talk()

    assert engine.client.outbound_flow_control_window > WIDEST - 1_100_000


def test_a_table_of_another_size_is_told_once() -> None:
    engine = Engine()
    engine.talk()
    engine.client.update_settings({SettingCodes.HEADER_TABLE_SIZE: 0})
    streams = [engine.call(message(b"a")), engine.call(message(b"b"))]
    engine.talk()

    assert [engine.status(stream) for stream in streams] == [DONE, DONE]
    assert len(engine.of(SettingsAcknowledged)) == 2


def test_a_ping_comes_back() -> None:
    engine = Engine()
    engine.client.ping(b"12345678")
    engine.talk()

    assert [each.ping_data for each in engine.of(PingAckReceived)] == [b"12345678"]


def test_nobody_is_answered_who_does_not_wait_any_more() -> None:
    engine = Engine()
    engine.client.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: 0})
    engine.talk()
    waiting, other = engine.call(message(b"a")), engine.call(message(b"b"))
    engine.talk()
    engine.client.reset_stream(waiting)
    engine.client.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: 100})
    engine.talk()
    engine.told(packed(DATA, END_STREAM, waiting, b"late") + packed(WINDOW_UPDATE, 0, waiting, b"\0\0\0\1"))

    assert [each.stream_id for each in engine.of(TrailersReceived)] == [other]
    assert not engine.pack.closed


def test_kinds_of_frames_and_settings_that_are_not_known_are_let_be() -> None:
    engine = Engine()
    engine.talk()
    engine.told(
        packed(0xEE, 0xFF, 7, b"what") + packed(SETTINGS, 0, 0, b"\x77\x77\0\0\0\1") + packed(2, 0, 1, b"12345")
    )
    stream = engine.call(message(b"a"))
    engine.talk()

    assert engine.status(stream) == DONE


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (packed(DATA, END_STREAM, 1, b""), 1),
        (packed(DATA, END_STREAM, 0, b""), 1),
        (packed(HEADERS, END_HEADERS, 2, b"\x83"), 1),
        (packed(HEADERS, END_HEADERS, 0, b"\x83"), 1),
        (packed(HEADERS, END_HEADERS | PADDED, 1, b""), 1),
        (packed(HEADERS, END_HEADERS | PADDED, 1, b"\x03ab"), 1),
        (packed(HEADERS, END_HEADERS, 1, b"\xff\xff"), 9),
        (packed(HEADERS, END_HEADERS, 1, b"\xfe"), 9),
        (packed(HEADERS, 0, 1, b"\x83") + packed(PING, 0, 0, b"12345678"), 1),
        (packed(HEADERS, 0, 1, b"\x83") + packed(CONTINUATION, END_HEADERS, 3, b""), 1),
        (packed(CONTINUATION, END_HEADERS, 1, b""), 1),
        (packed(HEADERS, 0, 1, b"\x83") + packed(CONTINUATION, 0, 1, b"\x83" * LARGEST) * 4, 11),
        (packed(PUSH, END_HEADERS, 1, b"\0\0\0\2"), 1),
        (packed(PING, 0, 0, b"1234567"), 6),
        (packed(SETTINGS, 0, 0, b"\0\4\0\0\0"), 6),
        (packed(SETTINGS, 0, 0, b"\0\5\0\0\0\1"), 1),
        (packed(SETTINGS, 0, 0, b"\0\4\x80\0\0\0"), 3),
        (packed(WINDOW_UPDATE, 0, 0, b"\0\0\0"), 6),
        (packed(WINDOW_UPDATE, 0, 0, b"\0\0\0\0"), 3),
        (packed(WINDOW_UPDATE, 0, 0, b"\x7f\xff\xff\xff"), 3),
        (packed(DATA, 0, 1, b"x" * (LARGEST + 1)), 6),
    ],
)
def test_what_breaks_the_protocol_ends_the_connection_with_its_code(words: bytes, code: int) -> None:
    pack = greeted()
    asked = list(pack.received(words))

    assert (len(asked), ended(pack), pack.closed) == (0, code, True)


@given(st.lists(FRAMES, max_size=8), st.integers(1, 200))
def test_whatever_comes_is_asked_or_ends_the_connection(words: list[bytes], at_once: int) -> None:
    pack, said = Connection(), PREFACE + b"".join(words)
    asked = [each for at in range(0, len(said), at_once) for each in pack.received(said[at : at + at_once])]

    assert len({each.stream for each in asked}) == len(asked)
    assert pack.closed == [each.kind for each in taken(pack.to_send(), 0)].count(GO_AWAY)


@given(st.lists(st.lists(st.tuples(NAMES, NAMES), max_size=2), max_size=12))
@example([[("a", "a")], [("a", "a")], [("b", "b")], [("b", "b")]])
def test_headers_mean_what_they_meant_to_who_packed_them(blocks: list[list[tuple[str, str]]]) -> None:
    pack, encoder = greeted(), Encoder()
    encoder.header_table_size = 120  # three headers: one goes for each that comes
    words = [
        packed(HEADERS, END_HEADERS | END_STREAM, 1 + 2 * at, encoder.encode(each)) for at, each in enumerate(blocks)
    ]
    asked = list(pack.received(b"".join(words)))

    assert [each.headers for each in asked] == [
        {name.encode(): value.encode() for name, value in each} for each in blocks
    ]


def test_what_is_no_http_2_is_told_so() -> None:
    pack = Connection()
    asked = list(pack.received(b"GET / HTTP/1.1\r\n"))

    assert (len(asked), ended(pack), pack.closed) == (0, 1, True)


def test_what_was_whole_before_it_broke_is_asked() -> None:
    pack = greeted()
    (asked,) = pack.received(packed(HEADERS, END_HEADERS | END_STREAM, 1, b"\x83") * 2)

    assert (asked.stream, asked.headers, ended(pack)) == (1, {b":method": b"POST"}, 1)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (
            "/of.Tests/Refuse",
            message(b"123"),
            ("3", "policy: gpus: 3 asked, 100 % is possible, \u2264 8; ask for fewer"),
        ),
        ("/of.Tests/Fail", message(b"123"), ("2", "ValueError: 3")),
        ("/of.Tests/Other", message(b"123"), ("12", "no method is called /of.Tests/Other")),
        (ECHO, message(b"123", compressed=1), ("12", "messages are not compressed here")),
        (ECHO, message(b"123")[:-1], ("13", "a call has one message, whole")),
        (ECHO, message(b"123") * 2, ("13", "a call has one message, whole")),
        (ECHO, b"", ("13", "a call has one message, whole")),
    ],
)
def test_a_call_that_fails_says_why(path: str, body: bytes, status: tuple[str, str]) -> None:
    engine = Engine()
    stream = engine.call(body, path)
    engine.talk()

    assert (engine.status(stream), engine.body(stream)) == (status, b"")
    assert not engine.pack.closed
