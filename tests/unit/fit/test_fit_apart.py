"""Pods that keep their like off their nodes."""

from typing import Any

import pytest
from rayform.fit.apart import per_node
from rayform.fit.demand import Demand
from rayform.fit.group import Group
from rayform.fit.packing import pack
from rayform.fit.placement import Placement
from rayform.fit.report import fit
from rayform.fit.resources import Resources

LABELS = {"ray.io/group": "gpu", "app": "train"}
NODE = Resources(cpu_millis=8000, gpus=4, pods=10)


def apart(selector: Any, key: str = "kubernetes.io/hostname", **more: Any) -> dict[str, Any]:
    term = {"topologyKey": key, "labelSelector": selector, **more}
    return {"affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}}


@pytest.mark.parametrize(
    "selector",
    [
        {},
        {"matchLabels": {"app": "train"}},
        {"matchExpressions": [{"key": "app", "operator": "In", "values": ["train", "serve"]}]},
        {"matchExpressions": [{"key": "app", "operator": "Exists"}]},
        {"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["serve"]}]},
    ],
)
def test_pods_that_select_themselves_have_a_node_each(selector: dict[str, Any]) -> None:
    assert per_node(apart(selector), LABELS) == 1


@pytest.mark.parametrize(
    "spec",
    [
        {},
        apart(None),
        apart({"matchLabels": {"app": "serve"}}),
        apart({"matchLabels": {"ray.io/cluster": "train"}}),
        apart({"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}),
        apart({"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["a"]}]}),
        apart({}, key="topology.kubernetes.io/zone"),
        apart({}, namespaces=["other"]),
        apart({}, matchLabelKeys=["app"]),
    ],
)
def test_pods_that_do_not_surely_select_themselves_share_nodes(spec: dict[str, Any]) -> None:
    assert per_node(spec, LABELS) is None


def test_no_node_gets_more_of_a_kind_than_it_takes() -> None:
    small = Resources(cpu_millis=1000, pods=1)

    packing = pack([Demand(small, 5, per_node=1), Demand(small, 10)], NODE)

    assert packing.nodes == 5
    assert all(pattern.pods[0] <= 1 for pattern in packing.patterns)
    assert sum(pattern.pods[1] * pattern.nodes for pattern in packing.patterns) == 10


def met(**changed: Any) -> list[str]:
    pod = Resources(cpu_millis=1000, gpus=1, pods=1)
    pool = Placement(name="a10g", node_type="g5.12xlarge", allocatable=NODE, max_nodes=3)
    described = {"fewest": 3, "most": 3, "fewest_field": "min_replicas", "spec": apart({}), "labels": LABELS}
    found = fit([Group(path="workers[gpu]", pool="a10g", pod=pod, **{**described, **changed})], [pool])
    return [str(each) for each in (*found.refusals, *found.warnings)]


def test_more_pods_than_a_pool_has_nodes_are_refused_where_they_keep_apart() -> None:
    assert met(fewest=4, most=4)[0] == (
        "workers[gpu].min_replicas: 4 asked, that takes 4 nodes, pool a10g grows to 3; "
        "lower it to 3 or set max_nodes=4 on pool a10g"
    )
    assert met(fewest=12, most=12, spec={}) == []


def test_gpus_beside_a_pod_that_keeps_its_like_away_are_stranded() -> None:
    assert met() == [
        (
            "workers[gpu].gpus: 1 GPU asked, beside the pods of a g5.12xlarge it leaves 3 of 4 GPUs idle, 9 in all at "
            "most replicas; ask for all 4, or take out the anti-affinity that keeps its pods on nodes of their own"
        )
    ]
