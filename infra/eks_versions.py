"""Versions of Kubernetes on EKS, and of its add-ons: the one table of this room."""

from typing import Final

__all__ = ["ADDONS", "DEFAULT", "EXTENDED", "VERSIONS"]

VERSIONS: Final = ("1.32", "1.33", "1.34", "1.35")
"""Versions that rayform is tested with."""

DEFAULT: Final = "1.34"
"""The version of a new cluster when nobody says."""

EXTENDED: Final = frozenset({"1.32", "1.33"})
"""Those that had only extended support, at six times the price, when this table was written (EKS release calendar:
standard support of 1.32 ended on 2026-03-23, of 1.33 on 2026-07-29)."""

ADDONS: Final = (
    "vpc-cni",
    "kube-proxy",
    "eks-pod-identity-agent",
    "coredns",
    "aws-ebs-csi-driver",
    "metrics-server",
    "eks-node-monitoring-agent",
)
"""The add-ons, in the order in which they are made: the first three before nodes, the others once nodes run them."""
