"""The custom resource behind every Ray component, and what it waits for."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from operator import itemgetter
from typing import Any

import pulumi
from rayform.spec.refusal import Refusal, require

from ..law import unlawful
from .check import judged
from .manifest import Manifest
from .preview import foretelling
from .rules import Operator
from .wires import filled, wires

__all__ = ["RayResource", "failed_if", "judged_when_known", "warned"]

_HIDDEN = object()


class RayResource(pulumi.CustomResource):
    """An object of a Ray kind in Kubernetes.

    Raises:
        RefusedError: with everything that the stack's policy (``rayform:policy``) refuses of it.
    """

    def __init__(self, name: str, manifest: Manifest, operator: Operator, opts: pulumi.ResourceOptions) -> None:
        require(f"{manifest['kind']} {name}", unlawful(manifest, pulumi.Config("rayform").get("policy")))
        opts.version, opts.hooks = _plugin(), foretelling(operator)
        token = f"kubernetes:{manifest['apiVersion']}:{manifest['kind']}"
        super().__init__(token, name, {**manifest, "status": None}, opts)

    # Pulumi reads the types of properties once, those of annotations for every object anew.
    @property
    @pulumi.getter
    def metadata(self) -> pulumi.Output[dict[str, Any]]:
        """Its metadata, with the namespace it lives in."""
        found: pulumi.Output[dict[str, Any]] = vars(self)["metadata"]
        return found

    @property
    @pulumi.getter
    def status(self) -> pulumi.Output[dict[str, Any]]:
        """What the operator says of it; empty until it said something."""
        found: pulumi.Output[dict[str, Any]] = vars(self)["status"]
        return found


@cache
def _plugin() -> str:
    # Looked up in the installed metadata: once, not for every object.
    return version("pulumi-kubernetes")


def warned(subject: str, warnings: Sequence[Refusal], resource: pulumi.Resource) -> None:
    """Tell what works but loses money, data or safety."""
    for warning in warnings:
        pulumi.warn(f"{subject}: {warning}", resource)


def failed_if(subject: str, why: str | None, resource: pulumi.Resource) -> None:
    """End the update where there is a reason to; a preview only tells it, as the update may well mend it.

    Raises:
        pulumi.RunError: there is, and this is no preview.
    """
    if why is None:
        return
    if not pulumi.runtime.is_dry_run():
        raise pulumi.RunError(f"{subject}: {why}")
    pulumi.warn(f"{subject}: {why}", resource)


def judged_when_known(subject: str, manifest: Manifest, operator: Operator) -> Manifest:
    """The manifest with its outputs held back until the rules have seen them; what they refuse fails the update."""
    found = wires(manifest)
    if not found:
        return manifest

    def judge(values: list[Any]) -> None:
        known = {place: value for (place, _), value in zip(found, values, strict=True) if value is not _HIDDEN}
        judged(subject, filled(manifest, known), operator)

    seen = [output.apply(_seen, run_with_unknowns=True) for _, output in found]
    verdict = pulumi.Output.unsecret(pulumi.Output.all(*seen).apply(judge))
    return filled(manifest, {place: pulumi.Output.all(output, verdict).apply(itemgetter(0)) for place, output in found})


def _seen(value: Any) -> Any:
    return _HIDDEN if pulumi.contains_unknowns(value) else value
