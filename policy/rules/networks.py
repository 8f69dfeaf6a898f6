"""Networks in AWS: whom they let in, and what stands at their doors."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rayform.components.documents import is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.inline import inline
from rayform.components.ray.rules.view import Path, items, mapping, number, text

from ..reach import RAY_DOORS, ray_port
from ..rule import Level, Nothing, rule
from ..shapes import is_everybody, texts
from ..subject import Subject
from ..words import places

_LIST: Final = "aws:ec2/networkAcl:NetworkAcl"
_DEFAULT_LIST: Final = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
_LISTED: Final = "aws:ec2/networkAclRule:NetworkAclRule"
_LOGIN: Final = (22, 3389)
_TCP: Final = ("tcp", "6")
_EVERY: Final = ("-1", "all")
"""How a list calls every protocol."""
_INGRESS: Final = frozenset(
    {
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    }
)
_LISTENERS: Final = frozenset(f"aws:{name}/listener:Listener" for name in ("lb", "alb"))
_GATEWAY: Final = "Gateway"
_DOORS: Final = _LISTENERS | {
    *(f"aws:{name}/targetGroup:TargetGroup" for name in ("lb", "alb", "vpclattice")),
    *(f"aws:{name}/targetGroupAttachment:TargetGroupAttachment" for name in ("lb", "alb")),
    *("aws:elb/loadBalancer:LoadBalancer", "aws:vpclattice/listener:Listener"),
    *("aws:globalaccelerator/listener:Listener", "aws:globalaccelerator/endpointGroup:EndpointGroup"),
    *("aws:apigateway/integration:Integration", "aws:apigatewayv2/integration:Integration"),
    *("aws:cloudfront/distribution:Distribution", _GATEWAY),
}
"""What lets somebody in at a port, or leads to one."""
_AT: Final = re.compile(r"https?://[^/\s:]+:(\d+)")
_STRONG: Final = re.compile(r"-1-[23]\b")
"""Policies of load balancers that speak TLS 1.2 or newer alone have that in their names."""
_WEAK: Final = "ELBSecurityPolicy-2016-08"
"""What speaks TLS 1.0 too, and AWS takes where nobody says which."""
_ALB: Final = "alb.ingress.kubernetes.io/"


@rule(
    "ports-open-to-all",
    Subject,
    why="everybody on the Internet may try them",
    remedy="name the addresses, or another security group",
    source="CIS EKS 1.7: 5.4.2; NSA/CISA: network",
    kinds=_INGRESS,
)
def ports_open_to_all(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No security group lets the whole Internet in."""
    del asked
    for path, each in _ingress(subject):
        ranges = [*texts(each.get("cidrBlocks")), *texts(each.get("ipv6CidrBlocks"))]
        ranges += [text(each.get("cidrIpv4")), text(each.get("cidrIpv6"))]
        everyone = list(filter(is_everybody, ranges))
        if everyone:
            ports = f"ports {each.get('fromPort', 'all')} to {each.get('toPort', 'all')}"
            yield Found(path, f"{ports} open to {everyone[0]}")


def _ingress(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if subject.kind.endswith("SecurityGroupRule"):
        if subject.props.get("type") == "ingress":
            yield ("cidrBlocks",), subject.props
    elif subject.kind.endswith("IngressRule"):
        yield ("cidrIpv4",), subject.props
    else:
        for index, each in enumerate(items(subject.props.get("ingress"))):
            yield ("ingress", index), each


@rule(
    "network-lists-open",
    Subject,
    why="what a security group lets in by mistake, nothing else holds back",
    remedy="name the addresses that log in, or leave the port out",
    source="Checkov CKV_AWS_231, CKV_AWS_232; NSA/CISA: network",
    level=Level.ADVISORY,
    kinds=frozenset({_LIST, _DEFAULT_LIST, _LISTED}),
)
def network_lists_open(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No access list of a network lets the whole Internet in where machines, or Ray, are driven from."""
    del asked
    for path, each in _entries(subject):
        ranges = (text(each.get("cidrBlock")), text(each.get("ipv6CidrBlock")))
        opened = [port for port in (*_LOGIN, *RAY_DOORS) if _lets_in(each, port)]
        if opened and any(map(is_everybody, ranges)):
            yield Found(path, f"ports {', '.join(map(str, opened))} open to everybody")


def _entries(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """What a list allows that comes in, and where that stands."""
    if subject.kind == _LISTED:
        if subject.props.get("egress") is not True and text(subject.props.get("ruleAction")).lower() == "allow":
            yield (), subject.props
        return
    for index, each in enumerate(items(subject.props.get("ingress"))):
        if text(each.get("action")).lower() == "allow":
            yield ("ingress", index), each


def _lets_in(entry: Mapping[str, Any], port: int) -> bool:
    protocol = str(entry.get("protocol")).lower()
    first, last = number(entry.get("fromPort")), number(entry.get("toPort"))
    within = first is not None and last is not None and first <= port <= last
    return protocol in _EVERY or (protocol in _TCP and within)


@rule(
    "doors-to-ray",
    Subject,
    why="whoever reaches it runs code on the cluster",
    remedy="lead to the Serve port 8000 only, or to an authenticating proxy",
    source="CVE-2023-48022 (ShadowRay); NSA/CISA: network",
    level=Level.ADVISORY,
    kinds=_DOORS,
)
def doors_to_ray(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No load balancer, Gateway or proxy of AWS listens at, or leads to, Ray's dashboard or client."""
    del asked
    for path, value in places(subject.spec if subject.api else subject.props):
        port = _port(str(path[-1]).lower(), value)
        if port in RAY_DOORS:
            yield Found(("spec", *path) if subject.api else path, f"a door at {port} asked, {ray_port(port)}")


def _port(name: str, value: Any) -> int | None:
    """The port that is written under a name, or in an address; None is none."""
    written = value if name.endswith("port") else "".join(_AT.findall(text(value))[:1])
    return int(written) if str(written).isdecimal() else None


@rule(
    "doors-encrypted",
    Subject,
    why="whoever is on the way reads and changes what is asked and answered",
    remedy="listen with HTTPS and a certificate, by a policy such as ELBSecurityPolicy-TLS13-1-2-2021-06; "
    "redirect what comes by HTTP",
    source="CIS EKS 1.7: 5.4.5; NSA/CISA: network; Checkov CKV_AWS_2, CKV_AWS_103",
    level=Level.ADVISORY,
    kinds=_LISTENERS | {_GATEWAY, "Ingress"},
)
def doors_encrypted(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """What comes by a load balancer of AWS, or a Gateway, is encrypted."""
    del asked
    if subject.kind in _LISTENERS:
        yield from _of_listener(subject)
    elif subject.kind == _GATEWAY:
        spoken = [text(each.get("protocol")) for each in items(subject.spec.get("listeners"))]
        if "HTTP" in spoken and not {"HTTPS", "TLS"} & set(spoken):
            yield Found(("spec", "listeners"), "HTTP alone asked")
    else:
        there = mapping(subject.metadata.get("annotations"))
        known = f"{_ALB}certificate-arn" in there or bool(subject.spec.get("tls"))
        listens = any("HTTPS" in mapping(each) for each in _ports(there.get(f"{_ALB}listen-ports")))
        if there.get(f"{_ALB}scheme") == "internet-facing" and not (known or listens):
            yield Found(("metadata", "annotations"), "HTTP alone asked")


def _ports(written: Any) -> Sequence[Any]:
    """What an Ingress of AWS listens at, which stands there in JSON."""
    found = inline(text(written))[0]
    return found if is_sequence(found) else ()


def _of_listener(subject: Subject) -> Iterator[Found]:
    protocol = text(subject.props.get("protocol"))
    actions = [text(each.get("type")) for each in items(subject.props.get("defaultActions"))]
    if protocol == "HTTP" and "redirect" not in actions:
        yield Found(("protocol",), "HTTP asked")
    policy = text(subject.props.get("sslPolicy")) or _WEAK
    if protocol in ("HTTPS", "TLS") and not _STRONG.search(policy):
        yield Found(("sslPolicy",), f"{policy} asked")
