"""Simulated AWS as one WSGI application: faults on order first, then the lab's own answers, then moto's."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from moto.core.request import Request
from werkzeug.wrappers import Response

from . import backing
from .agenda import Agenda
from .clock import Clock
from .errors import AwsError
from .faults import Fault, Script
from .fleet import Fleet
from .handlers import HANDLERS, OWNED
from .journal import Journal
from .region import Region
from .wire import Call, call_of

_log = logging.getLogger("aws")


class SimulatedAws:
    """All regions of simulated AWS.

    One call at a time is answered: what a script says of the n-th call is then the same each time.

    Attributes:
        clock: the time.
        script: the faults on order.
        calls: how often each operation was called, and each of its errors.
        journal: what was changed, in its order.
        lock: held while anything of it changes.
    """

    def __init__(self, fleet: Fleet, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.script = Script()
        self.calls: Counter[str] = Counter()
        self.journal = Journal()
        self.lock = threading.RLock()
        self.fleet = fleet
        self._agenda = Agenda(self.clock)
        self._regions: dict[str, Region] = {}

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer one request, as WSGI has it."""
        return self.answer(Request(environ))(environ, start)

    def answer(self, request: Request) -> Response:
        """Answer one request of AWS."""
        if request.content_length is not None:
            request.get_data()  # moto reads it again
        call = call_of(request)
        if call is None:
            with self.lock:
                return backing.passed_on(request)
        try:
            return self._judged(call)
        except AwsError as error:
            self.calls[f"{call.service}.{call.operation} {error.code}"] += 1
            _log.info("%s.%s: %s", call.service, call.operation, error)
            return call.refusal(error)

    def settle(self) -> None:
        """Let everything happen that is due."""
        with self.lock:
            self._agenda.settle()

    def region(self, name: str) -> Region:
        """One region."""
        if name not in self._regions:
            self._regions[name] = Region(name, self.clock, self._agenda, self.fleet, self.journal)
        return self._regions[name]

    def regions(self) -> Sequence[Region]:
        """Every region in which anything was asked."""
        return tuple(self._regions.values())

    def _judged(self, call: Call) -> Response:
        with self.lock:
            self.calls[f"{call.service}.{call.operation}"] += 1
            fault = self.script.strike(call)
        if fault and fault.delay_seconds:
            time.sleep(fault.delay_seconds)
        if fault and fault.code and not fault.later:
            raise fault.error()
        with self.lock:
            return self._done(call, fault)

    def _done(self, call: Call, fault: Fault | None) -> Response:
        self._agenda.settle()
        region = self.region(call.region)
        handler = HANDLERS.get((call.service, call.operation))
        if handler is None and call.service in OWNED:
            raise AwsError("UnsupportedOperation", f"simulated AWS: {call.service}.{call.operation} is not there", 400)
        region.failure = fault if fault and fault.later else None
        try:
            content: Mapping[str, Any] | None = handler(region, call.asked) if handler else None
        except AwsError:
            raise
        except Exception as error:
            _log.exception("%s.%s", call.service, call.operation)
            raise AwsError("InternalFailure", f"the lab's own failure: {error!r}", 500) from error
        answer = backing.passed_on(call.request) if content is None else call.answer(content)
        if answer.status_code < 400:
            self.journal.note(call)
        return answer
