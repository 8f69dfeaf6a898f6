"""ARNs of what is given by them, told from what looks like one."""

import re
from collections.abc import Iterator
from typing import Final

from rayform.spec.model import Wire, is_wire
from rayform.spec.refusal import Refusal

__all__ = ["foreign_key", "foreign_principal", "key_refusals", "principal_refusals"]

_PRINCIPAL: Final = re.compile(r"arn:(aws[a-z-]*):iam::[0-9]{12}:(?:role|user)/\S+")
_SESSION: Final = re.compile(r"arn:aws[a-z-]*:sts::")
_PARTITIONS: Final = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "eusc-": "aws-eusc",
    "us-isob-": "aws-iso-b",
    "us-iso-": "aws-iso",
}
"""Partitions by how the names of their regions begin (IAM User Guide, ARNs); all others are ``aws``."""
_KEY: Final = re.compile(r"arn:aws[a-z-]*:kms:([a-z0-9-]+):[0-9]{12}:key/\S+")


def principal_refusals(path: str, arn: Wire[str]) -> Iterator[Refusal]:
    """What is not the ARN of an IAM role or user; what is not known yet is not judged."""
    if is_wire(arn):
        return
    if _PRINCIPAL.fullmatch(str(arn)):
        if ":role/aws-service-role/" in str(arn):
            possible = "it is a role that only a service of AWS takes, and EKS gives it no access"
            yield Refusal(path, f"{arn} asked", possible, "name the role of your people or programs")
        return
    session = _SESSION.match(str(arn))
    possible = "it is of a session, and access is a role's" if session else "it is no ARN of an IAM role or user"
    yield Refusal(path, f"{arn} asked", possible, "write arn:aws:iam::<account>:role/<name>")


def foreign_principal(path: str, arn: Wire[str], region: str | None) -> Iterator[Refusal]:
    """Who is of another partition of AWS than the provider's region, where that is known: each has its own IAM."""
    found = None if is_wire(arn) else _PRINCIPAL.fullmatch(str(arn))
    own = next((name for start, name in _PARTITIONS.items() if region and region.startswith(start)), "aws")
    if found and region and found[1] != own:
        possible = f"IAM of {found[1]} is not that of {region}"
        yield Refusal(path, f"{arn} asked", possible, f"name one of the same account, arn:{own}:iam::…")


def foreign_key(path: str, arn: Wire[str] | None, region: str | None) -> Iterator[Refusal]:
    """A key of another region than the AWS provider's, where that is known: EKS takes keys of its own region only."""
    found = None if arn is None or is_wire(arn) else _KEY.fullmatch(str(arn))
    if found and region and found[1] != region:
        possible = f"the AWS provider's region is {region}, and a cluster takes keys of its own"
        yield Refusal(path, f"{arn} asked", possible, "give one of that region, or leave it out")


def key_refusals(path: str, arn: Wire[str] | None) -> Iterator[Refusal]:
    """What is not the ARN of a key; an alias cannot be granted the use of."""
    if arn is not None and not is_wire(arn) and _KEY.fullmatch(str(arn)) is None:
        yield Refusal(path, f"{arn} asked", "it is no ARN of a key", "write arn:aws:kms:<region>:<account>:key/<id>")
