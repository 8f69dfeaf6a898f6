"""The many ways in which a tool is called that makes objects or nodes, and types of AWS that no rule knows."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from of_others import made
from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import aws, kube, ray
from rayform.policy.examples.places import IN_DEPLOYMENT, IN_HEAD

__all__ = ["WAYS_OF_TOOLS"]


def _text(words: str, kind: str = "v1/ConfigMap") -> Subject:
    return made(kind, data={"a": words})


def _container(**edits: Any) -> Subject:
    return kube("Deployment", {f"{IN_DEPLOYMENT} {name}": value for name, value in edits.items()})


def _argued(words: str) -> Subject:
    return _container(args=[words])


_CALLS: Final = (
    *(f"{tool} apply -f a" for tool in ("kubectl", "/usr/bin/kubectl", "kapp", "kubectl -n ray --force", "Kubectl")),
    *(f"a && {tool} up" for tool in ("helm", "eksctl", "terraform", "tofu", "pulumi", "flux")),
    *(f"kubectl {verb} a" for verb in ("create", "scale", "patch", "edit", "replace", "set", "rollout", "autoscale")),
    *(
        "argocd app sync a",
        "kubectl ray create a",
        "helm install a",
        "helm upgrade a",
        "terraform deploy",
        "kubectl proxy",
    ),
    *(f"aws {call}" for call in ("ec2 run-instances", "eks create-nodegroup", "ssm send-command", "batch submit-job")),
    *(f"arn:aws:states:::aws-sdk:{call}" for call in ("ec2:runInstances", "eks:updateNodegroupConfig")),
    *("arn:aws:states:::aws-sdk:autoscaling:setDesiredCapacity", "arn:aws:states:::eks:runJob.sync"),
)
_NO_CALLS: Final = (
    *(f"kubectl {verb} a" for verb in ("get", "delete", "wait", "applyset", "logs")),
    *(
        "helm template .",
        "my-kubectl apply",
        "kubectl.kubernetes.io/a apply",
        "managed by helm",
        "install helm kubectl",
    ),
    *("aws ec2 describe-instances", "arn:aws:states:::aws-sdk:s3:getObject", "terraform plan"),
)
_PLAIN: Final = "#!/bin/sh\nkubectl apply -f a"
_CODED: Final = base64.b64encode(_PLAIN.encode()).decode()
_STARTED_BY: Final = ("userData", "userDataBase64")
_STEPS: Final = ({"command": ["kubectl"], "args": ["apply"]}, {"args": ["apply"]}, {"script": "kubectl apply -f a"})
_NATIVE: Final = (
    *("kms:Key", "s3:Bucket", "s3:BucketPolicy", "eks:AccessEntry", "eks:Cluster"),
    *(f"ec2:{name}" for name in ("Instance", "LaunchTemplate", "SecurityGroup", "SecurityGroupIngress")),
    *(f"iam:{name}" for name in ("ManagedPolicy", "Role", "RolePolicy", "UserPolicy", "GroupPolicy")),
    *("elasticloadbalancingv2:LoadBalancer", "sns:TopicPolicy", "sqs:QueuePolicy"),
)

WAYS_OF_TOOLS: Final[Mapping[str, Example]] = {
    "tools-in-pods": Example(
        breaks=(
            *map(_argued, _CALLS),
            kube(
                "Deployment", {f"{IN_DEPLOYMENT} image": "a.io/kubectl:v1@sha256:0", f"{IN_DEPLOYMENT} args": ["scale"]}
            ),
            kube(
                "Deployment", {f"{IN_DEPLOYMENT} command": ["kubectl", "-n", "ray"], f"{IN_DEPLOYMENT} args": ["run"]}
            ),
            kube("Deployment", {f"{IN_DEPLOYMENT} lifecycle preStop exec command": ["helm", "upgrade"]}),
        ),
        keeps=(
            *map(_argued, _NO_CALLS),
            _container(image="a.io/kubectl:v1"),
            kube("Deployment", {f"{IN_DEPLOYMENT} lifecycle preStop httpGet command": ["helm", "upgrade"]}),
        ),
    ),
    "tools-called": Example(
        breaks=(
            *(_text(words) for words in _CALLS),
            *(aws("aws:a/b:B", {"input": words}) for words in _CALLS),
            *(aws("aws:ec2/instance:Instance", {name: words}) for name in _STARTED_BY for words in (_PLAIN, _CODED)),
            made("karpenter.k8s.aws/v1/EC2NodeClass", spec={"userData": _PLAIN}),
            *(made("tekton.dev/v1/Task", spec={"steps": [{"image": "a/kubectl", **step}]}) for step in _STEPS),
            aws("pulumi-nodejs:dynamic:Resource"),
            made("a/v1/A", spec={"run": ["helm", "install"]}),
            made("a/v1/A", spec={"args": ["a"], "inner": {"script": "kubectl apply -f a"}}),
        ),
        keeps=(
            *(_text(words) for words in _NO_CALLS),
            made("a/v1/A", userData=_CODED),
            aws("aws:ec2/instance:Instance", {"data": _CODED}),
            _text("kubectl apply -f a", "apiextensions.k8s.io/v1/CustomResourceDefinition"),
            *(made("a/v1/A", spec={name: "kubectl apply -f a"}) for name in ("description", "message")),
            made("a/v1/A", metadata={"name": "a", "annotations": {"note": "kubectl apply -f a"}}),
            _argued(_CALLS[0]),
            ray({f"{IN_HEAD} args": [_CALLS[0]]}),
            aws("command:local:Command", {"create": _CALLS[0]}),
            replace(_text(_CALLS[0]), token="kubernetes:helm.sh/v4:Chart"),
            made("tekton.dev/v1/Task", spec={"steps": [{"image": "a/kubectl", "args": ["get"]}]}),
        ),
    ),
    "types-out-of-sight": Example(
        breaks=tuple(aws(f"aws-native:{name}") for name in _NATIVE),
        keeps=(
            *(aws(f"aws-native:{name}") for name in ("eks:Addon", "ec2:VpcX", "iam:RoleX", "a:eks:Cluster")),
            aws("aws-nativ2:eks:Cluster"),
        ),
    ),
}
"""By rule: what the stack of somebody else may hold."""
