"""What an edit of the program does to the objects: nothing, an update in place, or another object."""

import pytest
from lightkube import Client
from lightkube.resources.core_v1 import ConfigMap, Service, ServiceAccount
from provider_room import Stack

pytestmark = pytest.mark.engine


def account(**annotations: str) -> str:
    return f'Thing("core/v1:ServiceAccount", "account", metadata={{"annotations": {annotations}}})\n'


def named_map(name: str, value: str) -> str:
    return f'Thing("core/v1:ConfigMap", "named", metadata={{"name": "{name}"}}, data={{"a": "{value}"}})\n'


def service(port: int, address: str = "None", **metadata: object) -> str:
    spec = {"clusterIP": address, "selector": {"app": "x"}, "ports": [{"port": port}]}
    return f'Thing("core/v1:Service", "service", metadata={metadata}, spec={spec})\n'


def test_an_edit_in_place_shows_its_path_and_keeps_the_object(stack: Stack, cluster: Client) -> None:
    stack.up(account(a="1", b="2"))
    before = stack.resources()["account"]["id"]
    unchanged = stack.up(account(a="1", b="2"))
    plan = stack.preview(account(a="3"))
    done = stack.up(account(a="3"))

    assert unchanged.steps == {}
    assert plan.changes("account") == {"metadata.annotations.a": "update", "metadata.annotations.b": "delete"}
    assert done.steps == {"account": ["update"]}
    assert stack.resources()["account"]["id"] == before
    live = cluster.get(ServiceAccount, before.partition("/")[2], namespace="default").to_dict()
    assert live["metadata"]["annotations"] == {"a": "3", "pulumi.com/autonamed": "true"}


def test_an_object_without_a_name_gets_one_that_its_preview_foretold(stack: Stack) -> None:
    stack.program(account())
    plan = stack.run("preview", "--save-plan", "plan.json")
    done = stack.run("up", "--yes", "--skip-preview", "--plan", "plan.json")

    assert plan.code == done.code == 0, done.text
    namespace, _, name = stack.resources()["account"]["id"].partition("/")
    assert namespace == "default"
    assert name.startswith("account-")
    assert len(name) == len("account-12345678")


def test_immutable_data_replaces_the_new_one_first_where_the_name_is_made(stack: Stack) -> None:
    stack.up('Thing("core/v1:ConfigMap", "map", data={"a": "1"})\n')
    before = stack.resources()["map"]["id"]
    done = stack.up('Thing("core/v1:ConfigMap", "map", data={"a": "2"})\n')

    assert done.steps == {"map": ["create-replacement", "replace", "delete-replaced"]}
    assert done.changes("map") == {"data.a": "update-replace"}
    assert stack.resources()["map"]["id"] != before


def test_the_old_one_goes_first_where_the_program_gives_the_name(stack: Stack, cluster: Client) -> None:
    stack.up(named_map("first", "1"))
    plan = stack.preview(named_map("first", "2"))
    done = stack.up(named_map("first", "2"))

    assert plan.code == 0, plan.text
    assert done.steps == {"named": ["delete-replaced", "replace", "create-replacement"]}
    assert cluster.get(ConfigMap, "first", namespace="default").data == {"a": "2"}


def test_another_name_or_namespace_is_another_object(stack: Stack) -> None:
    stack.up(named_map("old-name", "1"))
    done = stack.up(named_map("new-name", "1"))

    assert done.steps == {"named": ["create-replacement", "replace", "delete-replaced"]}
    assert done.changes("named") == {"metadata.name": "update-replace"}
    assert stack.resources()["named"]["id"] == "default/new-name"


def test_the_name_that_was_made_may_be_written_into_the_program(stack: Stack) -> None:
    stack.up(service(80))
    name = stack.resources()["service"]["id"].partition("/")[2]
    done = stack.up(service(80, name=name))

    assert done.changes("service") == {"metadata.annotations": "delete"}
    assert done.steps == {"service": ["update"]}


def test_ignored_changes_keep_what_lives(stack: Stack, cluster: Client) -> None:
    ignoring = 'opts=options(ignore_changes=["metadata.labels.mine", "spec.ports[*].port"])'
    program = (
        'Thing("core/v1:Service", "kept", metadata={{"name": "kept", "labels": {{"mine": "{0}", "x": "{0}"}}}},'
        ' spec={{"clusterIP": "None", "ports": [{{"port": {1}}}]}}, {2})\n'
    )
    stack.up(program.format("a", 80, ignoring))
    cluster.patch(Service, "kept", {"metadata": {"labels": {"mine": "theirs"}}}, namespace="default")
    done = stack.up(program.format("b", 81, ignoring))

    assert done.changes("kept") == {"metadata.labels.x": "update"}
    live = cluster.get(Service, "kept", namespace="default").to_dict()
    assert live["metadata"]["labels"] == {"mine": "theirs", "x": "b"}
    assert [port["port"] for port in live["spec"]["ports"]] == [80]


def test_a_field_that_leaves_the_program_leaves_the_object(stack: Stack, cluster: Client) -> None:
    program = 'Thing("core/v1:ServiceAccount", "owner", metadata={{"name": "owner", "labels": {}}})\n'
    stack.up(program.format({"a": "1", "b": "2"}))
    stack.up(program.format({"a": "1"}))
    stack.up(program.format({"c": "3"}))

    live = cluster.get(ServiceAccount, "owner", namespace="default").to_dict()
    assert live["metadata"]["labels"] == {"c": "3"}
