"""Inputs with something in them mended: what is not touched stays the very same, known or not."""

from collections.abc import Mapping
from typing import Any

from rayform.components.documents import is_sequence
from rayform.components.ray.rules.view import Path, mapping

from .pods import Container
from .subject import Subject
from .unknown import raw
from .views import pods_of

__all__ = ["replaced", "with_limits"]

_NEEDED = ("cpu", "memory")


def replaced(whole: Any, path: Path, value: Any) -> Any:
    """The whole with another value at a place; what leads to it is made where it is absent."""
    if not path:
        return value
    if is_sequence(whole):
        return [replaced(each, path[1:], value) if index == path[0] else each for index, each in enumerate(whole)]
    there = raw(mapping(whole))
    return {**there, str(path[0]): replaced(there.get(str(path[0])), path[1:], value)}


def with_limits(subject: Subject, defaults: Mapping[str, str]) -> Mapping[str, Any] | None:
    """The inputs of a Ray object with the limits that its containers lack: what each requests, else these defaults."""
    props: Mapping[str, Any] = subject.props
    for pod in pods_of(subject):
        for container in pod.containers if pod.is_ray else ():
            missing = {} if container.injected else _missing(container, defaults)
            if missing:
                limits = {**raw(container.limits), **missing}
                props = replaced(props, container.at("resources", "limits"), limits)
    return None if props is subject.props else props


def _missing(container: Container, defaults: Mapping[str, str]) -> dict[str, Any]:
    lacking = [name for name in _NEEDED if container.limits.get(name) is None]
    asked = {name: container.requests.get(name) or defaults.get(name) for name in lacking}
    return {name: amount for name, amount in asked.items() if amount}
