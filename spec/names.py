"""Names as Kubernetes takes them, each a type whose refusal says what is allowed.

Limits after the Kubernetes documentation on object names and labels: 63 characters for labels, 253 for subdomains.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, TypeAlias

from pydantic import AfterValidator

from .refusal import UnfitError

__all__ = [
    "EnvName",
    "Label",
    "LabelKey",
    "LabelValue",
    "Labels",
    "Name",
    "ResourceName",
    "Subdomain",
    "is_dns1035",
    "is_dns1123",
    "is_image",
    "is_label_key",
    "is_label_value",
    "is_resource",
    "is_subdomain",
]

_DNS1035 = re.compile(r"[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?")
_DNS1123 = re.compile(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*")
_QUALIFIED = re.compile(r"[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
_ENV = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*")


_RESOURCE = re.compile(r"cpu|memory|ephemeral-storage|hugepages-[0-9]+[KMG]i")
_PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_IMAGE = re.compile(
    r"(?:(?=[^/]*[.:]|localhost/)[a-zA-Z0-9.-]+(?::[0-9]+)?/)?"
    rf"{_PART}(?:/{_PART})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}})?(?:@[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{{32,}})?"
)


def is_dns1035(text: str) -> bool:
    """Whether the text is a DNS-1035 label: lower case, starts with a letter, at most 63 characters."""
    return _DNS1035.fullmatch(text) is not None


@lru_cache(maxsize=256)
def is_dns1123(text: str) -> bool:
    """Whether the text is a DNS-1123 label: lower case, at most 63 characters."""
    return _DNS1123.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def is_subdomain(text: str) -> bool:
    """Whether the text is a DNS-1123 subdomain: labels joined by dots, at most 253 characters."""
    return len(text) <= 253 and _SUBDOMAIN.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def is_label_key(text: str) -> bool:
    """Whether the text is a label or annotation key: a name of at most 63 characters, after an optional domain."""
    domain, slash, name = text.rpartition("/")
    return _QUALIFIED.fullmatch(name) is not None and (not slash or is_subdomain(domain))


@lru_cache(maxsize=1024)
def is_label_value(text: str) -> bool:
    """Whether the text is a label value: empty, or at most 63 letters, digits, dashes, dots and underscores."""
    return not text or _QUALIFIED.fullmatch(text) is not None


@lru_cache(maxsize=256)
def is_resource(text: str) -> bool:
    """Whether the text names something that nodes have: cpu, memory, …, or a device under a domain."""
    return _RESOURCE.fullmatch(text) is not None or ("/" in text and is_label_key(text))


@lru_cache(maxsize=256)
def is_image(text: str) -> bool:
    """Whether the text is a reference to an image, as the distribution of containers writes it."""
    return _IMAGE.fullmatch(text) is not None


def _checked(accepts: Callable[[str], bool], rule: str) -> AfterValidator:
    # The same few names come again and again, and what is refused is not kept.
    @lru_cache(maxsize=1024)
    def check(text: str) -> str:
        if not accepts(text):
            raise UnfitError(f"{text!r} asked", "it is no such name", rule)
        return text

    return AfterValidator(check)


Name: TypeAlias = Annotated[
    str, _checked(is_dns1035, "use at most 63 lower case letters, digits and dashes, a letter first")
]
"""A DNS-1035 label: what names a Service or a Ray resource."""

Label: TypeAlias = Annotated[str, _checked(is_dns1123, "use at most 63 lower case letters, digits and dashes")]
"""A DNS-1123 label: what names a namespace, a container or a volume."""

Subdomain: TypeAlias = Annotated[
    str, _checked(is_subdomain, "use at most 253 lower case letters, digits, dashes and dots")
]
"""A DNS-1123 subdomain: what names most objects."""

LabelKey: TypeAlias = Annotated[
    str,
    _checked(is_label_key, "use at most 63 letters, digits, dashes, dots and underscores after an optional domain/"),
]
"""The key of a label or annotation."""

LabelValue: TypeAlias = Annotated[
    str, _checked(is_label_value, "use at most 63 letters, digits, dashes, dots and underscores, or nothing")
]
"""The value of a label."""

Labels: TypeAlias = dict[LabelKey, LabelValue]
"""Labels by key."""

EnvName: TypeAlias = Annotated[
    str,
    _checked(
        lambda text: _ENV.fullmatch(text) is not None,
        "use letters, digits, dashes, dots and underscores, no digit first",
    ),
]
"""The name of an environment variable."""

ResourceName: TypeAlias = Annotated[
    str,
    _checked(is_resource, "use cpu, memory, ephemeral-storage, hugepages-2Mi, or domain/name such as nvidia.com/gpu"),
]
"""What nodes have and containers ask for."""
