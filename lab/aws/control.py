"""The small end for whoever runs the lab: time, faults, what was called. Everything under ``/_lab``."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from werkzeug.wrappers import Request, Response

from ..client import UNREACHABLE
from ..errors import LabError
from .app import SimulatedAws
from .eks.access import ADMIN, has_admin
from .eks.store import active
from .errors import AwsError
from .faults import Script, script
from .leftovers import leftovers

PREFIX = "/_lab"
"""Under what its paths lie; no operation of AWS has one there."""

PATHS = ("calls", "clock", "faults", "journal", "leftovers", "token")
"""The paths."""


class Controlled:
    """Simulated AWS with its control in front of it, as one WSGI application."""

    def __init__(self, aws: SimulatedAws) -> None:
        self._aws = aws

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer one request, as WSGI has it."""
        if not str(environ.get("PATH_INFO", "")).startswith(f"{PREFIX}/"):
            return self._aws(environ, start)
        request = Request(environ)
        try:
            content = self._told(request.method, request.path.removeprefix(f"{PREFIX}/"), request.get_data())
            response = _json(content)
        except LookupError as error:
            response = _json({"error": str(error.args[0])}, 404)
        except (AwsError, PermissionError) as error:
            response = _json({"error": str(error)}, 403)
        except (ValueError, TypeError) as error:
            response = _json({"error": str(error)}, 400)
        except (LabError, *UNREACHABLE) as error:
            response = _json({"error": f"the control plane does not answer: {error}"}, 503)
        return response(environ, start)

    def _told(self, method: str, path: str, body: bytes) -> object:
        asked = (method, path)
        with self._aws.lock:
            if path == "clock":
                return self._clock(_object(body) if method == "POST" else {})
            if asked == ("GET", "calls"):
                return dict(sorted(self._aws.calls.items()))
            if asked == ("GET", "journal"):
                return list(self._aws.journal)
            if asked == ("GET", "leftovers"):
                return self._leftovers()
            if asked in {("PUT", "faults"), ("DELETE", "faults")}:
                self._aws.script = script(body) if method == "PUT" else Script()
            if path == "faults":
                return self._aws.script.told()
            if asked == ("POST", "token"):
                return self._token(_object(body))
        raise LookupError(f"{method} {PREFIX}/{path}: is not there; there are {', '.join(PATHS)}")

    def _leftovers(self) -> object:
        self._aws.settle()
        there = {"Kubernetes": sorted(self._aws.fleet.left())}
        for region in self._aws.regions():
            there |= {f"{region.name} {kind}": ids for kind, ids in leftovers(region).items()}
        return {kind: ids for kind, ids in there.items() if ids}

    def _token(self, asked: Mapping[str, Any]) -> object:
        self._aws.settle()
        made = active(self._aws.region(str(asked.get("region"))), str(asked.get("cluster")))
        if not has_admin(made):
            remedy = f"associate the policy {ADMIN} with whoever deploys"
            raise PermissionError(f"cluster {made.name}: no access entry lets anybody do everything; {remedy}")
        return {"token": self._aws.fleet.token()}

    def _clock(self, asked: Mapping[str, Any]) -> object:
        clock = self._aws.clock
        if unknown := set(asked) - {"speed", "advance"}:
            raise ValueError(f"clock: {', '.join(sorted(unknown))} asked; there are speed and advance")
        if "speed" in asked:
            clock.run(_seconds(asked, "speed"))
        if "advance" in asked:
            clock.advance(_seconds(asked, "advance"))
        self._aws.settle()
        return {"now": clock.now().isoformat(), "speed": clock.speed}


def _seconds(asked: Mapping[str, Any], name: str) -> float:
    value: object = asked[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError(f"clock.{name}: {value!r} asked; give a number, 0 or more")
    return float(value)


def _object(body: bytes) -> dict[str, Any]:
    content: object = json.loads(body)
    if not isinstance(content, dict):
        raise TypeError("an object is expected")
    return cast("dict[str, Any]", content)


def _json(content: object, status: int = 200) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")
