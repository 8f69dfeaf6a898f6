"""Kubernetes' own fields within Ray's objects as the CRDs have them, from a table that is read when first asked.

In the table an object is a name and its fields, and a field a word: ``text``, ``switch``, ``whole`` (32 bits),
``large`` (64 bits), ``number``, ``either`` (a number or a text), the same in the plural, ``map`` (of texts),
``amounts`` (a map of numbers or texts), ``mapping`` (of anything), ``#NAME`` (an object) or ``[#NAME] KEYS`` (objects,
no two of which agree in those fields); with ``!`` behind it, it must be there.

Source: the CRDs of a RayCluster in KubeRay 1.6.2 and 1.7.0; a test compares the table with the pinned module. The words
that a field may be are not in it: they are those of the Kubernetes API reference, tried on an API server by a test.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from .fields import SPECS, Field

__all__ = ["FILE", "METADATA", "native", "whole"]

FILE = Path(__file__).with_name("native.json")
"""The table."""

_WORDS: Mapping[str, tuple[str, ...]] = {
    "template.spec.dnsPolicy": ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
    "template.spec.preemptionPolicy": ("PreemptLowerPriority", "Never"),
    "containers.terminationMessagePolicy": ("File", "FallbackToLogsOnError"),
    "emptyDir.medium": ("", "Memory", "HugePages", "HugePages-2Mi", "HugePages-1Gi"),
    **dict.fromkeys(
        ("ports.protocol", "egressRules.ports.protocol", "ingressRules.ports.protocol"), ("TCP", "UDP", "SCTP")
    ),
    "httpGet.scheme": ("HTTP", "HTTPS"),
    "tolerations.operator": ("", "Exists", "Equal"),
    "tolerations.effect": ("", "NoSchedule", "PreferNoSchedule", "NoExecute"),
    "topologySpreadConstraints.whenUnsatisfiable": ("DoNotSchedule", "ScheduleAnyway"),
    "seccompProfile.type": ("Localhost", "RuntimeDefault", "Unconfined"),
}
"""What a field of an object may be, where the CRD takes any text."""


@lru_cache(maxsize=1)
def native() -> Mapping[str, Field]:
    """What Ray's objects hold of Kubernetes' own, by the name of its place, such as ``template``."""
    table: Mapping[str, Mapping[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return _Reader(table).fields("")


@lru_cache(maxsize=8)
def whole(kind: str) -> Field:
    """The spec of a kind with every field of it, Ray's own and Kubernetes' own."""
    return _whole(SPECS[kind])


def _whole(field: Field) -> Field:
    if field.native:
        return native()[field.native]._replace(required=field.required, since=field.since)
    below = {name: _whole(each) for name, each in field.below.items()}
    return field._replace(below=below, each=_whole(field.each) if field.each else None)


_METADATA = {
    "annotations": Field("map", each=Field("text", plain=str)),
    "finalizers": Field("texts", each=Field("text", plain=str)),
    "generateName": Field("text"),
    "labels": Field("map", each=Field("text", plain=str)),
    "name": Field("text"),
    "namespace": Field("text"),
    "ownerReferences": Field("list"),
}
_WRITTEN = """
    creationTimestamp deletionGracePeriodSeconds deletionTimestamp generation managedFields resourceVersion selfLink uid
"""
METADATA = Field("object", below={**_METADATA, **{name: Field("any") for name in _WRITTEN.split()}})
"""The metadata of an object; the fields that the API server writes hold anything."""


class _Reader:
    """The objects of the table, each made once."""

    def __init__(self, table: Mapping[str, Mapping[str, str]]) -> None:
        self._table = table
        self._made: dict[str, Mapping[str, Field]] = {}

    def fields(self, name: str) -> Mapping[str, Field]:
        if name not in self._made:
            self._made[name] = {
                field: self._field(word, f"{name}.{field}") for field, word in self._table[name].items()
            }
        return self._made[name]

    def _field(self, word: str, place: str) -> Field:
        required, word = word.endswith("!"), word.removesuffix("!")
        if word.startswith("#"):
            return self._object(word[1:])._replace(required=required)
        if word.startswith("["):
            name, _, keys = word[2:].partition("]")
            item = self._object(name)
            return Field(
                "objects",
                (),
                required,
                item.below,
                each=item,
                keys=tuple(keys.strip().split(",")) if keys.strip() else (),
            )
        values = _WORDS.get(place, ())
        each = Field(_INNER[word], plain=_PLAIN.get(_INNER[word])) if word in _INNER else None
        return Field(word, values, required, each=each, plain=None if values else _PLAIN.get(word))

    def _object(self, name: str) -> Field:
        below = self.fields(name)
        return Field("object", below=below, needs=tuple(field for field, known in below.items() if known.required))


_PLAIN: Mapping[str, type[Any]] = {"text": str, "switch": bool, "either": str, "mapping": dict}
_INNER = {"texts": "text", "wholes": "whole", "larges": "large", "map": "text", "amounts": "either"}
