"""From the provider's configuration to a cluster: which kubeconfig, which context, which client."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import httpx2
import yaml
from lightkube import KubeConfig
from lightkube.config.client_adapter import ConnectionParams
from lightkube.config.kubeconfig import SingleConfig
from lightkube.config.models import User
from lightkube.core.exceptions import ConfigError

from .api import Api, UnreachableError
from .parts import Object, items, part

_SECONDS = 30.0


def connect(kubeconfig: str, context: str, cluster: str) -> tuple[Api, str]:
    """The cluster, and the namespace that its context names.

    Args:
        kubeconfig: its text or a path; empty for the ambient one (``$KUBECONFIG``, ``~/.kube/config``, a pod's own).
        context: which of its contexts; empty for the current one.
        cluster: which of its clusters instead of the context's; empty for the context's.
    """
    try:
        config = _config(kubeconfig, context, cluster)
        # The lab is on this machine; proxies lead away from it.
        direct = ConnectionParams(timeout=httpx2.Timeout(_SECONDS), trust_env=False)
        parameters = cast("dict[str, Any]", direct.httpx_params(config))  # pyright: ignore[reportUnknownMemberType] - untyped there
        client = httpx2.Client(**parameters, limits=httpx2.Limits(max_connections=None, max_keepalive_connections=32))
    except (ConfigError, OSError, KeyError, ValueError, TypeError, yaml.YAMLError) as error:
        raise UnreachableError(error) from error
    return Api(client), config.namespace


def active_cluster(kubeconfig: Any, context: Any, cluster: Any) -> Object | None:
    """The server that a kubeconfig's text or content leads to; None where it cannot be told."""
    config = part(cast("Any", kubeconfig) if isinstance(kubeconfig, Mapping) else _parsed(str(kubeconfig or "")))
    contexts = {each.get("name"): part(each, "context") for each in items(config, "contexts")}
    name = cluster or part(contexts, str(context or config.get("current-context"))).get("cluster")
    found = (part(each, "cluster") for each in items(config, "clusters") if each.get("name") == name)
    return next(found, None)


def _config(kubeconfig: str, context: str, cluster: str) -> SingleConfig:
    loaded = _loaded(kubeconfig)
    found = loaded.get(context or None)
    if found is None:
        raise ConfigError("no current context")
    chosen = loaded.clusters[cluster] if cluster else found.cluster
    return found._replace(cluster=chosen, user=found.user or User())


def _loaded(kubeconfig: str) -> KubeConfig:
    if not kubeconfig:
        ambient = [Path(each) for each in os.environ.get("KUBECONFIG", "").split(os.pathsep) if each]
        existing = next((each for each in ambient if each.is_file()), None)
        return KubeConfig.from_file(existing) if existing else KubeConfig.from_env()
    parsed = _parsed(kubeconfig)
    if isinstance(parsed, Mapping):
        return KubeConfig.from_dict(dict(cast("Mapping[str, Any]", parsed)))  # pyright: ignore[reportUnknownMemberType] - untyped there
    return KubeConfig.from_file(Path(kubeconfig).expanduser())


def _parsed(kubeconfig: str) -> Any:
    """A kubeconfig's content; what is no mapping was a path."""
    try:
        return yaml.safe_load(kubeconfig)
    except yaml.YAMLError:
        return None
