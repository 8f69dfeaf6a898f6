"""Rules of batch schedulers: what they cannot place, and labels that nobody reads."""

from .golang import integer
from .kinds import ObjectView
from .rule import Found, Severity, rule
from .view import Path

_TOPOLOGY = "volcano.sh/network-topology-mode"
_TIER = "volcano.sh/network-topology-highest-tier-allowed"
_KAI_QUEUE = "kai.scheduler/queue"
_LABELS = {
    "volcano.sh/queue-name": "volcano",
    _TOPOLOGY: "volcano",
    _TIER: "volcano",
    "yunikorn.apache.org/app-id": "yunikorn",
    "yunikorn.apache.org/queue": "yunikorn",
    _KAI_QUEUE: "kai-scheduler",
}
"""Labels that batch schedulers read, each with the scheduler."""


def _scheduler(view: ObjectView) -> str:
    """The batch scheduler that is to place the object: the operator's, else the one whose labels it carries."""
    return view.operator.batch_scheduler or next((_LABELS[label] for label in _labels(view)), "")


def _labels(view: ObjectView) -> list[str]:
    return [label for label in view.labels if label in _LABELS]


@rule(
    "kai-submitter",
    ObjectView,
    "operator (at run time)",
    possible="the submitter comes after the cluster, so the whole cannot be placed at once, and the job never starts",
    remedy="set submission_mode to SidecarMode or HTTPMode",
)
def kai_submitter(view: ObjectView) -> list[Found]:
    """A job that kai-scheduler places is not submitted by a pod of its own."""
    if view.job is None or view.job.mode != "K8sJobMode" or _scheduler(view) != "kai-scheduler":
        return []
    return [Found(view.job.at("submissionMode"), "K8sJobMode asked with kai-scheduler")]


@rule(
    "kai-queue-missing",
    ObjectView,
    "operator (at run time)",
    possible="kai-scheduler leaves pods without a queue pending for ever",
    remedy=f"add the label {_KAI_QUEUE} with the name of a queue",
)
def kai_queue_missing(view: ObjectView) -> list[Found]:
    """What kai-scheduler places names its queue."""
    if view.operator.batch_scheduler != "kai-scheduler" or view.labels.get(_KAI_QUEUE) not in (None, ""):
        return []
    if view.schedule is not None:
        reason = "kai-scheduler leaves pods without a queue pending for ever, and a schedule gives its jobs no labels"
        return [Found(("kind",), "a RayCronJob asked of kai-scheduler", reason, "create the RayJobs in another way")]
    return [Found(_label(_KAI_QUEUE), "no queue asked")]


@rule(
    "scheduler-plugins-job",
    ObjectView,
    "operator (at run time)",
    possible="the operator lets scheduler-plugins place a RayCluster only, and the job never starts",
    remedy="make a RayCluster and submit the work to it, or run the operator with another batch scheduler",
)
def scheduler_plugins_job(view: ObjectView) -> list[Found]:
    """Jobs are not placed by scheduler-plugins."""
    if view.job is None or view.operator.batch_scheduler != "scheduler-plugins":
        return []
    return [Found(("kind",), f"a {view.kind} asked of scheduler-plugins")]


@rule(
    "volcano-selected",
    ObjectView,
    "operator (at run time)",
    possible="volcano places a job and its cluster together, so the operator never starts the job",
    remedy="give the job its own ray_cluster_spec, or run the operator without volcano",
)
def volcano_selected(view: ObjectView) -> list[Found]:
    """A job that volcano places has a cluster of its own."""
    if view.job is None or view.job.cluster is not None or _scheduler(view) != "volcano":
        return []
    return [Found(view.job.at("clusterSelector"), "asked with volcano")]


@rule(
    "volcano-tier",
    ObjectView,
    "operator (at run time)",
    about=_TIER,
    possible="it is a whole number, and the operator would never make the pod group",
    remedy="write a whole number",
)
def volcano_tier(view: ObjectView) -> list[Found]:
    """The highest tier of the network that volcano may use is a number."""
    tier = view.labels.get(_TIER)
    if not isinstance(tier, str) or _TOPOLOGY not in view.labels or integer(tier) is not None:
        return []
    return [Found(_label(_TIER), f"{tier!r} asked")]


@rule(
    "scheduler-label-unread",
    ObjectView,
    "rayform",
    about=tuple(_LABELS),
    severity=Severity.WARNING,
    possible="the operator has one batch scheduler, and the labels of the others mean nothing to it",
    remedy="remove the label, or choose the operator's batch_scheduler by it",
)
def scheduler_label_unread(view: ObjectView) -> list[Found]:
    """An object carries the labels of one batch scheduler, the operator's."""
    found = _labels(view)
    mine = _scheduler(view) if found else ""
    return [Found(_label(label), f"asked beside {mine}") for label in found if _LABELS[label] != mine]


def _label(name: str) -> Path:
    return ("metadata", "labels", name)
