"""Objects of whatever kind, as others write them."""

from typing import Any

from rayform.policy import Subject, of_manifest

__all__ = ["made"]


def made(kind: str, name: str = "m", **more: Any) -> Subject:
    """An object of a kind, ``apps/v1/Deployment``, in the namespace of Ray."""
    api, _, called = kind.rpartition("/")
    return of_manifest({"apiVersion": api, "kind": called, "metadata": {"name": name, "namespace": "ray"}, **more})
