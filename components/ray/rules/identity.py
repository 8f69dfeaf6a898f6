"""Rules of names, and of fields that belong to whole objects."""

import re
from collections.abc import Mapping
from typing import Any

from .kinds import ObjectView
from .rule import Found, rule
from .view import ClusterView, Path, mapping, ray_version, text

_LONGEST = {"RayCluster": 53, "RayJob": 47, "RayService": 47, "RayCronJob": 36}
# Before 1.7 it is the job that a schedule starts whose name, 6 characters longer, is refused.
_LONGEST_CRON_1_6 = 41
_MANAGERS = ("ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue")
_OWNED = ("RayJob", "RayService")
# Without the limit of 63 characters: the length has a rule of its own.
_NAME = re.compile(r"[a-z](?:[-a-z0-9]*[a-z0-9])?")


@rule(
    "name-length",
    ObjectView,
    "operator 2, 88, 127, 144",
    possible="the operator puts its own words behind it to name pods and services, which end at 63 characters",
    remedy="choose a shorter name",
)
def name_length(view: ObjectView) -> list[Found]:
    """Names leave room for what the operator puts behind them: 53, 47, 47 and 36 characters by kind."""
    most = _LONGEST.get(view.kind, 63)
    version = ray_version(view.operator.version)
    if view.kind == "RayCronJob" and version is not None and version < (1, 7):
        most = _LONGEST_CRON_1_6
    if len(view.name) <= most:
        return []
    possible = f"a {view.kind} has at most {most}, because " + name_length.possible
    return [Found(("metadata", "name"), f"{len(view.name)} characters asked", possible)]


@rule(
    "name-form",
    ObjectView,
    "operator 3, 89, 128",
    possible="it names a Service: lower case letters, digits and dashes, a letter first, no dash last",
    remedy="choose such a name",
)
def name_form(view: ObjectView) -> list[Found]:
    """Names are DNS-1035 labels."""
    if _NAME.fullmatch(view.name):
        return []
    return [Found(("metadata", "name"), f"{view.name!r} asked" if view.name else "no name asked")]


@rule(
    "upgrade-type",
    ClusterView,
    "operator 4",
    about="upgradeStrategy",
    possible="Recreate and None are known",
    remedy="choose one of them",
)
def upgrade_type(cluster: ClusterView) -> list[Found]:
    """``upgrade_strategy.type`` is Recreate or None."""
    strategy = mapping(cluster.spec.get("upgradeStrategy")).get("type")
    if strategy in (None, "Recreate", "None"):
        return []
    return [Found(cluster.at("upgradeStrategy", "type"), f"{strategy!r} asked")]


@rule(
    "upgrade-nested",
    ClusterView,
    "operator 5",
    about="upgradeStrategy",
    possible="the cluster of a job is never changed, and the operator would refuse it when it appears",
    remedy="leave upgrade_strategy out",
)
def upgrade_nested(cluster: ClusterView) -> list[Found]:
    """The cluster of another object has no ``upgrade_strategy``."""
    if not cluster.nested or mapping(cluster.spec.get("upgradeStrategy")).get("type") is None:
        return []
    return [Found(cluster.at("upgradeStrategy"), "asked for the cluster of another object")]


@rule(
    "upgrade-owned",
    ObjectView,
    "operator 5",
    about="upgradeStrategy",
    possible="its owner decides how it is upgraded",
    remedy="leave upgrade_strategy out, or remove the label",
)
def upgrade_owned(view: ObjectView) -> list[Found]:
    """A cluster that is labelled as another object's has no ``upgrade_strategy``."""
    owner = text(view.labels.get("ray.io/originated-from-crd"))
    spec = mapping(view.raw.get("spec"))
    if view.kind != "RayCluster" or owner not in _OWNED or not mapping(spec.get("upgradeStrategy")).get("type"):
        return []
    return [Found(("spec", "upgradeStrategy"), f"asked for a cluster of a {owner}")]


@rule(
    "manager-unknown",
    ObjectView,
    "crd",
    typed=True,
    possible="the operator and MultiKueue are known",
    remedy=f"choose {_MANAGERS[0]} or {_MANAGERS[1]}",
)
def manager_unknown(view: ObjectView) -> list[Found]:
    """``managed_by`` is the operator or MultiKueue."""
    parts: list[tuple[Path, Mapping[str, Any]]] = [(("spec",), mapping(view.raw.get("spec")))]
    if view.schedule is not None:
        parts.append((view.schedule.job.path, view.schedule.job.spec))
    if view.cluster is not None and view.cluster.nested:
        parts.append((view.cluster.path, view.cluster.spec))
    return [
        Found((*path, "managedBy"), f"{manager!r} asked")
        for path, part in parts
        if isinstance(manager := part.get("managedBy"), str) and manager not in _MANAGERS
    ]
