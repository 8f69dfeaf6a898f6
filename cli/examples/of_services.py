"""Examples of rules about services and schedules."""

from collections.abc import Mapping

from .example import Example, Fragment, schedule, service, spec

__all__ = ["EXAMPLES"]

_TYPE = "NewClusterWithIncrementalUpgrade"
_GATE = "RayServiceIncrementalUpgrade"
_OPTIONS = {"stepSizePercent": 10, "intervalSeconds": 30, "gatewayClassName": "istio", "maxSurgePercent": 100}


def _timeout(text: str) -> Fragment:
    return {"metadata": {"annotations": {"ray.io/initializing-timeout": text}}}


def _stepwise(**options: object) -> Fragment:
    strategy = {"type": _TYPE, "clusterUpgradeOptions": _OPTIONS | options}
    return spec(upgradeStrategy=strategy, rayClusterConfig={"enableInTreeAutoscaling": True})


def _serve(*lines: str) -> Fragment:
    return spec(serveConfigV2="\n".join(["applications:", *lines, ""]))


_RIGHT = _stepwise()
_CHAT = ("- name: chat", "  import_path: chat:app")
_OTHER = ("- name: other", "  import_path: other:app", "  route_prefix: /other")

EXAMPLES: Mapping[str, Example] = {
    "initializing-timeout": service(_timeout("5min"), _timeout("5m")),
    "head-service-named": service(
        spec(rayClusterConfig={"headGroupSpec": {"headService": {"metadata": {"name": "head"}}}}),
        spec(rayClusterConfig={"headGroupSpec": {"headService": {"metadata": {"labels": {"team": "a"}}}}}),
    ),
    "service-upgrade-type": service(
        spec(upgradeStrategy={"type": "Rolling"}), spec(upgradeStrategy={"type": "NewCluster"})
    ),
    "service-upgrade-type-missing": service(
        spec(upgradeStrategy={}), spec(upgradeStrategy={"type": "NewCluster"}), _GATE
    ),
    "service-upgrade-gate": service(_RIGHT, spec(upgradeStrategy={"type": "NewCluster"})),
    "deletion-delay-negative": service(
        spec(rayClusterDeletionDelaySeconds=-1), spec(rayClusterDeletionDelaySeconds=60)
    ),
    "service-threshold-unused": service(spec(serviceUnhealthySecondThreshold=900), spec()),
    "stepwise-autoscaling": service(
        spec(
            upgradeStrategy={"type": _TYPE, "clusterUpgradeOptions": _OPTIONS},
            rayClusterConfig={"enableInTreeAutoscaling": False},
        ),
        _RIGHT,
        _GATE,
    ),
    "stepwise-options": service(
        spec(upgradeStrategy={"type": _TYPE}, rayClusterConfig={"enableInTreeAutoscaling": True}), _RIGHT, _GATE
    ),
    "stepwise-surge": service(_stepwise(maxSurgePercent=150), _RIGHT, _GATE),
    "stepwise-step": service(_stepwise(stepSizePercent=150), _RIGHT, _GATE),
    "stepwise-never-ends": service(_stepwise(stepSizePercent=0), _RIGHT, _GATE),
    "stepwise-step-over-surge": service(
        _stepwise(stepSizePercent=50, maxSurgePercent=10), _stepwise(stepSizePercent=10, maxSurgePercent=50), newer=True
    ),
    "stepwise-interval": service(_stepwise(intervalSeconds=0), _RIGHT, _GATE),
    "stepwise-gateway": service(_stepwise(gatewayClassName=""), _RIGHT, _GATE),
    "serve-config-missing": service(spec(serveConfigV2=None), _serve(*_CHAT)),
    "serve-config-yaml": service(_serve("- name: chat: app"), _serve(*_CHAT)),
    "serve-port-differs": service(
        spec(serveConfigV2="http_options: {port: 9000}\napplications: [{name: chat, import_path: chat:app}]"),
        _serve(*_CHAT),
    ),
    "serve-import-path": service(_serve("- name: chat", "  import_path: chat.py:app"), _serve(*_CHAT)),
    "serve-application-twice": service(_serve(*_CHAT, "- import_path: other:app"), _serve(*_CHAT, *_OTHER)),
    "serve-route-form": service(_serve(*_CHAT, "  route_prefix: chat"), _serve(*_CHAT, "  route_prefix: /chat")),
    "serve-deployment-form": service(
        _serve(*_CHAT, "  deployments: [{name: Chat}, {name: Chat}]"),
        _serve(*_CHAT, "  deployments: [{name: Chat}, {name: Tokens}]"),
    ),
    "serve-field-misspelt": service(
        _serve(*_CHAT, "  deployments: [{name: Chat, num_replica: 2}]"),
        _serve(*_CHAT, "  deployments: [{name: Chat, num_replicas: 2}]"),
    ),
    "serve-runtime-env": service(
        _serve(*_CHAT, "  runtime_env: {working_dir: ./chat}"),
        _serve(*_CHAT, "  runtime_env: {working_dir: 'https://example.com/chat.zip'}"),
    ),
    "serve-unplaceable": service(
        _serve(*_CHAT, "  deployments: [{name: Chat, ray_actor_options: {num_gpus: 4}}]"),
        _serve(*_CHAT, "  deployments: [{name: Chat, ray_actor_options: {num_gpus: 2}}]"),
    ),
    "serve-replicas-form": service(
        _serve(*_CHAT, "  deployments: [{name: Chat, num_replicas: 0}]"),
        _serve(*_CHAT, "  deployments: [{name: Chat, num_replicas: 2}]"),
    ),
    "serve-field-renamed": service(
        _serve(*_CHAT, "  deployments: [{name: Chat, max_concurrent_queries: 5}]"),
        _serve(*_CHAT, "  deployments: [{name: Chat, max_ongoing_requests: 5}]"),
    ),
    "serve-replicas-twice": service(
        _serve(*_CHAT, "  deployments: [{name: Chat, num_replicas: 2, autoscaling_config: {max_replicas: 4}}]"),
        _serve(*_CHAT, "  deployments: [{name: Chat, autoscaling_config: {max_replicas: 4}}]"),
    ),
    "serve-replicas-bounds": service(
        _serve(*_CHAT, "  deployments: [{name: Chat, autoscaling_config: {min_replicas: 4, max_replicas: 2}}]"),
        _serve(*_CHAT, "  deployments: [{name: Chat, autoscaling_config: {min_replicas: 2, max_replicas: 4}}]"),
    ),
    "schedule-gate": Example(
        "RayCronJob",
        spec(schedule="0 3 * * *"),
        spec(schedule="0 3 * * *"),
        gates={"RayCronJob": False},
        passes_with={"RayCronJob": True},
    ),
    "schedule-zone": schedule(
        spec(schedule="TZ=Europe/Berlin 0 3 * * *"), spec(schedule="0 3 * * *", timeZone="Europe/Berlin"), newer=True
    ),
    "schedule-form": schedule(spec(schedule="0 3 * *"), spec(schedule="0 3 * * *")),
    "schedule-never": schedule(spec(schedule="0 3 30 2 *"), spec(schedule="0 3 28 2 *")),
    "time-zone-unknown": schedule(spec(timeZone="Berlin"), spec(timeZone="Europe/Berlin"), newer=True),
    "schedule-leaves-jobs": schedule(
        spec(jobTemplate={"shutdownAfterJobFinishes": True, "deletionStrategy": None}),
        spec(
            jobTemplate={
                "deletionStrategy": {
                    "deletionRules": [
                        {"policy": "DeleteSelf", "condition": {"jobStatus": "SUCCEEDED", "ttlSeconds": 3600}}
                    ]
                }
            }
        ),
    ),
}
"""Examples by rule."""
