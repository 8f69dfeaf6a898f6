"""Volumes and mounts read back."""

from collections.abc import Sequence
from typing import Any

from ...documents import is_mapping
from ..crd import crd_name
from ..manifest.fields import Manifest
from ..manifest.volume import volume as rendered
from ..volume import ClaimTemplate, ConfigMapFiles, SecretFiles, Volume
from .fields import Words, attempt, part, reads, stated
from .rest import by_key
from .same import same

__all__ = ["volumes"]

_USUAL = {crd_name(name): name for name in Volume.model_fields if name not in ("name", "source")}


def volumes(listed: Any) -> Sequence[Volume] | None:
    """The volumes; None where they are not told apart by name."""
    known = by_key("volumes", listed)
    found = [_volume(given) for given in known.values()] if known is not None else [None]
    said = [each for each in found if each is not None]
    return said if len(said) == len(found) else None


def _volume(given: Manifest) -> Volume | None:
    name, source = given["name"], {key: value for key, value in given.items() if key != "name"}
    usual = next((field for key, field in _USUAL.items() if set(source) == {key}), None)
    if usual is not None:
        said = attempt(Volume, stated(Volume, given, "name", usual))
        if said is not None and same(rendered(said), given):
            return said
    return attempt(Volume, {"name": name, "source": source})


@reads(ClaimTemplate)
def _claim(given: Manifest) -> Words:
    spec = part(part(given, "volumeClaimTemplate"), "spec")
    size = part(part(spec, "resources"), "requests").get("storage")
    return {**stated(ClaimTemplate, spec, "storage_class_name", "access_modes"), "size": size}


@reads(ConfigMapFiles)
def _config_map(given: Manifest) -> Words:
    return stated(ConfigMapFiles, given) | _items(given)


@reads(SecretFiles)
def _secret(given: Manifest) -> Words:
    return stated(SecretFiles, given) | _items(given)


def _items(given: Manifest) -> Words:
    listed: list[Any] = given.get("items") or []
    return {"items": {item.get("key"): item.get("path") for item in listed if is_mapping(item)}}
