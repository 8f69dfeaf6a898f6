"""The provider on simulated AWS in this process: what the engine asks of it, in plain Python."""

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from rayform.lab.aws.app import SimulatedAws
from rayform.lab.aws.clock import Clock
from rayform.lab.aws.control import Controlled
from rayform.lab.aws.fleet import Imagined
from rayform.lab.engine.aws.calls import filled
from rayform.lab.engine.aws.kinds.table import KINDS
from rayform.lab.engine.aws.provider import Aws
from rayform.lab.engine.provider.asked import Asked, Autoname, Outcome
from rayform.lab.engine.provider.cancel import Cancelled
from rayform.lab.engine.provider.difference import Comparison
from werkzeug.serving import make_server
from werkzeug.test import Client

REGION = "us-east-1"
ACCOUNT = "123456789012"


@contextmanager
def simulated() -> Generator[tuple[SimulatedAws, str]]:
    """Simulated AWS behind a socket, whose time runs so fast that nothing is waited for long."""
    aws = SimulatedAws(Imagined(), Clock(speed=100_000))
    application = Controlled(aws)
    Client(application).post("/moto-api/reset")  # what moto remembers is the whole process's
    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield aws, f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Thing:
    """A resource as the engine remembers it."""

    type: str
    name: str
    id: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]


@dataclass
class Engine:
    """The engine's side: it asks in the order in which the real one does."""

    provider: Aws = field(default_factory=Aws)
    cancelled: Cancelled = field(default_factory=Cancelled)
    said: list[str] = field(default_factory=list[str])

    def asked(self, type_: str, name: str, **more: Any) -> Asked:
        autoname = Autoname(name, seed=b"seed")
        return Asked(type_, autoname, more.pop("inputs", {}), self.said.append, self.cancelled, **more)

    def checked(self, type_: str, name: str, inputs: Mapping[str, Any], **more: Any) -> Mapping[str, Any]:
        checked, failures = self.provider.check(self.asked(type_, name, inputs=inputs, **more))
        assert failures == ()
        return checked

    def create(self, type_: str, title: str = "thing", /, **inputs: Any) -> Thing:
        checked = self.checked(type_, title, inputs)
        made = self.provider.create(self.asked(type_, title, inputs=checked))
        return Thing(type_, title, made.id, checked, made.outputs)

    def compare(self, thing: Thing, /, **edits: Any) -> Comparison:
        return self.provider.compare(self._edited(thing, edits))

    def update(self, thing: Thing, /, **edits: Any) -> Thing:
        asked = self._edited(thing, edits)
        made = self.provider.update(asked)
        return replace(thing, inputs=asked.inputs, outputs=made.outputs)

    def read(self, thing: Thing) -> Outcome | None:
        return self.provider.read(
            self.asked(thing.type, thing.name, id=thing.id, state=thing.outputs, inputs=thing.inputs)
        )

    def imported(self, thing: Thing) -> Outcome | None:
        kind = KINDS[thing.type]
        identifier: str = filled(kind.imports, thing.outputs) if kind.imports else thing.id
        return self.provider.read(self.asked(thing.type, thing.name, id=identifier))

    def delete(self, thing: Thing) -> None:
        self.provider.delete(self.asked(thing.type, thing.name, id=thing.id, state=thing.outputs))

    def _edited(self, thing: Thing, edits: Mapping[str, Any]) -> Asked:
        given = {key: value for key, value in thing.inputs.items() if key not in {"tagsAll", "__defaults"}}
        defaulted = thing.inputs.get("__defaults", ())
        given = {key: value for key, value in given.items() if key not in defaulted}
        inputs = self.checked(thing.type, thing.name, {**given, **edits}, state=thing.inputs)
        return self.asked(thing.type, thing.name, id=thing.id, state=thing.outputs, inputs=inputs, before=thing.inputs)
