"""Environment variables as Kubernetes writes them."""

from typing import Any

from ..env import ConfigMapKey, EnvFrom, Environment, PodField, ResourceField, SecretKey
from .fields import Manifest, written

__all__ = ["env", "env_from", "value_from"]


def env(environment: Environment) -> list[Manifest]:
    """The variables, in the order written."""
    return [{"name": name, **_value(value)} for name, value in environment.items()]


@written.register
def env_from(source: EnvFrom) -> Manifest:
    """The Secret or ConfigMap whose keys become variables."""
    optional = {} if source.optional is None else {"optional": source.optional}
    prefix = {"prefix": source.prefix} if source.prefix else {}
    if source.secret is not None:
        return {**prefix, "secretRef": {"name": source.secret, **optional}}
    return {**prefix, "configMapRef": {"name": source.config_map, **optional}}


def value_from(reference: SecretKey | ConfigMapKey | PodField | ResourceField) -> Manifest:
    """Where a value lies."""
    match reference:
        case SecretKey():
            return {"secretKeyRef": _key(reference.secret, reference)}
        case ConfigMapKey():
            return {"configMapKeyRef": _key(reference.config_map, reference)}
        case PodField():
            return {"fieldRef": {"fieldPath": reference.field_path}}
        case _:
            return {"resourceFieldRef": {"resource": reference.resource}}


def _value(value: Any) -> Manifest:
    if isinstance(value, SecretKey | ConfigMapKey | PodField | ResourceField):
        return {"valueFrom": value_from(value)}
    return {"value": value}


def _key(name: Any, reference: SecretKey | ConfigMapKey) -> Manifest:
    optional = {} if reference.optional is None else {"optional": reference.optional}
    return {"name": name, "key": reference.key, **optional}
