"""The guard of a cluster, as a Pulumi component."""

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_kubernetes as k8s

from ..adopted import ADOPTED
from ..config import read_config
from ..guarded import GUARD
from ..rules import RULES
from . import objects
from .every import EXPRESSED
from .spec import ClusterGuardSpec

__all__ = ["ClusterGuard"]


class ClusterGuard(pulumi.ComponentResource):
    """The law within a cluster: Ray objects are judged by the API server, whoever sends them.

    It guards namespaces that are labelled ``rayform/guarded: "true"``; elsewhere nothing gets an accelerator, and where
    it has quotas, no other namespace than theirs is labelled so. Within
    them a pod that comes by itself is held to what one pod may ask, and to the quota. Rules that CEL cannot express
    are listed in :data:`rayform.policy.guard.UNEXPRESSED`; exemptions hold for the policy pack alone.

    Raises:
        RefusedError: the policy cannot be read.
    """

    def __init__(self, name: str, spec: ClusterGuardSpec, *, opts: pulumi.ResourceOptions | None = None) -> None:
        config = read_config((*RULES, *ADOPTED), spec.policy)
        super().__init__(GUARD, name, {}, opts)
        own = pulumi.ResourceOptions(parent=self)
        place = k8s.core.v1.Namespace(f"{name}-namespace", metadata={"name": spec.namespace}, opts=own)
        after = pulumi.ResourceOptions(parent=self, depends_on=[place])
        k8s.core.v1.ConfigMap(
            f"{name}-parameters", **_arguments(objects.parameters(config, spec.namespace)), opts=after
        )
        for rule in EXPRESSED:
            bound = objects.binding(rule, config, spec.namespace)
            if bound is not None:
                self._hold(f"{name}-{rule.id}", objects.policy(rule), bound, place)
        if spec.elsewhere != "allowed":
            bound = objects.elsewhere_binding(spec.namespace, refuses=spec.elsewhere == "refused")
            self._hold(f"{name}-elsewhere", objects.elsewhere(), bound, place)
        if spec.quotas and spec.labelled != "allowed":
            bound = objects.labelled_binding(refuses=spec.labelled == "refused")
            self._hold(f"{name}-labelled", objects.labelled(spec.quotas), bound, place)
        for namespace, hard in spec.quotas.items():
            k8s.core.v1.ResourceQuota(f"{name}-{namespace}", **_arguments(objects.quota(namespace, hard)), opts=own)
            k8s.core.v1.LimitRange(f"{name}-{namespace}", **_arguments(objects.limit_range(namespace)), opts=own)
        self.register_outputs({})

    def _hold(
        self, name: str, policy: Mapping[str, Any], bound: Mapping[str, Any], place: k8s.core.v1.Namespace
    ) -> None:
        admission = k8s.admissionregistration.v1
        own = pulumi.ResourceOptions(parent=self)
        made = admission.ValidatingAdmissionPolicy(name, **_arguments(policy), opts=own)
        after = pulumi.ResourceOptions(parent=self, depends_on=[made, place])
        admission.ValidatingAdmissionPolicyBinding(name, **_arguments(bound), opts=after)


def _arguments(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in manifest.items() if name not in ("apiVersion", "kind")}
