"""What an update does to the Ray objects that are there: told at preview, refused where it would go wrong in silence.

A resource hook before updates is the one thing of the engine that has the old inputs and the new ones, runs at preview
too, can stop it, and is not called where nothing changes; it costs one registration for a whole program. A transform
has only the new inputs. Reading the live object costs a request for each at every preview, and a dynamic resource
beside it a process and a second copy of the spec. What is replaced is created, not updated, and a hook before a
creation has no old inputs: so a component remembers what its object is replaced for, and has the hook as well.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pulumi
from pulumi.resource import DependencyResource
from pulumi.runtime.proto.resource_pb2 import RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS
from pulumi.runtime.settings import monitor_supports_feature
from rayform.spec.model import is_wire

from .edits import Edit, Effect, edits, silent
from .remembered import NAME
from .rules import Operator
from .rules.view import mapping

__all__ = ["foretelling", "foretold"]

_REPLACED = {
    "RayCluster": "its pods end, with what runs in them, and start anew",
    "RayCronJob": "the jobs that it started are deleted with it",
    "RayJob": "the job is deleted, and runs again as it now is",
    "RayService": "nothing serves until the new one does",
}
_IN_VAIN = (
    "the operator's status tells nothing of this edit, and a Kubernetes provider that waits for its observedGeneration "
    "waits until the timeout; 'pulumi.com/skipAwait': 'true' in object_annotations, in the same update, spares the wait"
)
_hooks: dict[asyncio.AbstractEventLoop, dict[str, pulumi.ResourceHook]] = {}


def foretold(opts: pulumi.ResourceOptions | None, operator: Operator) -> pulumi.ResourceOptions:
    """The options, with the hook that tells what an update does."""
    told = pulumi.ResourceOptions(hooks=foretelling(operator))
    return told if opts is None else pulumi.ResourceOptions.merge(opts, told)


def foretelling(operator: Operator) -> pulumi.ResourceHookBinding | None:
    """The hook that tells what an update does; None where the engine has none: those from before July 2025."""
    told = monitor_supports_feature(RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS)
    return pulumi.ResourceHookBinding(before_update=[_hook(operator.version)]) if told else None


def _hook(kuberay: str) -> pulumi.ResourceHook:
    """The hook of this program: the engine takes each name once."""
    for ended in [loop for loop in _hooks if loop.is_closed()]:
        del _hooks[ended]
    hooks = _hooks.setdefault(asyncio.get_event_loop(), {})
    if kuberay not in hooks:

        async def tell(args: pulumi.ResourceHookArgs) -> None:
            old, new = await _known(args.old_inputs), await _known(args.new_inputs)
            ours = args.type.startswith("rayform:")
            found = _replacements(args.type.rpartition(":")[2], old, new) if ours else edits(old, new, kuberay=kuberay)
            name = args.name if ours else args.name.rpartition("-")[0]
            _tell(f"{args.type.rpartition(':')[2]} {name}", tuple(found), args.urn, in_vain=_in_vain(old, new))

        options = pulumi.ResourceHookOptions(on_dry_run=True)
        hooks[kuberay] = pulumi.ResourceHook(f"rayform:edits:{kuberay}", tell, options)
    return hooks[kuberay]


async def _known(inputs: Mapping[str, Any] | None) -> dict[str, Any]:
    """The inputs as the engine has them; what holds a secret comes wrapped as a whole."""
    given = dict(inputs or {})
    return {key: await value.future(with_unknowns=True) if is_wire(value) else value for key, value in given.items()}


def _replacements(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    """The fields for which an object is replaced; none where nothing is remembered of how it was."""
    for field in dict.fromkeys((*old, *new)) if NAME in old else ():
        if old.get(field) != new.get(field):
            yield Edit(field, Effect.IGNORED, f"this update re-creates it: {_REPLACED[kind]}", field)


def _in_vain(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a provider that waits for the operator to have seen the edit would wait until its timeout."""
    annotations = mapping(mapping(new.get("metadata")).get("annotations"))
    awaited = "pulumi.com/waitFor" in annotations and annotations.get("pulumi.com/skipAwait") != "true"
    return awaited and silent(old, new)


def _tell(subject: str, found: tuple[Edit, ...], urn: str, *, in_vain: bool) -> None:
    refused = [edit for edit in found if edit.effect is Effect.REFUSED]
    others = [edit for edit in found if edit.effect is not Effect.REFUSED]
    if others and pulumi.runtime.is_dry_run():
        say = pulumi.info if all(edit.effect is Effect.LIVE for edit in others) else pulumi.warn
        warned = f"\n{subject}: {_IN_VAIN}" if in_vain else ""
        say(f"{_text(subject, others)}{warned}", DependencyResource(urn))
    if refused:
        raise pulumi.RunError(_text(subject, refused))


def _text(subject: str, found: Iterable[Edit]) -> str:
    """One line for each thing that happens, with the fields that it happens to."""
    fields: dict[tuple[Effect, str], list[str]] = {}
    for edit in found:
        fields.setdefault((edit.effect, edit.why), []).append(edit.field)
    return "\n".join(f"{subject}: {', '.join(names)}: {effect}; {why}" for (effect, why), names in fields.items())
