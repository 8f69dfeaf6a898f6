"""The KubeRay operator that will meet Ray's objects, as far as it is known: what Ray's own rules depend on.

It is what the configuration says, or what is deployed beside. Where neither tells, everything that some operator takes
is let pass, so that nobody is refused for an operator that is not there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.ray.rules import Operator
from rayform.components.ray.rules.view import items, mapping, text
from rayform.components.versions import KUBERAY, kuberay
from rayform.spec.refusal import UnsupportedVersionError

from .shapes import texts
from .subject import Subject

__all__ = ["ANY", "BRINGING", "beyond", "seen"]

BRINGING: Final = "Deployment"
"""The kind that brings one."""
_IMAGE: Final = "kuberay/operator"
_RELEASE: Final = re.compile(r"\d+\.\d+\.\d+")
_GATES: Final = "--feature-gates="
_NEWEST: Final = tuple(KUBERAY)[-1]

ANY: Final = Operator.assumed(_NEWEST, {str(name): True for name in kuberay(_NEWEST).gates})
"""An operator that takes whatever any does."""


def seen(subject: Subject) -> Operator | None:
    """The operator that a Deployment brings, where its version is in the table."""
    for container, version in _operators(subject):
        return _operator(version, (*texts(container.get("command")), *texts(container.get("args"))))
    return None


def beyond(subject: Subject) -> str:
    """The version of the operator that a Deployment brings, where it is a release that is not in the table."""
    versions = (version for _, version in _operators(subject) if _RELEASE.fullmatch(version))
    return next((version for version in versions if _operator(version, ()) is None), "")


def _operators(subject: Subject) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The containers of a Deployment that are the operator, each with its version."""
    template = subject.spec.get("template") if subject.kind == BRINGING else None
    for container in items(mapping(mapping(template).get("spec")).get("containers")):
        name, _, tag = text(container.get("image")).partition("@")[0].rpartition(":")
        if name.endswith(_IMAGE):
            yield container, tag.removeprefix("v")


def _operator(version: str, words: tuple[str, ...]) -> Operator | None:
    asked = ",".join(word.removeprefix(_GATES) for word in words if word.startswith(_GATES))
    pairs = (each.partition("=") for each in asked.split(",") if each)
    try:
        return Operator.assumed(version, {name: value.lower() == "true" for name, _, value in pairs})
    except UnsupportedVersionError:
        return None
