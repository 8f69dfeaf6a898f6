"""The provider's own configuration: where AWS is, and the tags that everything gets."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from ...wire import UNKNOWN
from ..provider.difference import differences
from ..provider.secrecy import plain
from .session import Place

_TAKEN = frozenset(
    {"accessKey", "defaultTags", "endpoints", "profile", "region", "secretKey", "token", "maxRetries", "version"}
)


@dataclass(frozen=True)
class Settings:
    """How one provider reaches AWS.

    Attributes:
        place: where AWS is, and as whom it is talked to.
        default_tags: tags of everything that has tags.
    """

    place: Place = field(default_factory=Place)
    default_tags: Mapping[str, str] = field(default_factory=dict[str, str])


def settings(properties: Mapping[str, Any]) -> Settings:
    """The settings among the provider's inputs, of which nested ones come as JSON."""
    given = {key: _parsed(value) for key, value in plain(properties).items() if value is not UNKNOWN}
    listed = cast("list[Mapping[str, str]]", given.get("endpoints") or [])
    tagged = cast("Mapping[str, Mapping[str, str]]", given.get("defaultTags") or {})
    return Settings(
        Place(
            region=str(given.get("region") or ""),
            profile=str(given.get("profile") or ""),
            access_key=str(given.get("accessKey") or ""),
            secret_key=str(given.get("secretKey") or ""),
            token=str(given.get("token") or ""),
            endpoints={service: url for each in listed for service, url in each.items()},
        ),
        dict(tagged.get("tags") or {}),
    )


def refused(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Options that the lab's provider does not have; checks that may be skipped are, all of them."""
    for key, value in sorted(properties.items()):
        if key not in _TAKEN and not key.startswith(("skip", "__")) and _parsed(plain(value)) not in (None, "", [], {}):
            yield key, "the lab's provider cannot do that; leave it out, or install the official plugin"


def moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The options that differ; in another region everything is another resource."""
    changed = sorted({str(each.steps[0]) for each in differences(plain(old), plain(new))} - {"version"})
    return changed, [key for key in changed if key == "region"]


def _parsed(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
