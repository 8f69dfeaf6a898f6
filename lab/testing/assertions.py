"""Assertions about a whole recorded program, for any stack; each reports every finding at once."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any, cast

from ..wire import UNKNOWN, Secret
from .recorded import Recorded
from .registration import Registration


def assert_star(recorded: Recorded, *, longest: int = 4) -> None:
    """No resource waits for a chain of more than ``longest`` others (4 by default).

    Chains that grow with the number of resources make updates slow, and beyond about 1,000 links the SDK ends in a
    ``RecursionError``; resources that wait for a few common ones form a star.
    """
    chains: dict[str, tuple[str, ...]] = {}
    for resource in recorded.resources:
        before = max((chains.get(urn, (urn,)) for urn in resource.depends_on), key=len, default=())
        chains[resource.urn] = (*before, resource.urn)
    found = max(chains.values(), key=len, default=())
    if len(found) - 1 > longest:
        listed = "\n".join(f"  {urn}" for urn in found)
        raise AssertionError(
            f"depends_on: a chain of {len(found) - 1} asked, {longest} allowed; "
            f"let these wait for what they need only:\n{listed}"
        )


def assert_no_secret(recorded: Recorded, *sentinels: str) -> None:
    """None of the ``sentinels`` stands in the clear: every one is inside a ``Secret``, also in base64, also in part.

    Looked through are names, inputs, outputs, stack outputs and logs. Arguments of look-ups are not: the engine hands
    them to the provider in the clear and keeps no record.
    """
    forms = [form for sentinel in sentinels for form in (sentinel, b64encode(sentinel.encode()).decode())]
    found = [path for path, text in _texts(recorded) if any(form in text for form in forms)]
    if found:
        listed = "\n".join(f"  {path}" for path in found)
        raise AssertionError(
            f"secrets: {len(found)} in the clear, none allowed; wrap the value with pulumi.Output.secret at\n{listed}"
        )


def assert_preview_agrees(preview: Recorded, update: Recorded) -> None:
    """The preview shows the same resources as the update, and no known input that the update would change.

    Resources made inside an ``apply`` on an unknown value are missing from a preview; this finds them.
    """
    if not preview.preview or update.preview:
        raise AssertionError("preview: one run with preview=True and one without asked, in that order; swap them")
    shown = {resource.urn: resource for resource in preview.resources}
    done = {resource.urn: resource for resource in update.resources}
    found = [f"{urn}: not in the preview" for urn in done if urn not in shown]
    found += [f"{urn}: only in the preview" for urn in shown if urn not in done]
    for urn in done.keys() & shown.keys():
        found += [f"{urn}: {path}" for path in _differences("inputs", shown[urn].inputs, done[urn].inputs)]
    if found:
        listed = "\n".join(f"  {line}" for line in sorted(found))
        raise AssertionError(
            f"preview: {len(found)} differences from the update, none allowed; register the same in both\n{listed}"
        )


def _texts(recorded: Recorded) -> Iterator[tuple[str, str]]:
    for resource in recorded.resources:
        yield from _texts_of(resource)
    yield from _leaves("outputs", recorded.outputs)
    for number, entry in enumerate(recorded.logs):
        yield f"logs[{number}]", entry.message


def _texts_of(resource: Registration) -> Iterator[tuple[str, str]]:
    yield f"{resource.type}: name", resource.urn
    yield from _leaves(f"{resource}: inputs", resource.inputs)
    yield from _leaves(f"{resource}: outputs", resource.outputs)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every piece of text in a value with its path, secrets left out."""
    if isinstance(value, Mapping):
        for key, item in cast("Mapping[str, Any]", value).items():
            yield f"{path}: a key", key
            yield from _leaves(f"{path}.{key}", item)
    elif isinstance(value, list):
        for number, item in enumerate(cast("list[object]", value)):
            yield from _leaves(f"{path}[{number}]", item)
    elif not isinstance(value, Secret):
        yield path, str(value)


def _differences(path: str, shown: Any, done: Any) -> Iterator[str]:
    """Paths at which the update has something else than the preview promised; unknowns promise nothing."""
    if isinstance(shown, Mapping) and isinstance(done, Mapping):
        promised, given = cast("Mapping[str, Any]", shown), cast("Mapping[str, Any]", done)
        for key in sorted(promised.keys() | given.keys()):
            yield from _differences(f"{path}.{key}", promised.get(key), given.get(key))
    elif isinstance(shown, Secret) and isinstance(done, Secret):
        yield from _differences(path, shown.value, done.value)
    elif shown is not UNKNOWN and shown != done:
        yield path
