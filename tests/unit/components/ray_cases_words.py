"""Rules of words and of amounts that Kubernetes refuses, broken and kept."""

from ray_builders import GONE
from ray_rule_case import OPEN_1_7, Case, H, W

__all__ = ["CASES"]

POD = f"{W} template spec"
TOO_MUCH = "what is asked for can at most be the limit; lower the request or raise the limit"
UNREADABLE = (
    "an amount is a number with an optional unit: m, k, M, G, T, Ki, Mi, Gi, Ti; write it so, such as 500m or 16Gi"
)
PULLS = "images are pulled Always, IfNotPresent or Never; choose one of them, or leave it out"
RESTARTS = "pods restart Always, OnFailure or Never; choose one of them, or leave it out"


def beside(name: str = "logs", **amounts: object) -> dict[str, object]:
    """A container with these amounts."""
    return {"name": name, "image": "busybox", "resources": amounts}


CASES = (
    Case(
        "service-type-unknown",
        {"spec headGroupSpec serviceType": "nodePort"},
        (
            "head.service_type: 'nodePort' asked, a Service in front of pods is ClusterIP, NodePort or LoadBalancer; "
            "choose one of them, or leave it out"
        ),
        {"spec headGroupSpec serviceType": "LoadBalancer"},
    ),
    Case(
        "pull-policy-unknown",
        {
            f"{H} imagePullPolicy": "IfMissing",
            f"{POD} initContainers": [{"name": "fetch", "imagePullPolicy": "never"}],
            "spec autoscalerOptions imagePullPolicy": "always",
        },
        [
            f"head.image_pull_policy: 'IfMissing' asked, {PULLS}",
            f"workers[gpu].init_containers[fetch].image_pull_policy: 'never' asked, {PULLS}",
            f"autoscaler_options.image_pull_policy: 'always' asked, {PULLS}",
        ],
        {f"{H} imagePullPolicy": "Always", "spec autoscalerOptions imagePullPolicy": "Never"},
    ),
    Case(
        "pull-policy-unknown",
        {"spec historyServerOptions": {"collectorOptions": {"imagePullPolicy": "Missing"}}},
        f"history_server_options.collector_options.image_pull_policy: 'Missing' asked, {PULLS}",
        {"spec historyServerOptions": {"collectorOptions": {"imagePullPolicy": "IfNotPresent"}}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "restart-policy-unknown",
        {"spec headGroupSpec template spec restartPolicy": "never", f"{POD} restartPolicy": "Sometimes"},
        [
            f"head.restart_policy: 'never' asked, {RESTARTS}",
            f"workers[gpu].restart_policy: 'Sometimes' asked, {RESTARTS}",
        ],
        {"spec headGroupSpec template spec restartPolicy": "Always", f"{POD} restartPolicy": "OnFailure"},
    ),
    Case(
        "amount-negative",
        {f"{POD} containers 0 resources": {"limits": {"cpu": -1}, "requests": {"memory": "-1Gi"}}},
        [
            "workers[gpu].cpu: -1 asked, a container takes 0 or more of anything; raise it to 0 or more",
            "workers[gpu].memory: -1Gi asked, a container takes 0 or more of anything; raise it to 0 or more",
        ],
        {f"{POD} containers 0 resources limits cpu": 0, f"{POD} containers 0 resources requests cpu": 0},
    ),
    Case(
        "amount-unparseable",
        {
            f"{POD} containers 1": beside(limits={"cpu": "half"}),
            f"{POD} initContainers": [beside("fetch", requests={"memory": ""})],
            "spec autoscalerOptions resources": {"limits": {"cpu": "1 core"}},
        },
        [
            f"workers[gpu].sidecars[logs].cpu: 'half' asked, {UNREADABLE}",
            f"workers[gpu].init_containers[fetch].memory: '' asked, {UNREADABLE}",
            f"autoscaler_options.cpu: '1 core' asked, {UNREADABLE}",
        ],
        {
            f"{POD} containers 1": beside(limits={"cpu": ".5"}),
            f"{POD} initContainers": [beside("fetch", requests={"memory": "1e3"})],
            "spec autoscalerOptions resources": {"limits": {"cpu": 1.5}},
        },
    ),
    Case(
        "amount-unparseable",
        {"spec historyServerOptions": {"collectorOptions": {"resources": {"requests": {"cpu": "-"}}}}},
        f"history_server_options.collector_options.cpu: '-' asked, {UNREADABLE}",
        {"spec historyServerOptions": {"collectorOptions": {"resources": {"requests": {"cpu": "50m"}}}}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "request-over-limit",
        {
            f"{POD} containers 1": beside(limits={"cpu": 1}, requests={"cpu": 2}),
            f"{H} resources limits cpu": GONE,
            f"{H} resources requests cpu": "64",
        },
        f"workers[gpu].sidecars[logs].cpu: 2 asked with a limit of 1, {TOO_MUCH}",
        {f"{POD} containers 1": beside(limits={"cpu": 1}, requests={"cpu": "1000m"})},
    ),
)
