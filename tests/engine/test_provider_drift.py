"""Objects that changed, came or went without the engine."""

import pytest
from lightkube import Client
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import ConfigMap, ServiceAccount
from provider_room import Stack

pytestmark = pytest.mark.engine


def account(name: str, opts: str = "", **labels: str) -> str:
    more = f", opts=options({opts})" if opts else ""
    return f'Thing("core/v1:ServiceAccount", "{name}", metadata={{"name": "{name}", "labels": {labels}}}{more})\n'


def labels(cluster: Client, name: str) -> dict[str, str]:
    live = cluster.get(ServiceAccount, name, namespace="default")
    return dict(live.metadata.labels or {}) if live.metadata else {}


def test_an_edit_by_hand_is_seen_by_refresh_and_mended_by_the_next_update(stack: Stack, cluster: Client) -> None:
    stack.up(account("edited", a="1"))
    cluster.patch(ServiceAccount, "edited", {"metadata": {"labels": {"a": "9", "theirs": "x"}}}, namespace="default")
    refreshed = stack.refresh()
    done = stack.up(account("edited", a="1"), "--config", "x=y")

    assert refreshed.drift == {"edited": "update"}
    assert done.changes("edited") == {"metadata.labels.a": "update"}
    assert "Conflict" not in done.text


def test_a_deleted_object_is_noticed_and_made_again(stack: Stack, cluster: Client) -> None:
    stack.up(account("deleted", a="1"))
    cluster.delete(ServiceAccount, "deleted", namespace="default")
    refreshed = stack.refresh()
    done = stack.up(account("deleted", a="1"))

    assert refreshed.drift == {"deleted": "delete"}
    assert done.steps == {"deleted": ["create"]}
    assert labels(cluster, "deleted") == {"a": "1"}


def test_destroying_what_is_gone_already_is_fine(stack: Stack, cluster: Client) -> None:
    stack.up(account("vanished"))
    cluster.delete(ServiceAccount, "vanished", namespace="default")

    assert stack.destroy().code == 0
    assert stack.resources() == {}


def test_an_object_that_exists_is_not_taken_over(stack: Stack, cluster: Client) -> None:
    cluster.create(ServiceAccount(metadata=ObjectMeta(name="theirs", namespace="default", labels={"a": "0"})))
    plan = stack.preview(account("theirs", a="1"))
    done = stack.up(account("theirs", a="1"))

    assert plan.code == 0, "a preview cannot tell it from a replacement of the same name"
    assert done.code != 0
    assert stack.resources() == {}
    assert labels(cluster, "theirs") == {"a": "0"}


@pytest.mark.standin("since 4.29 an object is created, not applied; the official provider that can be built is older")
def test_an_object_that_exists_is_not_taken_over_where_nothing_contradicts(stack: Stack, cluster: Client) -> None:
    cluster.create(ServiceAccount(metadata=ObjectMeta(name="same", namespace="default")))
    done = stack.up(account("same", a="1"))

    assert done.code != 0
    assert 'serviceaccounts "same" already exists' in done.text
    assert stack.resources() == {}
    assert labels(cluster, "same") == {}


def test_an_object_that_exists_is_taken_over_where_the_provider_says_so(stack: Stack, cluster: Client) -> None:
    cluster.create(ServiceAccount(metadata=ObjectMeta(name="shared", namespace="default", labels={"a": "0"})))
    upsert = 'made = pulumi.ProviderResource("kubernetes", "upsert", {"upsertExistingObjects": True})\n'
    done = stack.up(upsert + account("shared", "provider=made", b="1"))

    assert done.steps == {"shared": ["create"]}, done.text
    assert labels(cluster, "shared") == {"a": "0", "b": "1"}


def test_an_existing_object_can_be_imported_and_is_then_ours(stack: Stack, cluster: Client) -> None:
    cluster.create(ConfigMap(metadata=ObjectMeta(name="found", namespace="default"), data={"a": "1"}))
    program = 'Thing("core/v1:ConfigMap", "found", metadata={{"name": "found"}}, data={{"a": "1"}}{})\n'
    done = stack.up(program.format(', opts=options(import_="default/found")'))
    unchanged = stack.up(program.format(""))

    assert done.steps == {"found": ["import"]}, done.text
    assert unchanged.steps == {}
    assert stack.destroy().steps == {"found": ["delete"]}


def test_a_conflict_with_another_owner_is_told_and_won_only_on_request(stack: Stack, cluster: Client) -> None:
    stack.up(account("contested", a="1"))
    theirs = ServiceAccount(metadata=ObjectMeta(name="contested", namespace="default", labels={"a": "2"}))
    cluster.apply(theirs, field_manager="somebody", force=True)
    refused = stack.up(account("contested", a="3"))
    kept = stack.resources()["contested"]
    forced = stack.up(
        'Thing("core/v1:ServiceAccount", "contested", metadata={"name": "contested", "labels": {"a": "3"}, '
        '"annotations": {"pulumi.com/patchForce": "true"}})\n'
    )

    assert refused.code != 0
    assert 'conflict with "somebody"' in refused.text
    assert 'conflict with "somebody"' in kept["initErrors"][0]
    assert kept["outputs"]["__inputs"]["metadata"]["labels"] == {"a": "3"}
    assert forced.code == 0, forced.text
    assert labels(cluster, "contested") == {"a": "3"}


def test_a_patch_owns_its_fields_only_and_gives_them_back(stack: Stack, cluster: Client) -> None:
    cluster.create(ServiceAccount(metadata=ObjectMeta(name="patched", namespace="default", labels={"a": "0"})))
    stack.up(
        'of = {"apiVersion": "v1", "kind": "ServiceAccount"}\n'
        'inputs = {**of, "metadata": {"name": "patched", "labels": {"ours": "1"}}}\n'
        'pulumi.CustomResource("kubernetes:core/v1:ServiceAccountPatch", "patch", inputs)\n'
    )
    during = labels(cluster, "patched")
    gone = stack.destroy()

    assert during == {"a": "0", "ours": "1"}
    assert gone.steps == {"patch": ["delete"]}, gone.text
    assert labels(cluster, "patched") == {"a": "0"}
