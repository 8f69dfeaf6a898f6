"""One resource as the engine was told about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Resource options as they reached the engine: what a parent hands down is already filled in."""

    protect: bool = False
    """Whether deletion is refused."""
    retain_on_delete: bool = False
    """Whether the object stays when the resource is deleted."""
    ignore_changes: tuple[str, ...] = ()
    """Property paths whose changes are not acted on, in the provider's spelling."""
    replace_on_changes: tuple[str, ...] = ()
    """Property paths whose changes replace the resource."""
    hide_diffs: tuple[str, ...] = ()
    """Property paths whose changes are not shown."""
    additional_secret_outputs: tuple[str, ...] = ()
    """Outputs that are secret whatever the provider says."""
    delete_before_replace: bool | None = None
    """Order of a replacement; ``None`` leaves it to the provider."""
    custom_timeouts: Mapping[str, str] = field(default_factory=dict[str, str])
    """Time limits by operation (``create``, ``update``, ``delete``, ``read``), as written: ``{"create": "10m"}``."""
    aliases: tuple[str | Mapping[str, Any], ...] = ()
    """Former identities: a URN, or the parts that differ (``name``, ``type``, ``stack``, ``project``, ``parent``)."""
    provider: str | None = None
    """URN of the explicit provider; ``None`` for the default one."""
    providers: Mapping[str, str] = field(default_factory=dict[str, str])
    """URNs of the providers that a remote component gets, by package."""
    version: str = ""
    """Version asked of the provider plugin; empty when any will do."""
    import_id: str = ""
    """Id of the existing object to adopt; empty otherwise."""
    deleted_with: str | None = None
    """URN of the resource whose deletion takes this one along."""
    replace_with: tuple[str, ...] = ()
    """URNs of the resources whose replacement replaces this one."""
    replacement_trigger: Any = None
    """Value whose change replaces the resource."""
    transforms: tuple[Callable[..., Any], ...] = ()
    """The resource's own transforms; recorded, not run."""
    hooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Names of the hooks by moment (``before_create``, ``after_update``, ``on_error`` …); recorded, not run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A resource that the program registered or read, with everything the engine was told."""

    type: str
    """Type token, as ``kubernetes:ray.io/v1:RayCluster``."""
    name: str
    """Logical name."""
    urn: str
    """URN, spelled as the engine spells it."""
    parent: str | None
    """URN of the parent; ``None`` directly under the stack."""
    inputs: Mapping[str, Any]
    """Properties as plain Python: whole numbers are ``int``, secrets a ``Secret`` at the leaf, unknowns ``UNKNOWN``."""
    outputs: Mapping[str, Any]
    """What the program got back; for a component, what it gave to ``register_outputs``."""
    id: str | None
    """Id of a custom resource; ``None`` for components, and in preview."""
    depends_on: tuple[str, ...]
    """URNs it waits for, in program order: the explicit ones (components replaced by their resources) and ``via``."""
    via: Mapping[str, tuple[str, ...]]
    """URNs it waits for because a property came from them, by property."""
    options: Options = field(default_factory=Options)
    """Its resource options."""
    custom: bool = True
    """Whether a provider keeps it; a component is not custom."""
    remote: bool = False
    """Whether it is a component that another package builds: its children are not visible here."""
    read: bool = False
    """Whether it was only looked up (``X.get(…)``, ``StackReference``)."""

    def __str__(self) -> str:
        return f"{self.type} {self.name}"
