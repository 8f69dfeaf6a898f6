"""Types of instances, as EC2 describes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from ..answering import wrong
from ..region import Region


class Kinds(dict[str, Mapping[str, Any]]):
    """Types of instances by name, as far as they were asked for."""


def kind(region: Region, name: str) -> Mapping[str, Any]:
    """One type; an unknown one is refused as EKS refuses it."""
    known = region.memory(Kinds)
    if name not in known:
        try:
            found = region.moto("ec2").describe_instance_types(InstanceTypes=[name])["InstanceTypes"]
        except ClientError as error:
            raise wrong(f"The following supplied instance types do not exist: [{name}]") from error
        known[name] = found[0]
    return known[name]


def require_fitting(region: Region, ami_type: str, names: Sequence[str]) -> None:
    """Refuse types that the image does not boot on, or has no drivers for."""
    for name in names:
        found = kind(region, name)
        wanted = "arm64" if "ARM_64" in ami_type else "x86_64"
        fits = wanted in found["ProcessorInfo"]["SupportedArchitectures"]
        if not fits or ("NVIDIA" in ami_type and not nvidia(found)):
            raise wrong(f"[{name}] is not a valid instance type for requested amiType {ami_type}")


def nvidia(found: Mapping[str, Any]) -> int:
    """The NVIDIA GPUs of a type."""
    gpus = found.get("GpuInfo", {}).get("Gpus", [])
    return sum(int(each["Count"]) for each in gpus if each.get("Manufacturer", "").upper() == "NVIDIA")
