"""A cluster in memory for the provider's unit tests: objects by path, and what was asked of it."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
from rayform.lab.engine.kubernetes.api import Api

KINDS = {
    "/api/v1": {
        "ConfigMap": "configmaps",
        "Secret": "secrets",
        "Pod": "pods",
        "Service": "services",
        "Event": "events",
    },
    "/apis/apps/v1": {"Deployment": "deployments", "StatefulSet": "statefulsets", "DaemonSet": "daemonsets"},
    "/apis/batch/v1": {"Job": "jobs"},
    "/apis/discovery.k8s.io/v1": {"EndpointSlice": "endpointslices"},
    "/apis/ray.io/v1": {"RayCluster": "rayclusters"},
    "/apis/storage.k8s.io/v1": {"StorageClass": "storageclasses"},
}

Answer = tuple[int, dict[str, Any]]


class Cluster:
    """Answers requests; whatever is in ``objects`` is there, and ``refuse`` may stand in the way."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.refuse: Callable[[httpx2.Request], Answer | None] = lambda _: None
        self.api = Api(httpx2.Client(base_url="http://cluster", transport=httpx2.MockTransport(self._answer)))

    def put(self, path: str, **content: Any) -> None:
        """Make an object be there, as if somebody else had made it."""
        self.objects[path] = content

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        refused = self.refuse(request)
        code, content = refused or self._do(request)
        return httpx2.Response(code, json=content)

    def _do(self, request: httpx2.Request) -> Answer:
        path = request.url.path
        if path in KINDS:
            listed = [{"kind": k, "name": n, "namespaced": n != "storageclasses"} for k, n in KINDS[path].items()]
            return 200, {"resources": [*listed, {"kind": "Scale", "name": "x/scale", "namespaced": True}]}
        self.asked.append((request.method, path, dict(request.url.params)))
        body = json.loads(request.content) if request.content else {}
        return getattr(self, f"_{request.method.lower()}")(path, body)

    def _get(self, path: str, _: Any) -> Answer:
        if path.rsplit("/", 1)[1] in {plural for kinds in KINDS.values() for plural in kinds.values()}:
            return 200, {"items": [each for there, each in self.objects.items() if there.startswith(f"{path}/")]}
        return (200, self.objects[path]) if path in self.objects else refusal(404, "NotFound", f"{path} not found")

    def _post(self, path: str, body: dict[str, Any]) -> Answer:
        there = f"{path}/{body['metadata']['name']}"
        if there in self.objects:
            return refusal(409, "AlreadyExists", f"{there} already exists")
        return 201, self._kept(there, body)

    def _patch(self, path: str, body: Any) -> Answer:
        if isinstance(body, list):
            for operation in body:
                self.objects[path]["metadata"][operation["path"].rsplit("/", 1)[1]] = operation["value"]
            return 200, self.objects[path]
        there = self.objects.get(path, {})
        metadata = {**there.get("metadata", {}), **body["metadata"]}
        return 200, self._kept(path, {**there, **body, "metadata": metadata})

    def _put(self, path: str, body: dict[str, Any]) -> Answer:
        return 200, self._kept(path, body)

    def _delete(self, path: str, _: Any) -> Answer:
        found = self.objects.pop(path, None)
        return (200, found) if found else refusal(404, "NotFound", f"{path} not found")

    def _kept(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        metadata = {"uid": "1", "resourceVersion": "1", **body["metadata"]}
        if "dryRun" in self.asked[-1][2]:
            return {**body, "metadata": metadata}
        self.objects[path] = {**body, "metadata": metadata}
        return self.objects[path]


def refusal(code: int, reason: str, message: str, about: str = "") -> Answer:
    """A refusal as the API server words it."""
    return code, {"kind": "Status", "reason": reason, "message": message, "details": {"kind": about}}
