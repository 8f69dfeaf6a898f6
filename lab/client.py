"""The Kubernetes client as the lab uses it."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

import httpx2
from lightkube import Client, KubeConfig
from lightkube.core.exceptions import ApiError

from .errors import LabError

FIELD_MANAGER = "rayform-lab"
"""Who the API server records as the owner of what the lab writes."""

UNREACHABLE = (ApiError, httpx2.HTTPError)
"""What the client raises when the API server refuses or does not answer."""

T = TypeVar("T")


class Kubernetes(Protocol):
    """What the lab uses of the client; its own annotations are not complete enough for strict checkers."""

    def list(
        self,
        res: type[T],
        *,
        namespace: str | None = None,
        labels: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> Iterable[T]:
        """The objects of a type, of every namespace for ``*``, with these labels and fields."""
        ...

    def get(self, res: type[T], name: str, *, namespace: str | None = None) -> T:
        """One object."""
        ...

    def create(self, obj: T, name: str | None = None, *, namespace: str | None = None) -> T:
        """Make an object, or a sub-resource of the object ``name``."""
        ...

    def replace(self, obj: T, name: str | None = None, *, namespace: str | None = None) -> T:
        """Put an object, or a sub-resource of the object ``name``, in the place of what is there."""
        ...

    def patch(self, res: type[T], name: str, obj: Mapping[str, Any], *, namespace: str | None = None) -> T:
        """Change these fields of an object, or of a sub-resource, whatever else is written meanwhile; None removes."""
        ...

    def apply(self, obj: T, name: str | None = None, *, namespace: str | None = None, force: bool = False) -> T:
        """Make the fields of an object, or of a sub-resource of the object ``name``, be as given; others stay."""
        ...

    def delete(
        self, res: type[Any], name: str, *, namespace: str | None = None, grace_period: int | None = None
    ) -> None:
        """Remove an object; a pod has ``grace_period`` seconds, 0 for at once."""
        ...


def client(kubeconfig: Path) -> Client:
    """A client of the lab that ``kubeconfig`` names, to be closed; the environment's proxies do not come between."""
    return Client(config=KubeConfig.from_file(kubeconfig), trust_env=False, field_manager=FIELD_MANAGER)


@contextmanager
def kubernetes(kubeconfig: Path) -> Generator[Kubernetes]:
    """The same client as the lab's own modules see it, closed after the block; what it raises is a ``LabError``."""
    try:
        with client(kubeconfig) as made:
            yield cast("Kubernetes", made)
    except UNREACHABLE as error:
        raise LabError(f"kube-apiserver: {error}; look into 'rayform lab status' and try again") from error


def plain(resource: Any) -> dict[str, Any]:
    """``resource`` as the JSON that the API server sent."""
    return cast("dict[str, Any]", resource.to_dict())


def resource(kind: type[T], content: Mapping[str, Any]) -> T:
    """``content`` as an object of type ``kind``."""
    made: T = cast("Any", kind).from_dict(content)
    return made
