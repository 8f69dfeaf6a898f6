"""The many ways in which a way to Ray is opened, and rights in Kubernetes are given."""

import json
from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import kube, ray

__all__ = ["WAYS_TO_RAY"]

_FOREIGN: Final = {"ipBlock": {"cidr": "0.0.0.0/0"}}
_ACTION: Final = "metadata annotations alb.ingress.kubernetes.io/actions.a"
_OWN: Final = "spec headGroupSpec headService"
_VERBS: Final = ("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")


def _policy(selector: Mapping[str, Any], source: Mapping[str, Any] = _FOREIGN, **port: Any) -> Subject:
    ports = {"ports": [port]} if port else {}
    return kube("NetworkPolicy", {"spec podSelector": selector, "spec ingress": [{"from": [source], **ports}]})


def _head(source: Mapping[str, Any] = _FOREIGN, **port: Any) -> Subject:
    return _policy({"matchLabels": {"ray.io/node-type": "head"}}, source, **port)


def _ingress(name: str, port: int) -> Subject:
    service = {"name": name, "port": {"number": port}}
    return kube("Ingress", {"spec rules 0 http paths 0 backend service": service})


def _action(name: str, port: int) -> Subject:
    action = {"forwardConfig": {"targetGroups": [{"serviceName": name, "servicePort": port}]}}
    return kube("Ingress", {_ACTION: json.dumps(action)})


def _mirror(name: str) -> Subject:
    return kube(
        "HTTPRoute", {"spec rules 0 filters": [{"requestMirror": {"backendRef": {"name": name, "port": 8265}}}]}
    )


def _selecting(key: str) -> Subject:
    return _policy({"matchExpressions": [{"key": key, "operator": "Exists"}]})


def _identified(value: str) -> Subject:
    edits = {"spec type": "LoadBalancer", "spec selector": {"ray.io/identifier": value}, "spec ports": [{"port": 443}]}
    return kube("Service", edits)


def _role(*verbs: str) -> Subject:
    return kube("ClusterRole", {"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": list(verbs)}]})


def _configuration(name: str) -> Subject:
    return of_manifest(
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": "kube-system"}}
    )


WAYS_TO_RAY: Final[Mapping[str, Example]] = {
    "network-policy-open": Example(
        breaks=(
            *(
                _head(port=first, endPort=last)
                for first, last in ((8265, 8265), (6000, 6379), (8265, 9000), (10001, 10002))
            ),
            _head(protocol="TCP"),
            _head(protocol="TCP", port="client"),
            _head({"namespaceSelector": {}}, port=8265),
            _selecting("ray.io/group"),
            _policy({"matchLabels": {"app.kubernetes.io/name": "kuberay"}}),
            _policy({"matchLabels": {"app.kubernetes.io/created-by": "kuberay-operator"}}),
        ),
        keeps=(
            *(_head(port=first, endPort=last) for first, last in ((8000, 8264), (8266, 10000))),
            _head(protocol="UDP", port=8265),
            _head({"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "web"}}}, port=8265),
            _head({"namespaceSelector": {"matchLabels": {"team": "ml"}}}, port=8265),
            _head({"podSelector": {}}, port=8265),
            _selecting("app"),
            _policy({"matchLabels": {"app.kubernetes.io/name": "web", "app.kubernetes.io/created-by": "helm"}}),
        ),
    ),
    "network-policy": Example(
        breaks=(
            (ray(), kube("NetworkPolicy", {"spec podSelector": {}, "spec ingress": [{}]})),
            (ray(), kube("NetworkPolicy", {"spec ingress 0 from": [{"namespaceSelector": {}}]})),
        ),
        keeps=((ray(), kube("NetworkPolicy", {"spec ingress 1": {"ports": [{"port": 8000}]}})),),
    ),
    "ingress-to-ray": Example(
        breaks=(
            *(_ingress(name, 8265) for name in ("dashboard", "my-ray", "head")),
            _action("train-head-svc", 8265),
            _mirror("train-head-svc"),
        ),
        keeps=(
            _ingress("ray", 8000),
            _action("train-serve-svc", 8000),
            _mirror("web"),
            kube("Ingress", {_ACTION: "not JSON: ["}),
            kube("Ingress", {"metadata annotations other": '{"serviceName": "train-head-svc"}'}),
        ),
    ),
    "ray-service-public": Example(
        breaks=(ray({_OWN: {"spec": {"externalIPs": ["203.0.113.7"]}}}),),
        keeps=(ray({_OWN: {"spec": {"externalIPs": []}}}),),
    ),
    "service-public": Example(breaks=(_identified("train-head"),), keeps=(_identified("train-worker"),)),
    "rights-without-end": Example(
        breaks=(_role(*_VERBS), _role(*_VERBS, "bind")),
        keeps=tuple(_role(*(verb for verb in _VERBS if verb != without)) for without in _VERBS),
    ),
    "eks-access-entries": Example(breaks=(_configuration("aws-auth"),), keeps=(_configuration("coredns"),)),
}
"""By rule: what the stack of somebody else may hold."""
