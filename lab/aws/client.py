"""The control of simulated AWS from Python; it needs none of what the server needs."""

import json
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from ..errors import LabError

_ANSWER_SECONDS = 60.0


class Control:
    """Speaks with the control of simulated AWS.

    Attributes:
        endpoint: where it is, as ``AWS_ENDPOINT_URL`` has it.
    """

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint

    def clock(self, *, speed: float | None = None, advance: float | None = None) -> Mapping[str, Any]:
        """The time at AWS, after making it run at ``speed`` and letting ``advance`` seconds pass."""
        asked = {key: value for key, value in (("speed", speed), ("advance", advance)) if value is not None}
        answer: Mapping[str, Any] = self._asked("POST" if asked else "GET", "clock", asked)
        return answer

    def faults(self, script: Sequence[Mapping[str, Any]] | None = None) -> Sequence[Mapping[str, Any]]:
        """The faults in force with what each has done; ``script`` takes their place, an empty one ends them."""
        method = "GET" if script is None else "PUT"
        answer: Sequence[Mapping[str, Any]] = self._asked(method, "faults", script)
        return answer

    def calls(self) -> Mapping[str, int]:
        """How often each operation was called (``eks.CreateCluster``), and each of its errors was answered."""
        answer: Mapping[str, int] = self._asked("GET", "calls", None)
        return answer

    def journal(self) -> Sequence[Mapping[str, str]]:
        """Every call that changed something, in its order: ``call`` and the names, ids and versions that it gave."""
        answer: Sequence[Mapping[str, str]] = self._asked("GET", "journal", None)
        return answer

    def leftovers(self) -> Mapping[str, Sequence[str]]:
        """What is there that a new account and a new control plane have not, by region and kind; empty is nothing."""
        answer: Mapping[str, Sequence[str]] = self._asked("GET", "leftovers", None)
        return answer

    def token(self, cluster: str, region: str) -> str:
        """A bearer token of an administrator of ``cluster``; one that lets nobody do everything gives none."""
        answer: Mapping[str, str] = self._asked("POST", "token", {"cluster": cluster, "region": region})
        return answer["token"]

    def _asked(self, method: str, path: str, content: object) -> Any:
        connection = HTTPConnection(urlsplit(self.endpoint).netloc, timeout=_ANSWER_SECONDS)
        try:
            connection.request(method, f"/_lab/{path}", json.dumps(content) if content else "[]")
            response = connection.getresponse()
            told: Any = json.loads(response.read())
        except (OSError, HTTPException, ValueError) as error:
            remedy = "look into 'rayform lab status'"
            raise LabError(f"aws: {self.endpoint} does not answer ({error}); {remedy}") from error
        finally:
            connection.close()
        if response.status != 200:
            raise LabError(f"aws: {told['error']}")
        return told
