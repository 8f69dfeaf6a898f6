"""What is written in Ray's own languages: runtime environments and Serve's configuration, under Ray's own names."""

from functools import singledispatch
from typing import Any

import yaml
from rayform.spec.model import Spec

from ..runtime_env import RuntimeEnv
from ..serve import ServeApplication, ServeConfig
from .fields import Manifest, given

__all__ = ["native_text"]


def native_text(part: Any) -> Any:
    """The part as YAML; a text, or one that will be known later, as it is."""
    return yaml.safe_dump(_native(part), sort_keys=False) if isinstance(part, RuntimeEnv | ServeConfig) else part


@singledispatch
def _native(part: Spec) -> Manifest:
    return _fields(part)


def _fields(part: Spec) -> Manifest:
    """The fields that say something, and what stands in ``other``."""
    named = {name: _plain(value) for name, value in vars(part).items() if name != "other"}
    return {**given(named), **vars(part)["other"]}


@_native.register
def _application(application: ServeApplication) -> Manifest:
    # No route is something else than no word of a route.
    named = {"name": application.name, "route_prefix": application.route_prefix}
    return {**named, **_fields(application)}


def _plain(value: Any) -> Any:
    if isinstance(value, Spec):
        return _native(value)
    return [_plain(item) for item in value] if value.__class__ is tuple else value
