"""Secrets go to the API server in the open and to the engine sealed."""

from rayform.lab.engine.kubernetes.veil import veiled
from rayform.lab.engine.provider.secrecy import has_secret, has_unknown, masked, plain
from rayform.lab.wire import UNKNOWN, UNKNOWN_ON_THE_WIRE, Secret


def test_plain_takes_every_envelope_off() -> None:
    assert plain({"a": Secret({"b": [Secret("x")]}), "c": 1}) == {"a": {"b": ["x"]}, "c": 1}


def test_secrets_and_unknowns_are_found_wherever_they_are() -> None:
    assert has_secret({"a": [{"b": Secret(1)}]})
    assert not has_secret({"a": [{"b": 1}]})
    assert has_unknown({"a": Secret([UNKNOWN])})
    assert not has_unknown({"a": "x"})


def test_outputs_are_secret_where_inputs_are() -> None:
    live = {"spec": {"token": "x", "size": 1}, "status": {"ok": True}}

    assert veiled(live, {"spec": {"token": Secret("x")}}) == {
        "spec": {"token": Secret("x"), "size": 1},
        "status": {"ok": True},
    }


def test_a_list_with_one_secret_is_all_secret() -> None:
    live = {"env": [{"name": "b"}, {"name": "a", "value": "x"}]}
    inputs = {"env": [{"name": "a", "value": Secret("x")}, {"name": "b"}]}

    assert veiled(live, inputs) == {"env": Secret(live["env"])}


def test_data_of_a_secret_is_secret_even_when_nobody_said_so() -> None:
    live = {"kind": "Secret", "data": {"a": "eA=="}, "type": "Opaque"}

    assert veiled(live, {}) == {"kind": "Secret", "data": Secret({"a": "eA=="}), "type": "Opaque"}


def test_a_message_tells_no_secret_in_the_open_or_encoded() -> None:
    known = {"password": Secret({"a": "hunter2"}), "b": Secret("no"), "c": "open"}

    assert masked("hunter2, aHVudGVyMg==, no, open", known) == "[secret], [secret], no, open"


def test_the_sdk_writes_unknowns_as_they_are_read() -> None:
    from pulumi.runtime.rpc import UNKNOWN as OF_THE_SDK  # noqa: PLC0415 - loads all of the SDK

    assert OF_THE_SDK == UNKNOWN_ON_THE_WIRE
