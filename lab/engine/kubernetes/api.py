"""The API server, addressed by whatever apiVersion and kind an object has."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import yaml
from lightkube import KubeConfig
from lightkube.config.client_adapter import Client, ConnectionParams
from lightkube.config.kubeconfig import SingleConfig

from .cancel import Cancelled
from .parts import Object, items, part

_TIMEOUT = httpx2.Timeout(30.0)
_NO_MATCH_TRIES = 5


class ApiError(Exception):
    """The API server refused; the message is its own.

    Attributes:
        code: the HTTP status.
        reason: the server's reason, such as ``AlreadyExists``.
    """

    def __init__(self, code: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason


class NoKindError(ApiError):
    """The API server knows no such kind (yet)."""

    def __init__(self, api_version: str, kind: str) -> None:
        super().__init__(404, "NoMatch", f'no matches for kind "{kind}" in version "{api_version}"')


class KubeconfigError(Exception):
    """The kubeconfig does not lead to a cluster."""


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
    namespace: str
    cancelled: Cancelled
    _kinds: dict[str, dict[str, Kind]] = field(default_factory=dict[str, dict[str, Kind]])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def kind(self, api_version: str, kind: str) -> Kind:
        """Where ``kind`` lives; asks anew when it is not known, since its CRD may have come meanwhile."""
        with self._lock:
            found = self._kinds.get(api_version, {}).get(kind)
            if found is None:
                self._kinds[api_version] = self._discover(api_version)
                found = self._kinds[api_version].get(kind)
        if found is None:
            raise NoKindError(api_version, kind)
        return found

    def await_kind(self, api_version: str, kind: str) -> Kind:
        """As :meth:`kind`, trying again for a while: a CRD of the same update may not be served yet."""
        for attempt in range(_NO_MATCH_TRIES):
            try:
                return self.kind(api_version, kind)
            except NoKindError:
                self.cancelled.sleep(0.5 * 2**attempt)
        return self.kind(api_version, kind)

    def path(self, kind: Kind, manifest: Mapping[str, Any], *, named: bool = True) -> str:
        """The URL path of an object, or of its collection."""
        metadata = part(manifest, "metadata")
        root = "/api" if "/" not in kind.api_version else "/apis"
        scope = f"/namespaces/{quote(metadata.get('namespace') or self.namespace)}" if kind.namespaced else ""
        name = f"/{quote(metadata['name'])}" if named else ""
        return f"{root}/{kind.api_version}{scope}/{kind.plural}{name}"

    def get(self, kind: Kind, manifest: Mapping[str, Any]) -> Object | None:
        """The object as it lives; None when it is gone."""
        try:
            return self.request("GET", self.path(kind, manifest))
        except ApiError as error:
            if error.code == 404:
                return None
            raise

    def create(self, kind: Kind, manifest: Object, manager: str, *, dry_run: bool) -> Object:
        """Create an object; one that exists is an ``AlreadyExists``."""
        return self.request("POST", self.path(kind, manifest, named=False), manifest, _query(manager, dry_run=dry_run))

    def apply(self, kind: Kind, manifest: Object, manager: str, *, force: bool, dry_run: bool) -> Object:
        """Apply an object on the server's side."""
        query = {**_query(manager, dry_run=dry_run), "force": str(force).lower()}
        return self.request("PATCH", self.path(kind, manifest), manifest, query, "application/apply-patch+yaml")

    def set_managers(self, kind: Kind, live: Object, managers: list[Object]) -> Object:
        """Rewrite who manages which fields of an object; refused when it has changed since ``live``."""
        metadata = part(live, "metadata")
        patch = [
            {"op": "test", "path": "/metadata/resourceVersion", "value": metadata["resourceVersion"]},
            {"op": "replace", "path": "/metadata/managedFields", "value": managers},
        ]
        return self.request("PATCH", self.path(kind, live), patch, content_type="application/json-patch+json")

    def delete(self, kind: Kind, manifest: Mapping[str, Any], policy: str) -> None:
        """Ask for an object's deletion; one that is gone already is fine."""
        body = {"apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": policy}
        try:
            self.request("DELETE", self.path(kind, manifest), body)
        except ApiError as error:
            if error.code != 404:
                raise

    def poll(self, kind: Kind, manifest: Mapping[str, Any], deadline: float) -> Iterator[Object | None]:
        """The object again and again until ``deadline`` (monotonic); ends early only by cancellation."""
        while True:
            yield self.get(kind, manifest)
            if time.monotonic() >= deadline:
                return
            self.cancelled.sleep(1.0)

    def events(self, manifest: Mapping[str, Any]) -> list[str]:
        """What the cluster says of an object that does not become ready: its warnings."""
        metadata = part(manifest, "metadata")
        if not metadata.get("namespace"):
            return []
        selector = f"involvedObject.name={metadata['name']},type=Warning"
        path = f"/api/v1/namespaces/{quote(metadata['namespace'])}/events"
        found = items(self.request("GET", path, query={"fieldSelector": selector}), "items")
        return [f"{event.get('reason')}: {event.get('message')}" for event in found]

    def request(
        self,
        method: str,
        path: str,
        body: Object | list[Object] | None = None,
        query: Mapping[str, str] | None = None,
        content_type: str = "application/json",
    ) -> Object:
        """One request; a refusal is an :class:`ApiError` with the server's own message."""
        response = self.client.request(
            method,
            path,
            content=None if body is None else json.dumps(body),
            params=dict(query or {}),
            headers={"Content-Type": content_type, "Accept": "application/json"},
        )
        if response.is_success:
            answer: Object = response.json()
            return answer
        raise _refusal(response)

    def _discover(self, api_version: str) -> dict[str, Kind]:
        root = "/api" if "/" not in api_version else "/apis"
        try:
            found = self.request("GET", f"{root}/{api_version}")["resources"]
        except ApiError as error:
            if error.code == 404:
                return {}
            raise
        return {
            each["kind"]: Kind(api_version, each["name"], each["namespaced"])
            for each in found
            if "/" not in each["name"]
        }


def connect(kubeconfig: str | None, context: str | None, namespace: str | None, cancelled: Cancelled) -> Api:
    """The cluster of ``kubeconfig`` (its text or a path; None is the ambient one)."""
    config = _config(kubeconfig, context)
    client = Client(config, ConnectionParams(timeout=_TIMEOUT, trust_env=False))
    return Api(client, namespace or config.namespace or "default", cancelled)


def _config(kubeconfig: str | None, context: str | None) -> SingleConfig:
    if not kubeconfig:
        loaded = KubeConfig.from_env()
    elif "\n" in kubeconfig or kubeconfig.lstrip().startswith("{"):
        loaded = KubeConfig.from_dict(yaml.safe_load(kubeconfig))  # pyright: ignore[reportUnknownMemberType] - untyped there
    else:
        loaded = KubeConfig.from_file(Path(kubeconfig).expanduser())
    found = loaded.get(context)
    if found is None:
        raise KubeconfigError(f"kubeconfig: context {context!r} asked, it is not in it; choose one that is")
    return found


def _query(manager: str, *, dry_run: bool) -> dict[str, str]:
    return {"fieldManager": manager, "fieldValidation": "Warn", **({"dryRun": "All"} if dry_run else {})}


def _refusal(response: httpx2.Response) -> ApiError:
    try:
        status = response.json()
        return ApiError(response.status_code, status.get("reason", ""), status["message"])
    except (ValueError, KeyError, TypeError):
        return ApiError(response.status_code, "", response.text.strip() or response.reason_phrase)
