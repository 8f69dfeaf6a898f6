"""Reads a kubeconfig: its text, or the path of a file; tells what is wrong with it without quoting it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

import yaml
from rayform.spec.refusal import RayformError

__all__ = ["KubeconfigError", "checked"]

FLATTEN: Final = "give the text that `kubectl config view --flatten --raw` prints"
"""Remedy for a kubeconfig that is not whole in itself."""
FILES: Final = ("certificate-authority", "client-certificate", "client-key", "tokenFile")
"""Fields of clusters and users that name a file."""


class KubeconfigError(RayformError):
    """A kubeconfig that cannot be read, or does not describe the cluster that is meant; never quotes its content."""

    def __init__(self, subject: str, lines: tuple[str, ...]) -> None:
        self.subject = subject
        """What refuses: the component's type and name."""
        self.lines = lines
        """Every refusal, as ``path: asked, possible; remedy``."""
        super().__init__("\n".join(f"{subject}: {line}" for line in lines))


def checked(subject: str, kubeconfig: str | Path, context: str | None) -> str:
    """The kubeconfig's text, once it is known to describe ``context``, or its current context.

    Raises:
        KubeconfigError: it cannot be read, is no kubeconfig, lacks what the context needs, or names files by relative
            paths, which are only right beside the file it came from.
    """
    text = _text(subject, kubeconfig)
    config = _parsed(subject, text)
    lines = tuple(_refusals(config, context))
    if lines:
        raise KubeconfigError(subject, lines)
    return text


def _text(subject: str, kubeconfig: str | Path) -> str:
    if isinstance(kubeconfig, str) and ("\n" in kubeconfig or kubeconfig.lstrip().startswith("{")):
        return kubeconfig
    path = Path(kubeconfig).expanduser()
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "not text"
        line = f"kubeconfig: file {path} asked, {reason}; give a path that can be read, or the kubeconfig's text"
        raise KubeconfigError(subject, (line,)) from error


def _parsed(subject: str, text: str) -> Mapping[str, Any]:
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 1}" if mark is not None else ""
        # The parser's error quotes the text, which holds credentials.
        line = f"kubeconfig: YAML asked, its syntax is broken{place}; {FLATTEN}"
        raise KubeconfigError(subject, (line,)) from None
    if "clusters" not in (parsed := _mapping(config)):
        raise KubeconfigError(subject, (f"kubeconfig: a kubeconfig asked, it has no clusters; {FLATTEN}",))
    return parsed


def _refusals(config: Mapping[str, Any], context: str | None) -> Iterator[str]:
    contexts, clusters, users = (_named(config, kind) for kind in ("contexts", "clusters", "users"))
    wanted = context or str(config.get("current-context") or "")
    if not contexts:
        yield f"kubeconfig.contexts: at least one asked, it has none; {FLATTEN}"
        return
    if not wanted:
        yield f"context: none asked, the kubeconfig has no current one; choose one of {_listed(contexts)}"
        return
    if wanted not in contexts:
        path = "context" if context else "kubeconfig.current-context"
        yield f"{path}: {wanted} asked, the kubeconfig has {_listed(contexts)}; choose one of these"
        return
    for kind, entries in (("cluster", clusters), ("user", users)):
        name = str(contexts[wanted].get(kind) or "")
        if name in entries:
            yield from _relative(f"kubeconfig.{kind}s[{name}]", entries[name])
        elif name or kind == "cluster":
            path = f"kubeconfig.contexts[{wanted}].{kind}"
            yield f"{path}: {name or 'none'} asked, the kubeconfig has {_listed(entries)}; {FLATTEN}"


def _relative(path: str, entry: Mapping[str, Any]) -> Iterator[str]:
    for field in FILES:
        if (file := entry.get(field)) and not Path(str(file)).is_absolute():
            yield f"{path}.{field}: a relative path asked, the folder it starts from is not kept; {FLATTEN}"


def _named(config: Mapping[str, Any], kind: str) -> dict[str, Mapping[str, Any]]:
    """The entries of one of the kubeconfig's lists, by name."""
    listed = config.get(kind)
    entries = [_mapping(entry) for entry in cast("list[object]", listed if isinstance(listed, list) else [])]
    return {str(entry["name"]): _mapping(entry.get(kind.removesuffix("s"))) for entry in entries if "name" in entry}


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _listed(entries: Mapping[str, object]) -> str:
    return ", ".join(sorted(entries)) or "none"
