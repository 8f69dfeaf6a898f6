"""Ray specs of every legal kind, drawn by Hypothesis."""

from typing import Any

from hypothesis import strategies as st
from rayform.components import (
    AuthOptions,
    AutoscalerOptions,
    Claim,
    ClaimTemplate,
    CollectorOptions,
    ConfigMapFiles,
    ConfigMapKey,
    ContainerSecurity,
    DeletionCondition,
    DeletionRule,
    DeletionStrategy,
    EmptyDir,
    EnvFrom,
    GcsEmbeddedStorage,
    GcsFaultToleranceOptions,
    Head,
    HistoryServerOptions,
    IngressOptions,
    NetworkPolicyConfig,
    NetworkPolicyRules,
    PodField,
    PodSecurity,
    Port,
    Probe,
    RayClusterSpec,
    RayJobSpec,
    RayStartParams,
    ResourceField,
    RuntimeEnv,
    ScaleStrategy,
    SecretFiles,
    SecretKey,
    Sidecar,
    Submitter,
    SubmitterConfig,
    TLSOptions,
    Toleration,
    TopologySpread,
    UpgradeStrategy,
    Volume,
    VolumeMount,
    WorkerGroup,
    WorkerGroupNetworkPolicyRules,
)

__all__ = ["clusters", "jobs"]

NAMES = st.sampled_from(["a", "b-1", "gpu"])
KEYS = st.sampled_from(["team", "ray.io/zone"])
VALUES = st.sampled_from(["", "x", "A_b.c"])
TEXTS = st.sampled_from(["x", "a b", "ü"])
AMOUNTS = st.sampled_from([1, 0.5, "500m", "2Gi"])
REQUESTS = {"cpu": [1, 0.5, "500m"], "memory": ["2Gi", 2**30], "nvidia.com/gpu": [1, "2"]}
COUNTS = st.integers(0, 5)
ONE_UP = st.integers(1, 5)
FLAGS = st.booleans()
LABELS = st.dictionaries(KEYS, VALUES, max_size=2)
VARIABLES = st.dictionaries(
    st.sampled_from(["A", "B_1"]),
    TEXTS
    | st.builds(SecretKey, secret=NAMES, key=NAMES, optional=st.none() | FLAGS)
    | st.builds(ConfigMapKey, config_map=NAMES, key=NAMES)
    | st.builds(PodField, field_path=st.just("status.podIP"))
    | st.builds(ResourceField, resource=st.just("limits.cpu")),
    max_size=2,
)
SOURCES = (
    st.fixed_dictionaries({"empty_dir": st.builds(EmptyDir, size_limit=st.none() | AMOUNTS)})
    | st.fixed_dictionaries({"persistent_volume_claim": st.builds(Claim, claim_name=NAMES)})
    | st.fixed_dictionaries({"ephemeral": st.builds(ClaimTemplate, size=AMOUNTS)})
    | st.fixed_dictionaries({"config_map": st.builds(ConfigMapFiles, name=NAMES, items=st.just({"k": "f"}))})
    | st.fixed_dictionaries({"secret": st.builds(SecretFiles, secret_name=NAMES, default_mode=st.just(256))})
    | st.just({"source": {"csi": {"driver": "efs"}}})
)
RULES = st.just([{"ports": [{"port": 53, "protocol": "UDP"}]}])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


PROBES = st.builds(Probe, port=ONE_UP, http_path=st.none() | st.just("/"), period_seconds=st.none() | ONE_UP)
PORT = st.builds(Port, container_port=ONE_UP, name=st.none() | NAMES)
MOUNT = st.builds(VolumeMount, name=NAMES, mount_path=st.sampled_from(["/x", "/y"]), read_only=st.none() | FLAGS)
MOUNTS = st.lists(MOUNT, max_size=2, unique_by=lambda mount: mount.mount_path)
PROCESS = {
    "image": NAMES,
    "image_pull_policy": st.sampled_from(["Always", "IfNotPresent", "Never"]),
    "cpu": st.none() | st.sampled_from([1, 0.5, "500m", "2k"]),
    "memory": st.none() | st.sampled_from(["1Mi", "16Gi", 2**34, "1e9"]),
    "requests": st.fixed_dictionaries({}, optional={name: st.sampled_from(each) for name, each in REQUESTS.items()}),
    "env": VARIABLES,
}
CONTAINER = PROCESS | {
    "command": st.lists(TEXTS, max_size=2),
    "args": st.lists(TEXTS, max_size=2),
    "env_from": st.lists(st.builds(EnvFrom, secret=NAMES, prefix=st.none() | NAMES), max_size=2),
    "volume_mounts": MOUNTS,
    "security_context": st.none()
    | st.builds(ContainerSecurity, run_as_user=st.none() | COUNTS, add=st.just(("CHOWN",))),
}
POD_CONTAINER = CONTAINER | {
    "gpus": COUNTS,
    "accelerators": st.just({"google.com/tpu": 4}),
    "ephemeral_storage": AMOUNTS,
    "ports": st.lists(PORT, max_size=2, unique_by=(lambda port: port.container_port, lambda port: port.name or port)),
    "liveness_probe": PROBES,
    "readiness_probe": PROBES,
    "startup_probe": st.builds(Probe, command=st.just(["true"])),
    "lifecycle": st.just({"preStop": {"exec": {"command": ["true"]}}}),
    "working_dir": TEXTS,
}


def drawn(draw: st.DrawFn, optional: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Some of the fields, each drawn: each strategy stays small enough to be shown."""
    chosen = draw(st.sets(st.sampled_from(sorted(optional)), max_size=12))
    return {name: draw(optional[name]) for name in sorted(chosen)}


@st.composite
def sidecars(draw: st.DrawFn) -> list[Sidecar]:
    """No sidecar, or one."""
    return [Sidecar(name="beside", **drawn(draw, POD_CONTAINER))] if draw(FLAGS) else []


SIDECARS = sidecars()
POD = POD_CONTAINER | {
    "container_name": NAMES,
    "init_containers": SIDECARS,
    "sidecars": SIDECARS,
    "volumes": st.lists(SOURCES.map(lambda source: Volume(name="v", **source)), max_size=1),
    "shared_memory": AMOUNTS,
    "pod_labels": LABELS,
    "pod_annotations": st.dictionaries(KEYS, TEXTS, max_size=2),
    "image_pull_secrets": st.lists(NAMES, max_size=2, unique=True),
    "service_account_name": NAMES,
    "automount_service_account_token": st.none() | FLAGS,
    "pod_security_context": st.none() | st.builds(PodSecurity, supplemental_groups=st.lists(COUNTS, max_size=2)),
    "node_selector": LABELS,
    "tolerations": st.lists(
        st.builds(Toleration, key=st.none() | KEYS, toleration_seconds=st.none() | COUNTS), max_size=2
    ),
    "affinity": st.just({"nodeAffinity": {}}),
    "topology_spread_constraints": st.lists(
        st.builds(TopologySpread, topology_key=KEYS, match_labels=LABELS),
        max_size=2,
        unique_by=lambda spread: spread.topology_key,
    ),
    "priority_class_name": NAMES,
    "runtime_class_name": NAMES,
    "scheduler_name": NAMES,
    "restart_policy": st.sampled_from(["Always", "OnFailure", "Never"]),
    "termination_grace_period_seconds": COUNTS,
    "pod": st.just({"spec": {"hostAliases": [{"ip": "10.0.0.1"}]}}),
}
RAY_POD = POD | {
    "ray_start_params": st.builds(RayStartParams, num_cpus=st.none() | COUNTS, other=st.just({"mine": "x"})),
    "resources": st.just({"CPU": "4"}),
    "labels": LABELS,
}
HEAD = RAY_POD | {
    "reserved": FLAGS,
    "service_type": st.sampled_from(["ClusterIP", "NodePort", "LoadBalancer"]),
    "head_service": st.just({"metadata": {"name": "x"}, "spec": {"type": "ClusterIP"}}),
    "enable_ingress": FLAGS,
}
GROUP = RAY_POD | {
    "replicas": COUNTS,
    "min_replicas": COUNTS,
    "max_replicas": COUNTS,
    "num_of_hosts": ONE_UP,
    "idle_timeout_seconds": COUNTS,
    "suspend": FLAGS,
    "scale_strategy": st.builds(ScaleStrategy, workers_to_delete=st.lists(NAMES, max_size=2)),
}
_COMMAND = ("command", "args")
AUTOSCALER = {name: values for name, values in CONTAINER.items() if name not in _COMMAND} | {
    "version": st.sampled_from([None, "v1", "v2"]),
    "idle_timeout_seconds": COUNTS,
    "upscaling_mode": st.sampled_from(["Default", "Aggressive", "Conservative"]),
}


@st.composite
def autoscalers(draw: st.DrawFn, *, newest: bool = False) -> AutoscalerOptions:
    """Options of the autoscaler; with the fields of KubeRay 1.7, or without."""
    fields = {name: CONTAINER[name] for name in _COMMAND} if newest else {}
    return AutoscalerOptions(**drawn(draw, AUTOSCALER | fields))


REDIS = st.builds(
    GcsFaultToleranceOptions,
    redis_address=NAMES,
    redis_username=st.none() | TEXTS,
    redis_password=st.none() | st.builds(SecretKey, secret=NAMES, key=NAMES),
)
CLUSTER = {
    "image": NAMES,
    "autoscaling": FLAGS,
    "autoscaler_options": autoscalers(),
    "auth_options": st.none() | st.builds(AuthOptions, secret_name=st.none() | NAMES),
    "gcs_fault_tolerance_options": REDIS,
    "head_service_annotations": LABELS,
    "managed_by": st.just("ray.io/kuberay-operator"),
    "suspend": FLAGS,
    "upgrade_strategy": st.builds(UpgradeStrategy, type=st.sampled_from(["Recreate", "None"])),
}
SINCE_1_7 = {
    "autoscaler_options": autoscalers(newest=True),
    "network_policy": st.builds(
        NetworkPolicyConfig,
        mode=st.none() | st.just("DenyAll"),
        head=st.none() | st.builds(NetworkPolicyRules, ingress_rules=RULES),
        worker_groups=st.just([WorkerGroupNetworkPolicyRules(group_name="gpu", egress_rules=[{}])]),
    ),
    "tls_options": st.builds(TLSOptions, enabled=st.none() | FLAGS),
    "history_server_options": some(**PROCESS).map(
        lambda fields: HistoryServerOptions(collector_options=CollectorOptions(**fields))
    ),
    "gcs_fault_tolerance_options": REDIS
    | st.builds(
        GcsFaultToleranceOptions,
        backend=st.just("rocksdb"),
        storage=st.builds(GcsEmbeddedStorage, size=AMOUNTS, sub_path=st.none() | TEXTS),
    ),
}


RULES_OF_DELETION = st.lists(
    st.builds(
        DeletionRule,
        policy=st.sampled_from(["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone"]),
        condition=st.builds(DeletionCondition, job_status=st.just("FAILED"), ttl_seconds=st.none() | COUNTS),
    ),
    min_size=1,
    max_size=2,
)
JOB = {
    "cluster_selector": st.just({"ray.io/cluster": "train"}),
    "runtime_env": st.builds(RuntimeEnv, pip=st.just(["x"]), env_vars=st.just({"A": "ü"})),
    "submission_mode": st.sampled_from(["K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode"]),
    "submitter_config": st.builds(SubmitterConfig, backoff_limit=st.none() | COUNTS),
    "shutdown_after_job_finishes": FLAGS,
    "ttl_seconds_after_finished": COUNTS,
    "deletion_strategy": st.builds(DeletionStrategy, deletion_rules=RULES_OF_DELETION),
    "active_deadline_seconds": ONE_UP,
    "pre_running_deadline_seconds": ONE_UP,
    "backoff_limit": COUNTS,
    "job_id": NAMES,
    "metadata": LABELS,
    "entrypoint_num_cpus": st.just(0.5),
    "entrypoint_num_gpus": st.just(0.0),
    "entrypoint_resources": st.just({"tpu": 1.5}),
    "managed_by": st.just("ray.io/kuberay-operator"),
    "suspend": FLAGS,
}


@st.composite
def clusters(draw: st.DrawFn, *, newest: bool = False) -> RayClusterSpec:
    """Clusters; with the fields of KubeRay 1.7, or without."""
    of_head = {"ingress_options": IngressOptions(path="/")} if newest else {}
    of_group = {"priority": 1} if newest else {}
    head = Head(**drawn(draw, HEAD), **of_head)
    groups = [WorkerGroup(name="gpu", **drawn(draw, GROUP), **of_group)] if draw(FLAGS) else []
    fields = drawn(draw, CLUSTER | (SINCE_1_7 if newest else {}))
    return RayClusterSpec(ray_version="2.60.0", head=head, workers=groups, **fields)


@st.composite
def jobs(draw: st.DrawFn, *, newest: bool = False) -> RayJobSpec:
    """Jobs; with the fields of KubeRay 1.7, or without."""
    cluster = {"ray_cluster_spec": draw(clusters(newest=newest))} if draw(FLAGS) else {}
    submitter = {"submitter": Submitter(**drawn(draw, POD))} if draw(FLAGS) else {}
    return RayJobSpec(entrypoint="x", **cluster, **submitter, **drawn(draw, JOB))
