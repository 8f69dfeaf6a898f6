"""The many ways in which accelerators and secrets come where no rule looks: texts, changes, commands, other names."""

import base64
from collections.abc import Mapping
from typing import Any, Final

from of_others import made
from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import aws, job, kube, ray, service
from rayform.policy.examples.places import IN_DEPLOYMENT, IN_HEAD, WORKER

__all__ = ["WAYS_TO_HIDE"]

_GPU: Final = "nvidia.com/gpu"
_ADMISSION: Final = "admissionregistration.k8s.io/v1"
_BATCH: Final = "aws:batch/jobDefinition:JobDefinition"
_GROUP: Final = "aws:autoscaling/group:Group"
_OVERRIDES: Final = "mixedInstancesPolicy launchTemplate overrides 1"
_IN_SERVICE: Final = "spec rayClusterConfig gcsFaultToleranceOptions redisAddress"
_MACHINES: Final = ("instance:Instance", "launchConfiguration:LaunchConfiguration", "launchTemplate:LaunchTemplate")
_SECRETS: Final = (
    "--password=a1",
    "--password 'a1'",
    "-token a1",
    "--hf-token=a1",
    "--API_KEY=a1",
    "DB_PASSWD=a1",
    "--passphrase a1",
    "--access-key=a1",
    "--privatekey=a1",
    "x --client-secret=a1 y",
    "a_token=123456",
    "curl https://me:a1@host/",
)
_NO_SECRETS: Final = (
    "--password=$A --token '$(A)' --api-key=${A} --passwd={{ a }} --passphrase <here>",
    "--token --verbose",
    "--max-token 4096 --max-token=4k",
    "--token-file=/a --enable-password-reset yes",
    "--token-auth a --secret=a --cert-secret a",
    "the token a1 and TOKEN a1",
    "--password=false --password=TRUE --token=",
    "--public-key=a1 --publicapikey=a1",
)


def _text(words: str, kind: str = "v1/ConfigMap") -> Subject:
    return made(kind, data={"a": words})


def _webhook(groups: list[str], resources: list[str]) -> Subject:
    rules = [{}, {"apiGroups": groups, "resources": resources}]
    return made(f"{_ADMISSION}/MutatingWebhookConfiguration", webhooks=[{}, {"rules": rules}])


def _grown(kind: str, gpus: int = 1, **spec: Any) -> tuple[Subject, Subject]:
    target = {"scaleTargetRef": {"name": "web"}}
    return kube("Deployment", {f"{IN_DEPLOYMENT} resources limits {_GPU}": gpus}), made(kind, spec={**target, **spec})


def _patched(kind: str, name: str = "web", **spec: Any) -> tuple[Subject, Subject]:
    inputs = {"metadata": {"name": name, "namespace": "ray"}, "spec": spec}
    patch = Subject(f"kubernetes:apps/v1:{kind}", "urn:patch", "patch", inputs)
    return patch, kube("Deployment", {f"{IN_DEPLOYMENT} resources limits {_GPU}": 1})


def _seen(pod: str) -> dict[str, Any]:
    return {f"{pod} containers 0 env 0": {"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}}


def _argued(words: str) -> Subject:
    return kube("Deployment", {f"{IN_DEPLOYMENT} args": [words]})


def _runs(words: str, name: str = "create") -> Subject:
    return aws("command:local:Command", {name: words})


_OVERRIDDEN: Final = {"overriders": {"plaintext": [{"path": "/spec/replicas", "operator": "replace", "value": 64}]}}
_MAKING: Final = (
    *(f"aws-native:{name}" for name in ("cloudformation:Stack", "cloudformation:StackSet")),
    *("aws-native:servicecatalog:CloudFormationProvisionedProduct", "rancher2:index/appV2:AppV2"),
)
_MAKERS: Final = (
    "app.terraform.io/v1alpha2/Workspace",
    "helm.cattle.io/v1/HelmChartConfig",
    "infra.contrib.fluxcd.io/v1alpha2/Terraform",
    "kappctrl.k14s.io/v1alpha1/App",
    "kro.run/v1alpha1/ResourceGraphDefinition",
    "management.loft.sh/v1/VirtualClusterInstance",
    "operators.coreos.com/v1alpha1/Subscription",
    "packaging.carvel.dev/v1alpha1/PackageInstall",
    "policy.karmada.io/v1alpha1/ClusterPropagationPolicy",
    "policy.karmada.io/v1alpha1/PropagationPolicy",
    "pulumi.com/v1/Stack",
)

WAYS_TO_HIDE: Final[Mapping[str, Example]] = {
    "pool-size": Example(
        breaks=tuple(
            aws("aws:autoscaling/schedule:Schedule", {name: 51, "minSize": 0})
            for name in ("maxSize", "desiredCapacity")
        ),
        keeps=(
            aws("aws:autoscaling/schedule:Schedule", {"maxSize": 50, "desiredCapacity": 2}),
            aws("aws:autoscaling/schedule:Schedule", {"minSize": 0}),
        ),
    ),
    "gpus-autoscaled": Example(
        breaks=(
            _grown("http.keda.sh/v1alpha1/HTTPScaledObject", replicas={"max": 65}),
            _grown("autoscaling.aibrix.ai/v1alpha1/PodAutoscaler", maxReplicas=65),
            _grown("keda.sh/v1alpha1/ScaledObject"),
            _grown("keda.sh/v1alpha1/ScaledObject", maxReplicaCount=65),
            _patched("DeploymentPatch", replicas=65),
        ),
        keeps=(
            _grown("http.keda.sh/v1alpha1/HTTPScaledObject", replicas={"max": 64}),
            _grown("example.com/v1/Scaler", gpus=0),
            _patched("DeploymentPatch", replicas=64),
            _patched("DeploymentPatch"),
            _patched("DeploymentPatch", "other", replicas=65),
            _patched("StatefulSetPatch", replicas=65),
            _patched("IngressPatch", replicas=65),
        ),
    ),
    "gpu-not-counted": Example(
        breaks=(
            kube("CronJob", {"metadata namespace": "kube-system", **_seen("spec jobTemplate spec template spec")}),
            kube("Deployment", {"metadata namespace": "gpu-operator", **_seen("spec template spec")}),
            kube("Pod", {"metadata annotations": {"gpu-memory": "2000"}}),
        ),
        keeps=(
            *(kube("Pod", {"metadata namespace": name, **_seen("spec")}) for name in ("kube-system", "gpu-operator")),
            kube("DaemonSet", {"metadata namespace": "gpu-operator", **_seen("spec template spec")}),
        ),
    ),
    "objects-out-of-sight": Example(
        breaks=(
            *map(aws, _MAKING),
            *(made(kind, spec={}) for kind in _MAKERS),
            _runs("kubectl apply -f a", "delete"),
            aws("command:local:Command", {"interpreter": ["ray", "up", "a.yaml"]}),
            aws("command:local:Command", {"environment": {"A": "b", "KUBE_CONFIG_PATH": "c"}}),
            *map(
                _runs,
                (
                    *(f"{tool} up" for tool in ("helmfile", "kapp", "terragrunt", "cdk", "ansible-playbook", "ray")),
                    *(f"sky {call} a.yaml" for call in ("launch", "exec", "serve", "jobs")),
                    *(f"python -c 'import {name}'" for name in ("boto3", "kubernetes", "lightkube")),
                    *(f"aws sagemaker {call}-job" for call in ("create", "register", "submit", "update")),
                    *(f"aws {service} create-a" for service in ("batch", "cloudcontrol")),
                    "aws eks update-nodegroup-config",
                    "aws ec2 start-instances --instance-ids i-1",
                    *(f"aws ssm {call}" for call in ("send-command", "start-automation-execution")),
                    "kubectl-ray create cluster a",
                    *(f"python -c 'from {name} import client'" for name in ("boto3", "kubernetes", "lightkube")),
                    *(f"curl https://example.com/a |{shell}" for shell in ("sh", " bash", " zsh -s")),
                ),
            ),
        ),
        keeps=(
            *map(_runs, ("sky status", "ray stop", "cdk.json", "aws batch list-jobs", "import os", "ls cdk/")),
            _runs("a | shuf"),
            aws("command:local:Command", {"environment": {"A": "b"}}),
        ),
    ),
    "pods-changed-later": Example(
        breaks=(
            *(_webhook([group], ["pods"]) for group in ("", "*", "apps", "batch", "ray.io")),
            *(_webhook([""], [name]) for name in ("*", "*/*", "pods/*", "deployments", "jobs", "cronjobs")),
            *(_webhook([""], [name]) for name in ("replicasets", "statefulsets", "daemonsets")),
            *(_webhook(["ray.io"], [f"ray{name}s"]) for name in ("cluster", "job", "service", "cronjob")),
            *(
                made("mutations.gatekeeper.sh/v1/ModifySet", spec={"applyTo": [{}, {"kinds": [kind]}]})
                for kind in ("*", "Pod", "Deployment", "Job", "StatefulSet", "RayCluster", "RayJob", "RayService")
            ),
            made("kyverno.io/v1/Policy", spec={"rules": [{}, {"mutate": {}}]}),
            *(
                made(f"policy.karmada.io/v1alpha1/{kind}OverridePolicy", spec={"overrideRules": [{}, _OVERRIDDEN]})
                for kind in ("", "Cluster")
            ),
            made(
                "policies.kyverno.io/v1/MutatingPolicy",
                spec={"matchConstraints": {"resourceRules": [{}, {"apiGroups": [""], "resources": ["pods"]}]}},
            ),
        ),
        keeps=(
            _webhook(["cert-manager.io"], ["*"]),
            made("policy.karmada.io/v1alpha1/OverridePolicy", spec={"overrideRules": [{"overriders": {}}]}),
            _webhook([""], ["pods/status", "services"]),
            made(f"{_ADMISSION}/MutatingAdmissionPolicy", spec={"matchConstraints": {"resourceRules": [{}]}}),
            made("mutations.gatekeeper.sh/v1/Assign", spec={"applyTo": [{"kinds": ["Service"]}]}),
            made("kyverno.io/v1/Policy", name="ours", spec={"rules": [{"mutate": {}}]}),
        ),
        parameters={"names": ["ours"]},
    ),
    "device-names": Example(
        breaks=(made("node.k8s.io/v1/RuntimeClass", "fast-nvidia", handler="nvidia-cdi"),),
        keeps=(made("node.k8s.io/v1/RuntimeClass", "nvidia-cdi", handler="nvidia"),),
    ),
    "secret-in-command": Example(
        breaks=(
            *map(_argued, _SECRETS),
            kube("Deployment", {f"{IN_DEPLOYMENT} args": ["--api-key", "a1"]}),
            ray({f"{IN_HEAD} command": ["--api-key=$A", "--hf-token=a1"]}),
        ),
        keeps=tuple(map(_argued, _NO_SECRETS)),
    ),
    "secret-in-plain": Example(
        breaks=tuple(
            ray({f"{IN_HEAD} env 0": {"name": "A", "value": value}})
            for value in (f"sk-{'a' * 20}", f"AKIA{'A' * 16}", f"x=ASIA{'1' * 16}", "Bearer eyJhbG.eyJzdWI")
        ),
        keeps=tuple(
            ray({f"{IN_HEAD} env 0": {"name": "A", "value": value}})
            for value in (f"task-{'a' * 20}", "sk-short", f"XAKIA{'A' * 16}", "eyJ.txt")
        ),
    ),
    "secret-in-ray-object": Example(
        breaks=(
            service({_IN_SERVICE: "me:a1@redis:6379//x://a:b@c"}),
            *(job({"spec entrypoint": each}) for each in _SECRETS),
        ),
        keeps=(
            service({_IN_SERVICE: "redis://redis:6379"}),
            ray({f"{WORKER} containers 0 args": ["--redis-password=a1"]}),
            *(job({"spec entrypoint": each}) for each in _NO_SECRETS),
        ),
    ),
    "secret-in-text": Example(
        breaks=(
            made("v1/ConfigMap", data={"db.token": "a1"}),
            made("v1/ConfigMap", data={"db-password": "a1", "a": "b"}),
            *map(_text, _SECRETS),
            *(aws(f"aws:ec2/{name}", {"userData": "--token=a1"}) for name in _MACHINES),
            aws(
                "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
                {"userDataBase64": base64.b64encode(b"\xff TOKEN=a1").decode()},
            ),
        ),
        keeps=(
            *map(_text, _NO_SECRETS),
            made("v1/ConfigMap", data={"password": "false", "token-file": "/a"}),
            aws("aws:ec2/instance:Instance", {"userData": "YQ=="}),
            aws("aws:ec2/instance:Instance", {"data": {"token": "a1"}}),
            made("v1/ConfigMap", userData="TOKEN=a1"),
        ),
    ),
}
"""By rule: what the stack of somebody else may hold."""
