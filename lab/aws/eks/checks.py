"""What EKS asks other services before it says yes."""

from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from ..answering import wrong
from ..region import Region


def role(region: Region, arn: str) -> str:
    """The name of a role that is there."""
    name = arn.rpartition("/")[2]
    try:
        found = region.moto("iam").get_role(RoleName=name)["Role"]["Arn"]
    except ClientError:
        found = ""
    if found != arn:
        raise wrong(
            f"Role with arn: {arn}, could not be assumed because it does not exist or the trusted entity is wrong"
        )
    return name


def subnets(region: Region, ids: Sequence[str]) -> list[Mapping[str, Any]]:
    """Subnets that are there, in the order of ``ids``."""
    found = region.moto("ec2").describe_subnets()["Subnets"]
    known: dict[str, Mapping[str, Any]] = {each["SubnetId"]: each for each in found}
    for each in ids:
        if each not in known:
            raise wrong(f"The subnet ID '{each}' does not exist")
    return [known[each] for each in ids]


def security_groups(region: Region, ids: Sequence[str]) -> None:
    """Security groups that are there."""
    found = region.moto("ec2").describe_security_groups()["SecurityGroups"]
    known = {each["GroupId"] for each in found}
    for each in ids:
        if each not in known:
            raise wrong(f"The security group ID '{each}' does not exist")


def key(region: Region, arn: str) -> None:
    """A key of KMS that is there and can be used."""
    try:
        state = region.moto("kms").describe_key(KeyId=arn)["KeyMetadata"]["KeyState"]
    except ClientError:
        state = "not there"
    if state != "Enabled":
        raise wrong(f"The keyArn in encryptionConfig provider: {arn} is {state}")
