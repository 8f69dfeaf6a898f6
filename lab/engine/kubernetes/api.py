"""The API server, addressed by whatever apiVersion and kind an object has."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx2
from lightkube.core.exceptions import ConfigError

from .parts import Object, items, part

APPLY = "application/apply-patch+yaml"
JSON_PATCH = "application/json-patch+json"

_BUSY = frozenset({429, 503})
_BUSY_TRIES = 15  # it gets to know a kind that is new, for longer on a slow machine


class UnreachableError(Exception):
    """The cluster does not answer, or there is no way to ask it."""

    def __init__(self, cause: object) -> None:
        super().__init__(f"configured Kubernetes cluster is unreachable: {cause}")


class ApiError(Exception):
    """The API server refused; the message is its own.

    Attributes:
        code: the HTTP status.
        reason: the server's reason, such as ``AlreadyExists``.
        about: the resource that the refusal is about, such as ``namespaces``.
    """

    def __init__(self, code: int, reason: str, message: str, about: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.about = about


class NoKindError(ApiError):
    """The API server knows no such kind (yet)."""

    def __init__(self, api_version: str, kind: str) -> None:
        super().__init__(404, "NoMatch", f'no matches for kind "{kind}" in version "{api_version}"')


@dataclass(frozen=True)
class Kind:
    """Where the objects of a kind live."""

    api_version: str
    plural: str
    namespaced: bool


@dataclass
class Api:
    """One cluster."""

    client: httpx2.Client
    _kinds: dict[str, dict[str, Kind]] = field(default_factory=dict[str, dict[str, Kind]])

    def kind(self, api_version: str, kind: str) -> Kind:
        """Where ``kind`` lives; asks anew when it is not known, since its CRD may have come meanwhile."""
        if kind not in self._kinds.get(api_version, {}):
            self._kinds[api_version] = self._discover(api_version)
        if kind not in self._kinds[api_version]:
            raise NoKindError(api_version, kind)
        return self._kinds[api_version][kind]

    def get(self, manifest: Mapping[str, Any]) -> Object | None:
        """The object as it lives; None when it is gone."""
        try:
            return self.request("GET", self._path(manifest))
        except NoKindError:
            raise
        except ApiError as error:
            if error.code == 404:
                return None
            raise

    def select(self, api_version: str, kind: str, namespace: str, **query: str) -> list[Object]:
        """The objects of a kind in a namespace."""
        place = {"apiVersion": api_version, "kind": kind, "metadata": {"namespace": namespace}}
        return items(self.request("GET", self._path(place, named=False), query=query), "items")

    def create(self, manifest: Object, manager: str, *, dry_run: bool) -> Object:
        """Create an object; one that exists is an ``AlreadyExists``."""
        return self.request("POST", self._path(manifest, named=False), manifest, _query(manager, dry_run=dry_run))

    def apply(self, manifest: Object, manager: str, *, force: bool, dry_run: bool) -> Object:
        """Apply an object on the server's side."""
        query = {**_query(manager, dry_run=dry_run), "force": str(force).lower()}
        return self.request("PATCH", self._path(manifest), manifest, query, APPLY)

    def replace(self, manifest: Object, manager: str, *, dry_run: bool) -> Object:
        """Put an object in the place of the one that is there."""
        return self.request("PUT", self._path(manifest), manifest, _query(manager, dry_run=dry_run))

    def patch(self, manifest: Mapping[str, Any], operations: list[Object]) -> Object:
        """Change an object by JSON patch."""
        return self.request("PATCH", self._path(manifest), operations, content_type=JSON_PATCH)

    def delete(self, manifest: Mapping[str, Any], policy: str) -> None:
        """Ask for an object's deletion."""
        body = {"apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": policy}
        self.request("DELETE", self._path(manifest), body)

    def request(
        self,
        method: str,
        path: str,
        body: Object | list[Object] | None = None,
        query: Mapping[str, str] | None = None,
        content_type: str = "application/json",
    ) -> Object:
        """One request; a refusal is an :class:`ApiError` with the server's own message."""
        content = None if body is None else json.dumps(body)
        headers = {"Content-Type": content_type, "Accept": "application/json"}
        request = self.client.build_request(method, path, content=content, params=dict(query or {}), headers=headers)
        response = self._sent(request)
        if not response.is_success:
            raise _refusal(response)
        answer: Object = response.json()
        return answer

    def _sent(self, request: httpx2.Request) -> httpx2.Response:
        """The server's answer, asked for again when it is too busy to give one."""
        for tries_left in reversed(range(_BUSY_TRIES)):
            try:
                response = self.client.send(request)
            except (httpx2.TransportError, ConfigError) as error:
                raise UnreachableError(error) from error
            if response.status_code not in _BUSY or not tries_left:
                return response
            time.sleep(float(response.headers.get("Retry-After", 1)))
        raise AssertionError("the last try is returned")

    def _path(self, manifest: Mapping[str, Any], *, named: bool = True) -> str:
        metadata = part(manifest, "metadata")
        kind = self.kind(manifest["apiVersion"], manifest["kind"])
        scope = f"/namespaces/{quote(metadata.get('namespace') or 'default')}" if kind.namespaced else ""
        name = f"/{quote(metadata['name'])}" if named else ""
        return f"{_root(kind.api_version)}{scope}/{kind.plural}{name}"

    def _discover(self, api_version: str) -> dict[str, Kind]:
        try:
            found = items(self.request("GET", _root(api_version)), "resources")
        except ApiError as error:
            if error.code == 404:
                return {}
            raise
        return {
            each["kind"]: Kind(api_version, each["name"], each["namespaced"])
            for each in found
            if "/" not in each["name"]
        }


def _root(api_version: str) -> str:
    return f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"


def _query(manager: str, *, dry_run: bool) -> dict[str, str]:
    return {"fieldManager": manager, **({"dryRun": "All"} if dry_run else {})}


def _refusal(response: httpx2.Response) -> ApiError:
    try:
        status = response.json()
        about = str(part(status, "details").get("kind", ""))
        return ApiError(response.status_code, status.get("reason", ""), status["message"], about)
    except (ValueError, KeyError, TypeError, AttributeError):
        return ApiError(response.status_code, "", response.text.strip() or response.reason_phrase)
