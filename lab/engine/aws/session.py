"""Calls of AWS's APIs: clients, patience with throttling, errors in AWS's own words."""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.model import StructureShape

from ..provider.cancel import Cancelled
from ..provider.patience import Patience
from .errors import AwsError

_CONFIG = Config(
    # As the official provider has it; beyond these tries a throttled call is tried on here, as long as there is time.
    retries={"mode": "standard", "total_max_attempts": 8},
    connect_timeout=10,
    read_timeout=60,
    max_pool_connections=64,
)
THROTTLED = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "PriorRequestNotComplete",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
"""Codes by which AWS says that it was asked too often: nothing was done."""
_OF_NONE = Patience(600.0, lambda _: None, Cancelled())
"""With what is asked for no resource."""


@dataclass(frozen=True)
class Place:
    """Which AWS is talked to, and as whom; what is empty comes from the environment, as boto3 reads it."""

    region: str = ""
    profile: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    endpoints: Mapping[str, str] = field(default_factory=dict[str, str])


class Session:
    """Calls of one region's services."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._clients: dict[str, Any] = {}

    @cached_property
    def region(self) -> str:
        """The region; empty where nobody says which."""
        place = self._place
        return place.region or os.environ.get("AWS_REGION") or boto3.Session().region_name or ""

    @cached_property
    def account(self) -> str:
        """The number of the account."""
        return str(self.call("sts", "GetCallerIdentity", {})["Account"])

    def input_shape(self, service: str, operation: str) -> StructureShape:
        """What AWS's model says that a call takes."""
        model = self._client(service).meta.service_model.operation_model(operation)
        return model.input_shape or StructureShape(operation, {"type": "structure", "members": {}})

    def output_shape(self, service: str, operation: str) -> StructureShape | None:
        """What AWS's model says that a call answers."""
        shape: StructureShape | None = self._client(service).meta.service_model.operation_model(operation).output_shape
        return shape

    def call(
        self, service: str, operation: str, parameters: Mapping[str, Any], patience: Patience = _OF_NONE
    ) -> dict[str, Any]:
        """One call; throttled ones are tried again until ``patience`` ends."""
        for end in patience.looks():
            try:
                return self._once(service, operation, parameters)
            except AwsError as error:
                if error.code not in THROTTLED or end:
                    raise
        raise AssertionError("the last try ends it")

    def _once(self, service: str, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = getattr(self._client(service), xform_name(operation))(**parameters)
        except ClientError as error:
            said = error.response.get("Error", {})
            raise AwsError(operation, said.get("Code", "Unknown"), said.get("Message", str(error))) from error
        except BotoCoreError as error:
            raise AwsError(operation, type(error).__name__, str(error)) from error
        return {key: value for key, value in answer.items() if key != "ResponseMetadata"}

    def _client(self, service: str) -> Any:
        with self._lock:  # a session of boto3's is not for several threads, its clients are
            if service not in self._clients:
                self._clients[service] = self._made(service)
            return self._clients[service]

    def _made(self, service: str) -> Any:
        place = self._place
        session = boto3.Session(
            aws_access_key_id=place.access_key or None,
            aws_secret_access_key=place.secret_key or None,
            aws_session_token=place.token or None,
            region_name=self.region or None,
            profile_name=place.profile or None,
        )
        endpoint = place.endpoints.get(service) or os.environ.get(_variable(service)) or os.environ.get(_variable(""))
        if not endpoint:
            message = "no endpoint is set, and the lab's provider talks to simulated AWS only"
            remedy = f"set {_variable('')}, or install the official plugin"
            raise AwsError("Configure", "NoEndpoint", f"{message}; {remedy}")
        # Which service it is, the checkers cannot know.
        return cast("Any", session).client(service, endpoint_url=endpoint, config=_CONFIG)


def _variable(service: str) -> str:
    """The variable of the environment by which boto3 finds an endpoint."""
    return "_".join(filter(None, ("AWS_ENDPOINT_URL", service.upper().replace("-", "_"))))
