"""Further resources on either side of the rules about rights and reliability, with parameters of their own."""

from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, aws, job, kube, ray, service
from rayform.policy.examples.places import GROUP, HEAD, IN_DEPLOYMENT, IN_GROUP, IN_HEAD, WORKER

__all__ = ["RIGHTS"]


def _ingress(**source: Any) -> Subject:
    return kube("NetworkPolicy", {"spec ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}, source]}]})


def _secrets(*verbs: str, name: str = "", resource: str = "secrets") -> Subject:
    return kube("ClusterRole", {"rules 0 resources": [resource], "rules 0 verbs": list(verbs)}, name)


def _mesh(kind: str, spec: Mapping[str, Any]) -> Subject:
    return of_manifest({"apiVersion": "mesh.example.com/v1", "kind": kind, "metadata": {"name": "m"}, "spec": spec})


def _sg(kind: str, **rule: Any) -> Subject:
    name = f"{kind[0].lower()}{kind[1:]}"
    return aws(f"aws:ec2/{name}:{kind}", {"ingress": [rule]})


_AT_REST: Final = (
    ("aws:elasticache/replicationGroup:ReplicationGroup", "atRestEncryptionEnabled"),
    ("aws:rds/cluster:Cluster", "storageEncrypted"),
)
_POLICY: Final = "aws:iam/policy:Policy"
_EVERY: Final = '{"Statement": {"Effect": "Allow", "Action": "*", "NotResource": "a"}}'
_ROUTING: Final = ("IngressRoute", "IngressRouteTCP", "HTTPProxy", "Route", "TargetGroupBinding", "UDPRoute")
_OPERATED: Final = {f"{IN_DEPLOYMENT} env": [{"name": "ENABLE_PROBES_INJECTION", "value": "false"}]}

RIGHTS: Final[tuple[tuple[str, Example], ...]] = (
    (
        "bound-to-everything",
        Example((kube("ClusterRoleBinding", {"kind": "RoleBinding", "roleRef name": "cluster-admin"}),), ()),
    ),
    (
        "service-public",
        Example((), (kube("Service", {"spec type": "NodePort", "spec ports": [{"port": 80, "targetPort": "http"}]}),)),
    ),
    (
        "ingress-to-ray",
        Example(
            (
                *(_mesh(kind, {"to": {"name": "a-head-svc"}}) for kind in _ROUTING),
                _mesh("Route", {"serviceName": "a-head-svc"}),
                _mesh("Route", {"host": "", "name": "a-head-svc"}),
                kube("HTTPRoute", {"spec rules 0 backendRefs 0": {"name": "a-head-svc", "port": 9000}}),
            ),
            (
                _mesh("Route", {"name": "a-head-svc", "port": 8000}),
                kube("HTTPRoute", {"spec rules 0 backendRefs 0": {"name": "web", "port": 8265}}),
            ),
        ),
    ),
    (
        "network-policy-open",
        Example(
            (
                _ingress(ipBlock={"cidr": "0.0.0.0/0"}),
                kube("NetworkPolicy", {"spec podSelector matchLabels app": "a", "spec ingress": [{}]}),
            ),
            (
                _ingress(podSelector={}),
                kube("NetworkPolicy", {"spec ingress": [{"from": [{"podSelector": {}}], "ports": [{"port": 8265}]}]}),
            ),
        ),
    ),
    (
        "rights-to-all-secrets",
        Example(
            (_secrets("get"), _secrets("list"), _secrets("*")),
            (_secrets("get", name="kuberay-operator"), _secrets("get", resource="pods")),
        ),
    ),
    (
        "eks-endpoint-private",
        Example(
            (
                aws(
                    "aws:eks/cluster:Cluster",
                    {"vpcConfig endpointPublicAccess": True, "vpcConfig publicAccessCidrs": ["10.0.0.0/8", "::/0"]},
                ),
            ),
            (),
        ),
    ),
    (
        "ports-open-to-all",
        Example(
            (
                _sg("DefaultSecurityGroup", cidrBlocks=["0.0.0.0/0"]),
                _sg("SecurityGroup", ipv6CidrBlocks=["::/0"]),
                aws("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {"cidrIpv4": "0.0.0.0/0"}),
            ),
            (_sg("SecurityGroup", cidrBlocks=["10.0.0.0/8", "x"]),),
        ),
    ),
    (
        "disks-encrypted",
        Example(
            (
                *(aws(token, {name: False}) for token, name in _AT_REST),
                *(aws(token, {}) for token, _ in _AT_REST),
                aws("aws:ec2/instance:Instance", {"ebsBlockDevices": [{"encrypted": False}]}),
                aws("aws:ec2/instance:Instance", {"rootBlockDevice": ABSENT}),
            ),
            (
                aws("aws:ebs/volume:Volume"),
                aws("aws:efs/fileSystem:FileSystem"),
                *(aws(token, {name: True}) for token, name in _AT_REST),
                aws("aws:ec2/instance:Instance", {"rootBlockDevice": ABSENT, "launchTemplate": {"id": "lt-1"}}),
            ),
        ),
    ),
    (
        "rights-in-aws",
        Example((aws(_POLICY, {"policy": _EVERY}),), (aws(_POLICY, {"policy": "{"}), aws(_POLICY, {"policy": None}))),
    ),
    ("administrator-in-aws", Example((), (aws("aws:iam/role:Role", {"managedPolicyArns": []}),))),
    (
        "key-rotates",
        Example(
            (aws("aws:kms/key:Key", {"enableKeyRotation": False, "customerMasterKeySpec": "SYMMETRIC_DEFAULT"}),), ()
        ),
    ),
    (
        "bucket-private",
        Example(
            tuple(
                aws("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {name: False})
                for name in ("blockPublicPolicy", "ignorePublicAcls")
            ),
            (),
        ),
    ),
    (
        "job-cleans-up",
        Example(
            (
                job(
                    {
                        "spec shutdownAfterJobFinishes": False,
                        "spec deletionStrategy": {
                            "deletionRules": [
                                {"policy": "DeleteNone", "condition": {"jobStatus": name}}
                                for name in ("SUCCEEDED", "FAILED")
                            ]
                        },
                    }
                ),
            ),
            (job({"spec shutdownAfterJobFinishes": True, "spec deletionStrategy": ABSENT}),),
        ),
    ),
    ("job-retries", Example((), (job({"spec backoffLimit": ABSENT}),), {"most": 0})),
    ("head-undisturbed", Example((), (ray({f"{GROUP} template metadata": ABSENT}),))),
    (
        "ray-version",
        Example(
            (ray({"spec rayVersion": "2.57"}),),
            (ray({"spec rayVersion": "2.58"}), job({"spec rayClusterSpec": ABSENT})),
            {"floor": "2.58.0"},
        ),
    ),
    (
        "kubernetes-standard-support",
        Example((), (aws("aws:eks/cluster:Cluster", {"version": ABSENT}),), {"names": ["*"]}),
    ),
    (
        "probes-kept",
        Example(
            (kube("Deployment", {**_OPERATED, f"{IN_DEPLOYMENT} name": "kuberay-operator"}),),
            (
                ray({f"{IN_HEAD} name": "kuberay", f"{IN_HEAD} env": _OPERATED[f"{IN_DEPLOYMENT} env"]}),
                kube(
                    "Deployment",
                    {f"{IN_DEPLOYMENT} name": "kuberay", f"{IN_DEPLOYMENT} env": [{"name": "A", "value": "false"}]},
                ),
            ),
        ),
    ),
    (
        "image-pinned",
        Example(
            (ray({f"{IN_GROUP} image": "localhost/a"}),),
            (ray({f"{IN_GROUP} image": ABSENT}), ray({f"{IN_GROUP} image": "localhost:5000/a:1"})),
        ),
    ),
    ("image-digest", Example((), (ray({f"{IN_GROUP} image": ABSENT}),))),
    (
        "image-registry",
        Example(
            (ray({f"{IN_GROUP} image": "a/b:1"}),),
            tuple(
                ray({f"{IN_HEAD} image": ABSENT, f"{IN_GROUP} image": image})
                for image in ("localhost:5000/a:1", "localhost/a:1", "q.io/a")
            ),
            {"names": ["localhost:5000", "localhost", "q.io"]},
        ),
    ),
    ("image-registry", Example((), (ray({f"{IN_GROUP} image": "a/b:1"}),))),
    (
        "service-account",
        Example(
            (ray({"spec enableInTreeAutoscaling": False, f"{HEAD} automountServiceAccountToken": True}),),
            (job({"spec submitterPodTemplate": ABSENT}),),
        ),
    ),
    (
        "service-account",
        Example(
            (ray({f"{WORKER} automountServiceAccountToken": True, f"{WORKER} containers 1": {"name": "autoscaler"}}),),
            (),
        ),
    ),
    ("namespace-own", Example((), (kube("Pod", {"metadata namespace": "default"}),))),
    (
        "secret-in-runtime-env",
        Example(
            (),
            (
                job({"spec runtimeEnvYAML": "{env_vars: {HF_TOKEN: 'true', TOKEN_FILE: a, PORT: '1'}, HF_TOKEN: a}"}),
                job({"spec runtimeEnvYAML": "{env_vars: {HF_TOKEN: ''}}"}),
            ),
        ),
    ),
    (
        "account-of-its-own",
        Example(
            (kube("Role", {"kind": "RoleBinding", "subjects": [{"kind": "ServiceAccount", "name": "default"}]}),),
            (
                kube("ClusterRoleBinding", {"subjects 0": {"kind": "User", "name": "default"}}),
                kube("ClusterRole", {"subjects": [{"kind": "ServiceAccount", "name": "default"}]}),
                kube("ServiceAccount", {"serviceAccount": "default"}),
                kube("ServiceAccount", {}, "default"),
                aws(
                    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
                    {"metadata": {"name": "default", "annotations": {"eks.amazonaws.com/role-arn": "a"}}},
                ),
            ),
        ),
    ),
    (
        "quota-holds",
        Example(
            ((ray(), kube("ResourceQuota", {"spec hard requests.cpu": "1"})),),
            (
                (
                    ray(),
                    kube(
                        "ResourceQuota",
                        {"spec hard": {"services": "0", "requests.cpu": "x", "requests.example.com/fpga": "0"}},
                    ),
                ),
                (ray({f"{IN_HEAD} resources": {"requests": {"cpu": "x"}}}), kube("ResourceQuota")),
            ),
        ),
    ),
    (
        "network-policy",
        Example(
            (
                (service(), kube("NetworkPolicy", {"spec podSelector": {"matchLabels": {"ray.io/cluster": "chat"}}})),
                (
                    ray(),
                    kube(
                        "NetworkPolicy", {"spec podSelector": {"matchExpressions": [{"key": "a", "operator": "Odd"}]}}
                    ),
                ),
            ),
            (
                (ray(), kube("NetworkPolicy", {"spec policyTypes": ABSENT})),
                (job({"spec rayClusterSpec": ABSENT}),),
                (
                    ray({"spec headGroupSpec template metadata labels": {"a": "b"}}),
                    kube("NetworkPolicy", {"spec podSelector": {"matchLabels": {"a": "b"}}}),
                ),
            ),
        ),
    ),
    ("head-budget", Example(((ray(), kube("PodDisruptionBudget", {"metadata namespace": "b"})),), ())),
)
"""By rule, some several times."""
