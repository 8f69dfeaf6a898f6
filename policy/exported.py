"""What a stack has become: the resources of ``pulumi stack export`` as subjects.

The engine's memory of secrets is sealed unless it was exported with ``--show-secrets``; what is sealed is not known.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules.view import Path, items, mapping, text

from .subject import Options, Subject
from .unknown import UNKNOWN, Secrets, guarded

__all__ = ["of_export"]

_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_LEFT: Final = " (to be deleted)"
_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the engine's own constant


def of_export(export: Mapping[str, Any]) -> Iterator[Subject]:
    """Every resource of an exported stack that a provider made; what is yet to be deleted is there too."""
    for each in items(mapping(export.get("deployment")).get("resources")):
        if each.get("custom") is True:
            yield _subject(each)


def _subject(resource: Mapping[str, Any]) -> Subject:
    # What replaced it may have the same name.
    urn, places = f"{text(resource.get('urn'))}{_LEFT if resource.get('delete') is True else ''}", list[Path]()
    plain = _plain(mapping(resource.get("inputs")), (), places)
    options = Options(protect=resource.get("protect") is True, parent=text(resource.get("parent")))
    name = urn.rpartition("::")[2]
    secrets = Secrets(places=tuple(places))
    return Subject(text(resource.get("type")), urn, name, guarded(plain) if places else plain, options, secrets, plain)


def _plain(value: Any, path: Path, places: list[Path]) -> Any:
    if is_mapping(value):
        if value.get(_SIGNATURE) == _SECRET:
            places.append(path)
            return _opened(value.get("plaintext"))
        return {name: _plain(each, (*path, name), places) for name, each in value.items()}
    if is_sequence(value):
        return [_plain(each, (*path, index), places) for index, each in enumerate(value)]
    return value


def _opened(plaintext: Any) -> Any:
    try:
        return json.loads(plaintext) if isinstance(plaintext, str) else UNKNOWN
    except ValueError:
        return UNKNOWN
