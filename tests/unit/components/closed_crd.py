"""The schema of a CRD, closed: what it does not name is refused instead of dropped."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from rayform.components.ray.rules.fields import KINDS, Field, Fields
from rayform.components.versions import KUBERAY_DEFAULT
from rayform.lab.progress import Silent
from rayform.lab.toolchain import module_dir

__all__ = ["errors", "errors_of_newest", "own_paths", "upstream"]

_PLURALS = {"RayCluster": "rayclusters", "RayJob": "rayjobs", "RayService": "rayservices", "RayCronJob": "raycronjobs"}
_HOLDS: dict[str, dict[str, Any]] = {
    "list": {"type": "array"},
    "map": {"type": "object", "additionalProperties": {"type": "string"}},
    "mapping": {"type": "object"},
    "number": {"type": "number"},
    "quantity": {"type": ["integer", "string"]},
    "switch": {"type": "boolean"},
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "whole": {"type": "integer"},
}
_MODULE = "github.com/ray-project/kuberay/ray-operator"


@cache
def upstream(version: str) -> Path:
    """The folder of CRDs in the operator's module at a version."""
    return module_dir(_MODULE, f"v{version}", Silent()) / "config" / "crd" / "bases"


def errors(manifest: dict[str, Any], folder: Path) -> list[str]:
    """What the closed schema says of an object."""
    found = _validator(manifest["kind"], folder).iter_errors(manifest)
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


def errors_of_newest(manifest: dict[str, Any]) -> list[str]:
    """What the newest version says of an object, as far as the table of Ray's own fields and the pinned CRD tell."""
    found = _newest(manifest["kind"]).iter_errors(manifest)
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


def own_paths(kind: str, folder: Path) -> set[str]:
    """Every path below ``spec``, pods and all: ``workerGroupSpecs[].priority``."""
    return set(_paths(_schema(kind, folder)["properties"]["spec"]))


def _paths(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    for name, below in schema.get("properties", {}).items():
        here = f"{path}.{name}".lstrip(".")
        yield here
        yield from _paths(below, here)
        yield from _paths(below.get("items", {}), f"{here}[]")


@cache
def _validator(kind: str, folder: Path) -> Draft202012Validator:
    closed = _closed(_schema(kind, folder))
    closed["properties"]["metadata"] = {"type": "object"}
    return Draft202012Validator(closed)


@cache
def _newest(kind: str) -> Draft202012Validator:
    closed = deepcopy(_validator(kind, upstream(KUBERAY_DEFAULT)).schema)
    _add(closed["properties"]["spec"], KINDS[kind])
    return Draft202012Validator(closed)


def _add(schema: dict[str, Any], fields: Fields) -> None:
    # What was demanded once need not be any more.
    schema["required"] = [name for name in schema.get("required", ()) if fields[name].required]
    for name, field in fields.items():
        known = schema["properties"].setdefault(name, _holding(field))
        if field.below:
            _add(known.get("items", known), field.below)


def _holding(field: Field) -> dict[str, Any]:
    shut = {"type": "object", "properties": {}, "additionalProperties": False}
    objects = {"object": shut, "objects": {"type": "array", "items": deepcopy(shut)}}
    return objects.get(field.holds) or _HOLDS[field.holds] | ({"enum": list(field.values)} if field.values else {})


@cache
def _schema(kind: str, folder: Path) -> dict[str, Any]:
    text = (folder / f"ray.io_{_PLURALS[kind]}.yaml").read_bytes()
    definition = yaml.load(text, Loader=yaml.CSafeLoader)
    (schema,) = [
        version["schema"]["openAPIV3Schema"] for version in definition["spec"]["versions"] if version["name"] == "v1"
    ]
    return dict(schema)


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    shut = {key: value for key, value in schema.items() if not key.startswith("x-kubernetes")}
    if schema.get("x-kubernetes-int-or-string"):
        shut |= {"type": ["integer", "string"]}
        shut.pop("anyOf", None)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            shut[key] = _closed(schema[key])
    if "required" in schema:
        # The API server fills in defaults before it judges.
        given = (name for name in schema["required"] if "default" not in schema["properties"][name])
        shut["required"] = list(given)
    if "properties" in schema:
        shut["properties"] = {name: _closed(below) for name, below in schema["properties"].items()}
        if not schema.get("x-kubernetes-preserve-unknown-fields"):
            shut["additionalProperties"] = False
    return shut
