"""Security contexts as Kubernetes writes them."""

from ..security import ContainerSecurity, PodSecurity
from .fields import Manifest, fields, given, written

__all__ = ["container_rights", "pod_rights"]

_POD = tuple(name for name in PodSecurity.model_fields if name != "seccomp_profile")
_CONTAINER = tuple(name for name in ContainerSecurity.model_fields if name not in ("seccomp_profile", "drop", "add"))


@written.register
def pod_rights(spec: PodSecurity) -> Manifest:
    """The security context of a pod."""
    return _with_profile(fields(spec, *_POD), spec.seccomp_profile)


@written.register
def container_rights(spec: ContainerSecurity) -> Manifest:
    """The security context of a container."""
    rights = fields(spec, *_CONTAINER)
    if spec.drop or spec.add:
        rights["capabilities"] = given({"drop": list(spec.drop), "add": list(spec.add)})
    return _with_profile(rights, spec.seccomp_profile)


def _with_profile(rights: Manifest, profile: str | None) -> Manifest:
    return rights if profile is None else {**rights, "seccompProfile": {"type": profile}}
