"""Machines of AWS: the types and kinds that bring some, and what they start with."""

from collections.abc import Iterator
from typing import Final

from rayform.components.ray.rules.view import Path, text

from .shapes import decoded
from .subject import Subject

__all__ = ["AUTO_CLASS", "MACHINES", "NODE_CLASS", "NODE_GROUP", "SINGLE", "STARTED_BY", "TEMPLATE", "started"]

TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
NODE_GROUP: Final = "aws:eks/nodeGroup:NodeGroup"
NODE_CLASS: Final = "EC2NodeClass"
"""What Karpenter makes its nodes by: what it leaves out is safe, as Karpenter's own defaults are."""
AUTO_CLASS: Final = "NodeClass"
"""The same of EKS Auto Mode."""
SINGLE: Final = frozenset(
    {
        "aws:ec2/instance:Instance",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
    }
)
"""What has the disk of its image where it does not name another."""
MACHINES: Final = frozenset({*SINGLE, TEMPLATE, NODE_CLASS})
STARTED_BY: Final = ("userData", "userDataBase64")
"""Where it stands what a machine starts with."""


def started(subject: Subject) -> Iterator[tuple[Path, str]]:
    """What machines start with, and where that stands."""
    path, whole = (("spec",), subject.spec) if subject.api else ((), subject.props)
    for name in STARTED_BY:
        if name in whole:
            yield (*path, name), decoded(text(whole.get(name)))
