"""The whole of what is deployed, for rules that no single resource can break."""

from collections.abc import Iterator, Sequence

from .lazy import lazy
from .pods import Pod
from .subject import Subject
from .views import Ray, pods_of, ray_of

__all__ = ["Stack"]


class Stack:
    """Every resource of a stack, of an export, or of a namespace."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self.subjects = subjects
        """Each of them."""

    def of(self, *kinds: str) -> Iterator[Subject]:
        """Those of some kinds."""
        return (each for each in self.subjects if each.kind in kinds)

    @lazy
    def rays(self) -> Sequence[Ray]:
        """Every Ray object."""
        return [ray for each in self.subjects if (ray := ray_of(each)) is not None]

    @lazy
    def pods(self) -> Sequence[Pod]:
        """Every pod that they may become."""
        return [pod for each in self.subjects for pod in pods_of(each)]

    @lazy
    def namespaces(self) -> dict[str, Sequence[Ray]]:
        """Ray objects by the namespace they are in."""
        names = {ray.subject.namespace for ray in self.rays}
        return {name: [ray for ray in self.rays if ray.subject.namespace == name] for name in sorted(names)}
