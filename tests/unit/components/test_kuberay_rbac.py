"""The operator's rights are upstream's, and every difference has a name."""

import json
from hashlib import sha256
from itertools import product
from typing import Any

import pytest
import yaml
from kuberay_upstream import VERSION, upstream
from rayform.components.kuberay.rbac import (
    LEADER_ELECTION,
    NOT_IN_NAMESPACES,
    cluster_rules,
    namespace_rules,
    scheduler_rules,
    user_rules,
)
from rayform.components.versions import KUBERAY

CANONICAL = {
    "1.6": "b49d56eb997d54fef4c868d9dbac7f20010ce03902d5a4ccea0d6d216268ad7d",
    "1.7": "7c4c64840b8832246ea2cb527783598efa7c07d3b1a35148ab6b72695718714c",
}
"""The sha256 of the rules in upstream's ``role.yaml``, as sorted JSON, at the tags of each minor version."""


def rules(file: str) -> list[dict[str, Any]]:
    text = (upstream() / "config" / "rbac" / file).read_text()
    found: list[dict[str, Any]] = yaml.safe_load(text)["rules"]
    return found


def canonical(found: list[dict[str, Any]]) -> str:
    return sha256(json.dumps(found, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def rights(found: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    """Every single right: group, resource, verb."""
    return {each for rule in found for each in product(rule["apiGroups"], rule["resources"], rule["verbs"])}


def test_the_rules_are_those_of_upstreams_role() -> None:
    assert cluster_rules(KUBERAY[VERSION].series) == rules("role.yaml")


@pytest.mark.parametrize("series", CANONICAL)
def test_the_rules_of_every_minor_version_are_pinned(series: str) -> None:
    assert canonical(cluster_rules(series)) == CANONICAL[series]


def test_every_known_version_has_its_rules() -> None:
    assert {release.series for release in KUBERAY.values()} == set(CANONICAL)


def test_electing_a_leader_takes_what_upstream_gives() -> None:
    assert list(LEADER_ELECTION) == rules("leader_election_role.yaml")


@pytest.mark.parametrize("series", CANONICAL)
def test_a_namespace_gets_all_rights_but_the_named_ones(series: str) -> None:
    missing = rights(cluster_rules(series)) - rights(namespace_rules(series))

    assert {(group, resource) for group, resource, _ in missing} == set(NOT_IN_NAMESPACES)
    assert rights(namespace_rules(series)) < rights(cluster_rules(series))


@pytest.mark.parametrize(("role", "file"), [("edit", "editor"), ("view", "viewer")])
@pytest.mark.parametrize("kind", ["raycronjob", "rayjob", "rayservice"])
def test_people_get_what_upstream_gives_them_for_each_kind(role: str, file: str, kind: str) -> None:
    upstreams = rights(rules(f"ray_{kind}_{file}_role.yaml"))

    assert {right for right in rights(user_rules(role)) if right[1].startswith(f"{kind}s")} == upstreams


def test_every_difference_has_a_reason() -> None:
    assert dict(NOT_IN_NAMESPACES) == {
        ("coordination.k8s.io", "leases"): ("the lease lies in the operator's namespace, where its own Role covers it"),
        ("networking.k8s.io", "ingressclasses"): (
            "cluster-scoped, which a Role cannot grant; the operator never reads them"
        ),
    }


@pytest.mark.parametrize(
    ("scheduler", "groups"),
    [
        ("volcano", {"scheduling.volcano.sh"}),
        ("scheduler-plugins", {"scheduling.x-k8s.io"}),
        ("yunikorn", set()),
        ("kai-scheduler", set()),
        (None, set()),
    ],
)
def test_only_schedulers_with_pod_groups_need_more(scheduler: str | None, groups: set[str]) -> None:
    extra = rights(scheduler_rules(scheduler))

    assert {group for group, _, _ in extra} == groups
    assert {resource for _, resource, _ in extra} <= {"podgroups"}


def test_a_caller_cannot_change_the_table() -> None:
    cluster_rules("1.6")[0]["verbs"].clear()

    assert canonical(cluster_rules("1.6")) == CANONICAL["1.6"]
