"""Rules of worker groups, broken and kept."""

from ray_builders import GONE, cluster_manifest
from ray_rule_case import Case, H, W, env

__all__ = ["CASES"]

CASES = (
    Case(
        "min-replicas-negative",
        {f"{W} minReplicas": -1},
        "workers[gpu].min_replicas: -1 asked, a group has 0 or more workers; raise it to 0 or more",
        {f"{W} minReplicas": 0},
    ),
    Case(
        "max-replicas-negative",
        {f"{W} maxReplicas": -1},
        "workers[gpu].max_replicas: -1 asked, a group has 0 or more workers; raise it to 0 or more",
        {f"{W} maxReplicas": 0},
    ),
    Case(
        "replica-bounds-crossed",
        {f"{W} minReplicas": 5},
        (
            "workers[gpu].min_replicas: 5 asked with max_replicas 4, the fewest cannot be more than the most; "
            "lower min_replicas or raise max_replicas"
        ),
        {f"{W} minReplicas": 4},
    ),
    Case(
        "replicas-out-of-bounds",
        {f"{W} replicas": 5},
        (
            "workers[gpu].replicas: 5 asked with bounds 0 to 4, the operator would silently take the nearest "
            "bound; choose a number within the bounds, or move them"
        ),
        {f"{W} replicas": 4},
    ),
    Case(
        "replicas-out-of-bounds",
        {f"{W} replicas": 1, f"{W} minReplicas": 2},
        (
            "workers[gpu].replicas: 1 asked with bounds 2 to 4, the operator would silently take the nearest "
            "bound; choose a number within the bounds, or move them"
        ),
        {f"{W} replicas": 0, f"{W} minReplicas": 2},
    ),
    Case(
        "hosts-not-positive",
        {f"{W} numOfHosts": 0},
        "workers[gpu].num_of_hosts: 0 asked, a worker spans 1 host or more; set 1 or more",
        {f"{W} numOfHosts": 1},
    ),
    Case(
        "idle-timeout-negative",
        {f"{W} idleTimeoutSeconds": -1},
        ("workers[gpu].idle_timeout_seconds: -1 asked, a worker is idle for 0 seconds or more; raise it to 0 or more"),
        {f"{W} idleTimeoutSeconds": 0},
    ),
    Case(
        "idle-timeout-needs-v2",
        {f"{W} idleTimeoutSeconds": 30},
        (
            "workers[gpu].idle_timeout_seconds: 30 asked without autoscaler v2, only autoscaler v2 knows "
            'groups by their idle time; set autoscaling and autoscaler_options.version "v2", or use '
            "autoscaler_options.idle_timeout_seconds"
        ),
        {
            f"{W} idleTimeoutSeconds": 30,
            "spec enableInTreeAutoscaling": True,
            "spec autoscalerOptions": {"version": "v2"},
        },
    ),
    Case(
        "idle-timeout-needs-v2",
        {f"{W} idleTimeoutSeconds": 30, f"{H} env": env(RAY_enable_autoscaler_v2="yes")},
        (
            "workers[gpu].idle_timeout_seconds: 30 asked without autoscaler v2, only autoscaler v2 knows "
            'groups by their idle time; set autoscaling and autoscaler_options.version "v2", or use '
            "autoscaler_options.idle_timeout_seconds"
        ),
        {f"{W} idleTimeoutSeconds": 30, f"{H} env": env(RAY_enable_autoscaler_v2="1")},
    ),
    Case(
        "priority-needs-ray-version",
        {f"{W} priority": 1, "spec rayVersion": "2.55.9"},
        (
            "workers[gpu].priority: 1 asked with Ray 2.55.9, priorities of groups need Ray 2.56.0 or newer; "
            "set ray_version to 2.56.0 or newer, or leave the priority out"
        ),
        {f"{W} priority": 1, "spec rayVersion": "2.56.0"},
        version="1.7.0",
    ),
    Case(
        "priority-needs-ray-version",
        {f"{W} priority": 1, "spec rayVersion": GONE},
        (
            "workers[gpu].priority: 1 asked without a ray_version, priorities of groups need Ray 2.56.0 or "
            "newer; set ray_version to 2.56.0 or newer, or leave the priority out"
        ),
        {f"{W} priority": 0, "spec rayVersion": GONE},
        version="1.7.0",
    ),
    Case(
        "priority-needs-v2",
        {f"{W} priority": -1},
        (
            "workers[gpu].priority: -1 asked without autoscaler v2, only autoscaler v2 knows priorities; set "
            'autoscaling and autoscaler_options.version "v2"'
        ),
        {f"{W} priority": -1, "spec enableInTreeAutoscaling": True, "spec autoscalerOptions": {"version": "v2"}},
        version="1.7.0",
    ),
    Case(
        "group-suspend-gate",
        {f"{W} suspend": True},
        (
            "workers[gpu].suspend: suspended, the operator's gate RayJobDeletionPolicy is off; switch the "
            "gate on (KubeRayOperatorSpec: feature_gates={'RayJobDeletionPolicy': True}; Helm chart: featureGates)"
            ", or set min_replicas and max_replicas to 0"
        ),
        {f"{W} suspend": False},
        gates={"RayJobDeletionPolicy": False},
    ),
    Case(
        "group-suspend-autoscaling",
        {f"{W} suspend": True, "spec enableInTreeAutoscaling": True},
        (
            "workers[gpu].suspend: suspended with autoscaling, the autoscaler would start its workers again; "
            "set max_replicas to 0, or switch autoscaling off"
        ),
        {f"{W} suspend": True, "spec enableInTreeAutoscaling": False},
    ),
    Case(
        "group-names-twice",
        {"spec workerGroupSpecs 1": cluster_manifest()["spec"]["workerGroupSpecs"][0]},
        (
            "workers[gpu].name: a second group called gpu, groups are known by their names, so the operator "
            "would make and delete pods for ever; give each group its own name"
        ),
        {},
    ),
    Case(
        "group-name-form",
        {f"{W} groupName": "GPU"},
        (
            "workers[GPU].name: 'GPU' asked, it becomes part of pod names and a label: at most 63 lower case "
            "letters, digits and dashes; choose such a name"
        ),
        {f"{W} groupName": "4-gpus"},
    ),
)
