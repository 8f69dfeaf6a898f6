"""Rules of how jobs are submitted, and of what is submitted."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .inline import inline
from .rule import Found, rule
from .view import JobView, items, mapping, text

_MODES = ("K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode")
_SEMANTIC = re.compile(r"v?\d+(?:\.\d+){0,2}(?:[-+][-+.0-9A-Za-z]+)?")


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
    value, problem = inline(text(job.spec.get("runtimeEnvYAML")))
    if value is not None and not isinstance(value, dict):
        problem = "text that is no mapping"
    return [Found(job.at("runtimeEnvYAML"), problem)] if problem else []


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
    if job.mode == "K8sJobMode" and any(container.get("command") for container in _submitters(job)):
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
    if all(container.get("image") for container in _submitters(job)):
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


def _submitters(job: JobView) -> Sequence[Mapping[str, Any]]:
    """The container that submits, where the job describes it: the first of its pod."""
    template = mapping(job.spec.get("submitterPodTemplate"))
    return items(mapping(template.get("spec")).get("containers"))[:1]
