"""Which inputs make another resource of it when they change: facts, told apart from the table that they judge.

The source is the schemas of terraform-provider-aws 6, on which pulumi-aws 7 stands (``ForceNew``, ``RequiresReplace``
and ``CustomizeDiff`` of ``internal/service``, as github.com/hashicorp/terraform-provider-aws had them in 2026), in
Pulumi's names; of each type as far as rayform uses it. Where the provider decides by what else there is, it is among
``SOMETIMES``.
"""

from collections.abc import Mapping
from typing import Final


def _paths(text: str) -> frozenset[str]:
    return frozenset(text.split())


REPLACES: Final[Mapping[str, frozenset[str]]] = {
    "aws:ec2/vpc:Vpc": _paths("cidrBlock ipv4IpamPoolId ipv4NetmaskLength"),
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": _paths(
        "vpcId cidrBlock ipv4IpamPoolId ipv4NetmaskLength"
    ),
    "aws:ec2/internetGateway:InternetGateway": _paths(""),
    "aws:ec2/subnet:Subnet": _paths(
        "vpcId cidrBlock availabilityZone availabilityZoneId ipv6Native outpostArn ipv4IpamPoolId ipv4NetmaskLength"
        " ipv6IpamPoolId ipv6NetmaskLength"
    ),
    "aws:ec2/eip:Eip": _paths("domain address ipamPoolId networkBorderGroup publicIpv4Pool"),
    "aws:ec2/natGateway:NatGateway": _paths(
        "allocationId connectivityType privateIp secondaryPrivateIpAddressCount subnetId"
    ),
    "aws:ec2/routeTable:RouteTable": _paths("vpcId"),
    "aws:ec2/route:Route": _paths("routeTableId destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _paths("subnetId gatewayId"),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": _paths("vpcId"),
    "aws:ec2/securityGroup:SecurityGroup": _paths("description name namePrefix vpcId"),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _paths("securityGroupId"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _paths("securityGroupId"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": _paths(
        "dnsOptions.privateDnsPreference dnsOptions.privateDnsSpecifiedDomains resourceConfigurationArn serviceName"
        " serviceNetworkArn serviceRegion vpcEndpointType vpcId"
    ),
    "aws:ec2/flowLog:FlowLog": _paths(
        "deliverCrossAccountRole destinationOptions eniId iamRoleArn logDestination logDestinationType logFormat"
        " maxAggregationInterval regionalNatGatewayId subnetId trafficType transitGatewayAttachmentId transitGatewayId"
        " vpcId"
    ),
    "aws:ec2/placementGroup:PlacementGroup": _paths("name partitionCount spreadLevel strategy"),
    "aws:ec2/launchTemplate:LaunchTemplate": _paths("name namePrefix"),
    "aws:autoscaling/tag:Tag": _paths("autoscalingGroupName tag.key"),
    "aws:iam/role:Role": _paths("name namePrefix path"),
    "aws:iam/rolePolicy:RolePolicy": _paths("name namePrefix role"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _paths("policyArn role"),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": _paths("url"),
    "aws:kms/key:Key": _paths("customKeyStoreId customerMasterKeySpec keyUsage multiRegion xksKeyId"),
    "aws:cloudwatch/logGroup:LogGroup": _paths("logGroupClass name namePrefix"),
    "aws:eks/cluster:Cluster": _paths(
        "accessConfig.bootstrapClusterCreatorAdminPermissions bootstrapSelfManagedAddons"
        " kubernetesNetworkConfig.ipFamily kubernetesNetworkConfig.serviceIpv4Cidr name remoteNetworkConfig roleArn"
    ),
    "aws:eks/nodeGroup:NodeGroup": _paths(
        "amiType capacityType clusterName diskSize instanceTypes launchTemplate.id launchTemplate.name nodeGroupName"
        " nodeGroupNamePrefix nodeRoleArn remoteAccess subnetIds"
    ),
    "aws:eks/addon:Addon": _paths("addonName clusterName"),
    "aws:eks/accessEntry:AccessEntry": _paths("clusterName principalArn type"),
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": _paths("accessScope clusterName policyArn principalArn"),
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": _paths("clusterName namespace serviceAccount"),
}
"""By type, the paths of inputs."""

KEPT: Final = {"aws:eks/cluster:Cluster": frozenset({"encryptionConfig"})}
"""By type, inputs whose loss alone makes another resource: encryption can be had later and never given up."""

DIFFERS: Final = {
    "aws:ec2/vpc:Vpc": frozenset({"instanceTenancy"}),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": frozenset({"routeTableId"}),
}
"""By type, inputs that the official provider changes in place and the lab's replaces.

Tenancy can be given up in place and not be had (``vpc_.go``); no program of rayform's gives it. Another route table
comes by ``ReplaceRouteTableAssociation``, which gives the association another id: the official provider takes it into
its state (``vpc_route_table_association.go``), and an update of Pulumi's has no place for it.
"""

SOMETIMES: Final[Mapping[str, Mapping[str, str]]] = {
    "aws:ec2/subnet:Subnet": {
        "ipv6CidrBlock": "where interfaces got addresses of the old one, assignIpv6AddressOnCreation (vpc_subnet.go)"
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {"privateDnsEnabled": "of any type but Interface (vpc_endpoint.go)"},
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        "cidrIpv4": "by another kind of source (vpc_security_group_ingress_rule.go)",
        "referencedSecurityGroupId": "by another kind of source (vpc_security_group_ingress_rule.go)",
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
        "cidrIpv4": "by another kind of target (vpc_security_group_egress_rule.go)",
        "referencedSecurityGroupId": "by another kind of target (vpc_security_group_egress_rule.go)",
    },
    "aws:eks/cluster:Cluster": {"computeConfig": "by another role of nodes, nodeRoleArn, after a first (cluster.go)"},
}
"""By type, inputs that the official provider replaces for under a condition; rayform's programs never meet it."""
