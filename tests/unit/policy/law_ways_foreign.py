"""What stacks of other hands had in them that nobody told, each beside what is valid."""

import json
from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, aws, job, kube, ray, service
from rayform.policy.examples.places import IN_DEPLOYMENT, IN_HEAD, WORKER

__all__ = ["WAYS_OF_OTHERS"]

_BOUND: Final = "spec rules 0 http paths 0 backend service"
_ON_HEAD: Final = {"ray.io/node-type": "head"}
_SCHEME: Final = "metadata annotations alb.ingress.kubernetes.io/scheme"
_KEPT: Final = ("LITELLM_MASTER_KEY", "JWT_SIGNING_KEY", "AZURE_STORAGE_KEY", "SUPABASE_SERVICE_ROLE_KEY", "TS_AUTHKEY")
_NOT_KEPT: Final = ("KMS_MASTER_KEY_ARN", "PARTITION_KEY", "S3_KEY", "AUTHKEYS_PATH", "ENCRYPTION_KEY_ID")
_TELLING: Final = (
    "https://hooks.slack.com/services/T0/B0/x",
    "AccountName=a;AccountKey=Zm9v;EndpointSuffix=b",
    "Endpoint=sb://a;SharedAccessKey=Zm9v",
    f"nvapi-{'a' * 20}",
)
_SILENT: Final = ("https://hooks.slack.com/", "AccountKey=", "nvapi-a", "MyAccountKey=a")


def _variable(name: str, value: str) -> Subject:
    return ray({f"{IN_HEAD} env 0": {"name": name, "value": value}})


def _ports(data: Mapping[str, str]) -> Subject:
    return of_manifest({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "tcp-services"}, "data": data})


def _service(*ports: Mapping[str, Any], selector: Mapping[str, str] = _ON_HEAD, place: str = "ray") -> Subject:
    edits = {"metadata namespace": place, "spec selector": selector, "spec ports": list(ports)}
    return kube("Service", edits, "ui")


def _to(port: Any) -> Subject:
    return kube("Ingress", {_BOUND: {"name": "ui", "port": port}})


def _route(place: str = "ray", **port: int) -> Subject:
    return kube("HTTPRoute", {"spec rules 0 backendRefs 0": {"name": "ui", **port}, "metadata namespace": place})


def _allowed(kind: str, group: str, *resources: str) -> Subject:
    return kube(kind, {"rules": [{"apiGroups": [group], "resources": list(resources), "verbs": ["*"]}]})


def _bounds(kind: str, **most: Any) -> Subject:
    return kube("LimitRange", {"spec limits": [{"type": kind, "max": most}]})


def _served(model: Mapping[str, Any], **arguments: Any) -> Subject:
    named = {"model_loading_config": {"model_id": "llama"}, **model}
    application = {"name": "llm", "import_path": "ray.serve.llm:build_openai_app", "args": {"llm_configs": [named]}}
    return service({"spec serveConfigV2": json.dumps({"applications": [{**application, **arguments}]})})


_MANY: Final = {"deployment_config": {"autoscaling_config": {"max_replicas": 101}}}
_WARMS: Final = {"name": "warm", "resources": {"limits": {"memory": "65Gi"}}}
_PAIR: Final = {"tensor_parallel_size": 2}
_WEB: Final = {"name": "http", "port": 80, "targetPort": 8265}
_SERVED: Final = {"name": "serve", "port": 8000}

WAYS_OF_OTHERS: Final[Mapping[str, Example]] = {
    "container-limits": Example(
        breaks=(
            ray({"spec autoscalerOptions resources": {"limits": {"cpu": "1"}}}),
            ray({"spec autoscalerOptions resources": {}}),
        ),
        keeps=(ray({"spec autoscalerOptions": ABSENT}), job({"spec submissionMode": "SidecarMode"})),
    ),
    "container-requests": Example(
        breaks=(ray({"spec autoscalerOptions resources": {"requests": {"cpu": "1"}}}),),
        keeps=(ray({"spec autoscalerOptions resources": {"limits": {"cpu": "1", "memory": "1Gi"}}}),),
    ),
    "secret-in-plain": Example(
        breaks=(*(_variable(each, "a1") for each in _KEPT), *(_variable("A", each) for each in _TELLING)),
        keeps=(*(_variable(each, "a1") for each in _NOT_KEPT), *(_variable("A", each) for each in _SILENT)),
    ),
    "secret-in-command": Example(
        breaks=(kube("Deployment", {f"{IN_DEPLOYMENT} args": ["--requirepass", "a1", "--masterauth", "$A"]}),),
        keeps=(kube("Deployment", {f"{IN_DEPLOYMENT} args": ["--requirepass", "$(A)", "--masterauth", "$A"]}),),
    ),
    "load-balancer-public": Example(
        breaks=(kube("Ingress", {_SCHEME: "internet-facing"}),),
        keeps=(kube("Ingress", {_SCHEME: "internal"}), kube("Ingress", {"metadata annotations": {"a": "b"}})),
    ),
    "ingress-to-ray": Example(
        breaks=(_ports({"10001": "ray/train-head-svc:10001"}), _ports({"80": "ray/ray-head:dashboard:PROXY"})),
        keeps=(_ports({"8000": "ray/train-head-svc:8000"}), _ports({"readme": "ray/train-head-svc:10001"})),
    ),
    "route-to-ray": Example(
        breaks=(
            (_service(_WEB), _to({"name": "http"})),
            (_service(_SERVED, _WEB), _route("gateways", port=80)),
            (_service(_WEB), _route()),
            (_service({**_WEB, "targetPort": "client"}), _ports({"443": "ray/ui:80"})),
            (_service({"port": 8265}), _to({"number": 8265})),
        ),
        keeps=(
            (_service(_SERVED, _WEB), _to({"number": 8000})),
            (_service(_SERVED, _WEB), _route()),
            (_service(_WEB, place="other"), _to({"number": 80})),
            (_service(_WEB, selector={"app": "web"}), _to({"number": 80})),
            (_service(_WEB), kube("Ingress", {_BOUND: {"name": "ui-serve", "port": {"number": 80}}})),
        ),
    ),
    "serve-replicas-bounded": Example(
        breaks=(_served(_MANY), _served({}, args={"prefill_config": {}, "decode_config": _MANY})),
        keeps=(_served({}), _served(_MANY, import_path="app:build"), _served({}, args={"llm_configs": ["llama.yaml"]})),
    ),
    "serve-fits": Example(
        breaks=(
            _served({"engine_kwargs": {"tensor_parallel_size": 8, "pipeline_parallel_size": 2}}),
            _served({"placement_group_config": {"bundles": [{"GPU": 9}]}}),
            _served({"engine_kwargs": _PAIR, "placement_group_config": {"bundle_per_worker": {"GPU": 5}}}),
            _served({"placement_group_config": {"bundles": [{"CPU": 99}]}}),
        ),
        keeps=(
            _served({"engine_kwargs": {"tensor_parallel_size": 8}}),
            _served({"engine_kwargs": {"tensor_parallel_size": 99}, "accelerator_config": {"kind": "cpu"}}),
            _served({"engine_kwargs": _PAIR, "placement_group_config": {"bundle_per_worker": {"GPU": 4}}}),
        ),
    ),
    "metadata-service": Example(
        breaks=(aws("aws:eks/nodeGroup:NodeGroup", {"launchTemplate": ABSENT}),),
        keeps=(aws("aws:eks/nodeGroup:NodeGroup", {"launchTemplate": {"name": "gpu", "version": "1"}}),),
    ),
    "quota-holds": Example(
        breaks=(
            (ray(), _bounds("Container", memory="63Gi")),
            (ray(), _bounds("Container", **{"nvidia.com/gpu": 1})),
            (ray(), _bounds("Container", memory="999Gi", cpu="7")),
            (ray({f"{IN_HEAD} resources limits memory": "64Gi"}), _bounds("Pod", memory="64Gi")),
        ),
        keeps=(
            (ray(), _bounds("Container", memory="64Gi", cpu=8, **{"nvidia.com/gpu": 2})),
            (ray({f"{WORKER} initContainers 0": _WARMS}), _bounds("Pod", memory="65Gi", cpu="x")),
            (ray(), _bounds("PersistentVolumeClaim", memory="1Gi", storage="1Gi")),
            (ray(), kube("LimitRange", {"spec limits 0 max": {"cpu": "1"}, "metadata namespace": "other"})),
        ),
    ),
    "rights-without-end": Example(
        breaks=tuple(_allowed("ClusterRole", each, "*") for each in ("", "*", "rbac.authorization.k8s.io")),
        keeps=(_allowed("ClusterRole", "ray.io", "*"), _allowed("Role", "apps", "*")),
    ),
    "rights-to-all-secrets": Example(
        breaks=(_allowed("ClusterRole", "*", "secrets"),),
        keeps=(_allowed("ClusterRole", "ray.io", "*"), _allowed("ClusterRole", "external-secrets.io", "secrets")),
    ),
    "account-of-its-own": Example(
        breaks=(kube("ClusterRoleBinding", {"subjects": [{"kind": "Group", "name": "system:serviceaccounts:ray"}]}),),
        keeps=(
            kube("ClusterRoleBinding", {"subjects": [{"kind": "User", "name": "default"}]}),
            kube("ClusterRoleBinding", {"subjects": [{"kind": "Group", "name": "system:serviceaccounts"}]}),
        ),
    ),
    "disks-encrypted": Example(
        breaks=(aws("aws:rds/instance:Instance", {"storageEncrypted": False}),),
        keeps=(aws("aws:rds/instance:Instance", {"storageEncrypted": True}),),
    ),
}
"""By rule: what others wrote."""
