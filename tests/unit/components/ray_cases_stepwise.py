"""Rules of upgrades step by step, broken and kept."""

from typing import Any

from ray_rule_case import Case

__all__ = ["CASES"]

STEPWISE = {"RayServiceIncrementalUpgrade": True}
"""The gate of upgrades step by step."""


def upgrade(**options: int | str) -> dict[str, Any]:
    """A legal upgrade step by step, with these options."""
    whole = {"stepSizePercent": 10, "intervalSeconds": 5, "gatewayClassName": "istio"} | options
    strategy = {"type": "NewClusterWithIncrementalUpgrade", "clusterUpgradeOptions": whole}
    return {"spec upgradeStrategy": strategy, "spec rayClusterConfig enableInTreeAutoscaling": True}


CASES = (
    Case(
        "stepwise-autoscaling",
        {**upgrade(), "spec rayClusterConfig enableInTreeAutoscaling": False},
        (
            "ray_cluster_config.autoscaling: no autoscaling asked with an upgrade step by step, the new "
            "cluster grows with its share of the requests, which is the autoscaler's work; set autoscaling, "
            "or choose NewCluster"
        ),
        upgrade(),
        of="service",
        gates=STEPWISE,
    ),
    Case(
        "stepwise-options",
        {
            "spec upgradeStrategy": {"type": "NewClusterWithIncrementalUpgrade"},
            "spec rayClusterConfig enableInTreeAutoscaling": True,
        },
        (
            "upgrade_strategy: an upgrade step by step asked without options, the operator must know how "
            "large a step is, how long it waits, and which Gateway carries the requests; add "
            "cluster_upgrade_options"
        ),
        upgrade(),
        of="service",
        gates=STEPWISE,
    ),
    Case(
        "stepwise-surge",
        upgrade(maxSurgePercent=101),
        (
            "upgrade_strategy.cluster_upgrade_options.max_surge_percent: 101 asked, the new cluster takes "
            "from 0 to 100 percent more than there is; choose a number from 0 to 100"
        ),
        upgrade(maxSurgePercent=100),
        of="service",
        gates=STEPWISE,
    ),
    Case(
        "stepwise-step",
        upgrade(stepSizePercent=101),
        (
            "upgrade_strategy.cluster_upgrade_options.step_size_percent: 101 asked, a step moves from 0 to "
            "100 percent of the requests; choose a number from 0 to 100"
        ),
        upgrade(stepSizePercent=100),
        of="service",
        gates=STEPWISE,
    ),
    Case(
        "stepwise-never-ends",
        upgrade(stepSizePercent=0, maxSurgePercent=0),
        [
            (
                "upgrade_strategy.cluster_upgrade_options.step_size_percent: 0 asked, steps of nothing never "
                "move a request, so the upgrade never ends; choose 1 or more"
            ),
            (
                "upgrade_strategy.cluster_upgrade_options.max_surge_percent: 0 asked, steps of nothing never "
                "move a request, so the upgrade never ends; choose 1 or more"
            ),
        ],
        upgrade(stepSizePercent=1, maxSurgePercent=1),
        of="service",
        gates=STEPWISE,
    ),
    Case(
        "stepwise-step-over-surge",
        upgrade(stepSizePercent=11, maxSurgePercent=10),
        (
            "upgrade_strategy.cluster_upgrade_options.step_size_percent: 11 asked with max_surge_percent 10,"
            " no more requests can move in one step than the new cluster may take; lower step_size_percent "
            "or raise max_surge_percent"
        ),
        upgrade(maxSurgePercent=10),
        of="service",
        version="1.7.0",
    ),
    Case(
        "stepwise-interval",
        upgrade(intervalSeconds=0),
        (
            "upgrade_strategy.cluster_upgrade_options.interval_seconds: 0 asked, there is 1 second or more "
            "between two steps; raise it to 1 or more"
        ),
        upgrade(intervalSeconds=1),
        of="service",
        gates=STEPWISE,
    ),
    Case(
        "stepwise-gateway",
        upgrade(gatewayClassName=""),
        (
            "upgrade_strategy.cluster_upgrade_options.gateway_class_name: no GatewayClass asked, a Gateway "
            "shares the requests out between the two clusters; name a GatewayClass that is installed"
        ),
        upgrade(),
        of="service",
        gates=STEPWISE,
    ),
)
