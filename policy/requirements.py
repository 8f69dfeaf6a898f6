"""Which types of instance the requirements of nodes allow, those of Karpenter's pools and of pods' affinities."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from rayform.components.ray.rules.view import Path, items, mapping, text
from rayform.infra import instances

from .shapes import texts

__all__ = [
    "FAMILIES",
    "GPU_FAMILY",
    "GPU_TYPE",
    "INSTANCE_TYPE",
    "every_type",
    "family",
    "kind_of",
    "required",
    "required_values",
    "types_of",
]

INSTANCE_TYPE: Final = "node.kubernetes.io/instance-type"
"""The label of a node that tells its type."""
_BEFORE: Final = {INSTANCE_TYPE: "beta.kubernetes.io/instance-type"}
"""How labels were called before, which nodes have still."""
GPU_FAMILY: Final = re.compile(r"(?:p|g|gr|inf|trn|dl)[0-9][a-z0-9-]*")
"""How AWS calls families of types with accelerators."""
GPU_TYPE: Final = re.compile(rf"(?:ml\.)?{GPU_FAMILY.pattern}\.[a-z0-9-]+")
"""How AWS calls types with accelerators, those too that the catalogue does not have, and SageMaker."""
_REQUIRED: Final = "requiredDuringSchedulingIgnoredDuringExecution"
_CATEGORY: Final = re.compile(r"[a-z]+(?=[0-9])")
_DOMAINS: Final = ("karpenter.k8s.aws/", "eks.amazonaws.com/")


@cache
def every_type() -> Mapping[str, instances.InstanceType]:
    """The catalogue's types by name."""
    return {name: instances.instance_type(name) for name in instances.names()}


def kind_of(name: str) -> instances.InstanceType | None:
    """The type of a name; None is not in the catalogue."""
    return every_type().get(name)


def required_values(requirements: Any, key: str) -> list[str]:
    """The values that requirements of nodes allow for a label; empty where they do not say."""
    named = [each for each in items(requirements) if each.get("key") == key and each.get("operator") == "In"]
    return [value for each in named for value in texts(each.get("values"))]


def required(pod: Mapping[str, Any], key: str, by: str = "matchExpressions") -> Iterator[tuple[Path, Sequence[str]]]:
    """What a pod's spec requires of a label of its node: where that is written, and the values that it may have."""
    names = [each for each in (key, _BEFORE.get(key)) if each]
    chosen = mapping(pod.get("nodeSelector"))
    yield from ((("nodeSelector", name), [value]) for name in names if (value := text(chosen.get(name))))
    if "affinity" not in pod:
        return
    affinity = mapping(mapping(pod.get("affinity")).get("nodeAffinity"))
    terms = mapping(affinity.get(_REQUIRED)).get("nodeSelectorTerms")
    for index, term in enumerate(items(terms)):
        if values := [value for name in names for value in required_values(term.get(by), name)]:
            yield ("affinity", "nodeAffinity", _REQUIRED, "nodeSelectorTerms", index), values


def family(name: str) -> str:
    """The family of a type."""
    return name.partition(".")[0]


FAMILIES: Final = tuple(f"{domain}instance-family" for domain in _DOMAINS)
"""Labels of a node that tell the family of its type."""


def types_of(requirements: Sequence[Mapping[str, Any]]) -> list[str]:
    """The types that requirements allow, as far as these speak of types; empty where they allow any."""
    narrowing = [each for each in requirements if _word(each) in _VALUES]
    if not narrowing:
        return []
    named = [name for each in narrowing if _word(each) == INSTANCE_TYPE for name in texts(each.get("values"))]
    return [name for name in dict.fromkeys([*every_type(), *named]) if all(_meets(name, each) for each in narrowing)]


def _word(requirement: Mapping[str, Any]) -> str:
    """The label that a requirement is about, without the domain of who makes the nodes."""
    key = text(requirement.get("key"))
    return next((key.removeprefix(domain) for domain in _DOMAINS if key.startswith(domain)), key)


def _meets(name: str, requirement: Mapping[str, Any]) -> bool:
    value, values = _VALUES[_word(requirement)](name), texts(requirement.get("values"))
    operator = text(requirement.get("operator"))
    if operator in ("Gt", "Lt"):
        bound = int(values[0]) if values and values[0].isdigit() else 0
        return value.isdigit() and (int(value) > bound if operator == "Gt" else int(value) < bound)
    holds = {"In": value in values, "NotIn": value not in values, "Exists": value != "", "DoesNotExist": value == ""}
    return holds.get(operator, True)


def _gpu_name(name: str) -> str:
    kind = kind_of(name)
    return kind.gpu.model.lower().replace(" ", "-") if kind and kind.gpu else ""


def _gpu_count(name: str) -> str:
    kind = kind_of(name)
    return str(kind.gpu.count) if kind and kind.gpu else ""


def _maker(name: str) -> str:
    return "nvidia" if _gpu_name(name) else ""


def _category(name: str) -> str:
    found = _CATEGORY.match(name)
    return found.group() if found else ""


_VALUES: Final[Mapping[str, Callable[[str], str]]] = {
    INSTANCE_TYPE: str,
    "instance-family": family,
    "instance-category": _category,
    "instance-gpu-name": _gpu_name,
    "instance-gpu-count": _gpu_count,
    "instance-gpu-manufacturer": _maker,
}
"""What a type has as the value of each label, empty where it has none."""
