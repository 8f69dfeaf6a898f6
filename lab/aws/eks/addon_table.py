"""The add-ons that EKS has, as far as rayform's kind of cluster uses them: names and releases as EKS names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .versions import RELEASES, minor


@dataclass(frozen=True)
class AddonKind:
    """An add-on that EKS has.

    Attributes:
        releases: its releases, newest first; ``{minor}`` is the second number of the cluster's version.
        pods: whether it is well only once pods of it run on nodes.
        accounts: its service accounts that may take a role, with AWS's own policy for each.
        namespace: where it runs.
        kind: what EKS calls its sort.
    """

    releases: tuple[str, ...]
    pods: bool = False
    accounts: Mapping[str, str] | None = None
    namespace: str = "kube-system"
    kind: str = "networking"

    def versions(self, version: str) -> tuple[str, ...]:
        """Its releases for a cluster of that version, newest first, which is the default."""
        return tuple(each.format(minor=minor(version)) for each in self.releases)


ADDONS: Final[Mapping[str, AddonKind]] = {
    "vpc-cni": AddonKind(("v1.20.4-eksbuild.2", "v1.19.5-eksbuild.1"), accounts={"aws-node": "AmazonEKS_CNI_Policy"}),
    "kube-proxy": AddonKind(("v1.{minor}.1-eksbuild.2", "v1.{minor}.0-eksbuild.2")),
    "eks-pod-identity-agent": AddonKind(("v1.3.9-eksbuild.3", "v1.3.8-eksbuild.2"), kind="security"),
    "coredns": AddonKind(("v1.12.4-eksbuild.1", "v1.12.3-eksbuild.1"), pods=True),
    "aws-ebs-csi-driver": AddonKind(
        ("v1.51.0-eksbuild.1", "v1.50.1-eksbuild.1"),
        pods=True,
        accounts={"ebs-csi-controller-sa": "AmazonEBSCSIDriverPolicy"},
        kind="storage",
    ),
    "metrics-server": AddonKind(("v0.8.0-eksbuild.2", "v0.7.2-eksbuild.4"), pods=True, kind="observability"),
    "eks-node-monitoring-agent": AddonKind(("v1.4.1-eksbuild.1", "v1.4.0-eksbuild.2"), kind="observability"),
}
"""The add-ons by name."""


def described(name: str) -> dict[str, Any]:
    """An add-on as EKS lists it, with the versions of clusters that each of its releases goes with."""
    kind = ADDONS[name]
    compatible: dict[str, list[dict[str, Any]]] = {}
    for release in RELEASES:
        for index, each in enumerate(kind.versions(release.version)):
            with_it = {"clusterVersion": release.version, "platformVersions": ["*"], "defaultVersion": index == 0}
            compatible.setdefault(each, []).append(with_it)
    return {
        "addonName": name,
        "type": kind.kind,
        "addonVersions": [
            {
                "addonVersion": version,
                "architecture": ["amd64", "arm64"],
                "computeTypes": ["ec2"],
                "compatibilities": clusters,
                "requiresConfiguration": False,
                "requiresIamPermissions": bool(kind.accounts),
            }
            for version, clusters in compatible.items()
        ],
        "publisher": "eks",
        "owner": "aws",
        "defaultNamespace": kind.namespace,
    }
