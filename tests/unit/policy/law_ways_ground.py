"""The many ways in which stores and machines in AWS are opened, and those that are sound."""

from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, aws, kube

__all__ = ["PLACES_OF_THE_GROUND", "WAYS_OF_THE_GROUND"]

_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
_REPLICATED: Final = "aws:elasticache/replicationGroup:ReplicationGroup"
_GROUP: Final = "aws:autoscaling/group:Group"
_USERS: Final = "http://acs.amazonaws.com/groups/global/"


def _token(path: str) -> str:
    service, _, kind = path.partition("/")
    return f"aws:{service}/{kind[0].lower()}{kind[1:]}:{kind}"


def _object(api: str, kind: str, **more: Any) -> Subject:
    return of_manifest({"apiVersion": api, "kind": kind, "metadata": {"name": "a", "namespace": "ray"}, **more})


def _started(words: str) -> Subject:
    return aws(_TEMPLATE, {"userData": words})


def _warm(most: int = 40, **pool: int) -> Subject:
    return aws(_GROUP, {"maxSize": most, "warmPool": pool})


def _pool(after: str, family: str = "g5") -> Subject:
    requirements = [{"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": [family]}]
    spec = {
        "disruption": {"consolidateAfter": after},
        "limits": {"cpu": 8},
        "template": {"spec": {"requirements": requirements}},
    }
    return _object("karpenter.sh/v1", "NodePool", spec=spec)


def _app(**data: str) -> Subject:
    return _object("v1", "ConfigMap", data=data)


def _parameter(name: str, value: str, kind: str = "String", key: str = "value") -> Subject:
    return aws("aws:ssm/parameter:Parameter", {"name": name, "type": kind, key: value})


_STORES: Final[Mapping[str, Example]] = {
    "disks-encrypted": Example(
        breaks=(
            *(aws(_token(path), {"storageEncrypted": False}) for path in ("docdb/Cluster", "neptune/Cluster")),
            aws(_token("opensearch/Domain"), {"encryptAtRest": {"enabled": False}}),
            aws(_token("ebs/EncryptionByDefault"), {"enabled": False}),
            aws(_token("elasticache/Cluster"), {"engine": "redis"}),
            aws(_REPLICATED, {"engine": "valkey", "atRestEncryptionEnabled": False}),
        ),
        keeps=(
            *(
                aws(_token("rds/Instance"), {name: "a"})
                for name in ("replicateSourceDb", "restoreToPointInTime", "snapshotIdentifier")
            ),
            aws(_token("neptune/Cluster"), {"replicationSourceIdentifier": "a"}),
            aws(_token("ebs/Volume"), {"encrypted": ABSENT, "snapshotId": "snap-1"}),
            aws(_token("opensearch/Domain"), {"encryptAtRest": {"enabled": True}}),
            aws(_token("ebs/EncryptionByDefault")),
            aws(_token("elasticache/Cluster"), {"engine": "redis", "replicationGroupId": "ray"}),
            aws(_token("elasticache/Cluster"), {"engine": "memcached"}),
            *(aws(_REPLICATED, inputs) for inputs in ({"engine": "valkey"}, {"globalReplicationGroupId": "all"})),
            aws(_REPLICATED, {"atRestEncryptionEnabled": "true"}),
            aws(_TEMPLATE, {"blockDeviceMappings": [{"ebs": {"snapshotId": "snap-1"}}]}),
            _object(
                "karpenter.k8s.aws/v1", "EC2NodeClass", spec={"blockDeviceMappings": [{"ebs": {"snapshotID": "a"}}]}
            ),
        ),
    ),
    "data-private": Example(
        breaks=tuple(
            aws(_token(path), {"publiclyAccessible": True})
            for path in ("mq/Broker", "neptune/ClusterInstance", "redshift/Cluster", "redshiftserverless/Workgroup")
        ),
        keeps=(),
    ),
    "redis-guarded": Example(
        breaks=(
            aws(_token("memorydb/Cluster"), {"tlsEnabled": False}),
            aws(_token("memorydb/Cluster"), {"aclName": "open-access"}),
        ),
        keeps=(
            aws(_REPLICATED, {"transitEncryptionEnabled": "true", "authToken": "a"}),
            aws(_token("memorydb/Cluster"), {"tlsEnabled": True}),
        ),
    ),
    "bucket-private": Example(
        breaks=(
            *(
                aws(_token(f"s3/{kind}"), {"acl": "public-read"})
                for kind in ("BucketObject", "BucketObjectv2", "ObjectCopy")
            ),
            *(
                aws(_token("s3/Bucket"), {"grants": [{"uri": f"{_USERS}{name}"}]})
                for name in ("AllUsers", "AuthenticatedUsers")
            ),
            aws(
                _token("s3/BucketAcl"), {"accessControlPolicy": {"grants": [{"grantee": {"uri": f"{_USERS}AllUsers"}}]}}
            ),
        ),
        keeps=(
            aws(_token("s3/Bucket"), {"grants": [{"uri": "http://acs.amazonaws.com/groups/s3/LogDelivery"}]}),
            aws(_token("s3/BucketAcl"), {"accessControlPolicy": {"grants": [{"grantee": {"id": "a"}}]}}),
        ),
    ),
}
_MACHINES: Final[Mapping[str, Example]] = {
    "metadata-service": Example(
        breaks=(aws(_token("ec2/InstanceMetadataDefaults"), {"httpTokens": "optional"}),),
        keeps=(aws(_token("ec2/InstanceMetadataDefaults"), {"httpPutResponseHopLimit": 2}),),
    ),
    "key-rotates": Example(
        breaks=(aws(_token("kms/Key"), {"enableKeyRotation": ABSENT, "customerMasterKeySpec": "SYMMETRIC_DEFAULT"}),),
        keeps=(aws(_token("kms/Key"), {"enableKeyRotation": ABSENT, "customKeyStoreId": "cks-1"}),),
    ),
    "nodes-private": Example(
        breaks=(
            aws(_token("ec2/Subnet"), {"mapPublicIpOnLaunch": True}),
            aws(_token("ec2/Eip"), {"instance": "i-1"}),
            aws(_token("ec2/EipAssociation"), {"instanceId": "i-1"}),
        ),
        keeps=(aws(_token("ec2/Subnet")), aws(_token("ec2/Eip"), {"domain": "vpc"}), aws(_token("ec2/EipAssociation"))),
    ),
    "node-keys": Example(
        breaks=(aws(_TEMPLATE, {"keyName": "me"}), aws(_token("ec2/SpotInstanceRequest"), {"keyName": "me"})),
        keeps=(_object("karpenter.k8s.aws/v1", "EC2NodeClass", keyName="me"),),
    ),
    "node-image-pinned": Example(
        breaks=(aws(_GROUP, {"launchTemplate": {"version": "$Latest"}}),), keeps=(aws(_GROUP),)
    ),
    "kubelet-guarded": Example(
        breaks=(
            *(
                _started(f"kubelet --{flag}")
                for flag in ("anonymous-auth", "anonymous-auth true", "read-only-port 10255")
            ),
            _started("'--anonymous-auth'"),
            _started("kubelet --authorization-mode AlwaysAllow"),
            _started('{"authorization": {"mode": "AlwaysAllow"}}'),
        ),
        keeps=(
            *(
                _started(f"kubelet --{flag}")
                for flag in ("anonymous-auth false", "read-only-port 0", "anonymous-auth=false")
            ),
            _started('{"authentication": {"anonymous": {"enabled": false}}, "authorization": {"mode": "Webhook"}}'),
        ),
    ),
    "pool-size": Example(
        breaks=(_warm(minSize=11), _warm(maxGroupPreparedCapacity=51)),
        keeps=(_warm(minSize=10, maxGroupPreparedCapacity=50), _warm()),
    ),
    "gpu-pool-floor": Example(breaks=(_pool("Never"),), keeps=(_pool("5m"), _pool("Never", "m6i"))),
    "secret-in-text": Example(
        breaks=(
            _app(values="redis:\n  password: correct-horse\n"),
            *(_app(text=f"{name}: correct-horse") for name in ("auth_token", "api-key", "accessKey", "client_secret")),
            _app(text='{\n  "db.password": "correct-horse",\n}'),
            _app(netrc="machine api.wandb.ai login user password x"),
            _app(config='{"auths": {"r.io": {"auth": "dXNlcjpwYXNzd29yZA=="}}}'),
            _parameter("/ray/redis/password", "correct-horse"),
            _parameter("/ray/hf", f"hf_{'a' * 34}", key="insecureValue"),
            _parameter("/ray/dsn", "postgresql://me:correct-horse@db/a", "StringList"),
            aws(_token("ssm/Document"), {"content": '{"runCommand": ["export DB_PASSWORD=correct-horse"]}'}),
            _object("karpenter.k8s.aws/v1", "EC2NodeClass", spec={"userData": "export DB_PASSWORD=correct-horse"}),
            _started(f"export HF=hf_{'a' * 34}"),
        ),
        keeps=(
            _app(values="passwordSecretKey: password\npassword: ${A}\ntoken_url: https://a\npassword: short\n"),
            _app(values="password: {{ x }}\nadmin_password = $__file{/etc/a}\napi_key: /run/secrets/api-key\n"),
            _parameter("/ray/redis/password", "correct-horse", "SecureString"),
            _parameter("/ray/db/secret", "arn:aws:secretsmanager:eu-west-1:1:secret:db"),
        ),
    ),
    "secret-in-environment": Example(
        breaks=(
            aws(
                _token("apprunner/Service"),
                {"sourceConfiguration": {"runtimeEnvironmentVariables": {"API_KEY": "correct-horse"}}},
            ),
            aws(
                _token("batch/JobDefinition"),
                {"containerProperties": '{"environment": [{"name": "A_TOKEN", "value": "a"}]}'},
            ),
            aws(
                _token("batch/JobDefinition"),
                {"eksProperties": {"containers": [{"env": [{"name": "A_TOKEN", "value": "a"}]}]}},
            ),
            *(
                aws(_token("sagemaker/Model"), {name: {"environment": {"HF_TOKEN": "correct-horse"}}})
                for name in ("primaryContainer", "containers", "nodeProperties", "ecsProperties")
            ),
        ),
        keeps=(aws(_token("lambda/Function"), {"labels": {"HF_TOKEN": "correct-horse"}, "description": "{HF_TOKEN"}),),
    ),
}
_ELSEWHERE: Final = (
    *("${A}", "$(A)", "{{ .Values.a }}", "arn:aws-cn:a", "op://a/b", "vault:secret/a#b", "projects/1/secrets/a"),
    *("aws-sm://a", "awssm://a", "aws-ssm://a", "gcp-sm://a", "gcpsm://a", "sm://a", "ssm://a", "/ray/db/password"),
)
_PLAIN: Final = (
    *(f"hvs.{'a' * 24}", f"AIza{'a' * 35}", f"npm_{'a' * 36}", "pypi-AgEI", f"SG.{'a' * 22}.b"),
    *(f"rk_live_{'a' * 16}", f"sk_live_{'a' * 16}", f"dckr_pat_{'a' * 20}"),
)
_IN_POD: Final[Mapping[str, Example]] = {
    "secret-in-plain": Example(
        breaks=tuple(kube("Pod", {"spec containers 0 env": [{"name": "A", "value": each}]}) for each in _PLAIN),
        keeps=tuple(
            kube("Pod", {"spec containers 0 env": [{"name": "DB_PASSWORD", "value": each}]}) for each in _ELSEWHERE
        ),
    )
}
WAYS_OF_THE_GROUND: Final = {**_STORES, **_MACHINES, **_IN_POD}
"""By rule."""
_TOLD: Final = (
    ("bucket-private", -1, "accessControlPolicy.grants[0].grantee.uri", "AllUsers asked"),
    ("bucket-private", 3, "grants[0].uri", "AllUsers asked"),
    ("disks-encrypted", 0, "storageEncrypted", "not asked"),
    ("disks-encrypted", 1, "storageEncrypted", "not asked"),
    ("disks-encrypted", 2, "encryptAtRest.enabled", "not asked"),
    ("gpu-pool-floor", 0, "spec.disruption.consolidateAfter", "GPU nodes that stay asked"),
    ("metadata-service", 0, "httpTokens", "optional asked of the whole account"),
    ("nodes-private", 0, "mapPublicIpOnLaunch", "an address of the Internet asked"),
    ("secret-in-text", -3, "content", "a plain value of DB_PASSWORD"),
)
PLACES_OF_THE_GROUND: Final = tuple(
    (rule, subject, [(place, asked)])
    for rule, number, place, asked in _TOLD
    if isinstance(subject := WAYS_OF_THE_GROUND[rule].breaks[number], Subject)
)
"""A rule, what breaks it, and the place with what is asked there."""
