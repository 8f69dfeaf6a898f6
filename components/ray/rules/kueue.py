"""Rules of Kueue, which admits what carries the name of a queue.

Source: the webhooks of Kueue for RayCluster, RayJob and RayService (``ValidateCreate`` in ``pkg/controller/jobs``).
"""

from .kinds import ObjectView
from .rule import Found, Severity, rule
from .view import ClusterView

_QUEUE = "kueue.x-k8s.io/queue-name"
_ELASTIC = "kueue.x-k8s.io/elastic-job"
_MOST_GROUPS = 7
_HEAD = "head"


def _queued(view: ObjectView) -> ClusterView | None:
    """The cluster that Kueue admits with the object; None where Kueue has nothing to do with it."""
    return view.cluster if _in_queue(view) else None


def _in_queue(view: ObjectView) -> bool:
    # A schedule's own labels do not reach its jobs.
    return view.labels.get(_QUEUE) not in (None, "") and view.schedule is None


@rule(
    "kueue-queue-misplaced",
    ObjectView,
    "kueue",
    severity=Severity.WARNING,
    about=_QUEUE,
    possible="Kueue reads the queue from a label of the object, so that it starts at once, past every quota",
    remedy="write it in metadata.labels",
)
def kueue_queue_misplaced(view: ObjectView) -> list[Found]:
    """The queue is a label of the object."""
    if _QUEUE not in view.annotations or _QUEUE in view.labels:
        return []
    return [Found(("metadata", "annotations", _QUEUE), "asked as an annotation")]


@rule(
    "kueue-shutdown",
    ObjectView,
    "kueue",
    about=_QUEUE,
    possible="Kueue takes a job only if its cluster gives its share of the queue back",
    remedy="set shutdown_after_job_finishes",
)
def kueue_shutdown(view: ObjectView) -> list[Found]:
    """A job in a queue shuts its cluster down."""
    if view.job is None or _queued(view) is None or view.job.spec.get("shutdownAfterJobFinishes") is True:
        return []
    return [Found(view.job.at("shutdownAfterJobFinishes"), "not asked in a queue")]


@rule(
    "kueue-selected",
    ObjectView,
    "kueue",
    about=_QUEUE,
    severity=Severity.WARNING,
    possible="Kueue refuses it or does not count it, since the cluster that runs already has its own share",
    remedy="remove the label, or give the job its own ray_cluster_spec",
)
def kueue_selected(view: ObjectView) -> list[Found]:
    """A job in a queue has a cluster of its own."""
    if view.job is None or not view.job.selector or not _in_queue(view):
        return []
    return [Found(view.job.at("clusterSelector"), "asked in a queue")]


@rule(
    "kueue-autoscaling",
    ObjectView,
    "kueue",
    about=_QUEUE,
    possible="Kueue admits a cluster as a whole, and one that grows only if it is marked as elastic",
    remedy=f'switch autoscaling off, or add the annotation {_ELASTIC}: "true" (Kueue\'s gate for it must be on)',
)
def kueue_autoscaling(view: ObjectView) -> list[Found]:
    """A cluster in a queue does not grow, unless it is marked as elastic."""
    cluster = _queued(view)
    if cluster is None or not cluster.autoscaling or cluster.annotations.get(_ELASTIC) == "true":
        return []
    return [Found(cluster.at("enableInTreeAutoscaling"), "asked in a queue")]


@rule(
    "kueue-groups",
    ObjectView,
    "kueue",
    about=_QUEUE,
    possible=f"Kueue counts 8 kinds of pods in one admission: the head and {_MOST_GROUPS} groups",
    remedy="join groups, or split the cluster",
)
def kueue_groups(view: ObjectView) -> list[Found]:
    """A cluster in a queue has at most 7 groups."""
    cluster = _queued(view)
    if cluster is None or len(cluster.groups) <= _MOST_GROUPS:
        return []
    return [Found(cluster.at("workerGroupSpecs"), f"{len(cluster.groups)} groups asked")]


@rule(
    "kueue-group-name",
    ObjectView,
    "kueue",
    about=_QUEUE,
    possible="Kueue calls the head's pods by this name",
    remedy="choose another name",
)
def kueue_group_name(view: ObjectView) -> list[Found]:
    """No group of a cluster in a queue is called head."""
    cluster = _queued(view)
    groups = cluster.groups if cluster is not None else ()
    return [Found(group.at("groupName"), f"{_HEAD!r} asked") for group in groups if group.name == _HEAD]
