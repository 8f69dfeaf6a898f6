"""Rules of what no node of a cluster has, broken and kept."""

from typing import Any

import yaml
from ray_builders import GONE
from ray_rule_case import Case, Edge, N

__all__ = ["CASES", "EDGES"]

JOB = f"{N} workerGroupSpecs 0"
SERVICE = "spec rayClusterConfig workerGroupSpecs 0"
WAITS = (
    "what no node of the cluster has is waited for without end; raise the limits of a group's container, or ask for "
    "less"
)
SHOWN = ("NVIDIA_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES")
CPUS, GPUS = "spec entrypointNumCpus", "spec entrypointNumGpus"


def deployment(**fields: Any) -> dict[str, Any]:
    """A configuration of one deployment."""
    application = {"name": "chat", "import_path": "chat:app", "deployments": [{"name": "Chat", **fields}]}
    return {"spec serveConfigV2": yaml.safe_dump({"applications": [application]})}


def actor(**options: Any) -> dict[str, Any]:
    """A deployment whose replicas take this."""
    return deployment(ray_actor_options=options)


def container(place: str, name: str, value: object) -> dict[str, Any]:
    """A field of a group's container."""
    return {f"{place} template spec containers 0 {name}": value}


CASES = (
    Case(
        "entrypoint-unplaceable",
        {CPUS: 8.5, GPUS: 3},
        [
            f"entrypoint_num_cpus: 8.5 asked where the most that a node has is 8 CPUs, {WAITS}",
            f"entrypoint_num_gpus: 3 asked where the most that a node has is 2 GPUs, {WAITS}",
        ],
        {CPUS: 8, GPUS: 2},
        of="job",
    ),
    Case(
        "entrypoint-resources-form",
        {"spec entrypointResources": "tpu: 1"},
        (
            "entrypoint_resources: 'tpu: 1' asked, Ray reads a mapping in JSON from it, of names to numbers, and would "
            'refuse the job; write it as {"tpu": 1}, in single quotes around the whole'
        ),
        {"spec entrypointResources": '{"tpu": 1}'},
        of="job",
    ),
    Case(
        "serve-unplaceable",
        actor(num_gpus=4, num_cpus=9),
        [
            f"serve_config_v2: 9 CPUs asked of one node for deployment Chat, where the most is 8, {WAITS}",
            f"serve_config_v2: 4 GPUs asked of one node for deployment Chat, where the most is 2, {WAITS}",
        ],
        actor(num_gpus=2, num_cpus=8),
        of="service",
    ),
    Case(
        "serve-unplaceable",
        deployment(placement_group_bundles=[{"CPU": 1, "GPU": 1}, {"GPU": 3}]),
        f"serve_config_v2: 3 GPUs asked of one node for a bundle of deployment Chat, where the most is 2, {WAITS}",
        deployment(placement_group_bundles=[{"CPU": 8}, {"GPU": 2}]),
        of="service",
    ),
)
EDGES = (
    Edge(
        "entrypoint-unplaceable",
        [
            {GPUS: 1, f"{JOB} rayStartParams": {"num-gpus": "0"}},
            {GPUS: 3, f"{JOB} resources": {"gpu": "2"}},
            {GPUS: 1, f"{JOB} resources": {"gpu": "0"}},
            {CPUS: 5, f"{JOB} resources": {"cpu": "4"}},
            {
                CPUS: 2,
                f"{JOB} rayStartParams": {"num-cpus": "1"},
                f"{N} headGroupSpec rayStartParams": {"num-cpus": "1"},
            },
            {CPUS: 5, **container(JOB, "resources", {"requests": {"cpu": "3500m"}})},
        ],
        [
            {GPUS: 3, f"{JOB} rayStartParams": {"num-gpus": "$GPUS"}},
            {GPUS: 2, f"{JOB} resources": {"Gpu": "2"}},
            {GPUS: 3, f"{N} headGroupSpec rayStartParams": {"num-gpus": "3"}},
            {GPUS: 9, **container(JOB, "resources claims", [{"name": "gpu"}])},
            {GPUS: 9, f"{JOB} template spec runtimeClassName": "nvidia"},
            *({GPUS: 9, **container(JOB, "env", [{"name": name, "value": "all"}])} for name in SHOWN),
            {GPUS: 9, **container(JOB, "command", ["ray", "start", "--block"])},
            {GPUS: 9, CPUS: 9, **container(JOB, "args", ["ray start --block"])},
            {CPUS: 9, f"{JOB} resources": {"memory": "1Gi", "CPU": "9"}},
            {CPUS: 99, **container(JOB, "resources", {"limits": {}})},
            {CPUS: 4, **container(JOB, "resources", {"requests": {"cpu": "3500m"}})},
            {CPUS: 99, "spec rayClusterSpec": GONE},
            {CPUS: 99, "spec rayClusterSpec": GONE, "spec clusterSelector": {"ray.io/cluster": "a"}},
            {CPUS: 99, "spec clusterSelector": {"ray.io/cluster": "a"}},
            {CPUS: "99", GPUS: None},
        ],
        of="job",
    ),
    Edge(
        "entrypoint-resources-form",
        [{"spec entrypointResources": text} for text in ("[1]", "1", "{a: 1}", "[" * 100_000)],
        [{"spec entrypointResources": text} for text in ("", "{}", "$MINE", 1)],
        of="job",
    ),
    Edge(
        "serve-unplaceable",
        [actor(num_gpus=2.5), actor(num_cpus=8.5), deployment(placement_group_bundles=[{"CPU": 9}])],
        [
            actor(num_gpus="many"),
            deployment(),
            {**actor(num_gpus=4), f"{SERVICE} rayStartParams": {"num-gpus": "4"}},
            {"spec serveConfigV2": "num_cpus: 99"},
            {"spec serveConfigV2": "[num_cpus]"},
        ],
        of="service",
    ),
)
"""Edges of the same rules."""
