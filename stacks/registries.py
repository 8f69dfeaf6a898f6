"""Images of a stack whose network has no way out: which of them its nodes cannot pull."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from rayform.components import KubeRayOperatorSpec
from rayform.components.kuberay.pod import operator_image
from rayform.components.ray.manifest import Manifest
from rayform.infra.gpu_support import daemon_sets
from rayform.spec.refusal import Refusal

from .ground import GroundSettings
from .settings import StackSettings

__all__ = ["unreachable_images"]

_ECR: Final = re.compile(r"[0-9]{12}\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/.+")


def unreachable_images(
    settings: StackSettings, manifests: Sequence[tuple[str, Manifest]], region: str | None
) -> Iterator[Refusal]:
    """Images from elsewhere than ECR of the stack's own region, where there is no NAT.

    Endpoints reach no other registry (ECR User Guide, interface VPC endpoints). What is known only when it is deployed
    is not judged.
    """
    if settings.ground is None or settings.ground.network.nat != "none":
        return
    named = [(f"{subject}: image", image) for subject, manifest in manifests for image in _images(manifest)]
    for path, image in dict.fromkeys((*_own(settings, settings.ground), *named)):
        found = _ECR.fullmatch(image)
        if found is None or (region and found[1] != region):
            possible = f"without NAT nodes reach no registry but ECR's{f' of {region}' if region else ''}"
            remedy = "push it there, or have ECR pull it through; or set ground.network.nat"
            yield Refusal(path, f"{image} asked", possible, remedy)


def _own(settings: StackSettings, ground: GroundSettings) -> Iterator[tuple[str, str]]:
    """The images of what a stack runs beside Ray: the operator, and what tells Kubernetes of GPUs."""
    operator = operator_image(settings.kuberay) if isinstance(settings.kuberay, KubeRayOperatorSpec) else None
    if isinstance(operator, str):
        yield "kuberay.image", operator
    for name, spec in daemon_sets(ground.gpu_support, ground.gpu_pools).items():
        yield from ((f"ground.gpu_support: image of {name}", image) for image in _images(spec))


def _images(part: object) -> Iterator[str]:
    """The images of all containers in an object of Kubernetes, whatever it is of: each has its name beside it."""
    if isinstance(part, Mapping):
        known = cast("Mapping[str, object]", part)
        if "name" in known and isinstance(image := known.get("image"), str):
            yield image
        for value in known.values():
            yield from _images(value)
    elif isinstance(part, list | tuple):
        for each in cast("Sequence[object]", part):
            yield from _images(each)
