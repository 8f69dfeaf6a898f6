"""Writes the table of Kubernetes' own fields anew: ``python -m rayform.components.ray.rules.refresh CRD…``.

Each ``CRD`` is the file of a RayCluster's CRD, ``ray.io_rayclusters.yaml``, the oldest KubeRay that is known first: the
table has what any of them has.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ...documents import is_mapping
from .native import FILE

__all__ = ["content", "main"]

_PLACES = {
    "template": "headGroupSpec.template",
    "service": "headGroupSpec.headService",
    "env": "autoscalerOptions.env",
    "envFrom": "autoscalerOptions.envFrom",
    "resources": "autoscalerOptions.resources",
    "securityContext": "autoscalerOptions.securityContext",
    "volumeMounts": "autoscalerOptions.volumeMounts",
    "valueFrom": "gcsFaultToleranceOptions.redisPassword.valueFrom",
    "tls": "headGroupSpec.ingressOptions.tls",
    "egressRules": "networkPolicy.head.egressRules",
    "ingressRules": "networkPolicy.head.ingressRules",
}
"""Where the CRD of a RayCluster has what, below ``spec``; other kinds have the same."""
_SCALARS = {"string": "text", "boolean": "switch", "number": "number", "object": "mapping"}


def content(crds: Sequence[bytes]) -> str:
    """The table's text: JSON, a line for each kind of object, so that a refresh is a readable difference."""
    schema: dict[str, Any] = {}
    for crd in crds:
        definition = yaml.load(crd, Loader=yaml.CSafeLoader)
        (version,) = [each for each in definition["spec"]["versions"] if each["name"] == "v1"]
        _merge(schema, version["schema"]["openAPIV3Schema"]["properties"]["spec"])
    table = _Table()
    for root, place in _PLACES.items():
        part: dict[str, Any] | None = schema
        for step in place.split("."):
            # An older KubeRay lacks some.
            part = part["properties"].get(step) if part else None
        if part:
            table.objects[""][root] = table.word(part, root, "")
    lines = [f"{json.dumps(name)}: {json.dumps(fields)}" for name, fields in sorted(table.objects.items())]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _merge(into: dict[str, Any], schema: Mapping[str, Any]) -> None:
    for key, value in schema.items():
        if is_mapping(value) and is_mapping(into.get(key)):
            _merge(into[key], value)
        else:
            into[key] = value


class _Table:
    """Objects by name, each written once."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, str]] = {"": {}}

    def word(self, schema: Mapping[str, Any], name: str, above: str) -> str:
        """What a field holds, in a word of the table."""
        if schema.get("x-kubernetes-int-or-string"):
            return "either"
        if "properties" in schema:
            return f"#{self._named(schema, name, above)}"
        if is_mapping(inner := schema.get("additionalProperties")):
            return "map" if self.word(inner, name, above) == "text" else "amounts"
        if schema["type"] == "array":
            item = self.word(schema["items"], name, above)
            keys = ",".join(schema.get("x-kubernetes-list-map-keys", ()))
            return f"[{item}] {keys}".rstrip() if item.startswith("#") else f"{item}s"
        if schema["type"] == "integer":
            return "whole" if schema.get("format") == "int32" else "large"
        return _SCALARS[schema["type"]]

    def _named(self, schema: Mapping[str, Any], name: str, above: str) -> str:
        needed = {each for each in schema.get("required", ()) if "default" not in schema["properties"][each]}
        fields = {
            field: self.word(below, field, name) + ("!" if field in needed else "")
            for field, below in sorted(schema["properties"].items())
        }
        return next(each for each in (name, f"{above}.{name}") if self.objects.setdefault(each, fields) == fields)


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the table from the CRDs that are named; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write the table of Kubernetes' own fields anew.")
    parser.add_argument("crds", nargs="+", type=Path, metavar="CRD", help="ray.io_rayclusters.yaml, the oldest first")
    options = parser.parse_args(arguments)
    try:
        FILE.write_text(content([path.read_bytes() for path in options.crds]), encoding="utf-8")
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        parser.error(f"CRD: {error!r} met, each is the CRD of a RayCluster; name files of KubeRay's config/crd/bases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
