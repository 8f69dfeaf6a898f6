"""The Pulumi component of a Ray service."""

from collections.abc import Iterable
from typing import Any

import pulumi
from rayform.fit.placement import Pool

from ..order import Others, after
from ..versions import kuberay
from .address import gateway, serve_port, serve_service, url
from .check import checked_service
from .manifest import Manifest, annotated, service_awaits, service_fixed, service_others
from .outcome import service_failure
from .preview import foretold
from .remembered import fixed
from .resource import RayResource, failed_if, judged_when_known, warned
from .rules import InstalledOperator, Operator
from .serve import ServeConfig
from .service import RayServiceSpec
from .timeout import service_seconds

__all__ = ["RayService"]


class RayService(pulumi.ComponentResource):
    """A Ray service on Kubernetes; unless its spec says otherwise, up when all its applications run.

    A change of what it serves is taken by the running cluster; Serve may still be deploying it when the update ends. A
    change of the cluster starts a second one, and the update ends when requests go there. ``operator`` and ``pools`` as
    for a RayCluster.

    Raises:
        RefusedError: with every reason why the spec cannot work, before anything is declared.
    """

    serve_url: pulumi.Output[str]
    """Where requests are answered, from within the Kubernetes cluster, before, during and after an upgrade. Empty with
    one step by step: the address is then that of ``gateway``."""
    serve_service: pulumi.Output[str]
    """The name of the Service that requests come in by; empty likewise."""
    gateway: pulumi.Output[str]
    """The name of the Gateway that requests come in by, with an upgrade step by step; else empty."""
    dashboard_url: pulumi.Output[str]
    """The dashboard of the cluster that serves, from within the Kubernetes cluster."""
    head_service: pulumi.Output[str]
    """The name of the Service of that cluster's head."""
    status: pulumi.Output[dict[str, Any]]
    """What the operator says of the service."""

    def __init__(
        self,
        name: str,
        spec: RayServiceSpec,
        *,
        operator: InstalledOperator | None = None,
        pools: Iterable[Pool] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        pools, met = tuple(pools), Operator.met(operator)
        subject = f"RayService {name}"
        checked = checked_service(name, spec, met, pools)
        plain = checked.manifest
        remembered = fixed(plain, service_fixed(plain))
        super().__init__("rayform:components:RayService", name, remembered, foretold(opts, met))
        warned(subject, checked.warnings, self)
        outlives = kuberay(met.version).service_outlives_clusters
        awaits = service_awaits(plain, spec.wait, _named(spec), outlives=outlives)
        manifest = judged_when_known(subject, annotated(plain, awaits), met)
        own = self._options(plain, service_seconds(spec), after((operator, *pools), opts))
        service = RayResource(f"{name}-service", manifest, met, own)
        self._outputs(subject, spec, plain, service)

    def _outputs(self, subject: str, spec: RayServiceSpec, manifest: Manifest, service: RayResource) -> None:
        served, head = serve_service(manifest), f"{manifest['metadata']['name']}-head-svc"
        known = service.metadata
        self.serve_service = known.apply(lambda _: served)
        self.gateway = known.apply(lambda _: gateway(manifest))
        self.serve_url = known.apply(lambda told: url("http", served, told, serve_port(manifest)) if served else "")
        self.head_service = known.apply(lambda _: head)
        self.dashboard_url = known.apply(lambda told: url("http", head, told, 8265))
        self.status = service.status.apply(lambda status: self._judged(subject, spec, status or {}))
        self.register_outputs(
            {
                "serveUrl": self.serve_url,
                "serveService": self.serve_service,
                "gateway": self.gateway,
                "dashboardUrl": self.dashboard_url,
                "headService": self.head_service,
                "status": self.status,
            }
        )

    def _judged(self, subject: str, spec: RayServiceSpec, status: dict[str, Any]) -> dict[str, Any]:
        failed_if(subject, None if spec.wait == "created" else service_failure(status), self)
        return status

    def _options(self, manifest: Manifest, seconds: int, others: Others) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(
            parent=self,
            depends_on=others,
            delete_before_replace=True,
            ignore_changes=service_others(manifest),
            replace_on_changes=service_fixed(manifest),
            custom_timeouts=pulumi.CustomTimeouts(create=f"{seconds}s", update=f"{seconds}s", delete="1200s"),
        )


def _named(spec: RayServiceSpec) -> list[str]:
    """The applications that the spec names; a configuration that is text may not be known yet."""
    config = spec.serve_config_v2
    return [application.name for application in config.applications] if isinstance(config, ServeConfig) else []
