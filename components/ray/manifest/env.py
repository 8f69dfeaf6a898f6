"""Environment variables as Kubernetes writes them."""

from typing import Any

from ..env import ConfigMapKey, EnvFrom, Environment, PodField, ResourceField, SecretKey, ValueFrom
from .fields import Manifest, written

__all__ = ["env", "env_from", "value"]


def env(environment: Environment) -> list[Manifest]:
    """The variables, in the order written."""
    # Nearly every value is a plain text.
    return [
        {"name": name, "value": each} if each.__class__ is str else {"name": name, **value(each)}
        for name, each in environment.items()
    ]


@written.register
def env_from(source: EnvFrom) -> Manifest:
    """The Secret or ConfigMap whose keys become variables."""
    optional = {} if source.optional is None else {"optional": source.optional}
    prefix = {"prefix": source.prefix} if source.prefix else {}
    if source.secret is not None:
        return {**prefix, "secretRef": {"name": source.secret, **optional}}
    return {**prefix, "configMapRef": {"name": source.config_map, **optional}}


def value(given: Any) -> Manifest:
    """A value, or where it lies."""
    match given:
        case SecretKey():
            return {"valueFrom": {"secretKeyRef": _key(given.secret, given)}}
        case ConfigMapKey():
            return {"valueFrom": {"configMapKeyRef": _key(given.config_map, given)}}
        case PodField():
            return {"valueFrom": {"fieldRef": {"fieldPath": given.field_path}}}
        case ResourceField():
            return {"valueFrom": {"resourceFieldRef": {"resource": given.resource}}}
        case ValueFrom():
            return {"valueFrom": dict(given.reference)}
        case _:
            return {"value": given}


def _key(name: Any, reference: SecretKey | ConfigMapKey) -> Manifest:
    optional = {} if reference.optional is None else {"optional": reference.optional}
    return {"name": name, "key": reference.key, **optional}
