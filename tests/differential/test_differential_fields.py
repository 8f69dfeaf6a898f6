"""The table of Ray's own fields is that of the CRDs, of every version whose files are at hand.

A version that Go's module proxy serves is always at hand; another one only where ``../shared/data/kuberay`` has it.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from crds import KINDS, schema
from own_paths import own_paths
from rayform.components.ray.rules import Operator, findings
from rayform.components.ray.rules.fields import KINDS as TABLE
from rayform.components.ray.rules.fields import Field, Fields
from rayform.components.versions import KUBERAY
from rayform.lab.progress import Silent
from rayform.lab.toolchain import KUBERAY_MODULE, module_dir
from structural import Structural

_SHARED = Path(__file__).parents[3] / "shared" / "data" / "kuberay"
_MODULES = {tuple(known.crds.values()): version for version, known in KUBERAY.items() if known.go_module}
AT_HAND = [*_MODULES.values(), *(version for version in KUBERAY if (_SHARED / f"v{version}").is_dir())]
"""Versions whose CRDs can be read, one of each that differ."""
NEWEST = list(KUBERAY)[-1]
TOTALS = {"RayCluster": 89, "RayJob": 120, "RayService": 105, "RayCronJob": 124}
"""How many paths each kind has in KubeRay 1.7.0, those of the kinds within it counted again."""
ELSEWHERE = {"headGroupSpec", "template", "minReplicas", "maxReplicas", "condition", "rayClusterConfig", "schedule"}
ELSEWHERE |= {"jobTemplate"}
"""Fields that must be there by a default, or by a rule with more to say."""
HOLDS = {"string": "text", "boolean": "switch", "integer": "whole", "number": "number"}


def walk(fields: Fields, path: str = "") -> Iterator[tuple[str, Field]]:
    for name, field in fields.items():
        here = f"{path}.{name}".lstrip(".")
        yield here, field
        yield from walk(field.below, f"{here}[]" if field.holds == "objects" else here)


def at(spec: Structural, path: str) -> Structural:
    for step in path.split("."):
        spec = spec.properties[step.removesuffix("[]")]
        spec = spec.items if step.endswith("[]") and spec.items else spec
    return spec


def holds(node: Structural, field: Field) -> str:
    """What the CRD says that a field holds, in the table's words."""
    if node.schema.get("x-kubernetes-int-or-string"):
        return "quantity"
    kind = node.schema["type"]
    if kind == "array":
        texts = node.items is not None and node.items.schema.get("type") == "string"
        return "texts" if texts else "objects" if field.below else "list"
    if kind == "object":
        return "map" if node.additional else "object" if field.below else "mapping"
    return HOLDS[kind]


@cache
def crd(kind: str, version: str) -> Structural:
    """The ``spec`` of a kind in a version."""
    if KUBERAY_MODULE.version == f"v{version}":
        return schema(kind).properties["spec"]
    folder = _SHARED / f"v{version}"
    if not folder.is_dir():
        folder = module_dir(KUBERAY_MODULE.path, f"v{version}", Silent()) / "config" / "crd" / "bases"
    definition = yaml.load((folder / f"ray.io_{KINDS[kind]}.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    (root,) = [version for version in definition["spec"]["versions"] if version["name"] == "v1"]
    return Structural(root["schema"]["openAPIV3Schema"]).properties["spec"]


def drift(kind: str, spec: Structural) -> list[str]:
    """Paths of a CRD that the table lacks, and fields that it has otherwise."""
    return sorted(set(own_paths(spec)) - {path for path, _ in walk(TABLE[kind])}) + differences(spec, kind)


def differences(spec: Structural, kind: str) -> list[str]:
    """Fields that the CRD has otherwise than the table, of those in both."""
    table = {path: field for path, field in walk(TABLE[kind]) if path in set(own_paths(spec))}
    nodes = {path: at(spec, path) for path in table}
    typed = [path for path, field in table.items() if holds(nodes[path], field) != field.holds]
    worded = [path for path, field in table.items() if set(field.values) != set(nodes[path].schema.get("enum", ()))]
    # The type of an upgrade has a rule with a number of its own.
    return typed + [path for path in worded if not path.endswith("upgradeStrategy.type")]


def required(spec: Structural) -> set[str]:
    """Fields that the CRD demands and no other rule does."""
    own = set(own_paths(spec))
    parents = {path.rpartition(".")[0] for path in own}
    names = {f"{parent}.{name}".lstrip(".") for parent in parents for name in required_of(spec, parent)}
    return {path for path in names & own if path.rpartition(".")[2] not in ELSEWHERE}


def required_of(spec: Structural, parent: str) -> list[str]:
    found: list[str] = (at(spec, parent) if parent else spec).schema.get("required", [])
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("version", AT_HAND)
def test_the_table_has_every_field_of_every_version(kind: str, version: str) -> None:
    assert drift(kind, crd(kind, version)) == []
    if version == NEWEST:
        assert {path for path, _ in walk(TABLE[kind])} ^ set(own_paths(crd(kind, version))) == set()
        assert {path for path, field in walk(TABLE[kind]) if field.required} == required(crd(kind, version))


def test_a_field_that_comes_with_a_version_is_named() -> None:
    text, switch = {"type": "string"}, {"type": "boolean"}
    group = {"type": "array", "items": {"type": "object", "properties": {"colour": text, "groupName": switch}}}
    spec = Structural({"type": "object", "properties": {"workerGroupSpecs": group, "rayVersion": text}})

    assert drift("RayCluster", spec) == ["workerGroupSpecs[].colour", "workerGroupSpecs[].groupName"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_has_as_many_fields_as_the_newest_version(kind: str) -> None:
    assert len(list(walk(TABLE[kind]))) == TOTALS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_field_is_refused_wherever_it_stands(kind: str) -> None:
    manifest = {"apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": "a"}, "spec": wrong(TABLE[kind])}
    found = [finding for finding in findings(manifest, Operator.assumed()) if finding.rule.id == "field-misspelt"]
    objects = [path for path, field in walk(TABLE[kind]) if field.below]
    assert len(found) == len(objects) + 1


def wrong(fields: Fields) -> dict[str, object]:
    """Every object of these, each with a field that there is not."""
    inner = {name: wrong(field.below) for name, field in fields.items() if field.below}
    return {name: [value] if fields[name].holds == "objects" else value for name, value in inner.items()} | {"xyzzy": 1}
