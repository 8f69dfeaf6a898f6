"""Legal job specs that reach every path of their own."""

from typing import Any

from .clusters import cluster_spec
from .draw import Draw
from .plan import Plan
from .pods import submitter_template

__all__ = ["job_spec"]


def job_spec(draw: Draw, plan: Plan) -> dict[str, Any]:
    """A job's spec."""
    spec: dict[str, Any] = {
        **(
            {"clusterSelector": {"ray.io/cluster": "train"}}
            if plan.selector
            else {"rayClusterSpec": cluster_spec(draw, plan)}
        ),
        **({"submissionMode": plan.mode} if plan.mode else {}),
        **_entrypoint(draw, plan),
        **_ending(draw, plan),
        **draw.some(
            0.15,
            activeDeadlineSeconds=lambda: draw.randint(1, 86400),
            preRunningDeadlineSeconds=lambda: draw.randint(1, 3600),
            managedBy=lambda: draw.pick("ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"),
            metadata=lambda: {"owner": draw.word()},
            runtimeEnvYAML=lambda: draw.pick(
                "pip: [requests==2.32.0]\nenv_vars: {A: b}\n", "working_dir: s3://a/b.zip"
            ),
        ),
    }
    if plan.mode != "SidecarMode":
        spec |= draw.some(
            0.15,
            submitterPodTemplate=lambda: submitter_template(draw, "2.60.0"),
            submitterConfig=lambda: {"backoffLimit": draw.randint(0, 5)},
        )
    if draw.chance(0.2):
        spec["backoffLimit"] = 0 if plan.selector or plan.mode == "InteractiveMode" else draw.randint(0, 3)
    return spec


def _entrypoint(draw: Draw, plan: Plan) -> dict[str, Any]:
    if plan.mode == "InteractiveMode":
        return {"jobId": "train-1"} if draw.chance(0.3) else {}
    return {
        "entrypoint": "python train.py",
        **draw.some(
            0.15,
            entrypointNumCpus=lambda: 0,
            entrypointNumGpus=lambda: 0,
            entrypointResources=lambda: '{"custom": 1}',
            jobId=lambda: "train-1",
        ),
    }


def _ending(draw: Draw, plan: Plan) -> dict[str, Any]:
    if plan.deletion == "legacy":
        return _legacy(draw, plan)
    if plan.deletion == "rules":
        return {"deletionStrategy": {"deletionRules": _rules(draw, plan)}}
    if plan.deletion == "none":
        return {"shutdownAfterJobFinishes": False} if draw.flag() else {}
    suspend = {"suspend": draw.flag()} if not plan.selector and draw.chance(0.3) else {}
    ttl = {"ttlSecondsAfterFinished": draw.pick(0, 60, 3600)} if plan.deletion == "ttl" else {}
    return {"shutdownAfterJobFinishes": True, **ttl, **suspend}


def _policies(plan: Plan) -> list[str]:
    if plan.selector:
        return ["DeleteSelf"]
    return (
        ["DeleteWorkers", "DeleteCluster", "DeleteSelf"]
        if plan.autoscaling == "off"
        else ["DeleteCluster", "DeleteSelf"]
    )


def _legacy(draw: Draw, plan: Plan) -> dict[str, Any]:
    shutdown = draw.flag()
    policies = _policies(plan) + ([] if shutdown else ["DeleteNone"])
    strategy = {name: {"policy": draw.pick(*policies)} for name in ("onSuccess", "onFailure")}
    return {"deletionStrategy": strategy, **({"shutdownAfterJobFinishes": True} if shutdown else {})}


def _rules(draw: Draw, plan: Plan) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = []
    for state in draw.sample(["SUCCEEDED", "FAILED", "Failed"], draw.randint(1, 3)):
        field = "jobDeploymentStatus" if state == "Failed" else "jobStatus"
        seconds = 0
        for policy in [policy for policy in _policies(plan) if draw.chance(0.6)] or ["DeleteNone"]:
            seconds += draw.pick(0, 30, 600)
            condition = {field: state, **({"ttlSeconds": seconds} if seconds or draw.flag() else {})}
            rules.append({"policy": policy, "condition": condition})
    draw.shuffle(rules)
    return rules
