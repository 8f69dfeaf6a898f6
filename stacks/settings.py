"""The settings of a stack: what stands under ``rayform:settings`` in ``Pulumi.<stack>.yaml``."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field
from rayform.components import (
    KubeRayOperatorSpec,
    Label,
    Name,
    RayClusterSpec,
    RayCronJobSpec,
    RayJobSpec,
    RayServiceSpec,
    Spec,
)
from rayform.spec.model import Listed
from rayform.spec.refusal import RefusedError

from .ground import GroundSettings


class Installed(Spec):
    """A KubeRay operator that somebody else installed."""

    existing: Literal[True]
    """Says so: nothing is installed."""

    version: str
    """Its version; the Ray kinds are checked against what that version takes."""

    feature_gates: dict[str, bool] = Field(default_factory=dict)
    """The gates that were set on it; the others have that version's defaults."""


class StackSettings(Spec):
    """The whole description of one stack. It owns no field of a room: it embeds the rooms' own specs."""

    ground: GroundSettings | None = None
    """The network, cluster and pools to make; None runs on the cluster of the kubeconfig."""

    namespace: Label = "ray"
    """The namespace of the Ray objects, made with Pod Security "restricted"."""

    reachable_from: Listed[Label] = ()
    """Namespaces whose pods may reach the Ray objects' pods, besides their own and the operator's. An operator that
    somebody else installed is not known by its namespace, and then nothing is closed."""

    kuberay: KubeRayOperatorSpec | Installed = Field(default_factory=KubeRayOperatorSpec)
    """The operator to install, or with ``existing: true`` the one that is there."""

    clusters: dict[Name, RayClusterSpec] = Field(default_factory=dict)
    """Ray clusters by name."""

    jobs: dict[Name, RayJobSpec] = Field(default_factory=dict)
    """Ray jobs by name; one whose ``cluster_selector`` names a cluster above runs there, after it is up."""

    services: dict[Name, RayServiceSpec] = Field(default_factory=dict)
    """Ray services by name."""

    cronjobs: dict[Name, RayCronJobSpec] = Field(default_factory=dict)
    """Ray jobs that start again and again, by name; they need the operator's gate RayCronJob."""


def read_settings(given: Mapping[str, Any]) -> StackSettings:
    """The settings as a stack's file holds them.

    Raises:
        RefusedError: with everything that is none of them, by its path.
    """
    try:
        return StackSettings.model_validate(given)
    except RefusedError as error:
        raise RefusedError("settings", error.refusals) from None
