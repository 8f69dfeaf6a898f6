"""Rules of how pods run: probes, hooks, rights, deadlines."""

from collections.abc import Iterator, Mapping
from typing import Any

from .rule import Found, rule
from .view import Path, PodView, entries, mapping, number

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_ASKS = ("exec", "grpc", "httpGet", "tcpSocket")
_NUMBERS = ("initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold")
_HOOKS = ("postStart", "preStop")
_DOES = ("exec", "httpGet", "sleep", "tcpSocket")


@rule(
    "probe-form",
    PodView,
    "kubernetes",
    about=_PROBES,
    typed=True,
    possible="a probe asks in one way",
    remedy="keep one of exec, grpc, httpGet, tcpSocket",
)
def probe_form(pod: PodView) -> list[Found]:
    """Probes ask in one way, with numbers that make sense."""
    return [
        found
        for where, index, container in pod.every
        for name in _PROBES
        if isinstance(container.get(name), dict)
        for found in _of_probe(pod.in_spec(where, index, name), mapping(container[name]))
    ]


def _of_probe(path: Path, probe: Mapping[str, Any]) -> Iterator[Found]:
    yield from _one_of(path, probe, _ASKS)
    for name in _NUMBERS:
        asked = number(probe.get(name))
        if asked is not None and asked < 0:
            yield Found((*path, name), f"{asked} asked", "it is 0 or more", "raise it")
    often = number(probe.get("successThreshold")) or 1
    if often > 1 and path[-1] != "readinessProbe":
        yield Found(
            (*path, "successThreshold"), f"{often} asked", "only readiness can take more than 1 success", "leave it out"
        )


@rule(
    "hook-form",
    PodView,
    "kubernetes",
    about="lifecycle",
    possible="a hook does one thing",
    remedy="keep one of exec, httpGet, sleep",
)
def hook_form(pod: PodView) -> list[Found]:
    """Hooks of a container's life do one thing."""
    return [
        found
        for where, index, container in pod.every
        if "lifecycle" in container
        for name, hook in mapping(container["lifecycle"]).items()
        if name in _HOOKS and isinstance(hook, dict)
        for found in _one_of(pod.in_spec(where, index, "lifecycle", name), mapping(hook), _DOES)
    ]


def _one_of(path: Path, part: Mapping[str, Any], ways: tuple[str, ...]) -> Iterator[Found]:
    asked = [way for way in ways if way in entries(part)]
    if len(asked) != 1:
        yield Found(path, f"{' and '.join(asked) or 'nothing'} asked")


@rule(
    "root-refused",
    PodView,
    "kubelet",
    possible="a container that must not be root cannot run as user 0, and the kubelet never starts it",
    remedy="choose another run_as_user, such as 1000 (ray), or leave run_as_non_root out",
)
def root_refused(pod: PodView) -> list[Found]:
    """No container is asked to run as root and not to."""
    general = mapping(pod.spec.get("securityContext"))
    return [
        Found(pod.in_spec(where, index, "securityContext", "runAsUser"), "0 asked with run_as_non_root")
        for where, index, container in pod.every
        for own in [mapping(container.get("securityContext"))]
        if _either(own, general, "runAsUser") == 0 and _either(own, general, "runAsNonRoot") is True
    ]


def _either(own: Mapping[str, Any], general: Mapping[str, Any], name: str) -> Any:
    said = own.get(name)
    return general.get(name) if said is None else said


@rule(
    "privilege-both",
    PodView,
    "kubernetes",
    typed=True,
    possible="a privileged container can always gain more rights",
    remedy="leave privileged out, which GPUs do not need",
)
def privilege_both(pod: PodView) -> list[Found]:
    """No container is privileged and kept from gaining rights."""
    return [
        Found(pod.in_spec(where, index, "securityContext", "allowPrivilegeEscalation"), "false asked with privileged")
        for where, index, container in pod.every
        for rights in [mapping(container.get("securityContext"))]
        if rights.get("privileged") is True and rights.get("allowPrivilegeEscalation") is False
    ]


@rule(
    "pod-deadline",
    PodView,
    "kubernetes",
    about="activeDeadlineSeconds",
    possible="a pod that has a deadline runs for a second at least",
    remedy="raise it, or leave it out",
)
def pod_deadline(pod: PodView) -> list[Found]:
    """The deadline of a pod is a second or more."""
    asked = number(pod.spec.get("activeDeadlineSeconds"))
    return [Found(pod.in_spec("activeDeadlineSeconds"), f"{asked} asked")] if asked is not None and asked < 1 else []
