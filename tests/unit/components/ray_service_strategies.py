"""Services and schedules of every legal kind, drawn by Hypothesis."""

from typing import Any

from hypothesis import strategies as st
from ray_strategies import COUNTS, FLAGS, NAMES, ONE_UP, TEXTS, clusters, drawn, jobs
from rayform.components import (
    ClusterUpgradeOptions,
    RayCronJobSpec,
    RayServiceSpec,
    RuntimeEnv,
    ServeActorOptions,
    ServeApplication,
    ServeAutoscaling,
    ServeConfig,
    ServeDeployment,
    ServeGrpcOptions,
    ServeHttpOptions,
    ServeLogging,
    ServiceUpgradeStrategy,
)

__all__ = ["configs", "schedules", "services"]

ENVIRONMENT = st.builds(RuntimeEnv, working_dir=st.just("https://example.com/a.zip"), env_vars=st.just({"A": "ü"}))
LOGS = st.builds(ServeLogging, encoding=st.sampled_from(["TEXT", "JSON"]), enable_access_log=st.none() | FLAGS)
OTHER = st.just({"new": [1, {"deep": None}]})
ACTOR = st.builds(
    ServeActorOptions,
    num_cpus=st.none() | st.just(0.5),
    num_gpus=st.none() | st.just(0),
    memory=st.none() | COUNTS,
    resources=st.just({"tpu": 1}),
    label_selector=st.just({"ray.io/zone": "a"}),
    runtime_env=st.none() | ENVIRONMENT,
)
AUTOSCALING = st.builds(
    ServeAutoscaling,
    min_replicas=st.none() | st.integers(0, 1),
    max_replicas=ONE_UP,
    target_ongoing_requests=st.none() | st.just(2.5),
    policy=st.just({"policy_function": "ours:policy"}) | st.just({}),
)
DEPLOYMENT = {
    "max_ongoing_requests": ONE_UP,
    "max_queued_requests": st.just(-1),
    "ray_actor_options": ACTOR,
    "user_config": st.just({"model": "x"}),
    "graceful_shutdown_timeout_s": st.just(0.5),
    "health_check_period_s": st.just(1),
    "logging_config": LOGS,
    "max_replicas_per_node": ONE_UP,
    "max_surge_percent": st.integers(0, 100),
    "other": OTHER,
}
SCALE = (
    st.fixed_dictionaries({"num_replicas": ONE_UP})
    | st.fixed_dictionaries({"autoscaling_config": AUTOSCALING})
    | st.just({"num_replicas": "auto"})
    | st.just({})
)
APPLICATION = {
    "runtime_env": ENVIRONMENT,
    "args": st.just({"size": 3, "names": ["a"]}),
    "logging_config": LOGS,
    "external_scaler_enabled": st.sampled_from([False]),
    "other": OTHER,
}
CONFIG = {
    "proxy_location": st.sampled_from(["HeadOnly", "EveryNode"]),
    "http_options": st.builds(
        ServeHttpOptions, port=st.sampled_from((None, 8000)), request_timeout_s=st.none() | st.just(0.5)
    ),
    "grpc_options": st.builds(ServeGrpcOptions, grpc_servicer_functions=st.lists(NAMES, max_size=2)),
    "logging_config": LOGS,
    "other": OTHER,
}
STRATEGY = st.builds(
    ServiceUpgradeStrategy,
    type=st.sampled_from(["NewCluster", "NewClusterWithIncrementalUpgrade", "None"]),
    cluster_upgrade_options=st.none()
    | st.builds(
        ClusterUpgradeOptions,
        gateway_class_name=NAMES,
        step_size_percent=ONE_UP,
        interval_seconds=ONE_UP,
        max_surge_percent=st.none() | st.integers(5, 100),
    ),
)
SERVICE = {
    "upgrade_strategy": STRATEGY,
    "serve_service": st.just({"metadata": {"labels": {"a": "b"}}, "spec": {"type": "ClusterIP"}}),
    "ray_cluster_deletion_delay_seconds": COUNTS,
    "exclude_head_pod_from_serve_svc": FLAGS,
    "service_unhealthy_second_threshold": COUNTS,
    "deployment_unhealthy_second_threshold": COUNTS,
    "managed_by": st.just("ray.io/kuberay-operator"),
    "wait": st.sampled_from(["created", "ready"]),
}


@st.composite
def configs(draw: st.DrawFn) -> ServeConfig:
    """Configurations of one application, or two."""
    names = draw(st.sampled_from([["chat"], ["chat", "other"]]))
    return ServeConfig(applications=[draw(_application(name)) for name in names], **drawn(draw, CONFIG))


@st.composite
def _application(draw: st.DrawFn, name: str) -> ServeApplication:
    deployments = [ServeDeployment(name="Chat", **draw(SCALE), **drawn(draw, DEPLOYMENT))] if draw(FLAGS) else []
    route = draw(st.sampled_from([None, f"/{name}"]))
    fields = drawn(draw, APPLICATION)
    return ServeApplication(name=name, import_path="a.b:c", route_prefix=route, deployments=deployments, **fields)


@st.composite
def services(draw: st.DrawFn, *, newest: bool = False) -> RayServiceSpec:
    """Services; with the fields of KubeRay 1.7, or without."""
    more: dict[str, Any] = {"suspend": draw(FLAGS)} if newest else {}
    config = draw(configs() | TEXTS)
    cluster = draw(clusters(newest=newest))
    return RayServiceSpec(serve_config_v2=config, ray_cluster_config=cluster, **more, **drawn(draw, SERVICE))


@st.composite
def schedules(draw: st.DrawFn, *, newest: bool = False) -> RayCronJobSpec:
    """Schedules; with the fields of KubeRay 1.7, or without."""
    more: dict[str, Any] = {"time_zone": "Europe/Berlin"} if newest else {}
    text = draw(st.sampled_from(["@daily", "*/5 * * * *", "0 3 * * 1-5"]))
    return RayCronJobSpec(
        schedule=text, job_template=draw(jobs(newest=newest)), suspend=draw(st.none() | FLAGS), **more
    )
