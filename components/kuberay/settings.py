"""The operator's settings: flags on its command line, or a configuration file where flags cannot say it."""

import json
from collections.abc import Mapping
from typing import Any

from ..ray.manifest.fields import given
from ..versions import kuberay
from .behavior import OperatorBehavior, RayPodDefaults
from .gates import effective
from .spec import KubeRayOperatorSpec

__all__ = ["CONFIG_FILE", "CONFIG_FOLDER", "CONFIG_SUFFIX", "arguments", "configuration", "environment"]

CONFIG_FOLDER = "/etc/kuberay"
"""The folder of the configuration file."""
CONFIG_FILE = "config.json"
"""The name of the configuration file, in its folder and in the ConfigMap."""

CONFIG_SUFFIX = "-config"
"""What the ConfigMap's name adds to the operator's."""

_FLAGS = {
    "enableLeaderElection": "enable-leader-election",
    "reconcileConcurrency": "reconcile-concurrency",
    "watchNamespace": "watch-namespace",
    "logFile": "log-file-path",
    "logFileEncoder": "log-file-encoder",
    "logStdoutEncoder": "log-stdout-encoder",
    "batchScheduler": "batch-scheduler",
    "useKubernetesProxy": "use-kubernetes-proxy",
    "enableMetrics": "enable-metrics",
    "qps": "qps",
    "burst": "burst",
}

# The operator knows these of the configuration file too, but takes them from its flags even then.
_ONLY_FLAGS = ("logFileEncoder", "logStdoutEncoder")

_NAMES = {"raycluster_default_requeue_seconds": "RAYCLUSTER_DEFAULT_REQUEUE_SECONDS_ENV"}


def arguments(spec: KubeRayOperatorSpec) -> list[str]:
    """The command line: every setting as a flag, or the configuration file and what is never read from it."""
    filed = configuration(spec) is not None
    flags = {_FLAGS[key]: value for key, value in _settings(spec).items() if not filed or key in _ONLY_FLAGS}
    gates = effective(kuberay(spec.version), spec.feature_gates)
    return [
        *([f"--config={CONFIG_FOLDER}/{CONFIG_FILE}"] if filed else []),
        *(f"--{name}={_text(value)}" for name, value in flags.items()),
        f"--zap-log-level={spec.logging.log_level}",
        f"--feature-gates={','.join(f'{name}={_text(on)}' for name, on in gates.items())}",
    ]


def configuration(spec: KubeRayOperatorSpec) -> str | None:
    """The configuration file, which then holds every setting; None where flags say everything."""
    defaults = _defaults(spec.ray_pods)
    if not defaults:
        return None
    head = {"apiVersion": "config.ray.io/v1alpha1", "kind": "Configuration"}
    return json.dumps({**head, **_settings(spec), **defaults}, indent=2) + "\n"


def environment(behavior: OperatorBehavior) -> dict[str, str]:
    """The switches as environment variables; those left to the operator are not among them."""
    return {_NAMES.get(name, name.upper()): _text(value) for name, value in behavior if value is not None}


def _settings(spec: KubeRayOperatorSpec) -> Mapping[str, Any]:
    log = spec.logging
    return given(
        {
            "enableLeaderElection": spec.leader_election,
            "reconcileConcurrency": spec.reconcile_concurrency,
            "watchNamespace": ",".join(spec.watch_namespaces),
            "logStdoutEncoder": log.log_encoder,
            "logFile": log.log_file,
            "logFileEncoder": log.log_file_encoder if log.log_file else None,
            "batchScheduler": spec.batch_scheduler,
            "useKubernetesProxy": spec.use_kubernetes_proxy or None,
            "enableMetrics": spec.metrics is not None and spec.metrics.control_plane_metrics,
            "qps": spec.client_qps,
            "burst": spec.client_burst,
        }
    )


def _defaults(ray_pods: RayPodDefaults) -> Mapping[str, Any]:
    variables = ray_pods.default_container_env.items()
    return given(
        {
            "defaultContainerEnvs": [
                {"name": name, "value" if isinstance(value, str) else "valueFrom": value} for name, value in variables
            ],
            "defaultPodLabels": dict(ray_pods.default_pod_labels),
            "defaultPodAnnotations": dict(ray_pods.default_pod_annotations),
            "headSidecarContainers": list(ray_pods.head_sidecar_containers),
            "workerSidecarContainers": list(ray_pods.worker_sidecar_containers),
        }
    )


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).lower() if isinstance(value, bool) else str(value)
