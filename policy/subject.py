"""What is judged: one resource on its way to the cloud or to Kubernetes, whoever wrote it, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from rayform.components.ray.rules.view import mapping, text

from .equivalents import SAME
from .lazy import lazy
from .unknown import NO_SECRETS, Secrets, raw
from .words import Words, words

__all__ = ["CLUSTERWIDE", "Options", "Subject", "of_manifest"]

_KUBERNETES = "kubernetes:"
_RAY = "ray.io"
_EXPANDED: Final = (
    *("kubernetes:yaml:", "kubernetes:yaml/v2:", "kubernetes:kustomize:", "kubernetes:kustomize/v2:"),
    *("eks:", "awsx:"),
)
_OF_HELM: Final = "kubernetes:helm.sh/"
"""How types begin that are the provider's own: what they are stands in the type, whatever their inputs say."""
_CHARTS: Final = ("kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart")
_COMPONENTS: Final = "rayform:components:"
"""In the URN of what a component of rayform declares."""
CLUSTERWIDE: Final = "default"
"""The namespace that an object goes to when nobody names one."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the engine was told about a resource, as far as rules depend on it."""

    protect: bool = False
    """Whether the engine refuses to delete it."""
    parent: str = ""
    """The URN of what it belongs to; empty is nothing."""


@dataclass(frozen=True)
class Subject:
    """A Kubernetes object or a resource of AWS.

    Numbers that are whole are ``int``. What is not known before it is deployed is a value that stops who reads it, see
    :mod:`.unknown`; secrets are plain values here, and the judge keeps them out of every message.
    """

    token: str
    """The type as the engine names it: ``kubernetes:apps/v1:Deployment``, ``aws:eks/cluster:Cluster``."""
    urn: str
    """What identifies it; an object that came from no engine has a made one."""
    title: str
    """The name under which its author declared it."""
    props: Mapping[str, Any]
    """Its inputs."""
    options: Options | None = None
    """What the engine was told about it; None where no engine is involved."""
    secrets: Secrets = NO_SECRETS
    """What in it must not be shown."""
    plain: Mapping[str, Any] | None = None
    """Its inputs without a guard over what is not known; None is the same as ``props``."""

    @lazy
    def opened(self) -> dict[str, Any]:
        """Views of it that were made, by name: each is made once."""
        return {}

    @lazy
    def api(self) -> str:
        """The group and version of a Kubernetes object, ``apps/v1``; empty for others."""
        if not self.token.startswith(_KUBERNETES):
            return ""
        return self._said("apiVersion") or self.token.split(":")[1]

    @lazy
    def group(self) -> str:
        """The group of a Kubernetes object, ``apps``; empty for the core's, ``v1``."""
        return self.api.rpartition("/")[0]

    @lazy
    def kind(self) -> str:
        """The kind of a Kubernetes object, ``Deployment``; for others the type itself, or the one that is the same."""
        if not self.token.startswith(_KUBERNETES):
            return SAME.get(self.token, self.token)
        # A patch of an object says of it what the object itself would say.
        return self._said("kind") or self.token.rsplit(":", 1)[1].removesuffix("Patch")

    def _said(self, name: str) -> str:
        return "" if self.token.startswith(_OF_HELM) else text(raw(self.props).get(name))

    @lazy
    def expands(self) -> bool:
        """Whether it is a component of others whose parts come as resources, each of them judged by itself."""
        return self.token.startswith(_EXPANDED) or self.token in _CHARTS

    @lazy
    def words(self) -> Words:
        """What it says anywhere."""
        return words(self.props)

    @lazy
    def is_ray(self) -> bool:
        """Whether it is one of Ray's kinds."""
        return self.group == _RAY

    @lazy
    def metadata(self) -> Mapping[str, Any]:
        """The metadata of a Kubernetes object."""
        return mapping(self.props.get("metadata"))

    @lazy
    def spec(self) -> Mapping[str, Any]:
        """The spec of a Kubernetes object."""
        return mapping(self.props.get("spec"))

    @property
    def is_typed(self) -> bool:
        """Whether a component of rayform declares it: its author knows the fields of the spec, not those of the CRD."""
        return _COMPONENTS in self.urn

    @property
    def name(self) -> str:
        """The name in Kubernetes, else, or while it is not known, the one under which it was declared."""
        return text(raw(mapping(raw(self.props).get("metadata"))).get("name")) or self.title

    @lazy
    def namespace(self) -> str:
        """The namespace of a Kubernetes object."""
        return text(self.metadata.get("namespace")) or CLUSTERWIDE

    @lazy
    def label(self) -> str:
        """How reports call it."""
        kind = self.kind.rsplit(":", 1)[-1]
        return f"{kind} {self.title}"


def of_manifest(manifest: Mapping[str, Any], *, typed: bool = False) -> Subject:
    """A Kubernetes object from a file, a live cluster or, ``typed``, a component of rayform as a subject."""
    api, kind = text(manifest.get("apiVersion")), text(manifest.get("kind"))
    metadata = mapping(manifest.get("metadata"))
    name = text(metadata.get("name")) or text(metadata.get("generateName"))
    place = text(metadata.get("namespace")) or CLUSTERWIDE
    urn = f"{_COMPONENTS if typed else ''}{api}/{kind}/{place}/{name}"
    return Subject(f"{_KUBERNETES}{api}:{kind}", urn, name, manifest)
