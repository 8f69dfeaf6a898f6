"""Node images: their ids, and the public parameters of SSM by which programs find them."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from .answering import answers
from .eks.versions import IMAGE_DATE, RELEASES
from .errors import AwsError
from .region import Region

_EKS: Final = "/aws/service/eks/optimized-ami"
_BOTTLEROCKET: Final = "/aws/service/bottlerocket"
_BOTTLEROCKET_RELEASE: Final = "1.50.0"

_PATHS: Final[Mapping[str, str]] = {
    "AL2023_x86_64_STANDARD": f"{_EKS}/{{}}/amazon-linux-2023/x86_64/standard/recommended",
    "AL2023_ARM_64_STANDARD": f"{_EKS}/{{}}/amazon-linux-2023/arm64/standard/recommended",
    "AL2023_x86_64_NVIDIA": f"{_EKS}/{{}}/amazon-linux-2023/x86_64/nvidia/recommended",
    "AL2023_ARM_64_NVIDIA": f"{_EKS}/{{}}/amazon-linux-2023/arm64/nvidia/recommended",
    "AL2023_x86_64_NEURON": f"{_EKS}/{{}}/amazon-linux-2023/x86_64/neuron/recommended",
    "BOTTLEROCKET_x86_64": f"{_BOTTLEROCKET}/aws-k8s-{{}}/x86_64/latest",
    "BOTTLEROCKET_ARM_64": f"{_BOTTLEROCKET}/aws-k8s-{{}}/arm64/latest",
    "BOTTLEROCKET_x86_64_NVIDIA": f"{_BOTTLEROCKET}/aws-k8s-{{}}-nvidia/x86_64/latest",
    "BOTTLEROCKET_ARM_64_NVIDIA": f"{_BOTTLEROCKET}/aws-k8s-{{}}-nvidia/arm64/latest",
}
"""The path of an image's parameters, by what EKS calls its sort; the version of Kubernetes goes in."""

AMI_TYPES: Final = frozenset(_PATHS)
"""The sorts of images that the lab has."""


def image_id(ami_type: str, version: str, release: str) -> str:
    """The id of a release of an image; the same in every region, unlike AWS's."""
    told = f"{ami_type} {version} {release}".encode()
    return f"ami-{hashlib.sha256(told).hexdigest()[:17]}"


def latest(ami_type: str, version: str) -> str:
    """The newest release of an image, as EKS names it."""
    patch = next(each.patch for each in RELEASES if each.version == version)
    return f"{_BOTTLEROCKET_RELEASE}-{IMAGE_DATE}" if ami_type.startswith("BOTTLEROCKET") else f"{patch}-{IMAGE_DATE}"


def _parameters() -> dict[str, str]:
    found: dict[str, str] = {}
    for ami_type, path in _PATHS.items():
        for version in (each.version for each in RELEASES):
            place, release = path.format(version), latest(ami_type, version)
            found[f"{place}/image_id"] = image_id(ami_type, version, release)
            named = "image_version" if ami_type.startswith("BOTTLEROCKET") else "release_version"
            found[f"{place}/{named}"] = release
    return found


@answers("ssm", "GetParameter")
def get_parameter(region: Region, asked: dict[str, Any]) -> Mapping[str, Any] | None:
    """One parameter; those that are not AWS's own are moto's."""
    name = asked["Name"]
    if not name.startswith((_EKS, _BOTTLEROCKET)):
        return None
    value = _parameters().get(name)
    if value is None:
        raise AwsError("ParameterNotFound", f"Parameter {name} not found.", 400)
    return {"Parameter": _described(region, name, value)}


@answers("ssm", "GetParametersByPath")
def get_parameters_by_path(region: Region, asked: dict[str, Any]) -> Mapping[str, Any] | None:
    """All parameters under a path; those that are not AWS's own are moto's."""
    path = asked["Path"].rstrip("/") + "/"
    if not path.startswith((_EKS, _BOTTLEROCKET)):
        return None
    under = {name: value for name, value in _parameters().items() if name.startswith(path)}
    if not asked.get("Recursive"):
        under = {name: value for name, value in under.items() if "/" not in name.removeprefix(path)}
    return {"Parameters": [_described(region, name, value) for name, value in sorted(under.items())]}


def _described(region: Region, name: str, value: str) -> dict[str, Any]:
    return {
        "Name": name,
        "Type": "String",
        "Value": value,
        "Version": 1,
        "LastModifiedDate": region.now(),
        "ARN": f"arn:aws:ssm:{region.name}::parameter{name}",
        "DataType": "text",
    }
