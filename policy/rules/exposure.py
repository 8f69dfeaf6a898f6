"""Who reaches Ray and Kubernetes, and with which rights."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, number, text

from ..parameters import Names, names
from ..rule import Level, Nothing, rule
from ..shapes import is_everybody, texts
from ..subject import Subject
from ..views import Ray

_PORTS: Final = {8265: "the dashboard", 10001: "Ray Client", 6379: "the GCS", 52365: "the dashboard agent"}
_NAMED: Final = {"dashboard": 8265, "client": 10001, "gcs-server": 6379, "gcs": 6379, "dashboard-agent": 52365}
_OPEN: Final = ("LoadBalancer", "NodePort")
_HEAD: Final = "-head-svc"
_INTERNAL: Final = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
}
_ROUTES: Final = frozenset({"HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute"})
_MESHES: Final = frozenset(
    {"VirtualService", "IngressRoute", "IngressRouteTCP", "HTTPProxy", "Route", "TargetGroupBinding", "UDPRoute"}
)
"""Kinds of others that lead somewhere, by the name of a Service somewhere in them."""
_RBAC: Final = frozenset({"Role", "ClusterRole"})
_BINDINGS: Final = frozenset({"RoleBinding", "ClusterRoleBinding"})
_CODE: Final = "whoever reaches it runs code on the cluster"
_SHADOW: Final = "CVE-2023-48022 (ShadowRay); NSA/CISA: network"


def _ray_port(port: Any) -> str:
    """What of Ray listens at a port; empty is nothing."""
    known = _NAMED.get(port) if isinstance(port, str) else port
    return _PORTS.get(known, "") if isinstance(known, int) else ""


@rule(
    "service-public",
    Subject,
    why=_CODE,
    remedy="use ClusterIP and kubectl port-forward, or an authenticating proxy",
    source=_SHADOW,
    kinds=frozenset({"Service"}),
)
def service_public(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No Service opens Ray's dashboard, client or GCS to the outside."""
    del asked
    kind, selector = text(subject.spec.get("type")), mapping(subject.spec.get("selector"))
    outside = kind in _OPEN or subject.spec.get("externalIPs")
    if not outside:
        return
    head = selector.get("ray.io/node-type") == "head" or "headgroup" in selector.values()
    for index, port in enumerate(items(subject.spec.get("ports"))):
        opened = _ray_port(port.get("targetPort", port.get("port"))) or _ray_port(port.get("name"))
        if opened:
            yield Found(("spec", "ports", index), f"{kind or 'externalIPs'} to {opened} asked")
        elif head and number(port.get("port")) != 8000:
            yield Found(("spec", "ports", index), f"{kind or 'externalIPs'} to a head asked")


@rule(
    "load-balancer-public",
    Subject,
    why="AWS gives it an address of the Internet",
    remedy="set service.beta.kubernetes.io/aws-load-balancer-scheme: internal, or use ClusterIP",
    source="CIS EKS 1.7: 5.4.2; NSA/CISA: network",
    level=Level.ADVISORY,
    kinds=frozenset({"Service"}),
)
def load_balancer_public(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """A load balancer is reached from within the network only."""
    del asked
    if subject.spec.get("type") == "LoadBalancer" and not _internal(subject.metadata):
        yield Found(("metadata", "annotations"), "a load balancer on the Internet asked")


def _internal(metadata: Mapping[str, Any]) -> bool:
    there = mapping(metadata.get("annotations"))
    return any(text(there.get(name)).lower() in values for name, values in _INTERNAL.items())


@rule(
    "ray-service-public",
    Ray,
    why=_CODE,
    remedy="leave it out, and use kubectl port-forward or an authenticating proxy",
    source=_SHADOW,
)
def ray_service_public(ray: Ray, asked: Nothing) -> Iterator[Found]:
    """The head's own Service and Ingress stay within the Kubernetes cluster."""
    del asked
    head = mapping(ray.cluster.get("headGroupSpec"))
    written = mapping(mapping(head.get("headService")).get("spec")).get("type")
    for place, kind in ((("serviceType",), head.get("serviceType")), (("headService", "spec", "type"), written)):
        if kind in _OPEN:
            yield Found(ray.at("headGroupSpec", *place), f"{kind} asked")
    if head.get("enableIngress") is True:
        yield Found(ray.at("headGroupSpec", "enableIngress"), "an Ingress asked")


@rule(
    "ingress-to-ray",
    Subject,
    why=_CODE,
    remedy="route to the Serve port 8000 only, or through an authenticating proxy",
    source=_SHADOW,
    kinds=frozenset({"Ingress", *_ROUTES, *_MESHES}),
)
def ingress_to_ray(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No Ingress and no route leads to Ray's dashboard, client or GCS."""
    del asked
    for path, name, port in _backends(subject):
        opened = _ray_port(port)
        if name.endswith(_HEAD) and (opened or port != 8000):
            yield Found(path, f"a way to {name} asked" + (f" at {port}, {opened}" if opened else ""))
        elif opened and "head" in name:
            yield Found(path, f"a way to {name} at {port} asked, {opened}")


def _named(value: Any, path: Path) -> Iterator[tuple[Path, str, Any]]:
    """Every mapping that names a Service, with the port beside the name."""
    if is_mapping(value):
        host = next((text(value.get(key)) for key in ("host", "name", "serviceName") if text(value.get(key))), "")
        port = value.get("port")
        yield path, host.partition(".")[0], mapping(port).get("number") if is_mapping(port) else port
        for key, each in value.items():
            yield from _named(each, (*path, key))
    elif is_sequence(value):
        for index, each in enumerate(value):
            yield from _named(each, (*path, index))


def _backends(subject: Subject) -> Iterator[tuple[Path, str, Any]]:
    if subject.kind in _MESHES:
        yield from _named(subject.spec, ("spec",))
        return
    if subject.kind in _ROUTES:
        for index, each in enumerate(items(subject.spec.get("rules"))):
            for place, backend in enumerate(items(each.get("backendRefs"))):
                yield ("spec", "rules", index, "backendRefs", place), text(backend.get("name")), backend.get("port")
        return
    found: list[tuple[Path, Any]] = [(("spec", "defaultBackend"), subject.spec.get("defaultBackend"))]
    for index, each in enumerate(items(subject.spec.get("rules"))):
        for place, way in enumerate(items(mapping(each.get("http")).get("paths"))):
            found.append((("spec", "rules", index, "http", "paths", place), way.get("backend")))
    for path, backend in found:
        service = mapping(mapping(backend).get("service"))
        port = mapping(service.get("port"))
        yield path, text(service.get("name")), port.get("number") or port.get("name")


@rule(
    "network-policy-open",
    Subject,
    why=_CODE,
    remedy="name who may come in, by podSelector and namespaceSelector",
    source=f"{_SHADOW}; CIS EKS 1.7: 4.3.2",
    kinds=frozenset({"NetworkPolicy"}),
)
def network_policy_open(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No NetworkPolicy of Ray pods lets everybody in to Ray's own ports."""
    del asked
    labels = mapping(mapping(subject.spec.get("podSelector")).get("matchLabels"))
    if not any(key.startswith("ray.io/") for key in labels):
        return
    for index, each in enumerate(items(subject.spec.get("ingress"))):
        sources, ports = items(each.get("from")), [port.get("port") for port in items(each.get("ports"))]
        anyone = not sources or any(is_everybody(text(mapping(one.get("ipBlock")).get("cidr"))) for one in sources)
        opened = [_ray_port(port) for port in ports if _ray_port(port)]
        if anyone and (opened or not ports):
            yield Found(("spec", "ingress", index), f"everybody let in to {', '.join(opened) or 'every port'}")


@rule(
    "namespace-pod-security",
    Subject,
    names("restricted"),
    why="without it the API server takes pods of any rights",
    remedy="label it pod-security.kubernetes.io/enforce: restricted",
    source="CIS EKS 1.7: 4.2; NSA/CISA: pods",
    level=Level.ADVISORY,
    kinds=frozenset({"Namespace"}),
)
def namespace_pod_security(subject: Subject, allowed: Names) -> Iterator[Found]:
    """A namespace enforces Pod Security."""
    enforced = text(mapping(subject.metadata.get("labels")).get("pod-security.kubernetes.io/enforce"))
    if subject.name != "kube-system" and not allowed.has(enforced):
        place = ("metadata", "labels", "pod-security.kubernetes.io/enforce")
        yield Found(place, f"{enforced or 'nothing'} enforced", f"levels are {', '.join(allowed.names)}")


@rule(
    "rights-without-end",
    Subject,
    why="whoever has them has the cluster",
    remedy="name the verbs and resources",
    source="CIS EKS 1.7: 4.1.3; NSA/CISA: authorisation",
    kinds=_RBAC,
)
def rights_without_end(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No role has all verbs on all resources."""
    del asked
    for index, each in enumerate(items(subject.props.get("rules"))):
        verbs, resources = texts(each.get("verbs")), texts(each.get("resources"))
        if "*" in verbs and "*" in resources:
            yield Found(("rules", index), "all verbs on all resources asked")


@rule(
    "rights-to-all-secrets",
    Subject,
    names("kuberay-operator"),
    why="the tokens of every account in the cluster are among them",
    remedy="name the Secrets in resourceNames, or use a Role",
    source="CIS EKS 1.7: 4.1.2",
    level=Level.ADVISORY,
    kinds=frozenset({"ClusterRole"}),
)
def rights_to_all_secrets(subject: Subject, known: Names) -> Iterator[Found]:
    """No role reads every Secret of the cluster."""
    for index, each in enumerate(items(subject.props.get("rules"))):
        reads = {"get", "list", "watch", "*"} & set(texts(each.get("verbs")))
        secrets = {"secrets", "*"} & set(texts(each.get("resources")))
        if reads and secrets and not each.get("resourceNames") and not known.has(subject.name):
            yield Found(("rules", index), "every Secret of the cluster asked")


@rule(
    "bound-to-everything",
    Subject,
    why="whoever has it has the cluster",
    remedy="bind a role with the rights that are needed",
    source="CIS EKS 1.7: 4.1.1, 4.1.7; NSA/CISA: authorisation",
    kinds=_BINDINGS,
)
def bound_to_everything(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Nobody is bound to cluster-admin, and nothing is given to everybody."""
    del asked
    if mapping(subject.props.get("roleRef")).get("name") == "cluster-admin":
        yield Found(("roleRef",), "cluster-admin asked")
    for index, each in enumerate(items(subject.props.get("subjects"))):
        name = text(each.get("name"))
        if name in ("system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"):
            yield Found(("subjects", index), f"{name} asked")
