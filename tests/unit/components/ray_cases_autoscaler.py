"""Rules of the autoscaler, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case, H, W, env

__all__ = ["CASES"]

CASES = (
    Case(
        "v2-without-autoscaling",
        {f"{H} env": env(RAY_enable_autoscaler_v2="true")},
        (
            "head.env[RAY_enable_autoscaler_v2]: 'true' asked without autoscaling, there is no autoscaler to "
            "switch; set autoscaling, or remove the variable"
        ),
        {f"{H} env": env(RAY_enable_autoscaler_v2="false")},
    ),
    Case(
        "autoscaler-version-twice",
        {
            f"{H} env": env(RAY_enable_autoscaler_v2="0"),
            "spec enableInTreeAutoscaling": True,
            "spec autoscalerOptions": {"version": "v2"},
        },
        (
            "head.env[RAY_enable_autoscaler_v2]: set beside autoscaler_options.version, the version comes "
            "from one place only; keep autoscaler_options.version, remove the variable (or set version=None)"
        ),
        {f"{H} env": env(RAY_enable_autoscaler_v2="0"), "spec enableInTreeAutoscaling": True},
    ),
    Case(
        "v2-restart-policy",
        {
            "spec headGroupSpec template spec restartPolicy": "Always",
            f"{W} template spec restartPolicy": "OnFailure",
            "spec enableInTreeAutoscaling": True,
            "spec autoscalerOptions": {"version": "v2"},
        },
        [
            (
                "head.restart_policy: Always asked, autoscaler v2 replaces pods instead of restarting them: "
                "Never, or nothing; leave restart_policy out"
            ),
            (
                "workers[gpu].restart_policy: OnFailure asked, autoscaler v2 replaces pods instead of restarting "
                "them: Never, or nothing; leave restart_policy out"
            ),
        ],
        {
            f"{W} template spec restartPolicy": "Never",
            "spec enableInTreeAutoscaling": True,
            "spec autoscalerOptions": {"version": "v2"},
        },
    ),
    Case(
        "autoscaled-restart-policy",
        {
            f"{W} template spec restartPolicy": "Always",
            "spec enableInTreeAutoscaling": True,
            "spec autoscalerOptions": {"version": "v1"},
        },
        (
            "workers[gpu].restart_policy: Always asked, a container restarted in place confuses the "
            'autoscaler\'s count of nodes; set restart_policy "Never"'
        ),
        {f"{W} template spec restartPolicy": "Always"},
    ),
    Case(
        "autoscaler-idle-negative",
        {"spec autoscalerOptions": {"idleTimeoutSeconds": -5}},
        (
            "autoscaler_options.idle_timeout_seconds: -5 asked, a worker is idle for 0 seconds or more; raise "
            "it to 0 or more"
        ),
        {"spec autoscalerOptions": {"idleTimeoutSeconds": 0}},
    ),
    Case(
        "autoscaler-start-command",
        {"spec autoscalerOptions": {"env": env(KUBERAY_GEN_AUTOSCALER_START_CMD="x")}},
        (
            "autoscaler_options.env[KUBERAY_GEN_AUTOSCALER_START_CMD]: set by hand, the operator writes this "
            "variable itself; remove it (command and args can refer to it)"
        ),
        {"spec autoscalerOptions": {"env": env(OTHER="x")}},
        version="1.7.0",
    ),
    Case(
        "replicas-autoscaled",
        {f"{W} replicas": 2, "spec enableInTreeAutoscaling": True},
        (
            "workers[gpu].replicas: 2 asked with autoscaling, the autoscaler sets it from then on, and every "
            "update that touches a group sets it back; leave replicas out and set min_replicas"
        ),
        {f"{W} replicas": 2, f"{W} minReplicas": 2, "spec enableInTreeAutoscaling": True},
    ),
    Case(
        "autoscaling-unbounded",
        {f"{W} maxReplicas": GONE, "spec enableInTreeAutoscaling": True},
        (
            "workers[gpu].max_replicas: no most asked with autoscaling, a task that asks for ever more workers would "
            "get them, as far as the cloud has any; set max_replicas"
        ),
        {f"{W} maxReplicas": GONE},
    ),
)
