"""Types of two providers of AWS that are the same, with inputs of the same names: rules know them by one of the two."""

from collections.abc import Mapping
from typing import Final

__all__ = ["SAME"]

SAME: Final[Mapping[str, str]] = {
    "aws-native:autoscaling:AutoScalingGroup": "aws:autoscaling/group:Group",
    "aws-native:autoscaling:ScheduledAction": "aws:autoscaling/schedule:Schedule",
    "aws-native:ec2:Volume": "aws:ebs/volume:Volume",
    "aws-native:ecr:Repository": "aws:ecr/repository:Repository",
    "aws-native:efs:FileSystem": "aws:efs/fileSystem:FileSystem",
    "aws-native:eks:Nodegroup": "aws:eks/nodeGroup:NodeGroup",
    "aws-native:eks:PodIdentityAssociation": "aws:eks/podIdentityAssociation:PodIdentityAssociation",
}
"""By the type of ``aws-native``: that of ``aws``."""
