"""The many ways into networks, and those that are closed."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, aws, kube, ray

__all__ = ["WAYS_INTO_NETWORKS"]

_LISTENER: Final = "aws:lb/listener:Listener"


def _token(path: str) -> str:
    service, _, kind = path.partition("/")
    return f"aws:{service}/{kind[0].lower()}{kind[1:]}:{kind}"


def _object(api: str, kind: str, **more: Any) -> Subject:
    return of_manifest({"apiVersion": api, "kind": kind, "metadata": {"name": "a", "namespace": "ray"}, **more})


def _acl(**more: Any) -> Subject:
    world = {"ruleAction": "allow", "cidrBlock": "0.0.0.0/0", "protocol": "tcp", "fromPort": 1, "toPort": 9}
    return aws(_token("ec2/NetworkAclRule"), {**world, **more})


def _overriding(action: str = "Allow", kind: str = "AdminNetworkPolicy", about: Any = None, **rule: Any) -> Subject:
    ingress = [{"action": action, "from": [{"namespaces": {}}], **rule}]
    return _object(
        "policy.networking.k8s.io/v1alpha1", kind, spec={"subject": about or {"namespaces": {}}, "ingress": ingress}
    )


def _cilium(**ingress: Any) -> Subject:
    selector = {"matchLabels": {"k8s:ray.io/node-type": "head"}}
    return _object("cilium.io/v2", "CiliumNetworkPolicy", spec={"endpointSelector": selector, "ingress": [ingress]})


def _beside(**ingress: Any) -> tuple[Subject, ...]:
    policy = kube("NetworkPolicy", {"spec podSelector": {}, "spec ingress": [ingress]}, "other")
    return ray(), kube("NetworkPolicy"), policy


def _doors() -> Iterator[Subject]:
    for path in ("lb/Listener", "alb/Listener", "lb/TargetGroup", "alb/TargetGroup", "vpclattice/TargetGroup"):
        yield aws(_token(path), {"port": 8265, "protocol": "TCP"})
    for path in ("lb/TargetGroupAttachment", "alb/TargetGroupAttachment", "vpclattice/Listener"):
        yield aws(_token(path), {"port": "10001"})
    yield aws(_token("elb/LoadBalancer"), {"internal": True, "listeners": [{"instancePort": 52365}]})
    yield aws(_token("globalaccelerator/Listener"), {"portRanges": [{"fromPort": 8265, "toPort": 8265}]})
    yield aws(_token("globalaccelerator/EndpointGroup"), {"portOverrides": [{"endpointPort": 8265}]})
    yield aws(_token("apigateway/Integration"), {"uri": "https://ray:8265"})
    yield aws(_token("cloudfront/Distribution"), {"origins": [{"customOriginConfig": {"httpPort": 8265}}]})


WAYS_INTO_NETWORKS: Final[Mapping[str, Example]] = {
    "network-lists-open": Example(
        breaks=(
            _acl(fromPort=22, toPort=22, protocol="6"),
            _acl(fromPort=3389, toPort=3389, ruleAction="ALLOW"),
            _acl(fromPort=8265, toPort=8265),
            _acl(fromPort=0, toPort=65535, cidrBlock=ABSENT, ipv6CidrBlock="::/0"),
            _acl(protocol="all"),
            aws(
                _token("ec2/DefaultNetworkAcl"),
                {"ingress": [{"action": "Allow", "protocol": -1, "cidrBlock": "0.0.0.0/0"}]},
            ),
        ),
        keeps=(
            _acl(),
            _acl(fromPort=23, toPort=3388),
            _acl(fromPort=22, toPort=22, protocol="udp"),
            _acl(fromPort=22, toPort=22, cidrBlock="10.0.0.0/8"),
            _acl(fromPort=ABSENT, toPort=22),
            _acl(fromPort=22, toPort=ABSENT),
        ),
    ),
    "doors-to-ray": Example(
        breaks=tuple(_doors()),
        keeps=(
            aws(_LISTENER, {"port": 443, "defaultActions": [{"order": 8265}]}),
            aws(_token("apigateway/Integration"), {"uri": "https://ray:8000/8265"}),
        ),
    ),
    "doors-encrypted": Example(
        breaks=(
            aws(_token("alb/Listener"), {"protocol": "HTTP"}),
            aws(_LISTENER, {"protocol": "TLS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-0-2021-06"}),
            kube(
                "Ingress",
                {
                    "metadata annotations": {
                        "alb.ingress.kubernetes.io/scheme": "internet-facing",
                        "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP": 80}]',
                    }
                },
            ),
        ),
        keeps=(
            aws(_LISTENER, {"protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-FS-1-2-Res-2020-10"}),
            aws(_LISTENER, {"protocol": "TLS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06"}),
            kube("Ingress", {"metadata annotations": {"alb.ingress.kubernetes.io/scheme": "internal"}}),
            _object(
                "gateway.networking.k8s.io/v1",
                "Gateway",
                spec={"listeners": [{"protocol": p} for p in ("HTTP", "TLS")]},
            ),
        ),
    ),
    "network-policy-open": Example(
        breaks=(
            _overriding(),
            _overriding("Accept", "ClusterNetworkPolicy"),
            _cilium(fromCIDR=["10.0.0.0/8", "0.0.0.0/0"]),
            _cilium(fromCIDRSet=[{"cidr": "::/0"}]),
        ),
        keeps=(
            _overriding("Deny"),
            _overriding(about={"namespaces": {"matchLabels": {"a": "b"}}}),
            _overriding(ports=[{"portNumber": {"port": 9100}}]),
            _overriding(protocols=[{"tcp": {}}]),
            _overriding(**{"from": [{"namespaces": {"matchLabels": {"a": "b"}}}]}),
            _cilium(fromCIDR=["10.0.0.0/8"], fromCIDRSet=[{"cidr": "10.0.0.0/8"}]),
        ),
    ),
    "network-policy": Example(breaks=(_beside(),), keeps=(_beside(ports=[{"port": 8000}]),)),
}
"""By rule."""
