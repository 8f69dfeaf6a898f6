"""Valid resources, which examples change: they keep every rule, those too that are disabled unless asked for."""

from collections.abc import Mapping
from typing import Any, Final

from rayform.components.versions import RAY_DEFAULT
from rayform.infra.eks_versions import DEFAULT

__all__ = ["AWS", "KUBERNETES", "RAY"]

_RIGHTS: Final = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}
_POD: Final = {
    "runAsNonRoot": True,
    "runAsUser": 1000,
    "seccompProfile": {"type": "RuntimeDefault"},
}
_IMAGE: Final = f"registry.example.com/ray/ray:{RAY_DEFAULT}@sha256:{'0' * 64}"


def _template(name: str, cpu: str, memory: str, **more: str) -> dict[str, Any]:
    amounts = {"cpu": cpu, "memory": memory, "ephemeral-storage": "100Gi", **more}
    container = {
        "name": name,
        "image": _IMAGE,
        "env": [{"name": "HF_HOME", "value": "/models"}],
        "resources": {"limits": amounts, "requests": amounts},
        "securityContext": _RIGHTS,
    }
    annotations = {"karpenter.sh/do-not-disrupt": "true"}
    # The autoscaler beside the head asks the Kubernetes API for workers.
    token = name == "ray-head"
    spec = {"automountServiceAccountToken": token, "securityContext": _POD, "containers": [container]}
    return {"metadata": {"annotations": annotations}, "spec": spec}


_CLUSTER: Final = {
    "rayVersion": RAY_DEFAULT,
    "authOptions": {"mode": "token"},
    "enableInTreeAutoscaling": True,
    "autoscalerOptions": {"version": "v2", "securityContext": _RIGHTS},
    "headGroupSpec": {"rayStartParams": {"num-cpus": "0"}, "template": _template("ray-head", "4", "16Gi")},
    "workerGroupSpecs": [
        {
            "groupName": "gpu",
            "minReplicas": 0,
            "maxReplicas": 4,
            "template": _template("ray-worker", "8", "64Gi", **{"nvidia.com/gpu": "2"}),
        }
    ],
}
_JOB: Final = {
    "entrypoint": "python train.py",
    "activeDeadlineSeconds": 3600,
    "shutdownAfterJobFinishes": True,
    "submitterPodTemplate": _template("ray-job-submitter", "500m", "512Mi")
    | {"spec": {**_template("ray-job-submitter", "500m", "512Mi")["spec"], "restartPolicy": "Never"}},
    "rayClusterSpec": _CLUSTER,
}
_SERVE: Final = """\
applications:
- name: chat
  import_path: chat:app
  route_prefix: /
  deployments:
  - name: Chat
    num_replicas: 2
    ray_actor_options: {num_gpus: 1, num_cpus: 2}
"""
_LABELS: Final = {"owner": "ml", "cost-centre": "42"}


def _ray(kind: str, name: str, spec: Mapping[str, Any], **more: Any) -> Mapping[str, Any]:
    metadata = {"name": name, "namespace": "ray", "labels": _LABELS, **more}
    return {"apiVersion": "ray.io/v1", "kind": kind, "metadata": metadata, "spec": dict(spec)}


RAY: Final[Mapping[str, Mapping[str, Any]]] = {
    "RayCluster": _ray("RayCluster", "train", _CLUSTER),
    "RayJob": _ray("RayJob", "train", _JOB),
    "RayService": _ray(
        "RayService",
        "chat",
        {
            "serveConfigV2": _SERVE,
            "upgradeStrategy": {"type": "NewCluster"},
            "rayClusterConfig": {
                **_CLUSTER,
                "gcsFaultToleranceOptions": {"redisAddress": "redis:6379"},
            },
        },
    ),
    "RayCronJob": _ray(
        "RayCronJob",
        "nightly",
        {"schedule": "0 3 * * *", "jobTemplate": _JOB},
        annotations={"rayform/accepts": "schedule-leaves-jobs"},
    ),
}


def _kube(api: str, kind: str, name: str, **more: Any) -> Mapping[str, Any]:
    return {"apiVersion": api, "kind": kind, "metadata": {"name": name, "namespace": "ray"}, **more}


_SELECTED: Final = {"podSelector": {"matchLabels": {"ray.io/is-ray-node": "yes"}}}
_FRIENDS: Final = [{"podSelector": {"matchLabels": {"ray.io/cluster": "train"}}}]
_BACKEND: Final = {"service": {"name": "chat-serve-svc", "port": {"number": 8000}}}

KUBERNETES: Final[Mapping[str, Mapping[str, Any]]] = {
    "Deployment": _kube("apps/v1", "Deployment", "web", spec={"replicas": 1, "template": _template("web", "1", "1Gi")}),
    "DaemonSet": _kube("apps/v1", "DaemonSet", "logs", spec={"template": _template("logs", "1", "1Gi")}),
    "Pod": _kube("v1", "Pod", "shell", spec=_template("shell", "1", "1Gi")["spec"]),
    "CronJob": _kube(
        "batch/v1",
        "CronJob",
        "clean",
        spec={"jobTemplate": {"spec": {"template": _template("clean", "1", "1Gi")}}},
    ),
    "Service": _kube(
        "v1",
        "Service",
        "chat",
        spec={"type": "ClusterIP", "selector": {"app": "chat"}, "ports": [{"port": 8000, "name": "serve"}]},
    ),
    "Ingress": _kube(
        "networking.k8s.io/v1",
        "Ingress",
        "chat",
        spec={"rules": [{"host": "chat.example.com", "http": {"paths": [{"path": "/", "backend": _BACKEND}]}}]},
    ),
    "HTTPRoute": _kube(
        "gateway.networking.k8s.io/v1",
        "HTTPRoute",
        "chat",
        spec={"rules": [{"backendRefs": [{"name": "chat-serve-svc", "port": 8000}]}]},
    ),
    "NetworkPolicy": _kube(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        "ray",
        spec={**_SELECTED, "policyTypes": ["Ingress"], "ingress": [{"from": _FRIENDS}]},
    ),
    "Namespace": {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": "ray", "labels": {**_LABELS, "pod-security.kubernetes.io/enforce": "restricted"}},
    },
    "Role": _kube(
        "rbac.authorization.k8s.io/v1",
        "Role",
        "reader",
        rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}],
    ),
    "ClusterRole": _kube(
        "rbac.authorization.k8s.io/v1",
        "ClusterRole",
        "reader",
        rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}],
    ),
    "ClusterRoleBinding": _kube(
        "rbac.authorization.k8s.io/v1",
        "ClusterRoleBinding",
        "reader",
        roleRef={"kind": "ClusterRole", "name": "reader"},
        subjects=[{"kind": "ServiceAccount", "name": "reader", "namespace": "ray"}],
    ),
    "ServiceAccount": _kube("v1", "ServiceAccount", "train"),
    "ResourceQuota": _kube(
        "v1",
        "ResourceQuota",
        "ray",
        spec={
            "hard": {
                "requests.nvidia.com/gpu": "64",
                "requests.cpu": "400",
                "requests.memory": "4Ti",
                "count/rayclusters.ray.io": "4",
            }
        },
    ),
    "LimitRange": _kube("v1", "LimitRange", "ray", spec={"limits": [{"type": "Container"}]}),
    "PodDisruptionBudget": _kube(
        "policy/v1",
        "PodDisruptionBudget",
        "heads",
        spec={"maxUnavailable": 0, "selector": {"matchLabels": {"ray.io/node-type": "head"}}},
    ),
    "NodePool": {
        "apiVersion": "karpenter.sh/v1",
        "kind": "NodePool",
        "metadata": {"name": "gpu"},
        "spec": {
            "limits": {"nvidia.com/gpu": "16"},
            "template": {
                "spec": {
                    "requirements": [
                        {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["g5.xlarge"]},
                        {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]},
                    ]
                }
            },
        },
    },
    "Release": {
        "apiVersion": "helm.sh/v3",
        "kind": "Release",
        "metadata": {"name": "ray", "namespace": "ray"},
        "chart": "ray-cluster",
    },
}

_TAGS: Final = {"tags": _LABELS}
_MACHINE: Final = {
    "instanceType": "g5.xlarge",
    "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
    "instanceMarketOptions": {"marketType": "spot"},
}
AWS: Final[Mapping[str, Mapping[str, Any]]] = {
    "aws:eks/cluster:Cluster": {
        "version": DEFAULT,
        "vpcConfig": {"endpointPublicAccess": False, "endpointPrivateAccess": True},
        "enabledClusterLogTypes": ["api", "audit", "authenticator"],
        "encryptionConfig": {"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:eu-west-1:1:key/1"}},
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
        "deletionProtection": True,
        **_TAGS,
    },
    "aws:eks/nodeGroup:NodeGroup": {
        "instanceTypes": ["g5.12xlarge"],
        "capacityType": "SPOT",
        "launchTemplate": {"id": "lt-0a1b", "version": "1"},
        "scalingConfig": {"minSize": 0, "maxSize": 4, "desiredSize": 0},
        **_TAGS,
    },
    "aws:autoscaling/group:Group": {
        "minSize": 0,
        "maxSize": 4,
        "mixedInstancesPolicy": {
            "launchTemplate": {"overrides": [{"instanceType": "g5.xlarge"}]},
            "instancesDistribution": {"onDemandPercentageAboveBaseCapacity": 0},
        },
    },
    "aws:ec2/launchTemplate:LaunchTemplate": {
        "metadataOptions": _MACHINE["metadataOptions"],
        "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "volumeSize": 200}}],
    },
    "aws:ec2/instance:Instance": {**_MACHINE, "rootBlockDevice": {"encrypted": True}},
    "aws:ec2/securityGroup:SecurityGroup": {
        "ingress": [{"fromPort": 443, "toPort": 443, "protocol": "tcp", "cidrBlocks": ["10.0.0.0/8"]}]
    },
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
        "type": "ingress",
        "fromPort": 443,
        "toPort": 443,
        "cidrBlocks": ["10.0.0.0/8"],
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        "fromPort": 443,
        "toPort": 443,
        "cidrIpv4": "10.0.0.0/8",
    },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        "policyArn": "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
    },
    "aws:kms/key:Key": {"enableKeyRotation": True},
    "aws:ebs/volume:Volume": {"encrypted": True},
    "aws:efs/fileSystem:FileSystem": {"encrypted": True},
    "aws:ecr/repository:Repository": {
        "imageTagMutability": "IMMUTABLE",
        "imageScanningConfiguration": {"scanOnPush": True},
    },
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
        "blockPublicAcls": True,
        "blockPublicPolicy": True,
        "ignorePublicAcls": True,
        "restrictPublicBuckets": True,
    },
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": {"serviceAccount": "train", "namespace": "ray"},
}
