"""Moto behind the lab's own answers: the rest of AWS, in memory, without a socket between the two."""

import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any, cast

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from .errors import AwsError

ACCESS_KEY = "RAYFORMLAB0000000000"
"""The key that is given to programs; anyone's is taken."""

# Node images are the lab's own; moto's thousand cost half a second whenever it begins anew.
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"

Application = Callable[[dict[str, Any], Any], Any]


@cache
def _application() -> Application:
    server = import_module("moto.server")
    application: Application = server.DomainDispatcherApplication(server.create_backend_app)
    return application


def passed_on(request: Request) -> Response:
    """What moto answers; what it cannot do is said as AWS says that of its own."""
    environ = dict(request.environ)
    if request.content_length is not None:
        environ["wsgi.input"] = BytesIO(request.get_data())
    try:
        return Response.from_app(_application(), environ, buffered=True)
    except RuntimeError as error:  # the base of what moto raises for what it lacks
        raise AwsError("UnsupportedOperation", f"simulated AWS: {error}", 400) from error


@cache
def client(service: str, region: str) -> Any:
    """A boto3 client whose calls moto answers right here; a costly thing, made once."""
    config = Config(retries={"total_max_attempts": 1}, parameter_validation=True)
    made: Any = cast("Any", boto3).client(
        service,
        region_name=region,
        config=config,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key="none",  # noqa: S106 - nothing checks it
        endpoint_url="http://moto",
    )
    made.meta.events.register("before-send", _answered)
    return made


def _answered(request: AWSPreparedRequest, **_: object) -> AWSResponse:
    body: Any = request.body  # never a file in what the lab itself calls
    headers = [(name, _text(value)) for name, value in request.headers.items()]
    builder = EnvironBuilder(request.url, method=request.method, headers=headers, data=body or b"")
    answer = passed_on(Request(builder.get_environ()))
    raw: Any = BytesIO(answer.get_data())
    raw.stream = lambda: iter([answer.get_data()])
    told: Any = dict(answer.headers)
    return AWSResponse(request.url, answer.status_code, told, raw)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
