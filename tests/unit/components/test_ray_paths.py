"""Places in a manifest, in the words of the specs that made it."""

import pytest
from ray_builders import cluster_manifest, job_manifest
from rayform.components.ray.rules import Operator, refusals
from rayform.components.ray.rules.path import spelled
from rayform.components.ray.rules.view import Path

HEAD = ("spec", "headGroupSpec")
GROUP = ("spec", "workerGroupSpecs", 0)
POD = (*GROUP, "template", "spec")
MAIN = (*POD, "containers", 0)


PLACES: tuple[tuple[Path, str], ...] = (
    (("metadata", "name"), "name"),
    (("metadata", "annotations", "ray.io/x"), "annotations[ray.io/x]"),
    (("spec",), "spec"),
    (("spec", "rayVersion"), "ray_version"),
    (("spec", "enableInTreeAutoscaling"), "autoscaling"),
    (("spec", "authOptions", "enableK8sTokenAuth"), "auth_options.enable_k8s_token_auth"),
    ((*HEAD, "rayStartParams", "num-cpus"), "head.ray_start_params[num-cpus]"),
    (GROUP, "workers[gpu]"),
    ((*GROUP, "groupName"), "workers[gpu].name"),
    ((*GROUP, "resources", "CPU"), "workers[gpu].resources[CPU]"),
    ((*GROUP, "labels", "zone"), "workers[gpu].labels[zone]"),
    (("spec", "workerGroupSpecs", 7, "minReplicas"), "workers[7].min_replicas"),
    ((*POD, "restartPolicy"), "workers[gpu].restart_policy"),
    ((*GROUP, "template", "metadata", "labels", "a"), "workers[gpu].pod_labels[a]"),
    ((*MAIN, "image"), "workers[gpu].image"),
    ((*MAIN, "env", "A"), "workers[gpu].env[A]"),
    ((*MAIN, "resources", "limits", "memory"), "workers[gpu].memory"),
    ((*MAIN, "resources", "requests", "ephemeral-storage"), "workers[gpu].ephemeral_storage"),
    ((*MAIN, "resources", "limits", "nvidia.com/gpu"), "workers[gpu].gpus"),
    ((*MAIN, "resources", "limits", "google.com/tpu"), "workers[gpu].accelerators[google.com/tpu]"),
    ((*POD, "containers", 1, "image"), "workers[gpu].sidecars[1].image"),
    ((*POD, "initContainers", 0, "image"), "workers[gpu].init_containers[0].image"),
    (("spec", "autoscalerOptions", "resources", "limits", "cpu"), "autoscaler_options.cpu"),
    (("spec", "autoscalerOptions", "env", "A"), "autoscaler_options.env[A]"),
    (("spec", "networkPolicy", "workerGroups", 0, "groupName"), "network_policy.worker_groups[0].group_name"),
    ((*MAIN, "resources", "limits", "cpu"), "workers[gpu].cpu"),
    (("spec", "workerGroupSpecs", 1), "workers[1]"),
)
"""Places in the valid cluster, and how they are spelled."""


@pytest.mark.parametrize(("path", "words"), PLACES)
def test_a_place_is_spelled_as_its_author_wrote_it(path: Path, words: str) -> None:
    assert spelled(path, cluster_manifest()) == words


def test_a_cluster_within_a_job_is_spelled_through_it() -> None:
    path = ("spec", "rayClusterSpec", "workerGroupSpecs", 0, "minReplicas")

    assert spelled(path, job_manifest()) == "ray_cluster_spec.workers[gpu].min_replicas"
    assert (
        spelled(("spec", "submitterPodTemplate", "spec", "containers", 0, "image"), job_manifest()) == "submitter.image"
    )


def test_refusals_are_the_errors_among_the_findings() -> None:
    broken = cluster_manifest(**{"spec headGroupSpec serviceType": "NodePort", "spec workerGroupSpecs 0 numOfHosts": 0})

    assert [refusal.path for refusal in refusals(broken, Operator.assumed())] == ["workers[gpu].num_of_hosts"]
