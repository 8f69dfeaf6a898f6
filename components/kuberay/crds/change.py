"""What a change of the CRDs' resource is; asked at every preview, so it loads nothing."""

from collections.abc import Mapping
from typing import Any

__all__ = ["changed", "connection_changed", "content_changed"]

_CONTENT = ("version", "sha256")
_CONNECTION = ("kubeconfig", "context")


def changed(state: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether anything is to be done: other CRDs, another way to the cluster, or a cluster that has drifted."""
    return (
        content_changed(state, wanted) or connection_changed(state, wanted) or state.get("live") != state.get("applied")
    )


def content_changed(state: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether other CRDs are wanted. Where the files come from does not matter: their checksums say what they are."""
    return any(state.get(name) != wanted.get(name) for name in _CONTENT)


def connection_changed(state: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the cluster is reached in another way, or is another one."""
    return any(state.get(name) != wanted.get(name) for name in _CONNECTION)
