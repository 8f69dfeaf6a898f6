"""The one function that programs call: what of a YAML file becomes resources, decoded by the provider."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from ..provider.asked import UnsupportedError

__all__ = ["DECODE", "NoYamlError", "called"]

DECODE = "kubernetes:yaml:decode"
"""What ``pulumi_kubernetes.yaml.ConfigFile`` and ``ConfigGroup`` call."""


class NoYamlError(Exception):
    """A text is no YAML, or holds what is no object."""


class _Loader(yaml.SafeLoader):
    """Reads YAML as Kubernetes does: a date is a text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute, which it only reads
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def called(token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer of a function.

    Raises:
        NoYamlError: the text cannot be decoded.
        UnsupportedError: there is no such function.
    """
    if token != DECODE:
        raise UnsupportedError(token, "such function")
    return {"result": list(_objects(str(arguments["text"])))}


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        documents = list(yaml.load_all(text, Loader=_Loader))
    except yaml.YAMLError as error:
        raise NoYamlError(f"YAML: {error}; mend it there") from error
    for document in documents:
        if isinstance(document, dict):
            yield document
        elif document is not None:
            raise NoYamlError(f"YAML: a {type(document).__name__} found, objects are possible; mend it there")
