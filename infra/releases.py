"""Releases of images against the control plane that their kubelets talk to."""

import re
from collections.abc import Iterator
from typing import Final

from rayform.spec.refusal import Refusal

from .pools import PoolSpec
from .pools.spec import NodePoolSpec

__all__ = ["proxy_refusals", "release_refusals"]

SKEW: Final = 3
"""Minor versions that a kubelet may be behind the API server (Kubernetes, version skew policy); it is never ahead."""

_AL2023: Final = re.compile(r"1\.([0-9]+)\.[0-9]+-20[0-9]{6}")


def proxy_refusals(path: str, proxy: str, version: str) -> Iterator[Refusal]:
    """Why a kube-proxy of that version does not serve nodes of a control plane (Kubernetes, version skew policy)."""
    minor, found = int(version.partition(".")[2]), int(proxy.split(".")[1])
    if not minor - SKEW <= found <= minor:
        possible = f"a control plane of {version} takes one of v1.{minor - SKEW} to v{version}"
        yield Refusal(path, f"{proxy} asked", possible, f"choose one of v{version}, or leave it out")


def release_refusals(spec: PoolSpec, version: str | None) -> Iterator[Refusal]:
    """Why nodes of a release of Amazon Linux do not join a control plane of that version, where it is known."""
    if not isinstance(spec, NodePoolSpec) or spec.ami_release is None:
        return
    found, asked = _AL2023.fullmatch(spec.ami_release), f"{spec.ami_release} asked"
    if spec.ami != "al2023":
        if found:
            remedy = "write one as 1.49.0-713f44ce, or leave it out"
            yield Refusal("ami_release", asked, f"it is a release of al2023, the image is {spec.ami}", remedy)
        return
    if found is None:
        yield Refusal(
            "ami_release", asked, "it is no release of al2023", "write one as 1.34.1-20261105, or leave it out"
        )
    elif version is not None:
        minor, nodes = int(version.partition(".")[2]), int(found[1])
        if not minor - SKEW <= nodes <= minor:
            possible = f"a control plane of {version} takes kubelets of 1.{minor - SKEW} to {version}"
            yield Refusal("ami_release", asked, possible, f"choose a release of {version}, or leave it out")
