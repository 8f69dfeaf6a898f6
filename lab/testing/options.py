"""Reads the resource options out of a registration request."""

from collections.abc import Callable, Iterable
from typing import Any
from unittest.mock import create_autospec

from pulumi.runtime.mocks import MockMonitor, Mocks
from pulumi.runtime.proto import alias_pb2, callback_pb2, resource_pb2

from ..wire import decode
from .registration import Options

MOMENTS = (
    "before_create",
    "after_create",
    "before_update",
    "after_update",
    "before_delete",
    "after_delete",
    "on_error",
)
"""When hooks run, in the protocol's spelling."""


def of(request: resource_pb2.RegisterResourceRequest) -> Options:
    """The options of one registration."""
    untyped: Any = request  # the SDK's stubs lose the types of these two fields
    return Options(
        protect=request.protect,
        retain_on_delete=request.retainOnDelete,
        ignore_changes=tuple(request.ignoreChanges),
        replace_on_changes=tuple(request.replaceOnChanges),
        hide_diffs=tuple(request.hideDiffs),
        additional_secret_outputs=tuple(request.additionalSecretOutputs),
        delete_before_replace=request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None,
        custom_timeouts={field.name: text for field, text in request.customTimeouts.ListFields()},
        aliases=tuple(_alias(alias) for alias in untyped.aliases),
        provider=provider_urn(request.provider),
        providers={package: provider_urn(given) or "" for package, given in request.providers.items()},
        version=request.version,
        import_id=request.importId,
        deleted_with=request.deletedWith or None,
        replace_with=tuple(request.replace_with),
        replacement_trigger=decode(request.replacement_trigger),
        transforms=functions(untyped.transforms) if untyped.transforms else (),
        hooks={moment: tuple(names) for moment in MOMENTS if (names := getattr(request.hooks, moment))},
    )


def provider_urn(reference: str) -> str | None:
    """The URN in a provider reference, which is ``URN::id``."""
    return reference.rpartition("::")[0] or None


def _alias(alias: alias_pb2.Alias) -> str | dict[str, Any]:
    if alias.urn:
        return alias.urn
    parts: dict[str, Any] = {field.name: text for field, text in alias.spec.ListFields() if field.name != "noParent"}
    if alias.spec.noParent:
        return parts | {"parent": None}
    if parent := parts.pop("parentUrn", ""):
        parts["parent"] = parent
    return parts


def functions(callbacks: Iterable[callback_pb2.Callback]) -> tuple[Callable[..., Any], ...]:
    """The program's functions behind the callbacks, while the program still runs."""
    # The SDK resolves callbacks in its own mock monitor only.
    resolver: Any = MockMonitor(create_autospec(Mocks))
    for callback in callbacks:
        resolver.RegisterStackTransform(callback)
    return tuple(resolver.get_registered_transforms())
