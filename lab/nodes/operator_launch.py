"""How the operator of a pod is started outside of it: same arguments, environment and files, other ports."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

Read = Callable[[str, str], Mapping[str, str]]
"""Gives the data of a ConfigMap or Secret: its kind (``ConfigMap``, ``Secret``) and name in, keys and texts out."""

_REFERENCE = re.compile(r"\$\(([A-Za-z_][A-Za-z0-9_]*)\)")


@dataclass(frozen=True)
class Listening:
    """Where the operator listens instead of where its pod would: addresses of its own on this machine."""

    metrics: str
    health: str


@dataclass(frozen=True)
class Launch:
    """A process that stands for the pod's container.

    Attributes:
        arguments: without the program.
        env: the container's environment.
        files: what its volumes hold, by the path where it lies here.
        folders: its empty volumes.
    """

    arguments: tuple[str, ...]
    env: Mapping[str, str]
    files: Mapping[Path, str]
    folders: tuple[Path, ...]


def launch(pod: Mapping[str, Any], folder: Path, listening: Listening, read: Read) -> Launch:
    """The first container of ``pod`` as a process whose volumes lie under ``folder``."""
    container = pod["spec"]["containers"][0]
    env = dict(_environment(pod, container, read))
    files: dict[Path, str] = {}
    folders: list[Path] = []
    for mount in container.get("volumeMounts", []):
        volume = next(volume for volume in pod["spec"]["volumes"] if volume["name"] == mount["name"])
        place = _here(folder, mount["mountPath"])
        if "emptyDir" in volume:
            folders.append(place)
        files |= _mounted(place, mount, dict(_volume(volume, read)))
    mounts = [mount["mountPath"] for mount in container.get("volumeMounts", [])]
    words = [*container.get("command", [])[1:], *container.get("args", [])]
    arguments = [_moved(_expanded(word, env), mounts, folder) for word in words]
    env = {name: _moved(value, mounts, folder) for name, value in env.items()}
    namespace = pod["metadata"]["namespace"]
    if configuration := flag(arguments, "config"):
        path = Path(configuration)
        files[path] = _configured(files.get(path, ""), listening, namespace)
    else:
        arguments = _flagged(arguments, listening, namespace)
    return Launch(tuple(arguments), env, files, tuple(folders))


def flag(arguments: list[str], name: str) -> str | None:
    """The value of Go's flag ``name`` among ``arguments``, the last one when it is given twice."""
    value = None
    for index, argument in enumerate(arguments):
        given, equals, text = argument.lstrip("-").partition("=")
        if argument.startswith("-") and given == name:
            value = text if equals else next(iter(arguments[index + 1 :]), "")
    return value


def _flagged(arguments: list[str], listening: Listening, namespace: str) -> list[str]:
    # Go takes the last of equal flags.
    added = [f"--metrics-addr={listening.metrics}", f"--health-probe-bind-address={listening.health}"]
    if not flag(arguments, "leader-election-namespace"):
        # In its pod the operator would read it from the token's folder.
        added.append(f"--leader-election-namespace={namespace}")
    return [*arguments, *added]


def _configured(text: str, listening: Listening, namespace: str) -> str:
    content: dict[str, Any] = yaml.safe_load(text) or {}
    content |= {"metricsAddr": listening.metrics, "probeAddr": listening.health}
    content["leaderElectionNamespace"] = content.get("leaderElectionNamespace") or namespace
    return yaml.safe_dump(content, sort_keys=False)


def _environment(pod: Mapping[str, Any], container: Mapping[str, Any], read: Read) -> Iterator[tuple[str, str]]:
    for source in container.get("envFrom", []):
        for kind, reference in (("ConfigMap", "configMapRef"), ("Secret", "secretRef")):
            if reference in source:
                for key, value in read(kind, source[reference]["name"]).items():
                    yield source.get("prefix", "") + key, value
    for variable in container.get("env", []):
        yield variable["name"], _value(variable, pod, read)


def _value(variable: Mapping[str, Any], pod: Mapping[str, Any], read: Read) -> str:
    source = variable.get("valueFrom")
    if not source:
        return str(variable.get("value", ""))
    if "fieldRef" in source:
        return _field(pod, source["fieldRef"]["fieldPath"])
    for kind, reference in (("ConfigMap", "configMapKeyRef"), ("Secret", "secretKeyRef")):
        if reference in source:
            return read(kind, source[reference]["name"]).get(source[reference]["key"], "")
    return ""


def _field(pod: Mapping[str, Any], path: str) -> str:
    value: Any = pod
    for part in path.split("."):
        value = cast("Mapping[str, Any]", value).get(part) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def _volume(volume: Mapping[str, Any], read: Read) -> Iterator[tuple[str, str]]:
    for source in volume.get("projected", {}).get("sources", [volume]):
        for kind, key, name in (("ConfigMap", "configMap", "name"), ("Secret", "secret", "secretName")):
            if key in source:
                reference = source[key]
                data = read(kind, reference.get(name) or reference["name"])
                items = {item["key"]: item["path"] for item in reference.get("items", [])}
                yield from (
                    (items.get(entry, entry), text) for entry, text in data.items() if not items or entry in items
                )


def _mounted(place: Path, mount: Mapping[str, Any], data: Mapping[str, str]) -> dict[Path, str]:
    if part := mount.get("subPath"):
        return {place: data[part]} if part in data else {}
    return {place / name: text for name, text in data.items()}


def _here(folder: Path, inside: str) -> Path:
    return folder / inside.lstrip("/")


def _expanded(word: str, env: Mapping[str, str]) -> str:
    return _REFERENCE.sub(lambda match: env.get(match[1], match[0]), word)


def _moved(word: str, mounts: list[str], folder: Path) -> str:
    for mount in sorted(mounts, key=len, reverse=True):
        before, found, after = word.partition(mount.rstrip("/"))
        if found and (not before or before.endswith("=")) and (not after or after.startswith("/")):
            return f"{before}{_here(folder, mount)}{after}"
    return word
