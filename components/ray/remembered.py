"""What a component remembers of its object: by what it would be another one."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import pulumi

from .manifest import Manifest
from .rules.view import mapping
from .wires import filled, wires

__all__ = ["NAME", "fixed"]

_written = json.JSONEncoder(sort_keys=True).encode

NAME = "name"
"""The field that is always remembered."""


def fixed(manifest: Manifest, paths: Iterable[str]) -> dict[str, pulumi.Input[str]]:
    """What makes an object another one, by field, as digests: its name, its namespace, and what is at these paths."""
    metadata: Manifest = manifest["metadata"]
    identity = {field: metadata.get(field) for field in (NAME, "namespace")}
    parts = {path.removeprefix("spec."): _at(manifest, path.split(".")) for path in paths}
    return {field: _digest(part) for field, part in (identity | parts).items() if part is not None}


def _at(manifest: Manifest, steps: Iterable[str]) -> Any:
    part: Any = manifest
    for step in steps:
        part = mapping(part).get(step)
    return part


def _digest(part: Any) -> pulumi.Input[str]:
    found = wires(part)
    if not found:
        return hashlib.sha256(_written(part).encode()).hexdigest()[:12]
    places, outputs = zip(*found, strict=True)
    values = pulumi.Output.all(*outputs)
    return values.apply(lambda known: _digest(filled(part, dict(zip(places, known, strict=True)))))
