"""Security contexts, by default what Pod Security's "restricted" level demands."""

from typing import Literal, Self

from pydantic import model_validator
from rayform.spec.model import Count, Flag, Listed, Spec
from rayform.spec.refusal import UnfitError

__all__ = ["ContainerSecurity", "PodSecurity"]


class PodSecurity(Spec):
    """The security context of a whole pod; every field may be None, which leaves it out."""

    run_as_non_root: Flag | None = True
    """Whether the kubelet refuses containers that would run as root."""
    run_as_user: Count | None = 1000
    """The user id of all containers; 1000 is ``ray`` in Ray's own images."""
    run_as_group: Count | None = 100
    """The group id of all containers; 100 is ``users``, the group of ``ray`` in Ray's own images."""
    fs_group: Count | None = 100
    """The group that owns mounted volumes."""
    fs_group_change_policy: Literal["OnRootMismatch", "Always"] | None = None
    """When the ownership of a volume's files is changed; None leaves it to Kubernetes (Always)."""
    supplemental_groups: Listed[Count] = ()
    """Further group ids of all containers."""
    seccomp_profile: Literal["RuntimeDefault", "Unconfined"] | None = "RuntimeDefault"
    """The system call filter of all containers."""


class ContainerSecurity(Spec):
    """The security context of one container; every field may be None, which leaves it out."""

    allow_privilege_escalation: Flag | None = False
    """Whether a process may gain more privileges than its parent."""
    drop: Listed[str] = ("ALL",)
    """Capabilities taken away."""
    add: Listed[str] = ()
    """Capabilities given; "restricted" allows NET_BIND_SERVICE only."""
    privileged: Flag | None = None
    """Whether the container has all rights of the node; "restricted" forbids it."""
    read_only_root_filesystem: Flag | None = None
    """Whether the image's files are read-only; Ray writes to /tmp and its home, so mount volumes there first."""
    run_as_user: Count | None = None
    """The user id of this container, where it differs from the pod's."""
    run_as_group: Count | None = None
    """The group id of this container, where it differs from the pod's."""
    run_as_non_root: Flag | None = None
    """Whether the kubelet refuses root for this container, where it differs from the pod's."""
    seccomp_profile: Literal["RuntimeDefault", "Unconfined"] | None = None
    """The system call filter of this container, where it differs from the pod's."""

    @model_validator(mode="after")
    def _privileged(self) -> Self:
        if self.privileged and self.allow_privilege_escalation is False:
            remedy = "leave it out, which GPUs do not need, or set allow_privilege_escalation to True"
            why = "the container is kept from more privileges, and Kubernetes takes one of the two"
            raise UnfitError("asked", why, remedy, "privileged")
        return self
