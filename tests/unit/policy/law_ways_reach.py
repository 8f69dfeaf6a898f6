"""The many ways in which a way to Ray is opened, and rights in Kubernetes are given."""

import json
from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import aws, kube, ray, service

__all__ = ["WAYS_TO_RAY"]

_FOREIGN: Final = {"ipBlock": {"cidr": "0.0.0.0/0"}}
_ACTION: Final = "metadata annotations alb.ingress.kubernetes.io/actions.a"
_OWN: Final = "spec headGroupSpec headService"
_WRITTEN: Final = (
    *("certificatesigningrequests/approval", "persistentvolumes", "pods/*", "pods/attach", "pods/exec"),
    *("mutatingwebhookconfigurations", "validatingwebhookconfigurations"),
    *("validatingadmissionpolicies", "validatingadmissionpolicybindings"),
)
_WRITING: Final = ("*", "create", "update", "patch", "delete", "deletecollection")
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


def _routed(kind: str, spec: Mapping[str, Any]) -> Subject:
    return of_manifest({"apiVersion": "a.example.com/v1", "kind": kind, "metadata": {"name": "a"}, "spec": spec})


def _serving(kind: str, *ports: Mapping[str, Any]) -> Subject:
    return service({"spec serveService": {"spec": {"type": kind, "ports": list(ports)}}})


def _selected(key: str, port: int, **more: Any) -> Subject:
    edits = {"spec type": "NodePort", "spec selector": {key: "worker"}, "spec ports": [{"port": port, **more}]}
    return kube("Service", edits)


def _selecting(key: str) -> Subject:
    return _policy({"matchExpressions": [{"key": key, "operator": "Exists"}]})


def _identified(value: str) -> Subject:
    edits = {"spec type": "LoadBalancer", "spec selector": {"ray.io/identifier": value}, "spec ports": [{"port": 443}]}
    return kube("Service", edits)


def _role(*verbs: str) -> Subject:
    return kube("ClusterRole", {"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": list(verbs)}]})


def _cilium(*entities: str, kind: str = "CiliumNetworkPolicy", key: str = "k8s:ray.io/cluster") -> Subject:
    selector = {"matchLabels": {key: "train"}}
    return _routed(kind, {"endpointSelector": selector, "ingress": [{}, {"fromEntities": ["host", *entities]}]})


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
            *(_cilium(name) for name in ("all", "cluster", "world", "world-ipv4", "world-ipv6")),
            _cilium("world", kind="CiliumClusterwideNetworkPolicy", key="ray.io/cluster"),
        ),
        keeps=(
            *(_head(port=first, endPort=last) for first, last in ((8000, 8264), (8266, 10000))),
            _head(protocol="UDP", port=8265),
            _head({"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "web"}}}, port=8265),
            _head({"namespaceSelector": {"matchLabels": {"team": "ml"}}}, port=8265),
            _head({"podSelector": {}}, port=8265),
            _selecting("app"),
            _cilium("host"),
            _cilium("world", key="app"),
            _cilium("world", kind="OtherNetworkPolicy"),
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
            *(
                _routed(kind, {"name": "a", "service": "http://train-head-svc.ray:8265"})
                for kind in (
                    "Mapping",
                    "TCPMapping",
                    "VirtualServer",
                    "TransportServer",
                    "ApisixRoute",
                    "IngressRouteUDP",
                )
            ),
            _routed("Mapping", {"service": "train-head-svc:10001"}),
            _routed("VirtualServer", {"service": "train-head-svc:8000", "port": 8265}),
        ),
        keeps=(
            _ingress("ray", 8000),
            _action("train-serve-svc", 8000),
            _mirror("web"),
            _routed("Mapping", {"service": "train-head-svc.ray:8000"}),
            _routed("Mapping", {"service": "https://web:8265"}),
            kube("Ingress", {_ACTION: "not JSON: ["}),
            kube("Ingress", {"metadata annotations other": '{"serviceName": "train-head-svc"}'}),
        ),
    ),
    "ray-service-public": Example(
        breaks=(
            ray({_OWN: {"spec": {"externalIPs": ["203.0.113.7"]}}}),
            _serving("LoadBalancer", {"port": 8265}),
            _serving("NodePort", {"port": 8000}, {"port": 80, "targetPort": "dashboard"}),
        ),
        keeps=(
            ray({_OWN: {"spec": {"externalIPs": []}}}),
            _serving("LoadBalancer", {"port": 8000}, {"port": 8265, "targetPort": 8000}),
            _serving("ClusterIP", {"port": 8265}),
        ),
    ),
    "service-public": Example(
        breaks=(
            _identified("train-head"),
            *(_selected(key, 10002) for key in ("ray.io/cluster", "ray.io/group", "ray.io/is-ray-node")),
            _selected("ray.io/node-type", 44217, targetPort=8076),
        ),
        keeps=(
            _identified("train-worker"),
            _selected("ray.io/cluster", 8000),
            _selected("ray.io/cluster", 80, targetPort="serve"),
            _selected("ray.io/serve", 10002),
        ),
    ),
    "load-balancer-public": Example(
        breaks=tuple(
            aws(f"aws:{name}/loadBalancer:LoadBalancer", edits)
            for name, edits in (("lb", {}), ("alb", {"internal": False}), ("elb", {}))
        ),
        keeps=(aws("aws:lb/loadBalancer:LoadBalancer", {"internal": True}),),
    ),
    "rights-to-more-rights": Example(
        breaks=(
            kube("Role", {"rules 1": {"verbs": ["get", "bind"], "resources": ["roles"]}}),
            kube("Role", {"rules 1": {"verbs": ["get"], "resources": ["pods", "nodes/proxy"]}}),
            *(
                kube("Role", {"rules 1": {"verbs": ["get", verb], "resources": ["persistentvolumes"]}})
                for verb in _WRITING
            ),
            *(kube("Role", {"rules 1": {"verbs": ["create"], "resources": ["a", name]}}) for name in _WRITTEN),
        ),
        keeps=(
            *(kube("Role", {"rules 1": {"verbs": ["list", "watch"], "resources": [name]}}) for name in _WRITTEN),
            kube("Role", {"rules 1": {"verbs": [*_WRITING], "resources": ["pods", "pods/log"]}}),
            kube("Role", {"rules 0": {"verbs": ["bind"], "resources": ["roles"]}}, "kuberay-operator"),
        ),
    ),
    "bound-to-everything": Example(
        breaks=(kube("ClusterRoleBinding", {"subjects": [{"kind": "Group", "name": "system:masters"}]}),),
        keeps=(kube("ClusterRoleBinding", {"subjects": [{"kind": "Group", "name": "system:nodes"}]}),),
    ),
    "rights-without-end": Example(
        breaks=(
            _role(*_VERBS),
            _role(*_VERBS, "bind"),
            kube("ClusterRole", {"aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}, {}]}}),
        ),
        keeps=(
            *(_role(*(verb for verb in _VERBS if verb != without)) for without in _VERBS),
            kube("ClusterRole", {"aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]}}),
        ),
    ),
    "eks-access-entries": Example(breaks=(_configuration("aws-auth"),), keeps=(_configuration("coredns"),)),
}
"""By rule: what the stack of somebody else may hold."""
