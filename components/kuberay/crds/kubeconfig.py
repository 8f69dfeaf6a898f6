"""A client of the cluster that Pulumi's Kubernetes provider reaches with the same kubeconfig and context."""

import binascii
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import yaml
from lightkube import Client, ConfigError, KubeConfig, SingleConfig
from lightkube.config.models import User

from .errors import UnreachableError

__all__ = ["connect"]

SECONDS: Any = 60.0
"""How long the API server may take for one answer: a CRD has half a megabyte."""

_LISTS = ("clusters", "contexts", "users")
_FILES = ("certificate-authority", "client-certificate", "client-key", "tokenFile")
_EXEC_STABLE, _EXEC_KNOWN = "client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"

Config = dict[str, Any]
"""A kubeconfig, parsed."""

_from_dict: Callable[[Config], KubeConfig] = cast("Any", KubeConfig).from_dict


def connect(kubeconfig: str | None, context: str | None) -> Client:
    """A client for a context (None: the current one) of a kubeconfig: its text, its path, or None for the ambient one.

    Raises:
        UnreachableError: the kubeconfig does not describe a cluster.
    """
    try:
        config = _ambient() if kubeconfig is None else _named(kubeconfig)
        known = KubeConfig.from_service_account() if config is None else _from_dict(_adapted(config))
        chosen = cast("SingleConfig", known.get(context))
        proxy = _proxies(config or {}).get(chosen.context.cluster)
        return Client(chosen._replace(user=chosen.user or User()), timeout=SECONDS, proxy=proxy)
    except (ConfigError, OSError, KeyError, TypeError, ValueError, yaml.YAMLError, binascii.Error) as error:
        # The error may quote the text, which holds credentials.
        reason = str(error) if isinstance(error, ConfigError | OSError) else f"it is broken ({type(error).__name__})"
        asked = "a kubeconfig" if kubeconfig else "the ambient kubeconfig"
        remedy = "give one that `kubectl config view --flatten --raw` prints"
        raise UnreachableError("kubeconfig", f"{asked} asked", reason, remedy) from None


def _named(kubeconfig: str) -> Config:
    if "\n" in kubeconfig or kubeconfig.lstrip().startswith("{"):
        return cast("Config", yaml.safe_load(kubeconfig))
    return _loaded(Path(kubeconfig).expanduser())


def _ambient() -> Config | None:
    """What kubectl uses: the files of ``$KUBECONFIG``, else ``~/.kube/config``; None where a pod's own token serves."""
    listed = [Path(name) for name in os.environ.get("KUBECONFIG", "").split(os.pathsep) if name]
    paths = [path for path in listed or [Path.home() / ".kube" / "config"] if path.is_file()]
    if paths:
        return _merged([_loaded(path) for path in paths])
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        return None
    raise ConfigError(f"neither {' nor '.join(map(str, listed)) or '~/.kube/config'} is there")


def _loaded(path: Path) -> Config:
    """A kubeconfig file, whose own relative paths start from its folder."""
    config = cast("Config", yaml.safe_load(path.read_text()))
    for kind in ("clusters", "users"):
        for entry in config.get(kind) or ():
            body = entry[kind.removesuffix("s")]
            body |= {name: str(path.parent.absolute() / body[name]) for name in _FILES if body.get(name)}
    return config


def _merged(configs: list[Config]) -> Config:
    """Several files as one: the first that says something has the word."""
    merged: Config = {}
    for config in reversed(configs):
        merged |= {key: value for key, value in config.items() if key not in _LISTS and value}
        for kind in _LISTS:
            entries = {entry["name"]: entry for entry in (*merged.get(kind, ()), *(config.get(kind) or ()))}
            merged[kind] = list(entries.values())
    return merged


def _proxies(config: Config) -> dict[str, str]:
    """The proxy of each cluster that has one; the client's own kubeconfig knows none."""
    entries: list[Config] = config.get("clusters") or []
    return {entry["name"]: entry["cluster"]["proxy-url"] for entry in entries if entry["cluster"].get("proxy-url")}


def _adapted(config: Config) -> Config:
    """The kubeconfig as the client can take it: a plugin of the stable protocol, told what it may expect."""
    for entry in config.get("users") or ():
        user: Config = entry.get("user") or {}
        if "exec" in user:
            user["exec"] = _plugin(user["exec"])
        entry["user"] = user
    return config


def _plugin(plugin: Config) -> Config:
    protocol: str = plugin["apiVersion"]
    told = {"kind": "ExecCredential", "apiVersion": protocol, "spec": {"interactive": False}}
    variables: list[dict[str, str]] = plugin.get("env") or []
    variables = [*variables, {"name": "KUBERNETES_EXEC_INFO", "value": json.dumps(told)}]
    return {**plugin, "env": variables, "apiVersion": _EXEC_KNOWN if protocol == _EXEC_STABLE else protocol}
