"""Who may use the cluster."""

from typing import Literal

from rayform.spec.model import Flag, Spec, Wire

__all__ = ["AuthOptions"]


class AuthOptions(Spec):
    """Authentication of the dashboard, of Ray Client and between Ray's processes."""

    mode: Literal["token", "disabled"] | None = "token"
    """Token demands a bearer token (Ray 2.52 or newer); disabled, like None, lets anyone who reaches it run code."""
    secret_name: Wire[str] | None = None
    """A Secret with the token under ``auth_token``; None lets the operator make one, named after the cluster.
    Since KubeRay 1.6."""
    enable_k8s_token_auth: Flag | None = None
    """Whether Kubernetes judges the tokens, by the verb ``ray:write`` (Ray 2.55 or newer, RayCluster only).
    Since KubeRay 1.6."""
