"""Environment variables as Kubernetes writes them."""

from typing import Any

from ..env import ConfigMapKey, EnvFrom, Environment, PodField, ResourceField, SecretKey, ValueFrom
from .fields import Manifest, writer, written

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
    write = writer(given.__class__)
    return {"value": given} if write is None else {"valueFrom": write(given)}


@written.register
def _secret_key(reference: SecretKey) -> Manifest:
    return {"secretKeyRef": _key(reference.secret, reference)}


@written.register
def _config_map_key(reference: ConfigMapKey) -> Manifest:
    return {"configMapKeyRef": _key(reference.config_map, reference)}


@written.register
def _pod_field(reference: PodField) -> Manifest:
    return {"fieldRef": {"fieldPath": reference.field_path}}


@written.register
def _resource_field(reference: ResourceField) -> Manifest:
    return {"resourceFieldRef": {"resource": reference.resource}}


@written.register
def _anywhere(elsewhere: ValueFrom) -> Manifest:
    return dict(elsewhere.reference)


def _key(name: Any, reference: SecretKey | ConfigMapKey) -> Manifest:
    optional = {} if reference.optional is None else {"optional": reference.optional}
    return {"name": name, "key": reference.key, **optional}
