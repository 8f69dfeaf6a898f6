"""Rules of batch schedulers and of Kueue, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case, N, W

__all__ = ["CASES"]

KAI = "metadata labels kai.scheduler/queue"
VOLCANO = "metadata labels volcano.sh/queue-name"
MODE = "metadata labels volcano.sh/network-topology-mode"
TIER = "metadata labels volcano.sh/network-topology-highest-tier-allowed"
KUEUE = "metadata labels kueue.x-k8s.io/queue-name"
ELASTIC = "metadata annotations kueue.x-k8s.io/elastic-job"
SELECTED = {N: GONE, "spec clusterSelector": {"ray.io/cluster": "shared"}, "spec shutdownAfterJobFinishes": GONE}
EIGHT = {f"spec workerGroupSpecs {number}": {"groupName": f"g{number}"} for number in range(1, 8)}

CASES = (
    Case(
        "kai-submitter",
        {KAI: "research"},
        (
            "submission_mode: K8sJobMode asked with kai-scheduler, the submitter comes after the cluster, so the whole "
            "cannot be placed at once, and the job never starts; set submission_mode to SidecarMode or HTTPMode"
        ),
        {KAI: "research", "spec submissionMode": "HTTPMode"},
        of="job",
    ),
    Case(
        "kai-submitter",
        {},
        (
            "job_template.submission_mode: K8sJobMode asked with kai-scheduler, the submitter comes after the cluster, "
            "so the whole cannot be placed at once, and the job never starts; set submission_mode to SidecarMode or "
            "HTTPMode"
        ),
        {"spec jobTemplate submissionMode": "SidecarMode"},
        of="schedule",
        scheduler="kai-scheduler",
        gates={"RayCronJob": True},
    ),
    Case(
        "kai-queue-missing",
        {KAI: ""},
        (
            "labels[kai.scheduler/queue]: no queue asked, kai-scheduler leaves pods without a queue pending for ever; "
            "add the label kai.scheduler/queue with the name of a queue"
        ),
        {KAI: "research"},
        scheduler="kai-scheduler",
    ),
    Case(
        "kai-queue-missing",
        {},
        (
            "labels[kai.scheduler/queue]: no queue asked, kai-scheduler leaves pods without a queue pending for ever; "
            "add the label kai.scheduler/queue with the name of a queue"
        ),
        {KAI: "research"},
        of="service",
        scheduler="kai-scheduler",
    ),
    Case(
        "kai-queue-missing",
        {},
        (
            "kind: a RayCronJob asked of kai-scheduler, kai-scheduler leaves pods without a queue pending for ever, "
            "and a schedule gives its jobs no labels; create the RayJobs in another way"
        ),
        {KAI: "research"},
        of="schedule",
        scheduler="kai-scheduler",
    ),
    Case(
        "scheduler-plugins-job",
        {},
        (
            "kind: a RayJob asked of scheduler-plugins, the operator lets scheduler-plugins place a RayCluster only, "
            "and the job never starts; make a RayCluster and submit the work to it, or run the operator with another "
            "batch scheduler"
        ),
        {"kind": "RayCluster"},
        of="job",
        scheduler="scheduler-plugins",
    ),
    Case(
        "volcano-selected",
        SELECTED | {VOLCANO: "research"},
        (
            "cluster_selector: asked with volcano, volcano places a job and its cluster together, so the operator "
            "never starts the job; give the job its own ray_cluster_spec, or run the operator without volcano"
        ),
        {VOLCANO: "research"},
        of="job",
    ),
    Case(
        "volcano-tier",
        {MODE: "hard", TIER: "two"},
        (
            "labels[volcano.sh/network-topology-highest-tier-allowed]: 'two' asked, it is a whole number, and the "
            "operator would never make the pod group; write a whole number"
        ),
        {MODE: "hard", TIER: "2"},
    ),
    Case(
        "volcano-tier",
        {MODE: "hard", TIER: ""},
        (
            "labels[volcano.sh/network-topology-highest-tier-allowed]: '' asked, it is a whole number, and the "
            "operator would never make the pod group; write a whole number"
        ),
        {TIER: "two"},
    ),
    Case(
        "scheduler-label-unread",
        {KAI: "research", VOLCANO: "research", MODE: "hard"},
        [
            (
                "labels[volcano.sh/queue-name]: asked beside kai-scheduler, the operator has one batch scheduler, and "
                "the labels of the others mean nothing to it; remove the label, or choose the operator's "
                "batch_scheduler by it"
            ),
            (
                "labels[volcano.sh/network-topology-mode]: asked beside kai-scheduler, the operator has one batch "
                "scheduler, and the labels of the others mean nothing to it; remove the label, or choose the "
                "operator's batch_scheduler by it"
            ),
        ],
        {KAI: "research"},
        scheduler="kai-scheduler",
    ),
    Case(
        "scheduler-label-unread",
        {VOLCANO: "research", "metadata labels yunikorn.apache.org/queue": "root.a"},
        (
            "labels[yunikorn.apache.org/queue]: asked beside volcano, the operator has one batch scheduler, and the "
            "labels of the others mean nothing to it; remove the label, or choose the operator's batch_scheduler by it"
        ),
        {"metadata labels yunikorn.apache.org/queue": "root.a", "metadata labels yunikorn.apache.org/app-id": "train"},
    ),
    Case(
        "kueue-shutdown",
        {KUEUE: "research", "spec shutdownAfterJobFinishes": GONE},
        (
            "shutdown_after_job_finishes: not asked in a queue, Kueue takes a job only if its cluster gives its share "
            "of the queue back; set shutdown_after_job_finishes"
        ),
        {KUEUE: "research"},
        of="job",
    ),
    Case(
        "kueue-selected",
        SELECTED | {KUEUE: "research"},
        (
            "cluster_selector: asked in a queue, Kueue refuses it or does not count it, since the cluster that runs "
            "already has its own share; remove the label, or give the job its own ray_cluster_spec"
        ),
        SELECTED,
        of="job",
    ),
    Case(
        "kueue-autoscaling",
        {KUEUE: "research", f"{N} enableInTreeAutoscaling": True, ELASTIC: "yes"},
        (
            "ray_cluster_spec.autoscaling: asked in a queue, Kueue admits a cluster as a whole, and one that grows "
            "only if it is marked as elastic; switch autoscaling off, or add the annotation "
            'kueue.x-k8s.io/elastic-job: "true" (Kueue\'s gate for it must be on)'
        ),
        {KUEUE: "research", f"{N} enableInTreeAutoscaling": True, ELASTIC: "true"},
        of="job",
    ),
    Case(
        "kueue-autoscaling",
        {KUEUE: "research", "spec enableInTreeAutoscaling": True},
        (
            "autoscaling: asked in a queue, Kueue admits a cluster as a whole, and one that grows only if it is marked "
            'as elastic; switch autoscaling off, or add the annotation kueue.x-k8s.io/elastic-job: "true" (Kueue\'s '
            "gate for it must be on)"
        ),
        {KUEUE: "", "spec enableInTreeAutoscaling": True},
    ),
    Case(
        "kueue-groups",
        {KUEUE: "research", **EIGHT},
        (
            "workers: 8 groups asked, Kueue counts 8 kinds of pods in one admission: the head and 7 groups; "
            "join groups, or split the cluster"
        ),
        {KUEUE: "research", **dict(list(EIGHT.items())[:-1])},
    ),
    Case(
        "kueue-group-name",
        {KUEUE: "research", f"{W} groupName": "head"},
        "workers[head].name: 'head' asked, Kueue calls the head's pods by this name; choose another name",
        {f"{W} groupName": "head"},
    ),
    Case(
        "kueue-group-name",
        {KUEUE: "research", "spec rayClusterConfig workerGroupSpecs 0 groupName": "head"},
        (
            "ray_cluster_config.workers[head].name: 'head' asked, Kueue calls the head's pods by this name; "
            "choose another name"
        ),
        {"spec rayClusterConfig workerGroupSpecs 0 groupName": "head"},
        of="service",
    ),
)
