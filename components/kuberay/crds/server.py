"""The cluster's CRDs, as its API server knows them."""

import json
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Protocol, cast

from lightkube import ApiError, ConfigError, generic_resource

from .errors import CrdsError, UnreachableError
from .kubeconfig import connect

__all__ = ["FIELD_MANAGER", "VERSION_LABEL", "Live", "Server", "server"]

FIELD_MANAGER = "rayform"
"""Who owns the applied fields."""
VERSION_LABEL = "app.kubernetes.io/version"
"""The label that tells the version of an applied CRD."""
INTERVAL_SECONDS = 0.5

Definition = dict[str, Any]
"""A CRD as Kubernetes writes it."""

_Crd: Any = cast("Any", generic_resource).create_global_resource(
    "apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions"
)

# The base of whatever HTTP library the client stands on.
_HTTP_ERROR: type[Exception] = next(base for base in ApiError.__mro__[:-2] if base.__name__ == "HTTPError")


@dataclass(frozen=True, slots=True)
class Live:
    """A CRD in the cluster."""

    version: str | None
    """The version of KubeRay that it was applied from; None when somebody else applied it."""
    stored: tuple[str, ...]
    """The API versions in which objects of it lie in the cluster's storage."""
    conditions: Mapping[str, tuple[str, str]]
    """Its conditions: status and message by type."""
    fingerprint: str
    """The sha256 of its spec, defaults included."""

    @property
    def established(self) -> bool:
        """Whether objects of it can be made."""
        return all(self.conditions.get(kind, ("", ""))[0] == "True" for kind in ("NamesAccepted", "Established"))


class Api(Protocol):
    """What is used of the client, whose own annotations strict checkers cannot follow."""

    def get(self, res: Any, name: str) -> Definition:
        """One object."""
        ...

    def apply(self, obj: Any, name: str, *, field_manager: str, force: bool) -> Definition:
        """Makes the fields of an object be as given."""
        ...


class Server:
    """The API server behind a client, as :func:`server` hands it out."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def live(self, names: Iterable[str]) -> dict[str, Live]:
        """Those of the named CRDs that are in the cluster."""
        found = {name: self._get(name) for name in names}
        return {name: live for name, live in found.items() if live is not None}

    def apply(self, definition: Definition) -> None:
        """Applies one CRD on the server's side; fields that others own are taken over."""
        name = definition["metadata"]["name"]
        with _talking(f"applying {name}"):
            self._api.apply(_Crd(definition), name=name, field_manager=FIELD_MANAGER, force=True)

    def await_established(self, names: Iterable[str], seconds: float) -> dict[str, Live]:
        """The named CRDs, once objects of all of them can be made."""
        waiting, ready = list(names), dict[str, Live]()
        deadline = time.monotonic() + seconds
        while True:
            live = self.live(waiting)
            ready |= {name: crd for name, crd in live.items() if crd.established}
            waiting = [name for name in waiting if name not in ready]
            if not waiting:
                return ready
            if time.monotonic() > deadline:
                raise _not_established(waiting, live, seconds)
            time.sleep(INTERVAL_SECONDS)

    def _get(self, name: str) -> Live | None:
        with _talking(f"reading {name}"):
            try:
                return _live(self._api.get(_Crd, name))
            except ApiError as error:
                if error.status.code == HTTPStatus.NOT_FOUND:
                    return None
                raise


@contextmanager
def server(kubeconfig: str | None, context: str | None) -> Generator[Server]:
    """The API server of a kubeconfig's context; the connection is closed after the block.

    Raises:
        UnreachableError: the kubeconfig does not describe a cluster.
    """
    with connect(kubeconfig, context) as client:
        yield Server(cast("Api", client))


def _live(definition: Definition) -> Live:
    status: Definition = definition.get("status") or {}
    labels: dict[str, str] = definition["metadata"].get("labels") or {}
    told: list[dict[str, str]] = status.get("conditions") or []
    conditions = {condition["type"]: (condition["status"], condition.get("message", "")) for condition in told}
    text = json.dumps(definition["spec"], sort_keys=True, separators=(",", ":"))
    fingerprint = sha256(text.encode()).hexdigest()
    return Live(labels.get(VERSION_LABEL), tuple(status.get("storedVersions") or ()), conditions, fingerprint)


def _not_established(waiting: list[str], live: Mapping[str, Live], seconds: float) -> CrdsError:
    told = [
        message
        for name in waiting
        if name in live
        for status, message in live[name].conditions.values()
        if status != "True" and message
    ]
    asked = f"{', '.join(waiting)} established within {seconds:g} seconds asked"
    reason = "the API server says: " + ("; ".join(told) or "nothing")
    return CrdsError("version", asked, reason, "see `kubectl describe crd`, then run the update again")


@contextmanager
def _talking(doing: str) -> Generator[None]:
    """Puts what goes wrong on the way to the API server into our words, with the server's own message."""
    try:
        yield
    except ApiError as error:
        remedy = _REMEDIES.get(error.status.code or 0, "mend this, then run the update again")
        raise CrdsError("version", f"{doing} asked", f"the API server says: {error.status.message}", remedy) from None
    except ConfigError as error:
        raise UnreachableError("kubeconfig", f"{doing} asked", str(error), "mend the kubeconfig") from None
    except KeyError as error:
        # The client looks for a token in what an exec plugin prints, and finds something else.
        reason = f"its exec plugin's answer has no {error}"
        raise UnreachableError("kubeconfig", f"{doing} asked", reason, "use a plugin that gives a token") from None
    except (_HTTP_ERROR, OSError) as error:
        reason = f"the API server does not answer ({error})"
        raise UnreachableError(
            "kubeconfig", f"{doing} asked", reason, "see that it runs and is reached from here"
        ) from None


_REMEDIES = {
    int(HTTPStatus.FORBIDDEN): "let somebody apply them who may change CRDs, or set install_crds=False",
    int(HTTPStatus.UNAUTHORIZED): "renew the credentials of the kubeconfig",
}
