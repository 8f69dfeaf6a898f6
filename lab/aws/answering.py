"""How operations are declared, and what many of them share."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from .errors import AwsError
from .region import Handler

HANDLERS: dict[tuple[str, str], Handler] = {}
"""Operations that the lab answers itself, by service and name."""

T = TypeVar("T")


def answers(service: str, operation: str) -> Callable[[Handler], Handler]:
    """Declares that a function answers ``operation`` of ``service``."""

    def declared(handler: Handler) -> Handler:
        HANDLERS[service, operation] = handler
        return handler

    return declared


def page(items: Sequence[T], asked: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A page of ``items`` under ``key``, as EKS pages: ``maxResults`` of them from ``nextToken`` on."""
    first, most = int(asked.get("nextToken") or 0), int(asked.get("maxResults") or 100)
    rest = {"nextToken": str(first + most)} if first + most < len(items) else {}
    return {key: list(items[first : first + most]), **rest}


def unique() -> str:
    """An id that nothing else has."""
    return str(uuid.uuid4())


def hexadecimal(digits: int) -> str:
    """An id of that many hexadecimal digits, as EC2 makes them."""
    return uuid.uuid4().hex[:digits]


def given(asked: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Those of the members ``names`` that were asked."""
    return {name: asked[name] for name in names if asked.get(name) is not None}


def quoted(error: Exception) -> str:
    """What AWS said in an error of boto3."""
    response: Mapping[str, Any] = getattr(error, "response", {})
    told = response.get("Error", {})
    return f"{told.get('Message', error)}"


def wrong(message: str) -> AwsError:
    """What EKS says of a member that cannot be."""
    return AwsError("InvalidParameterException", message, 400)
