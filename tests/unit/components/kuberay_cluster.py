"""An API server of CRDs for tests: it keeps what is applied, establishes it at once, and fails where it is told to."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
READY = (("NamesAccepted", "True", "no conflicts"), ("Established", "True", "the names are in use"))


@dataclass
class CrdServer:
    """What the API server holds, and how it is to answer."""

    address: str = ""
    crds: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    tokens: set[str | None] = field(default_factory=set)
    refuse: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Answers by method: status and message."""
    conditions: tuple[tuple[str, str, str], ...] = READY

    @property
    def kubeconfig(self) -> str:
        """A kubeconfig of it, as text."""
        return json.dumps(kubeconfig(self.address))

    def answer(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        name = path.removeprefix(PATH).partition("?")[0]
        self.requests.append(f"{method} {name}")
        if method in self.refuse:
            return failure(*self.refuse[method])
        if body is not None:
            self.crds[name] = {**body, "status": self._status(name, body)}
        return (200, self.crds[name]) if name in self.crds else failure(404, f"{name} not found")

    def _status(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        before = self.crds.get(name, {}).get("status", {}).get("storedVersions", [])
        storage = [version["name"] for version in body["spec"]["versions"] if version["storage"]]
        told = [{"type": kind, "status": status, "message": message} for kind, status, message in self.conditions]
        return {"storedVersions": sorted({*before, *storage}), "conditions": told}


def failure(code: int, message: str) -> tuple[int, dict[str, Any]]:
    return code, {"kind": "Status", "apiVersion": "v1", "code": code, "message": message}


def kubeconfig(address: str, user: dict[str, Any] | None = None) -> dict[str, Any]:
    """A kubeconfig with one context, ``only``."""
    return {
        "current-context": "only",
        "clusters": [{"name": "only", "cluster": {"server": address}}],
        "contexts": [{"name": "only", "context": {"cluster": "only", "user": "me"}}],
        "users": [{"name": "me", "user": user or {"token": "given"}}],
    }


@contextmanager
def crd_server() -> Generator[CrdServer]:
    """A server that runs for the block."""
    state = CrdServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply("GET")

        def do_PATCH(self) -> None:
            self._reply("PATCH")

        def log_message(self, *_: object) -> None:
            pass

        def _reply(self, method: str) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            state.tokens.add(self.headers.get("Authorization"))
            state.queries.append(self.path.partition("?")[2])
            code, body = state.answer(method, self.path, json.loads(content) if content else None)
            text = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
