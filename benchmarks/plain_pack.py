"""Forty policies of the plain SDK, each a function of its own as its documentation has it: the other side of ``law``.

Run by an interpreter that has ``pulumi-policy``, which rayform itself does without. A policy does little here, so
that what the SDK does for each is what is measured.
"""

from collections.abc import Callable
from typing import Any

from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy

POLICIES = 40


def policy(number: int) -> ResourceValidationPolicy:
    """A policy that looks into each container of each pod of a Ray object."""

    def validate(args: Any, report: Callable[[str], None]) -> None:
        spec = args.props.get("spec") if args.resource_type.startswith("kubernetes:ray.io/") else None
        for group in spec.get("workerGroupSpecs", ()) if spec else ():
            for container in group["template"]["spec"]["containers"]:
                if "limits" not in container.get("resources", {}):
                    report(f"{container['name']} has no limits")

    return ResourceValidationPolicy(f"limits-{number}", "Containers have limits.", validate)


PolicyPack("plain", [policy(number) for number in range(POLICIES)], EnforcementLevel.ADVISORY)
