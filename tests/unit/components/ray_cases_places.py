"""Fields in the wrong place or of the wrong kind, and what is told of them."""

from ray_rule_case import Case, W

__all__ = ["CASES"]


def misspelt(**told: str) -> list[str]:
    """What is said of fields that are not there, each by its name."""
    why = "there is no such field, and the API server refuses it or drops it in silence"
    return [f"{name}: asked, {why}; {what}" for name, what in told.items()]


CASES = (
    Case(
        "field-misspelt",
        {f"spec {name}": {} for name in ("workers", "headGroupSpecs", "ports", "idleTimeoutSeconds", "spec", "x" * 65)},
        misspelt(
            workers="write workerGroupSpecs",
            head_group_specs="write headGroupSpec",
            ports="remove it",
            idle_timeout_seconds="write it in autoscalerOptions",
            spec="remove it",
            **{"x" * 65: "remove it"},
        ),
        {},
    ),
    Case(
        "field-misspelt",
        {f"{W} {name}": {} for name in ("maxWorkers", "securityContext", "image", "name", "spec", "resource")}
        | {f"{W} template spec name": "a"},
        [
            f"workers[gpu].{each}"
            for each in misspelt(
                max_workers="write maxReplicas",
                security_context="write it in template.spec",
                image="write it in template.spec.containers[]",
                name="write groupName",
                spec="write it in template",
                resource="write resources",
            )
        ]
        + [f"workers[gpu].{each}" for each in misspelt(name="write nodeName")],
        {},
    ),
    Case(
        "field-misspelt",
        {f"spec jobTemplate {name}": {} for name in ("headGroupSpec", "spec")}
        | {f"spec {name}": {} for name in ("entrypoint", "headGroupSpec", "idleTimeoutSeconds")},
        [
            *misspelt(
                entrypoint="write it in jobTemplate",
                head="write it in jobTemplate.rayClusterSpec",
                idle_timeout_seconds="write it in jobTemplate.rayClusterSpec.autoscalerOptions",
            ),
            *(f"job_template.{each}" for each in misspelt(head="write it in rayClusterSpec", spec="remove it")),
        ],
        {},
        of="schedule",
    ),
    Case(
        "field-misspelt",
        {"spec headGroupSpec": {}, "spec rayClusterConfigs": {}},
        misspelt(head="write it in rayClusterConfig", ray_cluster_configs="write rayClusterConfig"),
        {},
        of="service",
    ),
    Case(
        "field-type",
        {"spec serveConfigV2": {"applications": []}, "spec rayClusterConfig headGroupSpec resources": {"requests": {}}},
        [
            (
                "serve_config_v2: a mapping asked, it is a text; write it as a text: serveConfigV2: | with the rest "
                "indented below"
            ),
            (
                "ray_cluster_config.head.resources[requests]: a mapping asked, it is a text; write it in "
                "template.spec.containers[].resources; here are names and texts alone, such as CPU: '4'"
            ),
        ],
        {},
        of="service",
    ),
    Case(
        "field-misspelt",
        {
            f"{W} nodeSelector": {"a": "b"},
            f"{W} template spec volumeMounts": [],
            f"{W} minWorkers": 1,
            "entrypoint": "x",
        },
        [
            (
                "entrypoint: asked, there is no such field, and the API server refuses it or drops it in "
                "silence; remove it"
            ),
            (
                "workers[gpu].node_selector: asked, there is no such field, and the API server refuses it"
                " or drops it in silence; write it in template.spec"
            ),
            (
                "workers[gpu].min_workers: asked, there is no such field, and the API server refuses it or"
                " drops it in silence; write minReplicas"
            ),
            (
                "workers[gpu].volume_mounts: asked, there is no such field, and the API server "
                "refuses it or drops it in silence; write it in containers[]"
            ),
        ],
        {f"{W} template spec nodeSelector": {"a": "b"}},
        of="cluster",
    ),
    Case(
        "field-misspelt",
        {"headGroupSpec": {}, "spec headGroupSpec": {}},
        [
            (
                "head_group_spec: asked, there is no such field, and the API server refuses it or drops "
                "it in silence; write it in spec.rayClusterSpec"
            ),
            (
                "head: asked, there is no such field, and the API server refuses it or drops "
                "it in silence; write it in rayClusterSpec"
            ),
        ],
        {},
        of="job",
    ),
    Case(
        "field-type",
        {"spec entrypoint": ["python", "a.py"], "spec runtimeEnvYAML": {"pip": ["a"]}},
        [
            "entrypoint: a list asked, it is a text; write it as one line, such as python train.py --epochs 3",
            (
                "runtime_env: a mapping asked, it is a text; write it as a text: runtimeEnvYAML: | with "
                "the rest indented below"
            ),
        ],
        {},
        of="job",
    ),
    Case(
        "field-type",
        {f"{W} resources": {"limits": {"cpu": "4"}}},
        (
            "workers[gpu].resources[limits]: a mapping asked, it is a text; write it in "
            "template.spec.containers[].resources; here are names and texts alone, such as CPU: '4'"
        ),
        {f"{W} resources": {"CPU": "4"}},
        of="cluster",
    ),
)
