"""What an object is to be like, decided before it is made: the parts of a legal object depend on each other."""

from dataclasses import dataclass
from typing import Any

from .draw import Draw

__all__ = ["CLUSTERS", "JOBS", "Plan", "planned"]

CLUSTERS = ("RayCluster", "RayJob", "RayService", "RayCronJob")
"""Kinds with a cluster in them."""
JOBS = ("RayJob", "RayCronJob")
"""Kinds with a job in them."""


@dataclass(frozen=True)
class Plan:
    """Decisions about one object."""

    kind: str
    gates: frozenset[str]
    """The feature gates that are on; those of the operator's own choice are among them."""
    groups: int
    """How many worker groups."""
    autoscaling: str
    """``off``, ``v1``, ``v2``, ``env`` (v2 by the head's environment) or ``unset`` (on, version open)."""
    auth: str
    """``none``, ``empty`` (options without mode), ``disabled``, ``token`` or ``k8s``."""
    gcs: str
    """``none``, ``options``, or ``annotation``."""
    selector: bool
    """Whether a job runs on a cluster that exists."""
    mode: str
    """A job's submission mode, empty where it is left open."""
    deletion: str
    """``none``, ``ttl``, ``shutdown``, ``legacy`` or ``rules``."""
    upgrade: str
    """A service's upgrade type, empty where it is left open, ``none`` where there is no strategy."""

    def gate(self, name: str) -> bool:
        """Whether a feature gate is on."""
        return name in self.gates


def planned(draw: Draw, gates: frozenset[str], **fixed: Any) -> Plan:
    """A plan with these decisions fixed and the others open to chance, within what is legal."""
    kind = fixed.get("kind") or draw.pick(*CLUSTERS)
    selector = kind in JOBS and draw.chance(0.15)
    deletions = ["none", "ttl", "shutdown"]
    if "RayJobDeletionPolicy" in gates:
        deletions += ["legacy", "rules"]
    incremental = ("NewClusterWithIncrementalUpgrade",) if "RayServiceIncrementalUpgrade" in gates else ()
    upgrade = fixed.get("upgrade", draw.pick("none", "NewCluster", "None", *incremental))
    auths = ("k8s",) if kind == "RayCluster" else ()
    chosen: dict[str, Any] = {
        "kind": kind,
        "gates": gates,
        "groups": draw.pick(0, 1, 1, 2, 3),
        "autoscaling": draw.pick("off", "off", "v1", "v2", "env", "unset"),
        "auth": draw.pick("none", "disabled", "token", "token", *auths),
        "gcs": draw.pick("none", "none", "options", "annotation")
        if kind != "RayCronJob"
        else draw.pick("none", "options"),
        "selector": selector,
        "mode": draw.pick("", "K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode"),
        "deletion": draw.pick(*deletions),
        "upgrade": upgrade,
    }
    if upgrade == "NewClusterWithIncrementalUpgrade":
        chosen["autoscaling"] = draw.pick("v1", "v2", "env", "unset")
    plan = Plan(**(chosen | fixed))
    if plan.selector and plan.mode == "SidecarMode":
        return Plan(**(plan.__dict__ | {"mode": ""} | fixed))
    return plan
