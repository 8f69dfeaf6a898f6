"""Examples of rules about names, groups and what they count."""

from collections.abc import Mapping

from rayform.components.versions import RAY_DEFAULT

from .example import Example, cluster, group, head, job, main_of, spec

__all__ = ["EXAMPLES"]

_V2 = {"enableInTreeAutoscaling": True, "autoscalerOptions": {"version": "v2"}}
_LABEL = "ray.io/originated-from-crd"
_SMALL = {"limits": {"cpu": "4", "memory": "16Gi"}, "requests": {"cpu": "4", "memory": "16Gi"}}
_ANOTHER = {
    "groupName": "cpu",
    "template": main_of("ray-worker", image="registry.example.com/train:1", resources=_SMALL),
}

EXAMPLES: Mapping[str, Example] = {
    "kind-unknown": cluster({"kind": "RayClutser"}, {"kind": "RayCluster"}),
    "version-unknown": cluster({"apiVersion": "ray.io/v2"}, {"apiVersion": "ray.io/v1"}),
    "version-deprecated": cluster({"apiVersion": "ray.io/v1alpha1"}, {"apiVersion": "ray.io/v1"}),
    "field-misspelt": cluster(spec(rayversion=RAY_DEFAULT), spec(rayVersion=RAY_DEFAULT)),
    "field-type": cluster(group(replicas="2"), group(replicas=2)),
    "field-value": cluster(
        spec(enableInTreeAutoscaling=True, autoscalerOptions={"upscalingMode": "Fast"}),
        spec(enableInTreeAutoscaling=True, autoscalerOptions={"upscalingMode": "Aggressive"}),
    ),
    "field-missing": cluster(
        spec(workerGroupSpecs=[{"groupName": None, "replicas": 2}]),
        spec(workerGroupSpecs=[{"groupName": "gpu", "replicas": 2}]),
    ),
    "accepts-unknown": cluster(
        {"metadata": {"annotations": {"rayform/accepts": "dashboard-port"}}},
        {"metadata": {"annotations": {"rayform/accepts": "ray-vulnerable"}}},
    ),
    "name-length": cluster(
        {"metadata": {"name": "a-name-of-fifty-four-characters-which-is-one-too-many-x"}},
        {"metadata": {"name": "train"}},
    ),
    "name-form": cluster({"metadata": {"name": "2-trains"}}, {"metadata": {"name": "trains-2"}}),
    "upgrade-type": cluster(spec(upgradeStrategy={"type": "Rolling"}), spec(upgradeStrategy={"type": "Recreate"})),
    "upgrade-nested": job(spec(rayClusterSpec={"upgradeStrategy": {"type": "Recreate"}}), spec(rayClusterSpec={})),
    "upgrade-owned": cluster(
        {"metadata": {"labels": {_LABEL: "RayJob"}}, **spec(upgradeStrategy={"type": "Recreate"})},
        {"metadata": {"labels": {"team": "a"}}, **spec(upgradeStrategy={"type": "Recreate"})},
    ),
    "manager-unknown": cluster(spec(managedBy="kueue"), spec(managedBy="kueue.x-k8s.io/multikueue")),
    "field-unknown": cluster(spec(tlsOptions={"enabled": True}), spec()),
    "containers-missing": cluster(
        head(template={"spec": {"containers": []}}),
        head(template=main_of("ray-head", image="registry.example.com/train:1")),
    ),
    "resources-twice": cluster(
        group(rayStartParams={"num-cpus": "8"}, resources={"CPU": "8"}), group(resources={"CPU": "8"})
    ),
    "start-labels": cluster(group(rayStartParams={"labels": "zone=a"}), group(labels={"zone": "a"})),
    "label-key": cluster(group(labels={"-zone": "a"}), group(labels={"ray.io/zone": "a"})),
    "label-value": cluster(group(labels={"zone": "a b"}), group(labels={"zone": "a-b"})),
    "logical-amount": cluster(group(resources={"CPU": "many"}), group(resources={"CPU": "8"})),
    "head-runs-tasks": cluster(head(rayStartParams=None), head(rayStartParams={"num-cpus": "0"})),
    "min-replicas-negative": cluster(group(minReplicas=-1), group(minReplicas=0)),
    "max-replicas-negative": cluster(group(maxReplicas=-1), group(maxReplicas=1)),
    "replica-bounds-crossed": cluster(group(minReplicas=5, maxReplicas=4), group(minReplicas=4, maxReplicas=5)),
    "replicas-out-of-bounds": cluster(
        group(minReplicas=1, replicas=5, maxReplicas=4), group(minReplicas=1, replicas=4, maxReplicas=4)
    ),
    "hosts-not-positive": cluster(group(numOfHosts=0), group(numOfHosts=1)),
    "idle-timeout-negative": cluster(
        group(idleTimeoutSeconds=-1, cluster=_V2), group(idleTimeoutSeconds=60, cluster=_V2)
    ),
    "idle-timeout-needs-v2": cluster(group(idleTimeoutSeconds=60), group(idleTimeoutSeconds=60, cluster=_V2)),
    "priority-needs-ray-version": cluster(
        group(priority=1, cluster={**_V2, "rayVersion": "2.55.1"}),
        group(priority=1, cluster={**_V2, "rayVersion": RAY_DEFAULT}),
        newer=True,
    ),
    "priority-needs-v2": cluster(group(priority=1), group(priority=1, cluster=_V2), newer=True),
    "group-suspend-gate": cluster(group(suspend=True), group(suspend=False), off="RayJobDeletionPolicy"),
    "group-suspend-autoscaling": cluster(group(suspend=True, cluster=_V2), group(suspend=True)),
    "group-names-twice": cluster(
        spec(workerGroupSpecs=[{"groupName": "gpu"}, {**_ANOTHER, "groupName": "gpu"}]),
        spec(workerGroupSpecs=[{"groupName": "gpu"}, _ANOTHER]),
    ),
    "group-name-form": cluster(
        spec(workerGroupSpecs=[{"groupName": "GPU_Workers"}]), spec(workerGroupSpecs=[{"groupName": "gpu-workers"}])
    ),
}
"""Examples by rule."""
