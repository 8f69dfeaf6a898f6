"""Simulated AWS of a test's own: the whole application in this process, called by boto3 without a socket."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from typing import Any, cast

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from rayform.lab.aws.app import SimulatedAws
from rayform.lab.aws.clock import Clock
from rayform.lab.aws.control import Controlled
from rayform.lab.aws.fleet import Imagined
from werkzeug.test import Client

ACCOUNT = "123456789012"
REGION = "us-east-1"


class Cloud:
    """Simulated AWS whose time stands still until the test lets it pass; empty when it is new."""

    def __init__(self) -> None:
        self.fleet = Imagined()
        self.aws = SimulatedAws(self.fleet, Clock(speed=0))
        self._web = Client(Controlled(self.aws))
        self._web.post("/moto-api/reset")  # what moto remembers is the whole process's

    def client(self, service: str, region: str = REGION) -> Any:
        """A client that calls this cloud; a costly thing, made once for all clouds."""
        made = _client(service, region)
        made.meta.events.unregister("before-send", unique_id="cloud")
        made.meta.events.register("before-send", self._answer, unique_id="cloud")
        return made

    def control(self, method: str, path: str, content: object = None) -> tuple[int, Any]:
        answer = self._web.open(f"/_lab/{path}", method=method, data=json.dumps(content))
        return answer.status_code, answer.json

    def pass_time(self, seconds: float) -> None:
        self.control("POST", "clock", {"advance": seconds})

    def said(self, call: Callable[..., object], **asked: object) -> str:
        """What AWS says against a call: code and message."""
        with pytest.raises(ClientError) as caught:
            call(**asked)
        error = caught.value.response["Error"]
        return f"{error['Code']}: {error['Message']}"

    def _answer(self, request: Any, **_: object) -> AWSResponse:
        headers: Mapping[str, str] = {name: _text(value) for name, value in request.headers.items()}
        answer = self._web.open(request.url, method=request.method, headers=headers, data=request.body or b"")
        raw: Any = BytesIO(answer.data)
        raw.stream = lambda: iter([answer.data])
        return AWSResponse(request.url, answer.status_code, cast("Any", dict(answer.headers)), raw)


@cache
def _client(service: str, region: str) -> Any:
    return cast("Any", boto3).client(
        service,
        region_name=region,
        aws_access_key_id="ANYONEANYONEANYONE00",
        aws_secret_access_key="none",
        endpoint_url="http://aws.test",
        config=Config(retries={"total_max_attempts": 1}),
    )


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
