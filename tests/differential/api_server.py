"""A real API server with KubeRay's CRDs, asked by dry-run: what it says of an object that somebody would create."""

import json
import ssl
import time
from http.client import HTTPSConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from crds import KINDS, crd
from rayform.lab.controlplane import ADMIN, ControlPlane
from rayform.lab.progress import Silent

__all__ = ["ApiServer"]

_DONE = 200
_CREATED, _REFUSED = 201, (400, 403, 422)
_SECONDS = 600.0
_DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"


class ApiServer:
    """A control plane for the block, with its state in a folder of its own."""

    def __init__(self, state: Path) -> None:
        self._plane = ControlPlane(state)

    def __enter__(self) -> Self:
        self._plane.up(Silent())
        self.connect()
        for kind in KINDS:
            status, answer = self._ask("POST", _DEFINITIONS, crd(kind))
            assert status == _CREATED, answer
        self.wait("/api/v1/namespaces/default/serviceaccounts/default")
        for kind in KINDS:
            self.wait(f"/apis/ray.io/v1/{KINDS[kind]}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._plane.down()

    def connect(self) -> None:
        """Open a connection; whoever was forked needs one of its own."""
        credentials = self._plane.credentials
        tls = ssl.create_default_context(cafile=str(credentials.authority.pair.certificate))
        admin = credentials.pair(ADMIN)
        tls.load_cert_chain(admin.certificate, admin.key)
        self._connection = HTTPSConnection(urlsplit(self._plane.server).netloc, context=tls)

    def refuses(self, manifest: dict[str, Any]) -> str:
        """Why the API server would not create the object, empty where it would; unknown fields are refused."""
        place = f"/apis/ray.io/v1/namespaces/default/{KINDS[manifest['kind']]}?dryRun=All&fieldValidation=Strict"
        return self.refused(place, manifest)

    def refuses_pod(self, pod: dict[str, Any]) -> str:
        """Why the API server would not create the pod, empty where it would."""
        return self.refused("/api/v1/namespaces/default/pods?dryRun=All&fieldValidation=Strict", pod)

    def refused(self, path: str, manifest: dict[str, Any]) -> str:
        """Why the API server does not create an object, empty where it does."""
        status, answer = self._ask("POST", path, manifest)
        assert status == _CREATED or status in _REFUSED, answer
        return "" if status == _CREATED else str(answer["message"])

    def make(self, path: str, manifest: dict[str, Any]) -> None:
        """Create an object that must be taken."""
        status, answer = self._ask("POST", path, manifest)
        assert status == _CREATED, answer

    def warnings(self, path: str, manifest: dict[str, Any]) -> list[str] | None:
        """What the API server warns of on creation; None is refused."""
        status, _ = self._ask("POST", path, manifest)
        return self._warnings if status == _CREATED else None

    def warnings_of_part(self, path: str, part: str, spec: dict[str, Any]) -> list[str]:
        """What the API server warns of when a part of an object that is there is changed, which it has to take."""
        _, there = self._ask("GET", path)
        there["spec"] |= spec
        del there["metadata"]["resourceVersion"]  # others may change it meanwhile
        status, answer = self._ask("PUT", f"{path}/{part}?dryRun=All", there)
        assert status == _DONE, answer
        return self._warnings

    def _ask(self, verb: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        content = None if body is None else json.dumps(body).encode()
        self._connection.request(verb, path, content, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        text = response.read()
        self._warnings = response.headers.get_all("Warning") or []
        answer: dict[str, Any] = json.loads(text) if text.startswith(b"{") else {"message": text.decode()}
        return response.status, answer

    def wait(self, path: str) -> None:
        """Wait until something is served."""
        deadline = time.monotonic() + _SECONDS
        while self._ask("GET", path)[0] != 200:
            assert time.monotonic() < deadline, f"never served: {path}"
            time.sleep(0.1)
