"""Which kinds of Ray's objects a rule is about."""

from rayform.components.ray.rules import Rule

__all__ = ["kinds"]

_ALL = ("RayCluster", "RayJob", "RayService", "RayCronJob")
_BY_SUBJECT = {
    "ObjectView": _ALL,
    "ClusterView": _ALL,
    "PodView": _ALL,
    "JobView": ("RayJob", "RayCronJob"),
    "ServiceView": ("RayService",),
    "ScheduleView": ("RayCronJob",),
}


def kinds(rule: Rule) -> tuple[str, ...]:
    """The kinds that the rule looks at, whole or in part: most kinds have a cluster in them."""
    return _BY_SUBJECT[rule.subject.__name__]
