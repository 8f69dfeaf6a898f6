"""The operator's pod: what its author said, and what an operator needs besides."""

from hashlib import sha256
from typing import Any

from ..ray.manifest.pod import pod_template
from ..ray.pod import TopologySpread
from ..ray.probe import Port, Probe
from ..ray.security import ContainerSecurity, PodSecurity
from ..ray.volume import ConfigMapFiles, EmptyDir, Volume, VolumeMount
from ..versions import kuberay
from .metadata import VERSION_LABEL, object_labels, selector
from .settings import CONFIG_FOLDER, CONFIG_SUFFIX, arguments, configuration, environment
from .sizing import operator_size
from .spec import KubeRayOperatorSpec

__all__ = ["CONTAINER", "METRICS_PORT", "operator_image", "operator_template", "service_account_name"]

CONTAINER = "kuberay-operator"
"""The name of the operator's container."""
METRICS_PORT = 8080
"""Where the operator serves its metrics, by default."""
HEALTH_PORT = 8082
"""Where the operator tells how it is, by default."""

# Upstream's image is distroless and runs as this user.
_USER = 65532


def operator_image(spec: KubeRayOperatorSpec) -> Any:
    """What the operator's container runs."""
    if spec.image is not None:
        return spec.image
    release = kuberay(spec.version)
    registry, repository = (
        spec.image_registry or release.image_registry,
        spec.image_repository or release.image_repository,
    )
    digest = f"@{spec.image_digest}" if spec.image_digest else ""
    return f"{registry}/{repository}:{spec.image_tag or release.image_tag}{digest}"


def operator_template(spec: KubeRayOperatorSpec) -> dict[str, Any]:
    """The pod template of the operator's Deployment."""
    return pod_template(_completed(spec), CONTAINER, operator_image(spec), None, calls_kubernetes=True)


def service_account_name(spec: KubeRayOperatorSpec) -> Any:
    """The ServiceAccount that the operator acts as."""
    return spec.operator_name if spec.service_account_name is None else spec.service_account_name


def _completed(spec: KubeRayOperatorSpec) -> KubeRayOperatorSpec:
    """The spec with every field of its pod filled in."""
    left_out = {name: value for name, value in _left_out(spec).items() if name not in spec.model_fields_set}
    volumes, mounts = _files(spec)
    joined = {
        "args": (*arguments(spec), *spec.args),
        "env": {**environment(spec.behavior), **spec.env},
        "ports": (Port(name="http", container_port=METRICS_PORT), Port(name="health", container_port=HEALTH_PORT)),
        "volumes": (*volumes, *spec.volumes),
        "volume_mounts": (*mounts, *spec.volume_mounts),
        "pod_labels": {**object_labels(spec), VERSION_LABEL: spec.version, **spec.pod_labels},
        "pod_annotations": {**_config_hash(spec), **spec.common_annotations, **spec.pod_annotations},
    }
    return spec.model_copy(update=left_out | joined)


def _left_out(spec: KubeRayOperatorSpec) -> dict[str, Any]:
    """What stands where the author said nothing."""
    spread = TopologySpread(
        topology_key="kubernetes.io/hostname", when_unsatisfiable="ScheduleAnyway", match_labels=selector(spec)
    )
    return {
        **operator_size(spec.expected_ray_pods, spec.reconcile_concurrency),
        "command": ("/manager",),
        "image_pull_policy": "IfNotPresent",
        "service_account_name": service_account_name(spec),
        "liveness_probe": Probe(http_path="/healthz", port=HEALTH_PORT, initial_delay_seconds=10, failure_threshold=5),
        "readiness_probe": Probe(http_path="/readyz", port=HEALTH_PORT, period_seconds=5),
        "pod_security_context": PodSecurity(run_as_user=_USER, run_as_group=_USER, fs_group=_USER),
        "security_context": ContainerSecurity(read_only_root_filesystem=True),
        "topology_spread_constraints": (spread,) if spec.replicas > 1 else (),
    }


def _files(spec: KubeRayOperatorSpec) -> tuple[list[Volume], list[VolumeMount]]:
    volumes: list[Volume] = []
    mounts: list[VolumeMount] = []
    if configuration(spec) is not None:
        volumes.append(
            Volume(name="operator-config", config_map=ConfigMapFiles(name=spec.operator_name + CONFIG_SUFFIX))
        )
        mounts.append(VolumeMount(name="operator-config", mount_path=CONFIG_FOLDER, read_only=True))
    if spec.logging.log_file is not None:
        folder = spec.logging.log_file.rpartition("/")[0]
        space = EmptyDir(size_limit=spec.logging.log_file_volume_size)
        volumes.append(Volume(name="operator-logs", empty_dir=space))
        mounts.append(VolumeMount(name="operator-logs", mount_path=folder))
    return volumes, mounts


def _config_hash(spec: KubeRayOperatorSpec) -> dict[str, str]:
    # The operator reads its file once, at its start: another file needs another pod.
    text = configuration(spec)
    return {} if text is None else {"rayform/config-sha256": sha256(text.encode()).hexdigest()}
