"""Rules of shape, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case

__all__ = ["CASES"]

RULE = {"policy": "DeleteCluster", "condition": {"jobStatus": "FAILED"}}
STEPS = {"clusterUpgradeOptions": {"gatewayClassName": "istio"}}

CASES = (
    Case(
        "field-misspelt",
        {"spec workerGroupSpec": [], "spec headGroupSpec sevriceType": "ClusterIP", "metdata": {}, "spec x": 1},
        [
            (
                "metdata: asked, there is no such field, and the API server refuses it or drops it in silence; write "
                "metadata"
            ),
            (
                "worker_group_spec: asked, there is no such field, and the API server refuses it or drops it in "
                "silence; write workerGroupSpecs"
            ),
            "x: asked, there is no such field, and the API server refuses it or drops it in silence; remove it",
            (
                "head.sevrice_type: asked, there is no such field, and the API server refuses it or drops it in "
                "silence; write serviceType"
            ),
        ],
        {"status": {}, "spec headGroupSpec headService": {"spec": {"type": "ClusterIP"}}},
    ),
    Case(
        "field-type",
        {
            "spec suspend": "yes",
            "spec workerGroupSpecs 0 replicas": "2",
            "spec workerGroupSpecs 0 maxReplicas": 2**31,
            "spec headGroupSpec rayStartParams": {"num-cpus": 0},
            "spec authOptions": ["token"],
            "spec rayVersion": 2.6,
        },
        [
            "ray_version: a number asked, it is a text; quote it",
            "auth_options: a list asked, it is a mapping; write a mapping",
            "head.ray_start_params[num-cpus]: a number asked, it is a text; quote it",
            (
                "workers[gpu].max_replicas: a number asked, it is a whole number of 32 bits; write a whole number of "
                "32 bits"
            ),
            "workers[gpu].replicas: a text asked, it is a whole number of 32 bits; remove the quotes",
            "suspend: a text asked, it is true or false; write true or false",
        ],
        {
            "spec suspend": None,
            "spec workerGroupSpecs 0 maxReplicas": 2**31 - 1,
            "spec rayVersion": object(),
            "spec headGroupSpec rayStartParams": {"num-cpus": object()},
        },
    ),
    Case(
        "field-type",
        {"spec entrypointNumGpus": True, "spec deletionStrategy": {"deletionRules": ["DeleteSelf", None]}},
        [
            "entrypoint_num_gpus: true or false asked, it is a number; write a number",
            "deletion_strategy.deletion_rules[0]: a text asked, it is a mapping; write a mapping",
            "deletion_strategy.deletion_rules[1]: nothing asked, it is a mapping; write a mapping",
        ],
        {"spec entrypointNumGpus": 0.5, "spec deletionStrategy": {"deletionRules": [RULE]}},
        of="job",
    ),
    Case(
        "field-type",
        {"spec gcsFaultToleranceOptions": {"storage": {"size": 1.5}}, "spec autoscalerOptions": {"command": "run"}},
        [
            (
                "gcs_fault_tolerance_options.storage.size: a number asked, it is an amount such as 1Gi; write an "
                "amount such as 1Gi"
            ),
            "autoscaler_options.command: a text asked, it is a list; write a list",
        ],
        {"spec gcsFaultToleranceOptions": {"storage": {"size": 1}}, "spec autoscalerOptions": {"command": ["run"]}},
        version="1.7.0",
    ),
    Case(
        "field-value",
        {"spec authOptions mode": "tokens", "spec autoscalerOptions": {"version": "V2"}},
        [
            "auth_options.mode: 'tokens' asked, disabled, token are known; choose one of them",
            "autoscaler_options.version: 'V2' asked, v1, v2 are known; choose one of them",
        ],
        {"spec authOptions mode": "token", "spec autoscalerOptions": {"version": "v2"}},
    ),
    Case(
        "field-value",
        {"spec deletionStrategy": {"deletionRules": [{**RULE, "condition": {"jobDeploymentStatus": "FAILED"}}]}},
        (
            "deletion_strategy.deletion_rules[0].condition.job_deployment_status: 'FAILED' asked, Failed is known; "
            "choose one of them"
        ),
        {"spec deletionStrategy": {"deletionRules": [RULE]}},
        of="job",
    ),
    Case(
        "field-missing",
        {"spec workerGroupSpecs 0 groupName": GONE},
        "workers[0].name: nothing asked, the API server refuses the object without it; write it",
        {},
    ),
    Case(
        "field-missing",
        {"spec upgradeStrategy": STEPS},
        [
            (
                f"upgrade_strategy.cluster_upgrade_options.{field}: nothing asked, the API server refuses the object "
                "without it; write it"
            )
            for field in ("interval_seconds", "step_size_percent")
        ],
        {"spec upgradeStrategy": {}},
        of="service",
    ),
    Case(
        "kind-unknown",
        {"kind": "RayClutser"},
        "kind: 'RayClutser' asked, RayCluster, RayJob, RayService, RayCronJob are known; choose one of them",
        {"kind": "RayJob"},
    ),
    Case(
        "version-unknown",
        {"apiVersion": "ray.io/v2"},
        "api_version: 'ray.io/v2' asked, the API server knows Ray's objects as ray.io/v1; write ray.io/v1",
        {"apiVersion": "ray.io/v1alpha1"},
    ),
    Case(
        "version-unknown",
        {"apiVersion": "ray.io/v1alpha1"},
        "api_version: 'ray.io/v1alpha1' asked, the API server knows Ray's objects as ray.io/v1; write ray.io/v1",
        {"apiVersion": "ray.io/v1"},
        of="schedule",
    ),
    Case(
        "version-deprecated",
        {"apiVersion": "ray.io/v1alpha1"},
        (
            "api_version: ray.io/v1alpha1 asked, it lacks every field that came after KubeRay 1.1, and KubeRay 1.9 no "
            "longer serves it; write ray.io/v1"
        ),
        {"apiVersion": "ray.io/v1"},
    ),
)
