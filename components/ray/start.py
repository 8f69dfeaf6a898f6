"""The flags of ``ray start`` that a group may set, as Ray 2.60 knows them."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from rayform.spec.model import Count, Flag, Large, PositiveCount, Spec
from rayform.spec.refusal import UnfitError

__all__ = ["RayStartParams", "flag_text", "flag_value"]


class RayStartParams(Spec):
    """Flags of ``ray start``; None leaves a flag to the operator, and then to Ray."""

    num_cpus: Count | None = None
    """CPUs Ray may schedule on; None is the container's limit, rounded up. 0 keeps tasks away."""
    num_gpus: Count | None = None
    """GPUs Ray may schedule on; None is the container's limit."""
    memory: Large | None = None
    """Memory in bytes Ray may schedule on; None is the container's limit."""
    resources: Mapping[str, float] = Field(default_factory=dict)
    """Custom resources Ray may schedule on, by name."""
    object_store_memory: Annotated[Large, Field(ge=1)] | None = None
    """Bytes of shared memory for objects; None is 30 % of the memory."""
    port: PositiveCount | None = None
    """The port of the head's GCS; None is 6379."""
    node_ip_address: str | None = None
    """The address of this node; None is found out."""
    node_name: str | None = None
    """The name of this node; None is its address."""
    object_manager_port: PositiveCount | None = None
    """The port objects are transferred on; None is any free one."""
    node_manager_port: PositiveCount | None = None
    """The port of the raylet; None is any free one."""
    min_worker_port: PositiveCount | None = None
    """The lowest port of worker processes; None is 10002."""
    max_worker_port: PositiveCount | None = None
    """The highest port of worker processes; None is 19999."""
    worker_port_list: str | None = None
    """The ports of worker processes, joined by commas."""
    ray_client_server_port: PositiveCount | None = None
    """The port of the head's Ray Client server; None is 10001."""
    include_dashboard: Flag | None = None
    """Whether the head runs the dashboard; None means yes. The operator's job submission needs it."""
    dashboard_host: str | None = None
    """The address the dashboard listens on; None is 0.0.0.0, set by the operator."""
    dashboard_port: PositiveCount | None = None
    """The port of the dashboard; None is 8265."""
    dashboard_agent_listen_port: PositiveCount | None = None
    """The port of each node's agent, which the health probes ask; None is 52365."""
    dashboard_agent_grpc_port: PositiveCount | None = None
    """The gRPC port of each node's agent; None is any free one."""
    runtime_env_agent_port: PositiveCount | None = None
    """The port of each node's runtime environment agent; None is any free one."""
    metrics_export_port: PositiveCount | None = None
    """The port Prometheus reads; None is 8080, set by the operator."""
    plasma_directory: str | None = None
    """Where objects lie in memory; None is /dev/shm. Set, the operator mounts no /dev/shm."""
    object_spilling_directory: str | None = None
    """Where objects go when memory is full; None is under the temporary directory."""
    temp_dir: str | None = None
    """The directory of sessions and logs; None is /tmp/ray."""
    log_color: Literal["auto", "true", "false"] | None = None
    """Whether log lines have colour; None is auto."""
    log_style: Literal["auto", "pretty", "record"] | None = None
    """The form of log lines; None is auto."""
    include_log_monitor: Flag | None = None
    """Whether worker output is sent to the driver; None means yes."""
    disable_usage_stats: Flag | None = None
    """Whether anonymous usage statistics stay unsent; None means no."""
    tracing_startup_hook: str | None = None
    """The function that sets tracing up, as ``module:function``."""
    system_config: Mapping[str, object] = Field(default_factory=dict)
    """Settings of Ray's core for tests and experts."""
    enable_resource_isolation: Flag | None = None
    """Whether Ray's own processes get reserved CPU and memory by cgroups; None means no."""
    system_reserved_cpu: float | None = None
    """CPUs reserved for Ray's own processes under resource isolation."""
    system_reserved_memory: Annotated[Large, Field(ge=1)] | None = None
    """Bytes reserved for Ray's own processes under resource isolation."""
    other: Mapping[str, str] = Field(default_factory=dict)
    """Any other flag by its name without dashes in front, such as ``{"redis-shard-ports": "6380"}``; a flag that has a
    field only in a spelling that the field would not write, such as ``{"num-cpus": "$MY_CPUS"}``."""

    @model_validator(mode="after")
    def _flags_once(self) -> Self:
        known = {name.replace("_", "-"): name for name in type(self).model_fields if name != "other"}
        twice = sorted(
            flag
            for flag, text in self.other.items()
            if flag in known and (getattr(self, known[flag]) or flag_value(flag, text) is not None)
        )
        if twice:
            remedy = f"set {twice[0].replace('-', '_')}"
            raise UnfitError(f"{', '.join(twice)} asked", "there is a field for it", remedy, "other")
        return self


def flag_text(value: Any) -> str:
    """A flag's value as the operator takes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        # The operator puts the text on a shell's command line and strips these quotes where it reads it itself.
        return f"'{json.dumps(value)}'"
    return str(value)


def flag_value(flag: str, text: str) -> Any:
    """The value for which the field of a flag writes this very text; None where no field does."""
    field = flag.replace("-", "_")
    if flag == "other" or field.replace("_", "-") != flag or field not in RayStartParams.model_fields:
        return None
    for value in (text, *_parsed(text)):
        try:
            said = vars(RayStartParams.read({field: value}))[field]
        except ValidationError:
            continue
        if said is not None and flag_text(said) == text:
            return said
    return None


def _parsed(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text.removeprefix("'").removesuffix("'"))
    except ValueError:
        return
