"""Examples of rules about jobs, and about what is deleted after them."""

from collections.abc import Mapping

from rayform.components.versions import RAY_DEFAULT

from .example import Example, Fragment, job, main_of, spec

__all__ = ["EXAMPLES"]

_SELECTED = {
    "clusterSelector": {"ray.io/cluster": "train"},
    "rayClusterSpec": None,
    "shutdownAfterJobFinishes": None,
}


def _selected(**fields: object) -> Fragment:
    return spec(**_SELECTED, **fields)


def _submitter(*, policy: str = "Never", image: str | None = f"rayproject/ray:{RAY_DEFAULT}") -> Fragment:
    return spec(submitterPodTemplate=main_of("submitter", pod={"restartPolicy": policy}, image=image))


def _rule(policy: str, state: str, seconds: int) -> Fragment:
    return {"policy": policy, "condition": {"jobStatus": state, "ttlSeconds": seconds}}


def _rules(*rules: Fragment, **fields: object) -> Fragment:
    own = {"shutdownAfterJobFinishes": None} | fields
    return spec(**own, deletionStrategy={"deletionRules": list(rules)})


def _older(success: str | None, failure: str | None, **fields: object) -> Fragment:
    policies = {"onSuccess": success, "onFailure": failure}
    strategy = {name: {"policy": policy} if policy else {} for name, policy in policies.items()}
    return spec(**({"shutdownAfterJobFinishes": None} | fields), deletionStrategy=strategy)


_ONE = _rule("DeleteCluster", "SUCCEEDED", 60)
_AUTOSCALED = {"rayClusterSpec": {"enableInTreeAutoscaling": True}}

EXAMPLES: Mapping[str, Example] = {
    "suspend-needs-shutdown": job(
        spec(suspend=True, shutdownAfterJobFinishes=False), spec(suspend=True, shutdownAfterJobFinishes=True)
    ),
    "ttl-negative": job(
        spec(shutdownAfterJobFinishes=True, ttlSecondsAfterFinished=-1),
        spec(shutdownAfterJobFinishes=True, ttlSecondsAfterFinished=60),
    ),
    "ttl-needs-shutdown": job(
        spec(shutdownAfterJobFinishes=False, ttlSecondsAfterFinished=60),
        spec(shutdownAfterJobFinishes=True, ttlSecondsAfterFinished=60),
    ),
    "suspend-selected": job(
        spec(**{**_SELECTED, "shutdownAfterJobFinishes": True}, suspend=True), _selected(suspend=False)
    ),
    "entrypoint-unplaceable": job(spec(entrypointNumGpus=4), spec(entrypointNumGpus=2)),
    "entrypoint-resources-form": job(spec(entrypointResources="tpu: 1"), spec(entrypointResources='{"tpu": 1}')),
    "cluster-missing": job(spec(rayClusterSpec=None), _selected()),
    "cluster-twice": job(
        spec(clusterSelector={"ray.io/cluster": "train"}, rayClusterSpec={"rayVersion": RAY_DEFAULT}), _selected()
    ),
    "selector-name": job(spec(**{**_SELECTED, "clusterSelector": {"app": "train"}}), _selected()),
    "selector-sidecar": job(_selected(submissionMode="SidecarMode"), _selected(submissionMode="HTTPMode")),
    "job-cluster-suspended": job(
        spec(rayClusterSpec={"suspend": True}), spec(suspend=True, shutdownAfterJobFinishes=True)
    ),
    "retry-selected": job(_selected(backoffLimit=2), _selected(backoffLimit=0)),
    "retry-interactive": job(
        spec(submissionMode="InteractiveMode", backoffLimit=2), spec(submissionMode="K8sJobMode", backoffLimit=2)
    ),
    "retry-negative": job(spec(backoffLimit=-1), spec(backoffLimit=0)),
    "deadline-not-positive": job(spec(activeDeadlineSeconds=0), spec(activeDeadlineSeconds=3600)),
    "cluster-outlives-job": job(spec(shutdownAfterJobFinishes=False), spec(shutdownAfterJobFinishes=True)),
    "sidecar-submitter": job(
        spec(submissionMode="SidecarMode", submitterConfig={"backoffLimit": 2}),
        spec(submissionMode="K8sJobMode", submitterConfig={"backoffLimit": 2}),
    ),
    "sidecar-restart-policy": job(
        spec(
            submissionMode="SidecarMode",
            rayClusterSpec={"headGroupSpec": {"template": {"spec": {"restartPolicy": "Always"}}}},
        ),
        spec(
            submissionMode="SidecarMode",
            rayClusterSpec={"headGroupSpec": {"template": {"spec": {"restartPolicy": "Never"}}}},
        ),
    ),
    "runtime-env-yaml": job(spec(runtimeEnvYAML="pip: [torch"), spec(runtimeEnvYAML="pip: [torch]")),
    "runtime-env-form": job(spec(runtimeEnvYAML="env_vars: {LEVEL: 1}"), spec(runtimeEnvYAML="env_vars: {LEVEL: '1'}")),
    "submission-mode": job(spec(submissionMode="K8SJobMode"), spec(submissionMode="K8sJobMode")),
    "entrypoint-missing": job(spec(entrypoint=""), spec(entrypoint="python train.py")),
    "metadata-needs-ray-version": job(
        spec(metadata={"team": "a"}, rayClusterSpec={"rayVersion": "2.60.0rc1"}),
        spec(metadata={"team": "a"}, rayClusterSpec={"rayVersion": RAY_DEFAULT}),
    ),
    "submitter-image-missing": job(_submitter(image=None), _submitter()),
    "submitter-restart-policy": job(_submitter(policy="Always"), _submitter()),
    "deletion-gate": job(_rules(_ONE), spec(shutdownAfterJobFinishes=True), off="RayJobDeletionPolicy"),
    "deletion-with-shutdown": job(_rules(_ONE, shutdownAfterJobFinishes=True), _rules(_ONE)),
    "deletion-both-forms": job(
        spec(
            shutdownAfterJobFinishes=None,
            deletionStrategy={"onSuccess": {"policy": "DeleteCluster"}, "deletionRules": [_ONE]},
        ),
        _rules(_ONE),
    ),
    "deletion-empty": job(spec(shutdownAfterJobFinishes=None, deletionStrategy={}), _rules(_ONE)),
    "deletion-policy-missing": job(_older("DeleteCluster", None), _older("DeleteCluster", "DeleteNone")),
    "deletion-selected": job(_rules(_ONE, **_SELECTED), _rules(_rule("DeleteNone", "SUCCEEDED", 60), **_SELECTED)),
    "deletion-workers-autoscaling": job(
        _rules(_rule("DeleteWorkers", "FAILED", 0), **_AUTOSCALED),
        _rules(_rule("DeleteCluster", "FAILED", 0), **_AUTOSCALED),
    ),
    "deletion-none-with-shutdown": job(
        _older("DeleteNone", "DeleteCluster", shutdownAfterJobFinishes=True), _older("DeleteNone", "DeleteCluster")
    ),
    "deletion-condition": job(_rules({"policy": "DeleteCluster", "condition": {"ttlSeconds": 60}}), _rules(_ONE)),
    "deletion-ttl-negative": job(
        _rules(_rule("DeleteCluster", "FAILED", -1)), _rules(_rule("DeleteCluster", "FAILED", 0))
    ),
    "deletion-twice": job(
        _rules(_ONE, _rule("DeleteCluster", "SUCCEEDED", 600)), _rules(_ONE, _rule("DeleteCluster", "FAILED", 600))
    ),
    "deletion-order": job(
        _rules(_rule("DeleteWorkers", "FAILED", 600), _rule("DeleteCluster", "FAILED", 60)),
        _rules(_rule("DeleteWorkers", "FAILED", 60), _rule("DeleteCluster", "FAILED", 600)),
    ),
    "deletion-self": job(_rules(_rule("DeleteSelf", "SUCCEEDED", 60)), _rules(_ONE)),
}
"""Examples by rule."""
