"""What a container is made of, from a mere image to the full thing."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from rayform.spec.model import Count, Listed, PositiveCount, Spec, Wire, each_once
from rayform.spec.names import Label, ResourceName
from rayform.spec.quantity import Cpus, Memory, Quantity, is_plausible
from rayform.spec.refusal import UnfitError

from .env import EnvFrom, Environment
from .probe import Port, Probe
from .security import ContainerSecurity
from .volume import Fragment, VolumeMount

__all__ = ["Container", "PodContainer", "Process", "Sidecar"]


def _plausible(requests: Mapping[str, str]) -> Mapping[str, str]:
    strange = [f"{text} of {name}" for name, text in requests.items() if not is_plausible(name, text)]
    if strange:
        asked, remedy = f"{' and '.join(strange)} requested", "write 4 or 500m of cpu, 16Gi of memory"
        raise UnfitError(asked, "a unit is missing or wrong", remedy)
    return requests


class Process(Spec):
    """An image, its environment and what it may use."""

    image: Wire[str] | None = None
    """The container image."""
    image_pull_policy: Literal["Always", "IfNotPresent", "Never"] | None = None
    """When the image is pulled; None is Always for ``:latest`` and IfNotPresent for other tags."""
    cpu: Cpus | None = None
    """CPUs, requested and as the limit; None asks for none, and Ray then counts the node's."""
    memory: Memory | None = None
    """Memory, requested and as the limit; None asks for none."""
    requests: Annotated[Mapping[ResourceName, Quantity], AfterValidator(_plausible)] = Field(default_factory=dict)
    """Amounts requested by resource name where they are less than the limit, such as ``{"cpu": "500m"}``; what is not
    named is requested as far as it is limited."""
    env: Environment = Field(default_factory=dict)
    """Environment variables."""


class Container(Process):
    """A process with its command, its files and its rights."""

    command: Listed[str] = ()
    """What is run instead of the image's entry point."""
    args: Listed[str] = ()
    """The arguments of the command."""
    env_from: Listed[EnvFrom] = ()
    """Secrets and ConfigMaps whose keys become environment variables."""
    volume_mounts: Annotated[Listed[VolumeMount], each_once("mount_path")] = ()
    """Where volumes of the pod are seen."""
    security_context: ContainerSecurity | None = ContainerSecurity()
    """The rights of the container, "restricted" by default; None leaves them to the pod."""


class PodContainer(Container):
    """A container of a pod, with accelerators, ports and probes."""

    gpus: Count = 0
    """Whole GPUs of the pool's kind, requested and as the limit."""
    accelerators: Mapping[ResourceName, PositiveCount] = Field(default_factory=dict)
    """Other devices by resource name, such as ``nvidia.com/mig-1g.5gb`` or ``google.com/tpu``."""
    ephemeral_storage: Quantity | None = None
    """Local disk, requested and as the limit; None asks for none."""
    ports: Annotated[Listed[Port], each_once("container_port")] = ()
    """Ports the container listens on; for a Ray container, listing one replaces all of the operator's."""
    liveness_probe: Probe | None = None
    """What restarts the container when it fails; None leaves it to the operator for Ray containers."""
    readiness_probe: Probe | None = None
    """What takes the pod out of service when it fails; None leaves it to the operator for Ray containers."""
    startup_probe: Probe | None = None
    """What holds the other probes back until it passes."""
    lifecycle: Fragment | None = None
    """Hooks after start and before stop, in Kubernetes' own form."""
    working_dir: str | None = None
    """The directory the command runs in; None is the image's."""


class Sidecar(PodContainer):
    """A container beside the Ray container, or before it."""

    name: Label
    """Its name within the pod."""
    restart_policy: Literal["Always"] | None = None
    """Always makes an init container run beside the others for the pod's life."""
