"""Rules of jobs: where they run, how often they are tried, when they end."""

from rayform.spec.names import is_subdomain

from .rule import Found, Severity, rule
from .view import JobView, count, number, text

_NAME = "no RayCluster can have such a name, and one of another namespace cannot be selected"
_NAMED = "write the name of a RayCluster in the job's namespace"


@rule(
    "suspend-needs-shutdown",
    JobView,
    "operator 90",
    possible="a job is suspended by deleting its cluster",
    remedy="set shutdown_after_job_finishes",
)
def suspend_needs_shutdown(job: JobView) -> list[Found]:
    """A job that may be suspended shuts its cluster down."""
    if not job.spec.get("suspend") or job.spec.get("shutdownAfterJobFinishes"):
        return []
    return [Found(job.at("suspend"), "asked without shutdown_after_job_finishes")]


@rule(
    "ttl-negative",
    JobView,
    "operator 91",
    possible="a cluster stays for 0 seconds or more",
    remedy="raise it to 0 or more",
)
def ttl_negative(job: JobView) -> list[Found]:
    """``ttl_seconds_after_finished`` is 0 or more."""
    seconds = count(job.spec.get("ttlSecondsAfterFinished"))
    return [Found(job.at("ttlSecondsAfterFinished"), f"{seconds} asked")] if seconds < 0 else []


@rule(
    "ttl-needs-shutdown",
    JobView,
    "operator 92",
    possible="the time passes before the cluster is shut down, and nothing shuts it down",
    remedy="set shutdown_after_job_finishes, or leave the time out",
)
def ttl_needs_shutdown(job: JobView) -> list[Found]:
    """``ttl_seconds_after_finished`` comes with ``shutdown_after_job_finishes``."""
    seconds = count(job.spec.get("ttlSecondsAfterFinished"))
    if seconds <= 0 or job.spec.get("shutdownAfterJobFinishes"):
        return []
    return [Found(job.at("ttlSecondsAfterFinished"), f"{seconds} asked without shutdown_after_job_finishes")]


@rule(
    "suspend-selected",
    JobView,
    "operator 112",
    possible="a job cannot give up a cluster that is not its own",
    remedy="leave suspend out, or give the job its own ray_cluster_spec",
)
def suspend_selected(job: JobView) -> list[Found]:
    """A job on a cluster that runs already is not suspended."""
    return [Found(job.at("suspend"), "asked with cluster_selector")] if job.selector and job.spec.get("suspend") else []


@rule(
    "cluster-missing",
    JobView,
    "operator 113",
    possible="a job runs on its own cluster or on one that runs already",
    remedy="set ray_cluster_spec or cluster_selector",
)
def cluster_missing(job: JobView) -> list[Found]:
    """A job has a cluster."""
    if job.cluster is not None or job.selector:
        return []
    return [Found(job.at("rayClusterSpec"), "no cluster asked")]


@rule(
    "cluster-twice",
    JobView,
    "rayform",
    possible="the operator would ignore ray_cluster_spec",
    remedy="keep one of them",
)
def cluster_twice(job: JobView) -> list[Found]:
    """A job has one cluster, its own or one that runs already."""
    if job.cluster is None or not job.selector:
        return []
    return [Found(job.at("rayClusterSpec"), "asked beside cluster_selector")]


@rule(
    "selector-name",
    JobView,
    "operator 114",
    possible="a cluster is selected by its name, under the key ray.io/cluster",
    remedy='write {"ray.io/cluster": "<name>"}',
)
def selector_name(job: JobView) -> list[Found]:
    """``cluster_selector`` names the cluster under ``ray.io/cluster``."""
    name = text(job.selector.get("ray.io/cluster"))
    if name and "$" not in name and not is_subdomain(name):
        return [Found(job.at("clusterSelector", "ray.io/cluster"), f"{name!r} asked", _NAME, _NAMED)]
    if not job.selector or job.selector.get("ray.io/cluster"):
        return []
    return [Found(job.at("clusterSelector"), f"{', '.join(sorted(job.selector))} asked without ray.io/cluster")]


@rule(
    "job-cluster-suspended",
    JobView,
    "rayform",
    about=("rayClusterSpec", "jobTemplate"),
    severity=Severity.WARNING,
    possible="the job waits for a cluster that nothing resumes: changes of it are ignored once the job is there",
    remedy="remove it; a job that is to start later has suspend itself",
)
def job_cluster_suspended(job: JobView) -> list[Found]:
    """The cluster of a job is suspended by the job alone."""
    if job.cluster is None or job.cluster.spec.get("suspend") is not True:
        return []
    return [Found(job.cluster.at("suspend"), "asked for the cluster of a job")]


@rule(
    "retry-selected",
    JobView,
    "operator 116",
    possible="trying again means a new cluster",
    remedy="leave backoff_limit out, or give the job its own ray_cluster_spec",
)
def retry_selected(job: JobView) -> list[Found]:
    """``backoff_limit`` comes with a cluster of the job's own."""
    limit = count(job.spec.get("backoffLimit"))
    return [Found(job.at("backoffLimit"), f"{limit} asked with cluster_selector")] if job.selector and limit > 0 else []


@rule(
    "retry-interactive",
    JobView,
    "operator 117",
    possible="only the person who submitted the job can submit it again",
    remedy="leave backoff_limit out, or choose another submission_mode",
)
def retry_interactive(job: JobView) -> list[Found]:
    """``backoff_limit`` comes with a mode in which the operator submits."""
    limit = count(job.spec.get("backoffLimit"))
    if job.mode != "InteractiveMode" or limit <= 0:
        return []
    return [Found(job.at("backoffLimit"), f"{limit} asked with InteractiveMode")]


@rule(
    "retry-negative",
    JobView,
    "operator 126",
    possible="a job is tried again 0 times or more",
    remedy="raise it to 0 or more",
)
def retry_negative(job: JobView) -> list[Found]:
    """``backoff_limit`` is 0 or more."""
    limit = count(job.spec.get("backoffLimit"))
    return [Found(job.at("backoffLimit"), f"{limit} asked")] if limit < 0 else []


@rule(
    "deadline-not-positive",
    JobView,
    "operator 124, 125",
    possible="a deadline is 1 second or more away",
    remedy="raise it, or leave it out",
)
def deadline_not_positive(job: JobView) -> list[Found]:
    """Deadlines are 1 second or more away."""
    return [
        Found(job.at(name), f"{seconds} asked")
        for name in ("activeDeadlineSeconds", "preRunningDeadlineSeconds")
        if (seconds := number(job.spec.get(name))) is not None and seconds <= 0
    ]


@rule(
    "cluster-outlives-job",
    JobView,
    "rayform",
    severity=Severity.WARNING,
    acceptable=True,
    possible="a cluster that outlives its only job costs money and does nothing",
    remedy="set shutdown_after_job_finishes or a deletion_strategy, or accept this rule",
)
def cluster_outlives_job(job: JobView) -> list[Found]:
    """The cluster of a job goes with it."""
    if job.cluster is None or job.selector or job.spec.get("shutdownAfterJobFinishes") or job.deletion is not None:
        return []
    return [Found(job.at("shutdownAfterJobFinishes"), "no end of the cluster asked")]
