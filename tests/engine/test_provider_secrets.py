"""Secrets stay secret: in state, in output, in what the engine shows."""

from base64 import b64encode

import pytest
from lightkube import Client
from lightkube.resources.core_v1 import ConfigMap, Secret
from provider_room import Stack

pytestmark = pytest.mark.engine

SENTINEL = "c2VudGluZWw-not-to-be-seen"
ENCODED = b64encode(SENTINEL.encode()).decode().rstrip("=")[:-1]  # what of it does not depend on what follows


def program(value: str) -> str:
    return (
        f'value = pulumi.Output.secret("{value}")\n'
        'Thing("core/v1:Secret", "text", metadata={"name": "text"}, stringData={"a": value})\n'
        'Thing("core/v1:Secret", "plain", metadata={"name": "plain"}, stringData={"a": "' + value + '"})\n'
        'Thing("core/v1:ConfigMap", "map", metadata={"name": "map"}, data={"a": value, "b": "open"})\n'
        'claims = [{"apiGroups": [""], "resources": ["pods"], "verbs": [value, "get"]}]\n'
        'Thing("rbac.authorization.k8s.io/v1:Role", "role", metadata={"name": "role"}, rules=claims)\n'
    )


def seen(text: str) -> bool:
    return SENTINEL in text or ENCODED in text


def test_a_secret_is_nowhere_in_state_or_output(stack: Stack, cluster: Client) -> None:
    made = stack.up(program(SENTINEL))
    state = [stack.exported()]
    shown = [made.text, str(made.events)]
    for again in (stack.preview(program(SENTINEL + "2"), "--diff"), stack.refresh(), stack.up(program(SENTINEL + "2"))):
        shown += [again.text, str(again.events)]
        state.append(stack.exported())

    assert made.code == 0, made.text
    live = cluster.get(Secret, "text", namespace="default")
    assert live.data
    assert cluster.get(ConfigMap, "map", namespace="default").data == {"a": SENTINEL + "2", "b": "open"}
    assert not any(seen(each) for each in state)
    assert not any(seen(each) for each in shown)
    beside = stack.resources()["map"]["outputs"]
    assert (beside["data"]["b"], beside["metadata"]["name"]) == ("open", "map")
