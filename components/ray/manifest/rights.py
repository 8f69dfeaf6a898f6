"""Security contexts as Kubernetes writes them."""

from ..crd import named
from ..security import ContainerSecurity, PodSecurity
from .fields import Manifest, fields, written

__all__ = ["container_rights", "pod_rights"]

_POD = named(*(name for name in PodSecurity.model_fields if name != "seccomp_profile"))
_CAPABILITIES = named("drop", "add")
_CONTAINER = named(
    *(name for name in ContainerSecurity.model_fields if name not in ("seccomp_profile", *_CAPABILITIES))
)


@written.register
def pod_rights(spec: PodSecurity) -> Manifest:
    """The security context of a pod."""
    return _with_profile(fields(spec, _POD), spec.seccomp_profile)


@written.register
def container_rights(spec: ContainerSecurity) -> Manifest:
    """The security context of a container."""
    rights = fields(spec, _CONTAINER)
    if capabilities := fields(spec, _CAPABILITIES):
        rights["capabilities"] = capabilities
    return _with_profile(rights, spec.seccomp_profile)


def _with_profile(rights: Manifest, profile: str | None) -> Manifest:
    if profile is not None:
        rights["seccompProfile"] = {"type": profile}
    return rights
