"""A kubeconfig that holds no secret: whoever uses it proves who they are to AWS each time."""

import json
from typing import Any

__all__ = ["eks_kubeconfig"]


def eks_kubeconfig(*, name: str, region: str, endpoint: str, certificate_authority: str) -> str:
    """The kubeconfig of an EKS cluster as JSON; it runs ``aws eks get-token`` where it is used."""
    arguments = ["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"]
    command: dict[str, Any] = {
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "command": "aws",
        "args": arguments,
        "interactiveMode": "Never",
        "provideClusterInfo": False,
    }
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [
            {"name": name, "cluster": {"server": endpoint, "certificate-authority-data": certificate_authority}}
        ],
        "users": [{"name": name, "user": {"exec": command}}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "current-context": name,
    }
    return json.dumps(config)
