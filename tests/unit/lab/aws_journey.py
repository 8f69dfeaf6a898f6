"""A journey that calls every operation that the lab answers itself, once at least and with all that it can be asked."""

from typing import Any

from aws_ground import ROLE, Ground
from aws_room import Cloud

NODE = {"clusterName": "c", "nodegroupName": "g"}
ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"


def journey(cloud: Cloud) -> None:
    ground = Ground(cloud)
    _cluster(ground)
    _access(ground)
    _addons(ground)
    _groups(ground)
    _capacity(cloud.client("ec2"))
    _lists(cloud)
    _end(ground)


def _cluster(ground: Ground) -> None:
    eks, kms = ground.eks, ground.cloud.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    ground.ready(version="1.33", tags={"a": "b"})
    secrets = [{"resources": ["secrets"], "provider": {"keyArn": key}}]
    ground.finished(eks.associate_encryption_config(clusterName="c", encryptionConfig=secrets))
    ground.finished(eks.update_cluster_config(name="c", upgradePolicy={"supportType": "STANDARD"}))
    ground.finished(eks.update_cluster_version(name="c", version="1.34"))
    fault = {"operation": "UpdateClusterConfig", "later": True, "code": "OperationNotPermitted"}
    ground.cloud.control("PUT", "faults", [fault])
    ground.finished(eks.update_cluster_config(name="c", deletionProtection=True))
    ground.cloud.control("DELETE", "faults")
    eks.list_clusters()
    eks.list_updates(name="c")
    arn = eks.describe_cluster(name="c")["cluster"]["arn"]
    eks.tag_resource(resourceArn=arn, tags={"c": "d"})
    eks.untag_resource(resourceArn=arn, tagKeys=["c"])
    eks.list_tags_for_resource(resourceArn=arn)


def _access(ground: Ground) -> None:
    eks, entry = ground.eks, {"clusterName": "c", "principalArn": ROLE}
    eks.create_access_entry(**entry, kubernetesGroups=["ops"], tags={"a": "b"})
    eks.update_access_entry(**entry, username="ops")
    eks.associate_access_policy(**entry, policyArn=ADMIN, accessScope={"type": "cluster"})
    eks.describe_access_entry(**entry)
    eks.list_access_entries(clusterName="c")
    eks.list_associated_access_policies(**entry)
    eks.list_access_policies()
    eks.disassociate_access_policy(**entry, policyArn=ADMIN)
    eks.delete_access_entry(**entry)


def _addons(ground: Ground) -> None:
    eks, which = ground.eks, {"clusterName": "c", "addonName": "vpc-cni"}
    account = [{"serviceAccount": "aws-node", "roleArn": ROLE}]
    eks.create_addon(**which, configurationValues="{}", podIdentityAssociations=account, tags={"a": "b"})
    eks.create_addon(clusterName="c", addonName="coredns")
    ground.cloud.pass_time(2000)
    eks.describe_addon(clusterName="c", addonName="coredns")
    ground.finished(eks.update_addon(**which, configurationValues='{"a": 1}'), addonName="vpc-cni")
    eks.describe_addon(**which)
    eks.list_addons(clusterName="c")
    eks.describe_addon_versions()
    eks.describe_addon_configuration(addonName="vpc-cni", addonVersion="v1.20.4-eksbuild.2")
    (owned,) = eks.list_pod_identity_associations(clusterName="c")["associations"]
    eks.describe_pod_identity_association(clusterName="c", associationId=owned["associationId"])
    eks.delete_addon(**which)
    asked = {"clusterName": "c", "namespace": "ray", "serviceAccount": "train", "roleArn": ROLE}
    made = eks.create_pod_identity_association(**asked, tags={"a": "b"})["association"]
    key = {"clusterName": "c", "associationId": made["associationId"]}
    eks.update_pod_identity_association(**key, disableSessionTags=True)
    eks.delete_pod_identity_association(**key)


def _groups(ground: Ground) -> None:
    eks, scaling = ground.eks, ground.cloud.client("autoscaling")
    ground.ec2.create_launch_template(LaunchTemplateName="pool", LaunchTemplateData={"ImageId": "ami-12345678"})
    taint = {"key": "k", "value": "v", "effect": "NO_SCHEDULE"}
    template = {"name": "pool", "version": "1"}
    ground.group(
        instanceTypes=["m7i.large"], launchTemplate=template, taints=[taint], labels={"a": "b"}, tags={"a": "b"}
    )
    name = ground.after(100, ground.described)["resources"]["autoScalingGroups"][0]["name"]
    ground.finished(eks.update_nodegroup_config(**NODE, nodeRepairConfig={"enabled": True}), nodegroupName="g")
    ground.finished(eks.update_nodegroup_version(**NODE, launchTemplate=template), nodegroupName="g")
    eks.list_nodegroups(clusterName="c")
    scaling.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=1)
    scaling.update_auto_scaling_group(AutoScalingGroupName=name, MaxSize=5)
    fault = {"operation": "CreateNodegroup", "later": True, "code": "AsgInstanceLaunchFailures"}
    ground.cloud.control("PUT", "faults", [fault])
    ground.group("failing")
    ground.after(100, lambda: ground.described("failing"))
    ground.cloud.control("DELETE", "faults")


def _capacity(ec2: Any) -> None:
    tags = [{"ResourceType": "placement-group", "Tags": [{"Key": "a", "Value": "b"}]}]
    ec2.create_placement_group(GroupName="near", Strategy="cluster", TagSpecifications=tags)
    ec2.describe_placement_groups()
    ec2.delete_placement_group(GroupName="near")
    asked = {"InstanceType": "p5.48xlarge", "InstancePlatform": "Linux/UNIX", "InstanceCount": 1}
    made = ec2.create_capacity_reservation(AvailabilityZone="us-east-1a", **asked)["CapacityReservation"]
    ec2.modify_capacity_reservation(CapacityReservationId=made["CapacityReservationId"], InstanceCount=2)
    ec2.describe_capacity_reservations()
    ec2.cancel_capacity_reservation(CapacityReservationId=made["CapacityReservationId"])
    block = {"InstanceType": "p5.48xlarge", "InstanceCount": 1, "CapacityDurationHours": 24}
    (offer,) = ec2.describe_capacity_block_offerings(**block)["CapacityBlockOfferings"]
    key = offer["CapacityBlockOfferingId"]
    ec2.purchase_capacity_block(CapacityBlockOfferingId=key, InstancePlatform="Linux/UNIX")


def _lists(cloud: Cloud) -> None:
    cloud.client("eks").describe_cluster_versions()
    ssm, path = cloud.client("ssm"), "/aws/service/bottlerocket/aws-k8s-1.34/x86_64/latest"
    ssm.get_parameters_by_path(Path=path)
    ssm.get_parameter(Name=f"{path}/image_id")
    quotas, which = cloud.client("service-quotas"), {"ServiceCode": "ec2", "QuotaCode": "L-417A185B"}
    quotas.get_service_quota(**which)
    quotas.list_service_quotas(ServiceCode="ec2")
    quotas.get_aws_default_service_quota(**which)
    quotas.list_aws_default_service_quotas(ServiceCode="vpc")
    quotas.request_service_quota_increase(**which, DesiredValue=96)


def _end(ground: Ground) -> None:
    for name in ("g", "failing"):
        ground.eks.delete_nodegroup(clusterName="c", nodegroupName=name)
    ground.cloud.pass_time(600)
    ground.eks.delete_cluster(name="c")
