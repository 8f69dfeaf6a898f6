"""A resource's inputs before anything is done with them: completed, and compared with what is known of the object."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...wire import UNKNOWN
from ..provider.difference import Comparison, Difference, differences, parsed_path, pruned
from ..provider.secrecy import plain
from .identity import NamingError, Type, is_autonamed, named
from .immutable import immutable
from .normal import comparable, normalized
from .parts import Object, part, with_metadata
from .veil import veiled

Namespaced = Callable[[Object], bool]
"""Whether objects of a kind live in namespaces."""


class KindError(Exception):
    """A type of resource that cannot be made."""


@dataclass(frozen=True)
class Naming:
    """How an object gets a name that has none.

    Attributes:
        autoname: the name to give.
        forbidden: whether the user has switched automatic naming off.
        namespace: where objects go that name no namespace.
    """

    autoname: str
    forbidden: bool
    namespace: str


def checked(
    type_: Type, inputs: Mapping[str, Any], old: Mapping[str, Any], naming: Naming, namespaced: Namespaced
) -> Mapping[str, Any]:
    """The inputs with kind, name and namespace; what cannot be made or named is refused."""
    if type_.is_list:
        raise KindError(f"{type_.name}: lists exist for YAML files and charts only; declare the objects of the list")
    manifest = normalized(type_.manifest(plain(inputs)))
    if type_.is_patch(manifest):
        if part(manifest, "metadata").get("name") in {None, ""}:
            raise NamingError("metadata.name: missing; a patch needs the name of the object it changes")
    else:
        manifest = named(manifest, normalized(plain(old)), naming.autoname, forbidden=naming.forbidden)
    metadata = part(manifest, "metadata")
    if manifest["metadata"] is not UNKNOWN and metadata.get("namespace") in {None, ""} and namespaced(manifest):
        manifest = with_metadata(manifest, namespace=naming.namespace)
    return veiled(manifest, inputs)


def compared(
    type_: Type,
    state: Mapping[str, Any],
    inputs: Mapping[str, Any],
    ignored: Sequence[str],
    mutable: frozenset[str],
    namespaced: Namespaced,
) -> Comparison:
    """How the object, as far as its author had declared it, differs from what is wanted now."""
    live, before = plain(state), normalized(plain(state.get("__inputs") or {}))
    wanted = normalized(type_.manifest(plain(inputs)))
    known = normalized(pruned(normalized(live), before))
    if isinstance(part(wanted, "metadata").get("name"), str):
        # The name that was made here may be written into the program without making another object.
        known = with_metadata(known, name=part(live, "metadata").get("name"))
    namespace = "default" if namespaced(wanted) else None
    known, wanted = (_in_namespace(each, namespace) for each in (known, wanted))
    skipped = [parsed_path(path) for path in ignored]
    found = [
        each
        for each in differences(comparable(known), comparable(wanted))
        if not any(each.within(path) for path in skipped)
    ]
    frozen = immutable(wanted, mutable, patch=type_.is_patch(wanted))
    replaces = [each for each in found if _replaces(each, frozen)]
    same = all(part(wanted, "metadata").get(key) == part(live, "metadata").get(key) for key in ("name", "namespace"))
    return Comparison(found, replaces, bool(replaces) and same and not is_autonamed(wanted))


def _replaces(difference: Difference, frozen: Sequence[Sequence[str]]) -> bool:
    lost = difference.change == "delete" and difference.steps == ("metadata",)
    return lost or any(difference.touches(path) for path in frozen)


def _in_namespace(manifest: Object, namespace: str | None) -> Object:
    if manifest.get("metadata") is UNKNOWN:
        return manifest
    there = part(manifest, "metadata").get("namespace", namespace)
    return with_metadata(manifest, namespace=there if namespace else None)
