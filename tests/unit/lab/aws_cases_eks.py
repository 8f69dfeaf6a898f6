"""Clusters and their nodes: one resource of every type, with every input, and edits in place."""

from aws_provider_ground import CLUSTER, NODES, TAGS, Case

ADMIN = "arn:aws:iam::123456789012:role/admin"
ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

EKS = (
    Case(
        CLUSTER,
        lambda ground: {
            "name": "named",
            "roleArn": ground.role.outputs["arn"],
            "version": "1.33",
            "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
            "bootstrapSelfManagedAddons": False,
            "deletionProtection": False,
            "enabledClusterLogTypes": ["scheduler", "api"],
            "encryptionConfig": {"provider": {"keyArn": ground.key}, "resources": ["secrets"]},
            "kubernetesNetworkConfig": {
                "serviceIpv4Cidr": "172.20.0.0/16",
                "ipFamily": "ipv4",
                "elasticLoadBalancing": {"enabled": True},
            },
            "computeConfig": {"enabled": True},
            "storageConfig": {"blockStorage": {"enabled": True}},
            "upgradePolicy": {"supportType": "STANDARD"},
            "vpcConfig": {
                "subnetIds": [ground.subnet(0), ground.subnet(1)],
                "endpointPrivateAccess": True,
                "endpointPublicAccess": True,
                "publicAccessCidrs": ["203.0.113.0/24"],
            },
            "tags": TAGS,
        },
        {
            "version": "1.34",
            "enabledClusterLogTypes": ["audit"],
            "upgradePolicy": {"supportType": "EXTENDED"},
        },
    ),
    Case(
        NODES,
        lambda ground: {
            "clusterName": ground.cluster,
            "nodeGroupName": "named",
            "nodeRoleArn": ground.node_role(),
            "subnetIds": [ground.subnet(1), ground.subnet(0)],
            "amiType": "AL2023_x86_64_STANDARD",
            "capacityType": "SPOT",
            "instanceTypes": ["m7i.large", "m6i.large"],
            "version": "1.33",
            "launchTemplate": {"id": ground.template().id, "version": "1"},
            "labels": {"pool": "named", "kept": "yes"},
            "taints": [{"key": "nvidia.com/gpu", "value": "true", "effect": "NO_SCHEDULE"}],
            "scalingConfig": {"minSize": 0, "maxSize": 2, "desiredSize": 1},
            "updateConfig": {"maxUnavailablePercentage": 50},
            "nodeRepairConfig": {"enabled": True},
            "forceUpdateVersion": True,
            "tags": TAGS,
        },
        {
            "labels": {"kept": "no", "new": "x"},
            "taints": [{"key": "other", "value": "x", "effect": "NO_EXECUTE"}],
            "scalingConfig": {"minSize": 1, "maxSize": 3, "desiredSize": 2},
            "updateConfig": {"maxUnavailablePercentage": 20},
            "nodeRepairConfig": {"enabled": False},
        },
    ),
    Case(
        "aws:eks/addon:Addon",
        lambda ground: {
            "clusterName": ground.cluster,
            "addonName": "vpc-cni",
            "configurationValues": '{"env": {"WARM_PREFIX_TARGET": "1"}}',
            "podIdentityAssociations": [{"serviceAccount": "aws-node", "roleArn": ground.pod_role()}],
            "preserve": False,
            "resolveConflictsOnCreate": "OVERWRITE",
            "resolveConflictsOnUpdate": "OVERWRITE",
            "tags": TAGS,
        },
        {"configurationValues": '{"env": {"WARM_PREFIX_TARGET": "2"}}'},
    ),
    Case(
        "aws:eks/accessEntry:AccessEntry",
        lambda ground: {
            "clusterName": ground.cluster,
            "principalArn": ADMIN,
            "kubernetesGroups": ["admins", "others"],
            "type": "STANDARD",
            "userName": "someone",
            "tags": TAGS,
        },
        {"kubernetesGroups": ["admins"], "userName": "else"},
    ),
    Case(
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        lambda ground: {
            "clusterName": ground.cluster,
            "principalArn": ground.entered(),
            "policyArn": ADMIN_POLICY,
            "accessScope": {"type": "namespace", "namespaces": ["ray", "other"]},
        },
    ),
    Case(
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        lambda ground: {
            "clusterName": ground.cluster,
            "namespace": "ray",
            "serviceAccount": "worker",
            "roleArn": ground.pod_role(),
            "tags": TAGS,
        },
    ),
    Case(
        "aws:autoscaling/tag:Tag",
        lambda ground: {
            "autoscalingGroupName": ground.node_group.outputs["resources"][0]["autoscalingGroups"][0]["name"],
            "tag": {"key": "k8s.io/cluster-autoscaler/x", "value": "1", "propagateAtLaunch": False},
        },
        {"tag": {"key": "k8s.io/cluster-autoscaler/x", "value": "2", "propagateAtLaunch": True}},
    ),
)
"""Clusters and their nodes."""
