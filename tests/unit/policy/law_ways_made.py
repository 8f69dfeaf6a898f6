"""The many ways in which others make it: charts that are known by half, scripts, tools, types that are the same."""

from collections.abc import Mapping
from typing import Any, Final

from of_others import made
from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, aws, kube, ray
from rayform.policy.examples.places import IN_DEPLOYMENT

__all__ = ["PLACES_MADE", "WAYS_MADE"]

_GPU: Final = "nvidia.com/gpu"
_RELEASE: Final = "kubernetes:helm.sh/v3:Release"
_FROM: Final = "https://charts.example.com"


def _release(**inputs: Any) -> Subject:
    return Subject(_RELEASE, "urn:release", "release", {"chart": "ours", **inputs})


def _run(words: str, name: str = "create", where: str = "local") -> Subject:
    return aws(f"command:{where}:Command", {name: words})


def _argued(words: str) -> Subject:
    return kube("Deployment", {f"{IN_DEPLOYMENT} args": [words]})


def _grown(kind: str, gpus: int = 1, **spec: Any) -> tuple[Subject, Subject]:
    return kube("Deployment", {f"{IN_DEPLOYMENT} resources limits {_GPU}": gpus}), made(kind, spec=spec)


def _native(name: str, **inputs: Any) -> Subject:
    return aws(f"aws-native:{name}", inputs)


def _exposed(annotations: Mapping[str, str], port: int = 8265) -> Subject:
    spec = {"selector": {"ray.io/node-type": "head"}, "ports": [{"port": port}]}
    return made("v1/Service", metadata={"name": "m", "annotations": annotations}, spec=spec)


_OF_HEAD: Final = "spec headGroupSpec headService metadata annotations"
_MAKERS: Final = (
    "apps.open-cluster-management.io/v1/Subscription",
    "config.projectsveltos.io/v1beta1/ClusterProfile",
    "config.projectsveltos.io/v1beta1/Profile",
    "fleet.cattle.io/v1alpha1/HelmOp",
    "fluxcd.controlplane.io/v1/FluxInstance",
    "fluxcd.controlplane.io/v1/ResourceSet",
    "k0rdent.mirantis.com/v1beta1/ClusterDeployment",
    "k0rdent.mirantis.com/v1beta1/MultiClusterService",
    "k3k.io/v1beta1/Cluster",
    "metacontroller.k8s.io/v1alpha1/CompositeController",
    "metacontroller.k8s.io/v1alpha1/DecoratorController",
    "storage.loft.sh/v1/VirtualClusterInstance",
    "work.open-cluster-management.io/v1alpha1/ManifestWorkReplicaSet",
)
_CALLS: Final = (
    *("argo cron create a", "argo submit a", "argo resubmit a", "tkn task start a", "kn service update a"),
    *("kn service apply a", "kn service create a", "virtctl create a", "virtctl start a", "runai submit a"),
    *(
        "runai training submit a",
        "spark-submit a",
        "az aks create",
        "az aks scale",
        "az aks update",
        "az aks nodepool a",
    ),
    *("gcloud container clusters resize a", "gcloud container clusters update", "gcloud container node-pools create a"),
    *("docker run --gpus all a", "nerdctl run -it --gpus 1 a", "podman run --device nvidia.com/gpu=all a"),
    *("ctr run --gpu 0 a", "curl -d @a https://k/apis/ray.io/v1/rayclusters"),
    *(f"curl {how} @a https://k/api/v1/namespaces/a/pods" for how in ("-XPOST", "--data", "-X PUT", "--request=PUT")),
)
_BY_HAND: Final = (
    *("arena serve custom", "arena submit a", "dstack apply a", "werf converge a", "tk apply a", "nomad job run a"),
    *("rayform up prod", "clusterctl generate cluster a", "clusterctl init", "clusterctl move a", "karmadactl apply a"),
    *("karmadactl create a", "karmadactl join a", "k3d cluster create a", "kind create cluster", "vcluster create a"),
    "minikube start",
)
_NO_CALLS: Final = (
    *("argo list", "tkn task list", "kn service list", "runai list", "docker run a", "docker ps; x --gpus 1"),
    *("nomad job status", "rayform check a", "clusterctl describe cluster a", "a kind of create", "az aks show"),
    *("gcloud container clusters list", "curl -d a https://hooks.example.com/api/v2/messages", "my-argo submit"),
)
_SCRIPTS: Final = (
    *("./deploy.sh", "../deploy --all", "bash scripts/deploy.sh", "cd a && python3 deploy.py", "sudo sh a.bash"),
    *(
        "make deploy",
        "just gpu",
        "npm run deploy",
        "npx a",
        "python -m deploy",
        "uv run deploy.py",
        "go run .",
        "a\n./b",
    ),
    *("task a", "yarn a", "pnpm a", "mvn a", "gradle a", "invoke a", "source a.sh", "node a.js", "node a.ts"),
    *(
        "ssh node ./a",
        "make",
        "perl a.pl",
        "pwsh a.ps1",
        "ruby a.rb",
        "poetry run a.py",
        "exec ./a",
        ". ./a",
        "dash a.sh",
    ),
)
_NO_SCRIPTS: Final = (
    "ssh-keygen -f a",
    "true",
    "cat ./a.sh",
    "aws s3 cp a.py s3://b",
    "echo make a",
    "sh -c true",
    "/usr/bin/env",
    "python",
)

WAYS_MADE: Final[Mapping[str, Example]] = {
    "service-public": Example(
        breaks=tuple(_exposed({name: "true"}) for name in ("tailscale.com/expose", "tailscale.com/funnel")),
        keeps=(
            _exposed({"tailscale.com/expose": "false"}),
            _exposed({"tailscale.com/hostname": "true"}),
            _exposed({"tailscale.com/expose": "true"}, 8000),
        ),
    ),
    "ray-service-public": Example(
        breaks=(ray({_OF_HEAD: {"tailscale.com/expose": "true"}}),),
        keeps=(ray({_OF_HEAD: {"tailscale.com/expose": "false", "a": "true"}}),),
    ),
    "ingress-to-ray": Example(
        breaks=(
            *(
                made("ngrok.k8s.ngrok.com/v1alpha1/AgentEndpoint", spec={"upstream": {"url": url}})
                for url in ("http://train-head-svc.ray:8265", "http://train-head-svc.ray", "tcp://a-head-svc:10001/x")
            ),
            made("operator.inlets.dev/v1alpha1/Tunnel", spec={"serviceName": "train-head-svc"}),
            made("skupper.io/v2alpha1/Connector", spec={"host": "train-head-svc", "port": 8265}),
        ),
        keeps=(
            *(
                made("ngrok.k8s.ngrok.com/v1alpha1/AgentEndpoint", spec={"upstream": {"url": url}})
                for url in ("http://train-head-svc.ray:8000", "http://train-head-svc.ray:8000/a", "http://web:80")
            ),
            made("skupper.io/v2alpha1/Connector", spec={"host": "train-head-svc", "port": 8000}),
        ),
    ),
    "objects-out-of-sight": Example(
        breaks=(
            *(made(kind, spec={}) for kind in _MAKERS),
            _release(kind="ConfigMap", apiVersion="v1", chart="other"),
            _release(postrender="./patch"),
            _release(valueYamlFiles=[{"text": "a: b"}, {"path": "values.yaml"}]),
            _release(chart="one", repositoryOpts={"repo": "https://elsewhere.example.com"}),
            *map(_run, (*_CALLS, *_BY_HAND)),
            *(_run(f"{tool} apply") for tool in ("kubectl.exe", "kubectl-argo")),
        ),
        keeps=(
            _release(),
            _release(valueYamlFiles=[{"text": "a: b"}]),
            _release(repositoryOpts={"repo": "https://elsewhere.example.com"}),
            *(_release(chart="one", repositoryOpts={"repo": repo}) for repo in (_FROM, f"{_FROM}/")),
            *map(_run, (*_NO_CALLS, *_SCRIPTS)),
        ),
        parameters={"charts": ["ours", f"{_FROM}/one"]},
    ),
    "tools-called": Example(
        breaks=(
            *(_run(words) for words in _SCRIPTS),
            *(_run("./a", name) for name in ("update", "stdin")),
            _run("./a", where="remote"),
            *(aws("aws:a/b:B", {"input": words}) for words in _CALLS),
        ),
        keeps=(
            *map(_run, (*_NO_SCRIPTS, "kubectl apply -f a; ./b")),
            _run("./a", "delete"),
            aws("aws:a/b:B", {"create": "./a"}),
            *(aws("aws:a/b:B", {"input": words}) for words in _NO_CALLS),
        ),
    ),
    "tools-in-pods": Example(breaks=tuple(map(_argued, _CALLS)), keeps=tuple(map(_argued, _NO_CALLS))),
    "gpus-autoscaled": Example(
        breaks=(
            _grown("argoproj.io/v1alpha1/Rollout", replicas=65, workloadRef={"kind": "Deployment", "name": "web"}),
            _grown("argoproj.io/v1alpha1/Rollout", 65, workloadRef={"kind": "Deployment", "name": "web"}),
            _grown(
                "datadoghq.com/v1alpha2/DatadogPodAutoscaler",
                targetRef={"name": "web"},
                constraints={"maxReplicas": 65},
            ),
        ),
        keeps=(
            _grown("argoproj.io/v1alpha1/Rollout", replicas=64, workloadRef={"name": "web"}),
            _grown("argoproj.io/v1alpha1/Rollout", 64, workloadRef={"name": "web"}, maxReplicas=2),
            _grown("datadoghq.com/v1alpha2/DatadogPodAutoscaler", targetRef={"name": "web"}, maxReplicas=64),
            _grown("autoscaling.k8s.io/v1/VerticalPodAutoscaler", targetRef={"name": "web"}),
        ),
    ),
    "pool-size": Example(
        breaks=(
            aws("aws:autoscaling/group:Group", {"maxSize": 1, "warmPool": {"maxGroupPreparedCapacity": 51}}),
            aws("aws:autoscaling/group:Group", {"maxSize": "51"}),
            aws("aws:eks/nodeGroup:NodeGroup", {"scalingConfig": {"maxSize": "51"}}),
            aws("aws:autoscaling/schedule:Schedule", {"maxSize": "51"}),
            _native("eks:Nodegroup", scalingConfig={"maxSize": 51}),
            _native("autoscaling:AutoScalingGroup", maxSize="51"),
            _native("autoscaling:ScheduledAction", maxSize=51),
            aws("aws:autoscaling/group:Group", {"maxSize": ABSENT, "warmPool": {"maxGroupPreparedCapacity": 1}}),
        ),
        keeps=(
            aws("aws:autoscaling/group:Group", {"maxSize": 50, "warmPool": {"maxGroupPreparedCapacity": 50}}),
            aws("aws:autoscaling/group:Group", {"maxSize": "50", "warmPool": {"minSize": 0}}),
            _native("eks:Nodegroup", scalingConfig={"maxSize": 50}),
            _native("autoscaling:AutoScalingGroup", maxSize="50"),
            _native("ec2:Instance", scalingConfig={"maxSize": 51}),
        ),
    ),
    "gpu-pool-floor": Example(
        breaks=tuple(
            _native("eks:Nodegroup", instanceTypes=["g5.xlarge"], scalingConfig={"minSize": least, "maxSize": 2})
            for least in (1, "1")
        ),
        keeps=(_native("eks:Nodegroup", instanceTypes=["g5.xlarge"], scalingConfig={"minSize": "0", "maxSize": 2}),),
    ),
    "node-login": Example(
        breaks=(_native("eks:Nodegroup", remoteAccess={"ec2SshKey": "a", "sourceSecurityGroups": []}),),
        keeps=(_native("eks:Nodegroup", remoteAccess={"ec2SshKey": "a", "sourceSecurityGroups": ["sg-1"]}),),
    ),
    "disks-encrypted": Example(
        breaks=(_native("ec2:Volume"), _native("efs:FileSystem")),
        keeps=(_native("ec2:Volume", encrypted=True), _native("efs:FileSystem", encrypted=True)),
    ),
    "images-kept": Example(
        breaks=(_native("ecr:Repository"),),
        keeps=(
            _native("ecr:Repository", imageTagMutability="IMMUTABLE", imageScanningConfiguration={"scanOnPush": True}),
        ),
    ),
    "account-of-its-own": Example(
        breaks=(_native("eks:PodIdentityAssociation", serviceAccount="default"),),
        keeps=(_native("eks:PodIdentityAssociation", serviceAccount="train"),),
    ),
}
"""By rule: what the stack of somebody else may hold."""

_BY_TUNNEL: Final = "tailscale.com/expose to the dashboard asked"
PLACES_MADE: Final[tuple[tuple[str, Subject, list[tuple[str, str]]], ...]] = (
    (
        "ray-service-public",
        ray({_OF_HEAD: {"tailscale.com/expose": "true"}}),
        [("spec.headGroupSpec.headService.metadata.annotations['tailscale.com/expose']", "a way from outside asked")],
    ),
    ("service-public", _exposed({"tailscale.com/expose": "true"}), [("spec.ports[0]", _BY_TUNNEL)]),
    ("tools-called", _run("cd a && bash ./deploy.sh prod"), [("create", "./deploy.sh asked")]),
    ("pool-size", _native("eks:Nodegroup", scalingConfig={"maxSize": 51}), [("scalingConfig", "51 nodes asked")]),
)
"""A rule, what breaks it, and the places with what is asked there."""
