"""Rules of the network policy."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from rayform.spec.names import is_dns1123

from .golang import integer
from .kinds import ServiceView
from .operator import switch_on
from .rule import Found, rule
from .view import ClusterView, JobView, Path, entries, items, known, mapping, number, text

_CLOSED = {"ingressRules": "DenyAllEgress", "egressRules": "DenyAllIngress"}
_DASHBOARD = 8265
_LAST_PORT = 65535
_PEERS = {"ingressRules": "from", "egressRules": "to"}
_WORDS = {"ingressRules": "ingress", "egressRules": "egress"}


def _mode(cluster: ClusterView) -> str:
    return text(mapping(cluster.network).get("mode")) or "DenyAll"


def _parts(cluster: ClusterView) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    policy, path = mapping(cluster.network), cluster.at("networkPolicy")
    for name in ("head", "worker"):
        yield (*path, name), mapping(policy.get(name))
    for index, group in enumerate(items(policy.get("workerGroups"))):
        yield (*path, "workerGroups", index), group


@rule(
    "network-gate",
    ClusterView,
    "operator 70",
    about="networkPolicy",
    since="1.7",
    gate="RayClusterNetworkPolicy",
    possible="the operator's gate RayClusterNetworkPolicy is off",
    remedy=f"{switch_on('RayClusterNetworkPolicy')}, or leave network_policy out",
)
def network_gate(cluster: ClusterView) -> list[Found]:
    """``network_policy`` comes with its gate."""
    if cluster.network is None or cluster.gate("RayClusterNetworkPolicy"):
        return []
    return [Found(cluster.at("networkPolicy"), "asked")]


@rule(
    "network-rules-unused",
    ClusterView,
    "operator 71, 72, 73, 74, 76, 77",
    about="networkPolicy",
    since="1.7",
    possible="what is not closed needs no exceptions",
    remedy="remove the rules, or choose a mode that closes this direction",
)
def network_rules_unused(cluster: ClusterView) -> list[Found]:
    """Rules are given only for a direction that the mode closes."""
    if cluster.network is None:
        return []
    mode = _mode(cluster)
    return [
        Found((*path, rules), f"{_WORDS[rules]} rules asked with mode {mode}")
        for path, part in _parts(cluster)
        for rules, open_in in _CLOSED.items()
        if mode == open_in and part.get(rules)
    ]


@rule(
    "network-rule-form",
    ClusterView,
    "kubernetes",
    about="networkPolicy",
    since="1.7",
    possible="the API server refuses the NetworkPolicy that the operator makes of it, and the pods stay open",
    remedy="write ports up to 65535, ranges such as 10.0.0.0/8, and for each peer either a range or selectors",
)
def network_rule_form(cluster: ClusterView) -> list[Found]:
    """Rules name ports and peers that a NetworkPolicy can have."""
    return [
        found
        for path, part in _parts(cluster)
        for side, peers in _PEERS.items()
        for index, each in enumerate(items(part.get(side)))
        for found in (*_of_ports((*path, side, index), each), *_of_peers((*path, side, index), peers, each))
    ]


def _of_ports(path: Path, allowed: Mapping[str, Any]) -> Iterator[Found]:
    for index, port in enumerate(items(allowed.get("ports"))):
        first = number(port.get("port"))
        last = number(port.get("endPort"))
        if first is not None and not 1 <= first <= _LAST_PORT:
            yield Found((*path, "ports", index, "port"), f"{first} asked")
        elif last is not None and not (first or _LAST_PORT + 1) <= last <= _LAST_PORT:
            yield Found((*path, "ports", index, "endPort"), f"{last} asked with port {port.get('port')}")


def _of_peers(path: Path, peers: str, allowed: Mapping[str, Any]) -> Iterator[Found]:
    for index, peer in enumerate(items(allowed.get(peers))):
        kinds = sorted(entries(peer))
        if not kinds or ("ipBlock" in kinds and len(kinds) > 1):
            yield Found((*path, peers, index), f"{' and '.join(kinds) or 'nothing'} asked")
        cidr = known(mapping(peer.get("ipBlock")).get("cidr"))
        if cidr is not None and not _is_range(cidr):
            yield Found((*path, peers, index, "ipBlock", "cidr"), f"{cidr!r} asked")


def _is_range(asked: str) -> bool:
    # Python would take a mask, and no mask at all.
    try:
        return asked.rpartition("/")[2].isdecimal() and "/" in asked and bool(ip_network(asked, strict=False))
    except ValueError:
        return False


@rule(
    "network-group-name",
    ClusterView,
    "operator 75",
    about="networkPolicy",
    since="1.7",
    possible="the name becomes part of the name of a NetworkPolicy: lower case letters, digits and dashes",
    remedy="choose such a name",
)
def network_group_name(cluster: ClusterView) -> list[Found]:
    """With a network policy, group names are DNS-1123 labels."""
    if cluster.network is None:
        return []
    return [
        Found(group.at("groupName"), f"{group.name!r} asked with network_policy")
        for group in cluster.groups
        if not is_dns1123(group.name)
    ]


@rule(
    "network-group-unknown",
    ClusterView,
    "operator 78",
    about="networkPolicy",
    since="1.7",
    possible="rules apply to groups of the cluster",
    remedy="name one of its groups",
)
def network_group_unknown(cluster: ClusterView) -> list[Found]:
    """Rules for single groups name groups of the cluster."""
    known = {group.name for group in cluster.groups}
    return [
        Found(cluster.at("networkPolicy", "workerGroups", index, "groupName"), f"{text(part.get('groupName'))!r} asked")
        for index, part in enumerate(items(mapping(cluster.network).get("workerGroups")))
        if part.get("groupName") not in known
    ]


@rule(
    "network-locked-out",
    ClusterView,
    "rayform",
    about="networkPolicy",
    since="1.7",
    possible="workers find the head by DNS, so the cluster would never start",
    remedy="add an egress rule to port 53, UDP and TCP",
)
def network_locked_out(cluster: ClusterView) -> list[Found]:
    """A network that is closed outwards lets DNS through."""
    if cluster.network is None or _mode(cluster) == "DenyAllIngress":
        return []
    policy = mapping(cluster.network)
    own = {text(part.get("groupName")): part for part in items(policy.get("workerGroups"))}
    worker = mapping(policy.get("worker"))
    return [
        Found(cluster.at("networkPolicy"), f"group {group.name} closed outwards without DNS")
        for group in cluster.groups
        if not _reaches(own.get(group.name, worker), 53)
    ]


@rule(
    "network-autoscaler-locked-out",
    ClusterView,
    "rayform",
    about="networkPolicy",
    since="1.7",
    possible="the autoscaler beside the head sets the number of workers through the Kubernetes API",
    remedy="add egress rules to port 53 and to the API server, port 443 or 6443",
)
def network_autoscaler_locked_out(cluster: ClusterView) -> list[Found]:
    """A head that is closed outwards reaches the Kubernetes API where the autoscaler runs."""
    if cluster.network is None or not cluster.autoscaling or _mode(cluster) == "DenyAllIngress":
        return []
    head = mapping(mapping(cluster.network).get("head"))
    if any(_reaches(head, port) for port in (443, 6443)):
        return []
    return [Found(cluster.at("networkPolicy", "head", "egressRules"), "no way to the Kubernetes API with autoscaling")]


def _operator_shut_out(cluster: ClusterView) -> list[Found]:
    if cluster.network is None or _mode(cluster) == "DenyAllEgress":
        return []
    if _lets_in(mapping(mapping(cluster.network).get("head")), _dashboard(cluster)):
        return []
    return [Found(cluster.at("networkPolicy", "head", "ingressRules"), "the operator shut out of the dashboard")]


def _dashboard(cluster: ClusterView) -> int:
    asked = text(cluster.head.start.get("dashboard-port"))
    return integer(asked) or _DASHBOARD


@rule(
    "network-operator-locked-out",
    JobView,
    "rayform",
    since="1.7",
    possible="the operator asks the dashboard how the job is, so the job would never be seen to end",
    remedy="add an ingress rule for the head from the operator's namespace to the dashboard's port, 8265",
)
def network_operator_locked_out(job: JobView) -> list[Found]:
    """The head of a job's cluster lets the operator in."""
    return [] if job.cluster is None else _operator_shut_out(job.cluster)


@rule(
    "network-service-locked-out",
    ServiceView,
    "rayform",
    since="1.7",
    possible="the operator tells Serve what to run through the dashboard, so no application would ever start",
    remedy="add an ingress rule for the head from the operator's namespace to the dashboard's port, 8265",
)
def network_service_locked_out(service: ServiceView) -> list[Found]:
    """The head of a service's cluster lets the operator in."""
    return _operator_shut_out(service.cluster)


def _lets_in(part: Mapping[str, Any], port: int) -> bool:
    return any(_opens(each, port) for each in items(part.get("ingressRules")))


def _reaches(part: Mapping[str, Any], port: int) -> bool:
    """Whether an egress rule lets the port through; named ports are not known here and count as through."""
    return any(_opens(each, port) for each in items(part.get("egressRules")))


def _opens(each: Mapping[str, Any], port: int) -> bool:
    ports = items(each.get("ports"))
    return not ports or any(_covers(entry, port) for entry in ports)


def _covers(entry: Mapping[str, Any], port: int) -> bool:
    first = entry.get("port")
    if not isinstance(first, int):
        return True
    last = entry.get("endPort", first)
    return first <= port <= (last if isinstance(last, int) else first)
