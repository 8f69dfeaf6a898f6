"""What the operator tells, and who may ask."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field
from rayform.spec.model import Flag, Listed, PositiveCount, Spec
from rayform.spec.names import Label, LabelKey, LabelValue
from rayform.spec.quantity import Quantity

from ..ray.volume import Fragment

__all__ = ["OperatorLogging", "OperatorMetrics", "OperatorNetworkPolicy", "ServiceMonitor"]

Duration = Annotated[str, Field(pattern=r"^([1-9][0-9]*(ms|s|m|h))+$")]


class OperatorLogging(Spec):
    """The operator's log."""

    log_level: Literal["debug", "info", "error"] = "info"
    """The least severe messages that are written."""
    log_encoder: Literal["json", "console"] = "json"
    """The form of a line: a JSON object, or text."""
    log_file: Annotated[str, Field(pattern=r"^/[^/]+/.+$")] | None = None
    """The absolute path of a file that gets the log too, on a volume that lives as long as the pod; None is none.
    The operator turns it over at 500 MB and keeps ten."""
    log_file_encoder: Literal["json", "console"] = "json"
    """The form of a line in the file."""
    log_file_volume_size: Quantity | None = None
    """The most that volume may hold; None is no limit but the node's."""


class ServiceMonitor(Spec):
    """Tells a Prometheus operator to read the metrics; its CRD must be in the cluster."""

    scrape_interval: Duration = "30s"
    """How often the metrics are read."""
    honor_labels: Flag = True
    """Whether the metrics' own labels win over those of the target."""
    monitor_labels: Mapping[LabelKey, LabelValue] = Field(default_factory=dict)
    """Labels of the ServiceMonitor, by which Prometheus selects it."""
    monitor_namespace: Label | None = None
    """The namespace of the ServiceMonitor; None is the operator's."""


class OperatorMetrics(Spec):
    """The operator's metrics, for Prometheus."""

    control_plane_metrics: Flag = True
    """Whether metrics of Ray clusters, jobs and services are among them."""
    metrics_port: Annotated[PositiveCount, Field(le=65535)] = 8080
    """The port of the Service that the metrics are read from."""
    service_monitor: ServiceMonitor | None = None
    """A ServiceMonitor for that Service; None makes none."""


class OperatorNetworkPolicy(Spec):
    """Who may talk to the operator, and to whom it may talk."""

    metrics_namespaces: Listed[Label] = ()
    """Namespaces whose pods may read the metrics; empty is all. Nothing else is let in but the kubelet's probes."""
    operator_egress: Listed[Fragment] | None = None
    """Outgoing traffic that is let through, in Kubernetes' own form; None is all. It needs DNS, the API server, and
    the dashboards (8265), agents (52365) and Serve ports (8000) of Ray pods."""
