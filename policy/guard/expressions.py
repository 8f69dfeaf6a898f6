"""Rules in CEL: each says the same as the rule of its name, which the tests hold them to."""

from collections.abc import Mapping
from typing import Final

from ..amounts import DOMAINS, NAMES
from ..views import UNBOUNDED
from .variables import every_container, every_written

__all__ = ["EXPRESSIONS"]


def _own(name: str) -> str:
    return f"c.?securityContext.?{name}"


def _either(name: str) -> str:
    return f"c.?securityContext.?{name}.or(p.?securityContext.?{name})"


def _accelerator(name: str) -> str:
    domains = " || ".join(f"{name}.startsWith('{domain}/{device}')" for domain in DOMAINS for device in NAMES)
    return f"({domains})"


def _amount(value: str) -> str:
    return f"int(quantity(string({value})).asApproximateFloat())"


_LIMITS: Final = "c.?resources.?limits.orValue({})"
_REQUESTS: Final = "c.?resources.?requests.orValue({})"
_ASKED: Final = (
    f"[{_LIMITS}].map(l, [{_REQUESTS}].map(r, "
    f"l.filter(k, {_accelerator('k')}).map(k, k in r && {_amount('r[k]')} > {_amount('l[k]')} "
    f"? {_amount('r[k]')} : {_amount('l[k]')}).sum() + "
    f"r.filter(k, !(k in l) && {_accelerator('k')}).map(k, {_amount('r[k]')}).sum()).sum()).sum()"
)


def _gpus(pod: str) -> str:
    return f"{pod}.?containers.orValue([]).map(c, {_ASKED}).sum()"


def _larger(one: str, other: str) -> str:
    return f"({one} > {other} ? {one} : {other})"


_WRITTEN: Final = _larger("g.?replicas.orValue(0)", "g.?minReplicas.orValue(0)")
_HOSTS: Final = _larger("g.?numOfHosts.orValue(1)", "1")
_MOST: Final = (
    f"(variables.autoscaling ? {_larger(_WRITTEN, f'g.?maxReplicas.orValue({UNBOUNDED})')} : {_WRITTEN}) * {_HOSTS}"
)
_OF_GROUP: Final = f"{_gpus('g.?template.?spec.orValue({})')} * {_MOST}"
_OUTSIDE: Final = "['LoadBalancer', 'NodePort']"


def _most(rule: str, name: str = "most") -> str:
    return f"int(params.data['{rule}.{name}'])"


EXPRESSIONS: Final[Mapping[str, str]] = {
    "gpus-per-pod": f"variables.pods.all(p, {_gpus('p')} <= {_most('gpus-per-pod')})",
    "gpus-per-group": f"variables.groups.all(g, {_OF_GROUP} <= {_most('gpus-per-group')})",
    "gpus-per-cluster": (
        f"variables.groups.map(g, {_OF_GROUP}).sum() + variables.heads.map(p, {_gpus('p')}).sum() + "
        f"variables.submitters.map(p, {_gpus('p')}).sum() <= {_most('gpus-per-cluster')}"
    ),
    "replicas-bounded": (
        f"variables.groups.all(g, g.?maxReplicas.orValue({UNBOUNDED}) < {UNBOUNDED} && "
        f"{_MOST} <= {_most('replicas-bounded')})"
    ),
    "workers-per-cluster": f"variables.groups.map(g, {_MOST}).sum() <= {_most('workers-per-cluster')}",
    "idle-timeout": (
        "!variables.autoscaling || (variables.clusters.all(c, c.?autoscalerOptions.?idleTimeoutSeconds.orValue(0) <= "
        f"{_most('idle-timeout', 'most_seconds')}) && variables.groups.all(g, g.?idleTimeoutSeconds.orValue(0) <= "
        f"{_most('idle-timeout', 'most_seconds')}))"
    ),
    "job-time-to-live": (
        f"variables.jobs.all(j, j.?ttlSecondsAfterFinished.orValue(0) <= {_most('job-time-to-live', 'most_seconds')})"
    ),
    "job-deadline": (
        "variables.jobs.all(j, has(j.activeDeadlineSeconds) && j.activeDeadlineSeconds <= "
        f"{_most('job-deadline', 'most_seconds')})"
    ),
    "job-retries": f"variables.jobs.all(j, j.?backoffLimit.orValue(0) <= {_most('job-retries')})",
    "device-claims": (
        "params.data['device-claims.allowed'] == 'true' || "
        "variables.pods.all(p, p.?resourceClaims.orValue([]).size() == 0)"
    ),
    "host-namespaces": (
        "[params.data['host-namespaces.allowed'].split(',')].all(a, variables.pods.all(p, "
        + " && ".join(f"('{name}' in a || !p.?{name}.orValue(false))" for name in ("hostNetwork", "hostPID", "hostIPC"))
        + "))"
    ),
    "host-paths": "variables.pods.all(p, p.?volumes.orValue([]).all(v, !has(v.hostPath)))",
    "host-ports": every_written("c.?ports.orValue([]).all(o, o.?hostPort.orValue(0) == 0)"),
    "privileged": every_container(f"!{_own('privileged')}.orValue(false)"),
    "privilege-escalation": every_container(f"{_own('allowPrivilegeEscalation')}.orValue(true) == false"),
    "root-user": every_container(f"{_either('runAsNonRoot')}.orValue(false) && {_either('runAsUser')}.orValue(1) != 0"),
    "capabilities": every_container(
        f"'ALL' in {_own('capabilities')}.?drop.orValue([]) && "
        f"{_own('capabilities')}.?add.orValue([]).all(a, a == 'NET_BIND_SERVICE')"
    ),
    "seccomp": every_container(f"{_either('seccompProfile')}.?type.orValue('') in ['RuntimeDefault', 'Localhost']"),
    "ray-service-public": (
        "variables.clusters.all(c, [c.?headGroupSpec.orValue({})].all(h, "
        f"!(h.?serviceType.orValue('') in {_OUTSIDE}) && "
        f"!(h.?headService.?spec.?type.orValue('') in {_OUTSIDE}) && !h.?enableIngress.orValue(false)))"
    ),
}
"""By rule: what holds of an object that keeps it."""
