"""Identities, keys, logs, templates: one resource of every type, with every input, and edits in place."""

from aws_provider_ground import ATTACHED, LOGS, OTHER_TRUST, POLICY, ROLE, TAGS, TRUST, Case

REST = (
    Case(
        ROLE,
        lambda _: {
            "name": "named",
            "assumeRolePolicy": TRUST,
            "description": "Who it is",
            "maxSessionDuration": 7200,
            "path": "/team/",
            "tags": TAGS,
        },
        {"assumeRolePolicy": OTHER_TRUST, "description": "Who it was", "maxSessionDuration": 3600},
    ),
    Case(
        "aws:iam/rolePolicy:RolePolicy",
        lambda ground: {"name": "named", "role": ground.role.id, "policy": POLICY},
        {"policy": POLICY.replace("Encrypt", "Decrypt")},
    ),
    Case(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        lambda ground: {"role": ground.role.id, "policyArn": ATTACHED},
    ),
    Case(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        lambda _: {
            "url": "https://oidc.example.com/id/1",
            "clientIdLists": ["sts.amazonaws.com"],
            "tags": TAGS,
        },
    ),
    Case(
        "aws:kms/key:Key",
        lambda _: {"description": "Secrets", "enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS},
        {"description": "Others", "enableKeyRotation": False},
    ),
    Case(
        LOGS,
        lambda _: {"name": "/aws/eks/named/cluster", "retentionInDays": 30, "tags": TAGS},
        {"retentionInDays": 0},
    ),
    Case(
        "aws:ec2/placementGroup:PlacementGroup",
        lambda _: {"name": "named", "strategy": "cluster", "tags": TAGS},
        retagged=False,
    ),
    Case(
        "aws:ec2/launchTemplate:LaunchTemplate",
        lambda ground: {
            "name": "named",
            "description": "Nodes",
            "updateDefaultVersion": True,
            "imageId": "ami-12c6146b",
            "instanceType": "g5.xlarge",
            "userData": "aGVsbG8=",
            "blockDeviceMappings": [
                {"deviceName": "/dev/xvda", "ebs": {"volumeSize": 100, "encrypted": "true", "iops": 3000}}
            ],
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
            "placement": {"groupName": "together"},
            "capacityReservationSpecification": {
                "capacityReservationTarget": {"capacityReservationId": "cr-0123456789"}
            },
            "instanceMarketOptions": {"marketType": "capacity-block"},
            "networkInterfaces": [
                {"deviceIndex": 0, "networkCardIndex": 1, "interfaceType": "efa", "securityGroups": [ground.group()]}
            ],
            "vpcSecurityGroupIds": [ground.group("other")],
            "tagSpecifications": [{"resourceType": "instance", "tags": {"a": "b"}}],
            "tags": TAGS,
        },
        {
            "userData": "d29ybGQ=",
            "placement": None,
            "tagSpecifications": [{"resourceType": "volume", "tags": {"c": "d"}}],
        },
    ),
)
"""Identities, keys, logs, templates."""
