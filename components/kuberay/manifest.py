"""Every object of the operator, as it is sent to Kubernetes."""

from collections.abc import Iterator

from ..ray.manifest.fields import Manifest
from .access import account, rights
from .metadata import VERSION_LABEL, kubernetes_object, selector
from .pod import METRICS_PORT, operator_template
from .settings import CONFIG_FILE, CONFIG_SUFFIX, configuration
from .spec import KubeRayOperatorSpec

__all__ = ["after", "before", "deployment", "namespace"]

_MODES = ("enforce", "audit", "warn")


def namespace(spec: KubeRayOperatorSpec) -> Manifest | None:
    """The operator's namespace with its Pod Security labels; None where it exists."""
    if not spec.create_namespace:
        return None
    body = kubernetes_object(spec, "v1/Namespace")
    body["metadata"]["name"] = spec.namespace
    body["metadata"]["labels"] |= {f"pod-security.kubernetes.io/{mode}": spec.pod_security for mode in _MODES}
    return body


def before(spec: KubeRayOperatorSpec) -> Iterator[tuple[str, Manifest]]:
    """What must be there for the operator to start, by role in the program; its namespace comes first of all."""
    if body := account(spec):
        yield "service-account", body
    yield from rights(spec)
    if (text := configuration(spec)) is not None:
        yield "config", kubernetes_object(spec, "v1/ConfigMap", CONFIG_SUFFIX, data={CONFIG_FILE: text})
    yield from _network_policy(spec)


def after(spec: KubeRayOperatorSpec) -> Iterator[tuple[str, Manifest]]:
    """What serves or guards a running operator, by role in the program; a Service is only up once its pods are."""
    yield from _metrics(spec)
    if spec.replicas > 1:
        budget = {"maxUnavailable": 1, "selector": {"matchLabels": selector(spec)}}
        yield "disruption-budget", kubernetes_object(spec, "policy/v1/PodDisruptionBudget", spec=budget)


def deployment(spec: KubeRayOperatorSpec) -> Manifest:
    """The operator itself: replicas that agree on a leader are replaced one by one, a single one is stopped first."""
    one_by_one = {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1, "maxSurge": 0}}
    body = {
        "replicas": spec.replicas,
        "strategy": one_by_one if spec.replicas > 1 else {"type": "Recreate"},
        "selector": {"matchLabels": selector(spec)},
        "template": operator_template(spec),
    }
    operator = kubernetes_object(spec, "apps/v1/Deployment", spec=body)
    operator["metadata"]["labels"][VERSION_LABEL] = spec.version
    return operator


def _metrics(spec: KubeRayOperatorSpec) -> Iterator[tuple[str, Manifest]]:
    if spec.metrics is None:
        return
    port = {"name": "http", "port": spec.metrics.metrics_port, "targetPort": "http", "protocol": "TCP"}
    service = {"type": "ClusterIP", "selector": selector(spec), "ports": [port]}
    yield "metrics", kubernetes_object(spec, "v1/Service", spec=service)
    if (asked := spec.metrics.service_monitor) is None:
        return
    endpoint = {
        "port": "http",
        "path": "/metrics",
        "interval": asked.scrape_interval,
        "honorLabels": asked.honor_labels,
    }
    body = {
        "endpoints": [endpoint],
        "namespaceSelector": {"matchNames": [spec.namespace]},
        "selector": {"matchLabels": selector(spec)},
    }
    monitor = kubernetes_object(spec, "monitoring.coreos.com/v1/ServiceMonitor", spec=body)
    monitor["metadata"]["namespace"] = asked.monitor_namespace or spec.namespace
    monitor["metadata"]["labels"] |= asked.monitor_labels
    yield "service-monitor", monitor


def _network_policy(spec: KubeRayOperatorSpec) -> Iterator[tuple[str, Manifest]]:
    policy = spec.operator_network_policy
    if policy is None:
        return
    names = list(policy.metrics_namespaces)
    selects = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": names}]}
    metrics = {
        "from": [{"namespaceSelector": selects if names else {}}],
        "ports": [{"port": METRICS_PORT, "protocol": "TCP"}],
    }
    egress = {} if policy.operator_egress is None else {"egress": [dict(rule) for rule in policy.operator_egress]}
    body = {
        "podSelector": {"matchLabels": selector(spec)},
        "policyTypes": ["Ingress", *(["Egress"] if egress else [])],
        "ingress": [metrics],
        **egress,
    }
    yield "network-policy", kubernetes_object(spec, "networking.k8s.io/v1/NetworkPolicy", spec=body)
