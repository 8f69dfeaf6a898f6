"""Pods that choose nodes, or are kept off them, whatever room there is."""

from dataclasses import replace
from typing import Any

import pytest
from rayform.fit.choice_fit import choice_refusals
from rayform.fit.group import Group
from rayform.fit.placement import Placement
from rayform.fit.resources import Resources
from rayform.fit.taint import Taint

POOL = Placement(
    name="a10g",
    node_type="g5.12xlarge",
    allocatable=Resources(gpus=4, pods=100),
    architecture="x86_64",
    labels={"rayform/pool": "a10g", "rayform/gpu-count": "4"},
    more_labels={"team": ("ml",), "topology.kubernetes.io/zone": ("us-east-1a", "us-east-1b")},
    more_resources={"nvidia.com/mig-1g.5gb": 7},
)
GPU = Taint(key="nvidia.com/gpu", value="true")
ZONE = "topology.kubernetes.io/zone"


def said(pool: Placement = POOL, more: dict[str, int] | None = None, **spec: Any) -> list[str]:
    group = Group(path="workers[gpu]", pool="a10g", pod=Resources(pods=1), spec=spec, more=more or {})
    return [str(each) for each in choice_refusals(group, pool)]


def required(*terms: dict[str, str]) -> dict[str, Any]:
    """An affinity with terms of requirements, each written as its operator and values behind its key."""
    written = [
        {"matchExpressions": [_requirement(key, *words.split()) for key, words in term.items()]} for term in terms
    ]
    within = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": written}}
    return {"nodeAffinity": within}


def _requirement(key: str, operator: str, *values: str) -> dict[str, Any]:
    return {"key": key, "operator": operator, **({"values": list(values)} if values else {})}


@pytest.mark.parametrize(
    "selected",
    [
        {},
        {"team": "ml", "rayform/pool": "a10g", "kubernetes.io/arch": "amd64"},
        {ZONE: "us-east-1b"},
        # Somebody else may have written these.
        {"nvidia.com/gpu.product": "NVIDIA-A10G", "feature.node.kubernetes.io/cpu-model.family": "25"},
    ],
)
def test_labels_that_nodes_have_or_may_have_are_selected(selected: dict[str, str]) -> None:
    assert said(nodeSelector=selected) == []


def test_a_label_that_nodes_have_otherwise_is_refused() -> None:
    assert said(nodeSelector={"rayform/pool": "h100", ZONE: "us-east-1f"}) == [
        (
            "workers[gpu].node_selector[rayform/pool]: h100 asked, nodes of pool a10g have a10g; "
            "take it out, or choose a pool whose nodes have it"
        ),
        (
            f"workers[gpu].node_selector[{ZONE}]: us-east-1f asked, nodes of pool a10g have us-east-1a or us-east-1b; "
            "take it out, or choose a pool whose nodes have it"
        ),
    ]


def test_a_label_that_no_node_has_is_refused_where_all_are_known() -> None:
    assert said(nodeSelector={"disk": "fast"}) == [
        (
            "workers[gpu].node_selector[disk]: fast asked, nodes of pool a10g have no such label; "
            "take it out, or add it to the labels of pool a10g"
        )
    ]
    assert said(replace(POOL, more_labels=None), nodeSelector={"disk": "fast"}) == []


@pytest.mark.parametrize(
    "term",
    [
        {"rayform/pool": "In h100 a10g"},
        {"rayform/pool": "NotIn h100"},
        {"team": "Exists"},
        {"disk": "DoesNotExist"},
        {"disk": "NotIn slow"},
        {"rayform/gpu-count": "Gt 3"},
        {"rayform/gpu-count": "Lt 5"},
        {ZONE: "NotIn us-east-1a"},
    ],
)
def test_a_requirement_that_a_node_meets_is_none(term: dict[str, str]) -> None:
    assert said(affinity=required(term)) == []


@pytest.mark.parametrize(
    ("key", "words", "there"),
    [
        ("rayform/pool", "In h100, b200", "have a10g; take it out, or choose a pool whose nodes have it"),
        ("rayform/pool", "NotIn a10g", "have a10g; take it out, or choose a pool whose nodes have it"),
        ("team", "DoesNotExist", "have ml; take it out, or choose a pool whose nodes have it"),
        ("disk", "Exists", "have no such label; take it out, or add it to the labels of pool a10g"),
        ("rayform/gpu-count", "Gt 4", "have 4; take it out, or choose a pool whose nodes have it"),
        ("rayform/gpu-count", "Lt 4", "have 4; take it out, or choose a pool whose nodes have it"),
        ("team", "Gt 1", "have ml; take it out, or choose a pool whose nodes have it"),
        ("disk", "Lt 9", "have no such label; take it out, or add it to the labels of pool a10g"),
    ],
)
def test_a_requirement_that_no_node_meets_is_refused(key: str, words: str, there: str) -> None:
    (line,) = said(affinity=required({key: words.replace(",", "")}))

    assert line == f"workers[gpu].affinity: {key} {words} asked, nodes of pool a10g {there}"


def test_requirements_of_one_label_are_met_by_one_value() -> None:
    both = {"matchExpressions": [_requirement(ZONE, "NotIn", "us-east-1a"), _requirement(ZONE, "NotIn", "us-east-1b")]}
    term = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [both]}}

    (line,) = said(affinity={"nodeAffinity": term})
    assert line.startswith(f"workers[gpu].affinity: {ZONE} NotIn us-east-1a and NotIn us-east-1b asked, nodes of pool")


def test_one_term_of_several_is_enough() -> None:
    assert said(affinity=required({"rayform/pool": "In h100"}, {"team": "In ml"})) == []
    assert len(said(affinity=required({"rayform/pool": "In h100"}, {"team": "In web"}))) == 1


@pytest.mark.parametrize("affinity", [None, [], {"nodeAffinity": 1}, {"nodeAffinity": required({})}, required({})])
def test_an_affinity_that_requires_nothing_or_is_none_is_not_judged(affinity: Any) -> None:
    assert said(affinity=affinity) == []


@pytest.mark.parametrize(
    "toleration",
    [
        {"key": "nvidia.com/gpu", "operator": "Exists"},
        {"operator": "Exists", "effect": "NoSchedule"},
        {"key": "nvidia.com/gpu", "value": "true"},
        {"key": "nvidia.com/gpu", "operator": "Equal", "value": "true", "effect": "NoSchedule"},
    ],
)
def test_a_taint_that_is_tolerated_keeps_nothing_off(toleration: dict[str, str]) -> None:
    assert said(replace(POOL, taints=(GPU,)), tolerations=[toleration]) == []


@pytest.mark.parametrize(
    "toleration",
    [
        {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoExecute"},
        {"key": "nvidia.com/gpu", "value": "false"},
        {"key": "other", "operator": "Exists"},
        {"key": "nvidia.com/gpu", "operator": "Equal"},
    ],
)
def test_a_taint_that_is_not_tolerated_is_refused(toleration: dict[str, str]) -> None:
    assert said(replace(POOL, taints=(GPU,)), tolerations=[toleration]) == [
        (
            "workers[gpu].tolerations: none asked for nvidia.com/gpu=true:NoSchedule, "
            "nodes of pool a10g keep off what does not tolerate it; add one for it"
        )
    ]


def test_a_taint_that_only_prefers_keeps_nothing_off() -> None:
    assert said(replace(POOL, taints=(Taint(key="slow", effect="PreferNoSchedule"),)), tolerations=[]) == []


def test_places_by_a_label_that_no_node_has_are_refused() -> None:
    spread = [{"topologyKey": ZONE}, {"topologyKey": "rack", "whenUnsatisfiable": "DoNotSchedule"}]

    assert said(topologySpreadConstraints=spread) == [
        (
            "workers[gpu].topology_spread_constraints[1].topology_key: rack asked, nodes of pool a10g have no such "
            "label; take it out, or add it to the labels of pool a10g"
        )
    ]
    assert said(topologySpreadConstraints=[{"topologyKey": "rack", "whenUnsatisfiable": "ScheduleAnyway"}]) == []


def test_parts_of_gpus_and_huge_pages_that_a_node_has_not_are_refused() -> None:
    assert said(more={"nvidia.com/mig-1g.5gb": 7}) == []
    assert said(more={"nvidia.com/mig-1g.5gb": 8, "hugepages-2Mi": 4194304, "example.com/fpga": 1}) == [
        (
            "workers[gpu].accelerators[nvidia.com/mig-1g.5gb]: 8 asked, a g5.12xlarge of pool a10g gives 7; "
            "lower it to 7, or choose a pool whose nodes have it"
        ),
        (
            "workers[gpu].accelerators[hugepages-2Mi]: 4194304 asked, a g5.12xlarge of pool a10g gives none; "
            "take it out, or choose a pool whose nodes have it"
        ),
    ]
    assert said(replace(POOL, more_resources=None), more={"hugepages-2Mi": 1}) == []
