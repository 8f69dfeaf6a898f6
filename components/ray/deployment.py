"""Deployments of Ray Serve, described: identical replicas that answer requests. Names and meanings are Ray's own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

from pydantic import Field, JsonValue, model_validator
from rayform.spec.model import Count, Flag, Large, Listed, PositiveCount, Spec
from rayform.spec.refusal import UnfitError

from .runtime_env import RuntimeEnv

__all__ = [
    "Plain",
    "ServeActorOptions",
    "ServeAutoscaling",
    "ServeDeployment",
    "ServeLogged",
    "ServeLogging",
    "ServePart",
]

if TYPE_CHECKING:
    Plain: TypeAlias = Any
else:
    Plain = JsonValue
    """Anything that JSON can say; a Pulumi output is not: write the whole configuration as text where one is needed."""


class ServePart(Spec):
    """A part of Serve's configuration: fields by name, and room for those that Ray adds."""

    other: Mapping[str, Plain] = Field(default_factory=dict)
    """Any other field by Ray's own name."""

    @model_validator(mode="after")
    def _fields_once(self) -> Self:
        if twice := sorted(type(self).model_fields.keys() & self.other.keys()):
            raise UnfitError(f"{', '.join(twice)} asked", "there is a field for it", f"set {twice[0]}", "other")
        return self


class ServeLogging(ServePart):
    """What Serve logs."""

    encoding: Literal["TEXT", "JSON"] | None = None
    """The form of log lines; None is TEXT."""
    log_level: Literal["CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG"] | None = None
    """The least that is logged; None is INFO."""
    logs_dir: str | None = None
    """The directory of the logs; None is Ray's own."""
    enable_access_log: Flag | None = None
    """Whether each request is logged; None means yes."""
    additional_log_standard_attrs: Listed[str] = ()
    """Further attributes of Python's log records that are logged."""


class ServeLogged(ServePart):
    """A part that has logs of its own."""

    logging_config: ServeLogging | None = None
    """What is logged; None is as the part around it has it."""


class ServeActorOptions(ServePart):
    """What each replica reserves, and where it runs; it must fit a Ray pod."""

    num_cpus: float | None = Field(default=None, ge=0)
    """CPUs; None is 1."""
    num_gpus: float | None = Field(default=None, ge=0)
    """GPUs, or a part of one; None is none."""
    memory: Large | None = None
    """Bytes of memory; None reserves none."""
    resources: Mapping[str, float] = Field(default_factory=dict)
    """Custom resources by name."""
    accelerator_type: str | None = None
    """The type of GPU, as Ray calls it, such as ``A10G``; None is any."""
    label_selector: Mapping[str, str] = Field(default_factory=dict)
    """Ray's labels that the node must have."""
    runtime_env: RuntimeEnv | None = None
    """The environment of the replicas, on top of the application's."""


class ServeAutoscaling(ServePart):
    """How Serve sets the number of replicas by the requests that are under way."""

    min_replicas: Count | None = None
    """The fewest replicas; None is 1."""
    max_replicas: PositiveCount | None = None
    """The most replicas; None is 1, or 100 with ``num_replicas`` "auto"."""
    initial_replicas: Count | None = None
    """How many there are at first; None is ``min_replicas``."""
    target_ongoing_requests: float | None = Field(default=None, gt=0)
    """Requests under way for each replica that Serve aims at; None is 2."""
    look_back_period_s: float | None = Field(default=None, gt=0)
    """The time over which requests are averaged; None is 30."""
    upscale_delay_s: float | None = Field(default=None, ge=0)
    """How long it is too few before there are more; None is 30."""
    downscale_delay_s: float | None = Field(default=None, ge=0)
    """How long it is too many before there are fewer; None is 600."""
    downscale_to_zero_delay_s: float | None = Field(default=None, ge=0)
    """How long there is no request before the last replica goes; None is ``downscale_delay_s``."""
    upscaling_factor: float | None = Field(default=None, gt=0)
    """How strongly Serve reacts to too few; None is 1."""
    downscaling_factor: float | None = Field(default=None, gt=0)
    """How strongly Serve reacts to too many; None is 1."""
    policy: Mapping[str, Plain] = Field(default_factory=dict)
    """Another policy than by requests, in Ray's own form."""


class ServeDeployment(ServeLogged):
    """What a deployment has otherwise than its code says; None is what the code says."""

    name: str
    """The name of the deployment in the code."""
    num_replicas: PositiveCount | Literal["auto"] | None = None
    """How many replicas there are; "auto" lets Serve decide, and a number excludes ``autoscaling_config``."""
    autoscaling_config: ServeAutoscaling | None = None
    """Between which bounds, and how, Serve decides."""
    ray_actor_options: ServeActorOptions | None = None
    """What each replica reserves."""
    max_ongoing_requests: PositiveCount | None = None
    """Requests that a replica works on at once."""
    max_queued_requests: int | None = None
    """Requests that wait at each proxy before further ones are turned away; -1 is without limit."""
    user_config: Mapping[str, Plain] = Field(default_factory=dict)
    """What the code's ``reconfigure`` is called with; a change of it restarts no replica."""
    graceful_shutdown_wait_loop_s: float | None = Field(default=None, ge=0)
    """How often a replica that stops looks whether its requests are done."""
    graceful_shutdown_timeout_s: float | None = Field(default=None, ge=0)
    """How long a replica may take to stop."""
    health_check_period_s: float | None = Field(default=None, gt=0)
    """How often replicas are asked whether they are well."""
    health_check_timeout_s: float | None = Field(default=None, gt=0)
    """How long a replica may take to answer that."""
    placement_group_bundles: Listed[Mapping[str, float]] = ()
    """What each replica reserves together, the replica itself in the first."""
    placement_group_strategy: Literal["PACK", "SPREAD", "STRICT_PACK", "STRICT_SPREAD"] | None = None
    """How those lie on nodes."""
    max_replicas_per_node: PositiveCount | None = None
    """Replicas that one node may have, at most 100."""
    request_router_config: Mapping[str, Plain] = Field(default_factory=dict)
    """How requests find a replica, in Ray's own form."""
    max_surge_percent: Count | None = Field(default=None, le=100)
    """Further replicas that a change of the code may start before it stops the old ones, in percent."""
