"""AWS's wire protocols: which call a request is, what it asks, how an answer or an error is written.

Parsers, routers and serializers are moto's, over botocore's own models of the services; botocore's validator judges
both what is asked and what is answered, so that no answer of the lab can have a member that AWS does not know.
"""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from botocore.exceptions import UnknownServiceError
from botocore.model import StructureShape
from botocore.validate import ParamValidator
from moto.core.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from .errors import AwsError

_SCOPE = re.compile(r"Credential=[^/]+/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")

_SIGNED_AS = {
    "elasticloadbalancing": "elbv2",
    "elasticfilesystem": "efs",
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
    "tagging": "resourcegroupstaggingapi",
}
"""Services whose signature names them otherwise than botocore does."""


@dataclass(frozen=True)
class Call:
    """One call of an AWS operation.

    Attributes:
        service: as botocore names it.
        region: where it is called.
        model: botocore's model of the operation.
        request: the HTTP request.
        in_path: members that its URL holds.
    """

    service: str
    region: str
    model: OperationModel
    request: Request
    in_path: Mapping[str, Any]

    @property
    def operation(self) -> str:
        """The operation's name, such as ``CreateCluster``."""
        return self.model.name

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What is asked; what the model does not allow is refused as AWS refuses it."""
        request = self.request
        parser: Any = cast("Any", PROTOCOL_PARSERS)[self._protocol](self.model)
        parsed: dict[str, Any] = parser.parse(
            {
                "method": request.method,
                "values": request.values,
                "headers": request.headers,
                "body": request.get_data(),
                "url_path": request.path,
                "url_params": self.in_path,
            }
        )
        if wrong := faults(parsed, self.model.input_shape):
            raise AwsError("ValidationException" if self.service != "eks" else "InvalidParameterException", wrong, 400)
        return parsed

    def answer(self, content: Mapping[str, Any]) -> Response:
        """``content`` as the answer of this call; what botocore's model does not know is the lab's own failure."""
        if wrong := faults(content, self.model.output_shape):
            raise AwsError("InternalFailure", f"the lab's answer to {self.service}.{self.operation}: {wrong}", 500)
        return self._written(content)

    def refusal(self, error: AwsError) -> Response:
        """``error`` as the answer of this call."""
        with warnings.catch_warnings():
            # Of codes that a service's model does not name, such as those of throttling.
            warnings.simplefilter("ignore")
            response = self._written(error)
        response.status_code = error.status or response.status_code
        if error.retry_after is not None:
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    @property
    def _protocol(self) -> str:
        return determine_request_protocol(self.model.service_model, self.request.content_type)

    def _written(self, content: object) -> Response:
        serializer = get_serializer_class(self.service, self._protocol)(operation_model=self.model)
        written = serializer.serialize(content)
        return Response(written["body"], written["status_code"], written["headers"])


def call_of(request: Request) -> Call | None:
    """The call that a signed request is; None where its service or operation is not known."""
    scope = _SCOPE.search(request.headers.get("Authorization", ""))
    if scope is None:
        return None
    service = _SIGNED_AS.get(scope["service"], scope["service"])
    try:
        model, in_path = get_service_router(service).match(request)
    except (NotFound, RuntimeError, UnknownServiceError):
        return None
    return Call(service, scope["region"], model, request, in_path)


def operations(service: str) -> frozenset[str]:
    """The operations that botocore knows of a service; none for an unknown service."""
    try:
        return frozenset(get_service_model(service).operation_names)
    except UnknownServiceError:
        return frozenset()


def faults(content: Mapping[str, Any], shape: StructureShape | None) -> str:
    """What botocore's model finds wrong in ``content``: members unknown, missing or of another type."""
    if shape is None:
        return f"no members expected, {', '.join(content)} given" if content else ""
    return str(ParamValidator().validate(content, shape).generate_report())
