"""Rules of jobs: where they run, how they are submitted, when they end."""

import re

import yaml

from .rule import Found, Severity, rule
from .view import JobView, mapping, number, text

_MODES = ("K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode")
_SEMANTIC = re.compile(r"v?\d+(?:\.\d+){0,2}(?:[-+][-+.0-9A-Za-z]+)?")


@rule(
    "suspend-needs-shutdown",
    JobView,
    "operator 90",
    possible="a suspended job gives its cluster up",
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
    seconds = number(job.spec.get("ttlSecondsAfterFinished"), 0) or 0
    return [Found(job.at("ttlSecondsAfterFinished"), f"{seconds} asked")] if seconds < 0 else []


@rule(
    "ttl-needs-shutdown",
    JobView,
    "operator 92",
    possible="only a cluster that is shut down can be so later",
    remedy="set shutdown_after_job_finishes, or leave the time out",
)
def ttl_needs_shutdown(job: JobView) -> list[Found]:
    """``ttl_seconds_after_finished`` comes with ``shutdown_after_job_finishes``."""
    seconds = number(job.spec.get("ttlSecondsAfterFinished"), 0) or 0
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
    if not job.selector or job.selector.get("ray.io/cluster"):
        return []
    return [Found(job.at("clusterSelector"), f"{', '.join(sorted(job.selector))} asked without ray.io/cluster")]


@rule(
    "selector-sidecar",
    JobView,
    "operator 115",
    possible="a container cannot be added to a head that runs already",
    remedy="choose another submission_mode",
)
def selector_sidecar(job: JobView) -> list[Found]:
    """SidecarMode comes with a cluster of the job's own."""
    if not job.selector or job.mode != "SidecarMode":
        return []
    return [Found(job.at("submissionMode"), "SidecarMode asked with cluster_selector")]


@rule(
    "retry-selected",
    JobView,
    "operator 116",
    possible="trying again means a new cluster",
    remedy="leave backoff_limit out, or give the job its own ray_cluster_spec",
)
def retry_selected(job: JobView) -> list[Found]:
    """``backoff_limit`` comes with a cluster of the job's own."""
    limit = number(job.spec.get("backoffLimit"), 0) or 0
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
    limit = number(job.spec.get("backoffLimit"), 0) or 0
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
    limit = number(job.spec.get("backoffLimit"), 0) or 0
    return [Found(job.at("backoffLimit"), f"{limit} asked")] if limit < 0 else []


@rule(
    "sidecar-submitter",
    JobView,
    "operator 118, 119",
    possible="in SidecarMode no pod submits the job, but a container beside the head",
    remedy="remove it, or choose K8sJobMode",
)
def sidecar_submitter(job: JobView) -> list[Found]:
    """SidecarMode takes neither ``submitter`` nor ``submitter_config``."""
    if job.mode != "SidecarMode":
        return []
    return [
        Found(job.at(name), "asked with SidecarMode")
        for name in ("submitterPodTemplate", "submitterConfig")
        if job.spec.get(name) is not None
    ]


@rule(
    "sidecar-restart-policy",
    JobView,
    "operator 120",
    possible="a container beside the head that ended would submit again: Never, or nothing",
    remedy="leave restart_policy out",
)
def sidecar_restart_policy(job: JobView) -> list[Found]:
    """In SidecarMode the head restarts Never."""
    policy = text(job.cluster.head.spec.get("restartPolicy")) if job.cluster else ""
    if job.mode != "SidecarMode" or job.cluster is None or policy in ("", "Never"):
        return []
    return [Found(job.cluster.head.at("template", "spec", "restartPolicy"), f"{policy} asked with SidecarMode")]


@rule(
    "runtime-env-yaml",
    JobView,
    "operator 123",
    possible="it must be a mapping in YAML",
    remedy="mend the text, or give a RuntimeEnv",
)
def runtime_env_yaml(job: JobView) -> list[Found]:
    """``runtime_env`` is YAML of a mapping."""
    environment = text(job.spec.get("runtimeEnvYAML"))
    if not environment:
        return []
    try:
        parsed = yaml.safe_load(environment)
    except yaml.YAMLError as error:
        return [Found(job.at("runtimeEnvYAML"), f"text that is no YAML ({_first_line(error)})")]
    if parsed is None or isinstance(parsed, dict):
        return []
    return [Found(job.at("runtimeEnvYAML"), f"a {type(parsed).__name__} asked")]


def _first_line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark else ""
    return where + str(getattr(error, "problem", None) or error).splitlines()[0]


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
        if (seconds := number(job.spec.get(name), 1)) is not None and seconds <= 0
    ]


@rule(
    "submission-mode",
    JobView,
    "rayform",
    possible=f"{', '.join(_MODES[:-1])} and {_MODES[-1]} are known, and the operator would submit nothing",
    remedy="choose one of them",
)
def submission_mode(job: JobView) -> list[Found]:
    """``submission_mode`` is one that the operator knows."""
    return [] if job.mode in _MODES else [Found(job.at("submissionMode"), f"{job.mode!r} asked")]


@rule(
    "entrypoint-missing",
    JobView,
    "rayform",
    possible="the operator would submit an empty command",
    remedy="set entrypoint",
)
def entrypoint_missing(job: JobView) -> list[Found]:
    """A job that is submitted for its author has an entry point."""
    entrypoint = job.spec.get("entrypoint")
    if job.mode == "InteractiveMode" or (entrypoint and (not isinstance(entrypoint, str) or entrypoint.strip())):
        return []
    return [Found(job.at("entrypoint"), "no command asked")]


@rule(
    "metadata-needs-ray-version",
    JobView,
    "operator (at run time)",
    possible="the operator submits metadata only with a version that it can read",
    remedy="set ray_version to three numbers",
)
def metadata_needs_ray_version(job: JobView) -> list[Found]:
    """``metadata`` comes with a ``ray_version`` in semantic form."""
    if not job.spec.get("metadata") or job.cluster is None or _SEMANTIC.fullmatch(job.cluster.version):
        return []
    version = f"with Ray {job.cluster.version}" if job.cluster.version else "without a ray_version"
    return [Found(job.at("metadata"), f"asked {version}")]


@rule(
    "submitter-image-missing",
    JobView,
    "kubernetes",
    possible="a container needs an image, and that of a cluster which runs already is not known here",
    remedy="set submitter.image to the image of that cluster, or submission_mode HTTPMode",
)
def submitter_image_missing(job: JobView) -> list[Found]:
    """The submitter has an image."""
    template = mapping(job.spec.get("submitterPodTemplate"))
    containers = mapping(template.get("spec")).get("containers")
    if not isinstance(containers, list) or not containers or mapping(containers[0]).get("image"):
        return []
    return [Found(job.at("submitterPodTemplate", "spec", "containers", 0, "image"), "no image asked")]


@rule(
    "submitter-restart-policy",
    JobView,
    "kubernetes",
    possible="the pod of a Kubernetes Job ends: Never or OnFailure",
    remedy="choose one of them",
)
def submitter_restart_policy(job: JobView) -> list[Found]:
    """The submitter restarts Never or OnFailure."""
    template = job.spec.get("submitterPodTemplate")
    policy = mapping(mapping(template).get("spec")).get("restartPolicy")
    if template is None or policy in ("Never", "OnFailure"):
        return []
    return [Found(job.at("submitterPodTemplate", "spec", "restartPolicy"), f"{policy or 'nothing'} asked")]


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
