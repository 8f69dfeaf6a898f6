"""Environment variables read back."""

from collections.abc import Mapping
from typing import Any

from ...documents import is_mapping
from ..env import ConfigMapKey, EnvFrom, PodField, ResourceField, SecretKey, ValueFrom
from ..manifest.env import value as rendered
from ..manifest.fields import Manifest
from .fields import Words, attempt, reads, stated
from .rest import by_key
from .same import same

__all__ = ["env", "value"]


def env(listed: Any) -> Mapping[str, Any] | None:
    """The variables by name; None where an environment cannot say them."""
    variables = by_key("env", listed)
    if variables is None or any(set(entry) - {"name", "value", "valueFrom"} for entry in variables.values()):
        return None
    # Kubernetes refuses a variable that has both.
    if any("value" in entry and "valueFrom" in entry for entry in variables.values()):
        return None
    return {name: value(entry) for name, entry in variables.items()}


def value(entry: Manifest) -> Any:
    """A value, or where it lies."""
    source = entry.get("valueFrom")
    if not is_mapping(source):
        return entry.get("value", "")
    return next(
        (said for said in _usual(source) if same(rendered(said), {"valueFrom": source})), ValueFrom(reference=source)
    )


def _usual(source: Manifest) -> list[Any]:
    secret, config_map = source.get("secretKeyRef"), source.get("configMapKeyRef")
    field, resource = source.get("fieldRef"), source.get("resourceFieldRef")
    return [
        said
        for said in (
            is_mapping(secret) and attempt(SecretKey, {**stated(SecretKey, secret), "secret": secret.get("name")}),
            is_mapping(config_map)
            and attempt(ConfigMapKey, {**stated(ConfigMapKey, config_map), "config_map": config_map.get("name")}),
            is_mapping(field) and attempt(PodField, stated(PodField, field)),
            is_mapping(resource) and attempt(ResourceField, stated(ResourceField, resource)),
        )
        if said
    ]


@reads(EnvFrom)
def _env_from(given: Manifest) -> Words:
    secret, config_map = given.get("secretRef"), given.get("configMapRef")
    source = secret if is_mapping(secret) else config_map if is_mapping(config_map) else {}
    field = "secret" if source is secret else "config_map"
    return {field: source.get("name"), "optional": source.get("optional"), "prefix": given.get("prefix")}
