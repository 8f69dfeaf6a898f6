"""What a preview knows: the API server's own verdict, as far as it can be had before anything is made."""

import pytest
from lightkube import Client
from lightkube.resources.core_v1 import ConfigMap
from provider_room import Stack

pytestmark = pytest.mark.engine

CRD = """\
names = {"plural": "things", "kind": "Thing", "singular": "thing", "listKind": "ThingList"}
schema = {"openAPIV3Schema": {"type": "object", "properties": {
    "spec": {"type": "object", "properties": {"size": {"type": "integer", "maximum": 3}}},
    "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
}}}
version = {"name": "v1", "served": True, "storage": True, "schema": schema, "subresources": {"status": {}}}
crd = Thing("apiextensions.k8s.io/v1:CustomResourceDefinition", "crd", metadata={"name": "things.room.test"},
            spec={"group": "room.test", "scope": "Namespaced", "names": names, "versions": [version]})
"""


def thing(size: object) -> str:
    return f'Thing("room.test/v1:Thing", "mine", metadata={{"name": "mine"}}, spec={{"size": {size!r}}})\n'


def test_a_crd_its_namespace_and_their_objects_come_in_one_update(stack: Stack) -> None:
    space = 'space = Thing("core/v1:Namespace", "space", metadata={"name": "room"})\n'
    inside = 'Thing("core/v1:ConfigMap", "inside", metadata={"name": "a", "namespace": "room"}, data={})\n'
    plan = stack.preview(CRD + thing(1) + space + inside)
    done = stack.up(CRD + thing(1) + space + inside)
    refused = stack.preview(CRD + thing(9) + space + inside)
    gone = stack.destroy()

    assert plan.code == 0, plan.text
    assert done.code == 0, done.text
    assert done.steps == {name: ["create"] for name in ("crd", "inside", "mine", "space")}
    assert refused.code != 0
    assert "spec.size: Invalid value: 9: spec.size in body should be less than or equal to 3" in refused.text
    assert gone.code == 0, gone.text


def test_a_field_that_the_server_refuses_shows_at_preview(stack: Stack, cluster: Client) -> None:
    plan = stack.preview(
        'Thing("core/v1:Service", "odd", metadata={"name": "odd"}, spec={"ports": [{"port": 99999}]})\n'
    )

    assert plan.code != 0
    assert "spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive" in plan.text
    assert [item.metadata for item in cluster.list(ConfigMap, labels={"room": "odd"})] == []


def test_values_that_only_the_update_knows_are_no_hindrance(stack: Stack) -> None:
    program = (
        'first = Thing("core/v1:ConfigMap", "first", data={"a": "1"})\n'
        'Thing("core/v1:ConfigMap", "second", metadata={"name": first.metadata.apply(lambda m: m["uid"])},'
        ' data={"uid": first.metadata.apply(lambda m: m["uid"])})\n'
        'pulumi.export("uid", first.metadata.apply(lambda m: m["uid"]))\n'
    )
    plan = stack.preview(program)
    done = stack.up(program)

    assert plan.code == done.code == 0, done.text
    made = stack.resources()
    assert made["second"]["outputs"]["data"] == {"uid": made["first"]["outputs"]["metadata"]["uid"]}


def test_an_expression_that_nothing_can_be_awaited_by_fails_its_update(stack: Stack, cluster: Client) -> None:
    metadata = {"name": "unread", "annotations": {"pulumi.com/waitFor": "jsonpath=.a"}}
    program = f'Thing("core/v1:ConfigMap", "x", metadata={metadata}, data={{}})\n'
    plan, done = stack.preview(program), stack.up(program)

    assert plan.code == 0, plan.text
    assert done.code != 0
    assert ".a" in done.text
    assert stack.resources() == {}
    assert cluster.get(ConfigMap, "unread", namespace="default").data is None, "it was made before it was awaited"


def test_a_cluster_that_is_not_there_is_told_by_name(stack: Stack) -> None:
    away = (
        'config = {"current-context": "c", "contexts": [{"name": "c", "context": {"cluster": "k"}}],'
        ' "clusters": [{"name": "k", "cluster": {"server": "https://127.0.0.1:1"}}]}\n'
        'away = pulumi.ProviderResource("kubernetes", "away", {"kubeconfig": __import__("json").dumps(config)})\n'
        'Thing("core/v1:ConfigMap", "x", data={}, opts=options(provider=away))\n'
    )
    plan, done = stack.preview(away), stack.up(away)

    assert plan.code == 0, plan.text
    assert done.code != 0
    assert "configured Kubernetes cluster is unreachable: " in done.text
