"""What a cluster of EKS stands on, made by the calls that a program makes."""

from collections.abc import Callable
from typing import Any

from aws_room import Cloud

YEAR = 365 * 24 * 3600.0
ROLE = "arn:aws:iam::123456789012:role/all"
ZONES = ("us-east-1a", "us-east-1b")


class Ground:
    """A network and a role; clusters and groups on them, with the shortest legal description."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.eks, self.ec2 = cloud.client("eks"), cloud.client("ec2")
        self.vpc: str = self.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.subnets = [self.subnet(index, zone) for index, zone in enumerate(ZONES)]
        cloud.client("iam").create_role(RoleName="all", AssumeRolePolicyDocument="{}")

    def subnet(self, index: int, zone: str) -> str:
        made = self.ec2.create_subnet(VpcId=self.vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=zone)
        key: str = made["Subnet"]["SubnetId"]
        return key

    def cluster(self, name: str = "c", **more: Any) -> dict[str, Any]:
        network = {"subnetIds": self.subnets, **more.pop("resourcesVpcConfig", {})}
        access = {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}
        asked = {"roleArn": ROLE, "version": "1.34", "accessConfig": access, **more}
        made: dict[str, Any] = self.eks.create_cluster(name=name, resourcesVpcConfig=network, **asked)["cluster"]
        return made

    def ready(self, **more: Any) -> dict[str, Any]:
        """A cluster that is ACTIVE."""
        self.cluster(**more)
        return self.after(600, lambda: self.eks.describe_cluster(name="c")["cluster"])

    def group(self, name: str = "g", **more: Any) -> dict[str, Any]:
        sizes = {"minSize": 0, "desiredSize": 2, "maxSize": 4}
        asked = {"nodeRole": ROLE, "subnets": self.subnets, "scalingConfig": sizes, **more}
        made: dict[str, Any] = self.eks.create_nodegroup(clusterName="c", nodegroupName=name, **asked)["nodegroup"]
        return made

    def described(self, name: str = "g") -> dict[str, Any]:
        found: dict[str, Any] = self.eks.describe_nodegroup(clusterName="c", nodegroupName=name)["nodegroup"]
        return found

    def after(self, seconds: float, look: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        self.cloud.pass_time(seconds)
        return look()

    def finished(self, update: dict[str, Any], **about: str) -> dict[str, Any]:
        """An update, after long enough."""
        key = update["update"]["id"]
        return self.after(3600, lambda: self.eks.describe_update(name="c", updateId=key, **about)["update"])
