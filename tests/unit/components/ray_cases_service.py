"""Rules of services, broken and kept."""

from ray_rule_case import Case

__all__ = ["CASES"]

STEPWISE = {"RayServiceIncrementalUpgrade": True}
"""The gate of upgrades step by step."""

CASES = (
    Case(
        "initializing-timeout",
        {"metadata annotations ray.io/initializing-timeout": "-5m"},
        (
            "annotations[ray.io/initializing-timeout]: '-5m' asked, it is more than no time, as 5m, 1h30m or"
            " a number of seconds; write such an amount of time, or leave the annotation out"
        ),
        {"metadata annotations ray.io/initializing-timeout": "5m"},
        of="service",
    ),
    Case(
        "initializing-timeout",
        {"metadata annotations ray.io/initializing-timeout": "0"},
        (
            "annotations[ray.io/initializing-timeout]: '0' asked, it is more than no time, as 5m, 1h30m or a"
            " number of seconds; write such an amount of time, or leave the annotation out"
        ),
        {"metadata annotations ray.io/initializing-timeout": "1"},
        of="service",
    ),
    Case(
        "initializing-timeout",
        {"metadata annotations ray.io/initializing-timeout": "soon"},
        (
            "annotations[ray.io/initializing-timeout]: 'soon' asked, it is more than no time, as 5m, 1h30m "
            "or a number of seconds; write such an amount of time, or leave the annotation out"
        ),
        {"metadata annotations ray.io/initializing-timeout": ""},
        of="service",
    ),
    Case(
        "kubernetes-token-in-service",
        {"spec rayClusterConfig authOptions enableK8sTokenAuth": True},
        (
            "ray_cluster_config.auth_options.enable_k8s_token_auth: asked for the cluster of a service, "
            "tokens judged by Kubernetes work for a RayCluster of its own only; leave enable_k8s_token_auth "
            "out"
        ),
        {"spec rayClusterConfig authOptions enableK8sTokenAuth": False},
        of="service",
    ),
    Case(
        "head-service-named",
        {"spec rayClusterConfig headGroupSpec headService": {"metadata": {"name": "mine"}}},
        (
            "ray_cluster_config.head.head_service.metadata.name: 'mine' asked, each cluster of the service "
            "needs a head service of its own name; leave the name out"
        ),
        {"spec rayClusterConfig headGroupSpec headService": {"metadata": {"labels": {"a": "b"}}}},
        of="service",
    ),
    Case(
        "service-upgrade-type",
        {"spec upgradeStrategy": {"type": "Rolling"}},
        (
            "upgrade_strategy.type: 'Rolling' asked, NewClusterWithIncrementalUpgrade, NewCluster, None are "
            "known; choose one of them"
        ),
        {"spec upgradeStrategy": {"type": "None"}},
        of="service",
    ),
    Case(
        "service-upgrade-type-missing",
        {"spec upgradeStrategy": {}},
        (
            "upgrade_strategy: asked without type, the operator fails on it again and again while its gate "
            "RayServiceIncrementalUpgrade is on; write its type, or leave upgrade_strategy out"
        ),
        {"spec upgradeStrategy": {"type": "NewCluster"}},
        of="service",
        gates=STEPWISE,
    ),
    Case(
        "service-upgrade-gate",
        {"spec upgradeStrategy": {"type": "NewClusterWithIncrementalUpgrade"}},
        (
            "upgrade_strategy.type: NewClusterWithIncrementalUpgrade asked, the operator's gate "
            "RayServiceIncrementalUpgrade is off, and it then never upgrades the cluster; switch the gate "
            "on (KubeRayOperatorSpec: feature_gates={'RayServiceIncrementalUpgrade': True}; Helm chart: featureGates), "
            "or choose NewCluster"
        ),
        {"spec upgradeStrategy": {"type": "NewCluster"}},
        of="service",
    ),
    Case(
        "deletion-delay-negative",
        {"spec rayClusterDeletionDelaySeconds": -1},
        (
            "ray_cluster_deletion_delay_seconds: -1 asked, the old cluster stays for 0 seconds or more; "
            "raise it to 0 or more"
        ),
        {"spec rayClusterDeletionDelaySeconds": 0},
        of="service",
    ),
    Case(
        "serve-port",
        {
            "spec rayClusterConfig headGroupSpec template spec containers 0 ports": [
                {"name": "dashboard", "containerPort": 8265}
            ]
        },
        (
            "ray_cluster_config.head.ports: 1 listed without serve, a list of ports replaces the operator's "
            "own, and requests come in through the port named serve; add serve (8000) to the head's ports, "
            "or list none"
        ),
        {
            "spec rayClusterConfig headGroupSpec template spec containers 0 ports": [
                {"name": "serve-grpc", "containerPort": 9000}
            ]
        },
        of="service",
    ),
    Case(
        "serve-port",
        {
            "spec upgradeStrategy": {
                "type": "NewClusterWithIncrementalUpgrade",
                "clusterUpgradeOptions": {"stepSizePercent": 10, "intervalSeconds": 5, "gatewayClassName": "istio"},
            },
            "spec rayClusterConfig enableInTreeAutoscaling": True,
            "spec rayClusterConfig headGroupSpec template spec containers 0 ports": [
                {"name": "dashboard", "containerPort": 8265}
            ],
            "spec serveService": {"spec": {"ports": [{"name": "serve", "port": 8000}]}},
        },
        (
            "ray_cluster_config.head.ports: 1 listed without serve, a list of ports replaces the operator's "
            "own, and requests come in through the port named serve; add serve (8000) to the head's ports, "
            "or list none"
        ),
        {
            "spec rayClusterConfig headGroupSpec template spec containers 0 ports": [
                {"name": "dashboard", "containerPort": 8265}
            ],
            "spec serveService": {"spec": {"ports": [{"name": "serve", "port": 8000}]}},
        },
        of="service",
        gates=STEPWISE,
    ),
    Case(
        "field-unknown",
        {"spec suspend": False},
        (
            "suspend: asked of KubeRay 1.6.2, the field came with KubeRay 1.7, and an older one drops it in "
            "silence; upgrade the operator to 1.7.0 or newer, or leave the field out"
        ),
        {},
        of="service",
    ),
    Case(
        "service-threshold-unused",
        {"spec serviceUnhealthySecondThreshold": 900, "spec deploymentUnhealthySecondThreshold": 300},
        [
            (
                "service_unhealthy_second_threshold: asked, the operator takes the field and does nothing with "
                "it; leave it out"
            ),
            (
                "deployment_unhealthy_second_threshold: asked, the operator takes the field and does nothing "
                "with it; leave it out"
            ),
        ],
        {},
        of="service",
    ),
)
