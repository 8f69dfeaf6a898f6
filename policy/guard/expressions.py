"""Rules in CEL: each says the same as the rule of its name, which the tests hold them to."""

from collections.abc import Mapping
from typing import Final

from ..amounts import ACCELERATOR
from ..pods import UNBOUNDED
from ..reach import RAY_PORTS, TUNNELS
from .seeing import sees_no_device
from .variables import every_container, every_written

__all__ = ["ELSEWHERE", "EXPRESSIONS", "OF_PODS"]


def _own(name: str) -> str:
    return f"c.?securityContext.?{name}"


def _either(name: str) -> str:
    return f"c.?securityContext.?{name}.or(p.?securityContext.?{name})"


_MUCH: Final = 10**9
"""Beyond this an amount is no longer counted: CEL fails where a number becomes too large for it."""


def _amount(value: str) -> str:
    return f"[quantity(string({value})).asApproximateFloat()].map(q, q > {_MUCH}.0 ? {_MUCH} : int(q))[0]"


def _capped(amount: str) -> str:
    """A product that does not become too large for the next."""
    return f"[{amount}].map(a, a > {UNBOUNDED} ? {UNBOUNDED} : a)[0]"


def _larger(one: str, other: str) -> str:
    return f"({one} > {other} ? {one} : {other})"


def _resources(name: str, container: str) -> str:
    return f"{container}.?resources.?{name}.orValue({{}})"


def _names(container: str, condition: str) -> str:
    """The names ``k`` of resources in a container's limits or requests of which something holds."""
    limits, requests = (_resources(name, container) for name in ("limits", "requests"))
    return f"({limits}.filter(k, {condition}) + {requests}.filter(k, !(k in {limits}) && {condition}))"


def _count(container: str) -> str:
    """How much of the resource ``k`` a container asks for."""
    limits, requests = (_resources(name, container) for name in ("limits", "requests"))
    limit, request = _amount(f"{limits}[k]"), _amount(f"{requests}[k]")
    return (
        f"(k in {limits} ? (k in {requests} ? {_larger(limit, request)} : {limit}) : k in {requests} ? {request} : 0)"
    )


_IS_ACCELERATOR: Final = f"k.matches('{ACCELERATOR}')"
_ASKED: Final = f"{_names('c', _IS_ACCELERATOR)}.map(k, {_count('c')}).sum()"


def _gpus(pod: str, beside: str = "") -> str:
    """The accelerators of a pod: those that run, others beside included, and what init containers need beyond that."""
    always = "i.?restartPolicy.orValue('') == 'Always'"
    inits = f"{pod}.?initContainers.orValue([])"
    running = f"({pod}.?containers.orValue([]) + {inits}.filter(i, {always}){beside})"
    beyond = f"{_count('i')} - {running}.map(r, {_count('r')}).sum()"
    starting = f"{_names('i', _IS_ACCELERATOR)}.map(k, {_larger(beyond, '0')}).sum()"
    return f"({running}.map(c, {_ASKED}).sum() + {inits}.filter(i, !({always})).map(i, {starting}).sum())"


_WRITTEN: Final = _larger("g.?replicas.orValue(0)", "g.?minReplicas.orValue(0)")
_HOSTS: Final = _larger("g.?numOfHosts.orValue(1)", "1")
_MOST: Final = _capped(
    f"(variables.autoscaling ? {_larger(_WRITTEN, f'g.?maxReplicas.orValue({UNBOUNDED})')} : {_WRITTEN}) * {_HOSTS}"
)
_OF_GROUP: Final = _capped(f"{_capped(_gpus('g.?template.?spec.orValue({})'))} * {_MOST}")
_OF_HEAD: Final = _gpus("p", " + variables.scalers")
_OF_RAY: Final = f"[{', '.join(f'dyn({each!r})' for each in RAY_PORTS)}]"
_OUTSIDE: Final = "['LoadBalancer', 'NodePort']"


def _most(rule: str, name: str = "most") -> str:
    return f"int(params.data['{rule}.{name}'])"


def _over(rule: str) -> str:
    """How a job ended, for a rule of deletion."""
    status = f"{rule}.?condition.?jobStatus.orValue('')"
    return f"({status} != '' ? {status} : {rule}.?condition.?jobDeploymentStatus.orValue('').upperAscii())"


_KEPT: Final = _most("job-time-to-live", "most_seconds")
_ENDING: Final = (
    "j.?deletionStrategy.?deletionRules.orValue([])"
    ".filter(r, r.?policy.orValue('') in ['DeleteCluster', 'DeleteSelf', 'DeleteWorkers'])"
)
_KNOWN: Final = (
    f"[params.data['resources-known.names'].split(',')].all(a, {_names('c', 'true')}.all(k, "
    f"!k.contains('/') || {_IS_ACCELERATOR} || "
    "a.exists(n, n.endsWith('*') ? k.startsWith(n.replace('*', '')) : k == n)))"
)
_NO_CLAIMS: Final = "variables.pods.all(p, p.?resourceClaims.orValue([]).size() == 0)"
_SEES_NONE: Final = sees_no_device(_ASKED, _gpus("p"), _OF_HEAD)
ELSEWHERE: Final = (
    f"variables.heads.all(p, {_OF_HEAD} == 0) && variables.others.all(p, {_gpus('p')} == 0) && {_NO_CLAIMS} && "
    f"({_SEES_NONE})"
)
"""What holds of a Ray object or a pod that asks for no accelerator, and reaches for none."""
OF_PODS: Final = frozenset({"gpus-per-pod", "gpu-not-counted", "resources-known", "device-claims"})
"""Rules that hold for pods that come by themselves too: ceilings. What else a pod may do is Pod Security's."""
EXPRESSIONS: Final[Mapping[str, str]] = {
    "gpus-per-pod": (
        f"variables.heads.all(p, {_OF_HEAD} <= {_most('gpus-per-pod')}) && "
        f"variables.others.all(p, {_gpus('p')} <= {_most('gpus-per-pod')})"
    ),
    "gpus-per-group": f"variables.groups.all(g, {_OF_GROUP} <= {_most('gpus-per-group')})",
    "gpus-per-cluster": (
        f"variables.groups.map(g, {_OF_GROUP}).sum() + variables.heads.map(p, {_OF_HEAD}).sum() + "
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
    "old-cluster-kept": (
        "object.kind != 'RayService' || "
        f"object.?spec.?rayClusterDeletionDelaySeconds.orValue(0) <= {_most('old-cluster-kept', 'most_seconds')}"
    ),
    "job-time-to-live": (
        f"variables.jobs.all(j, j.?ttlSecondsAfterFinished.orValue(0) <= {_KEPT} && "
        f"[{_ENDING}].all(e, e.all(r, e.exists(s, {_over('r')} == {_over('s')} && "
        f"s.?condition.?ttlSeconds.orValue(0) <= {_KEPT}))))"
    ),
    "job-deadline": (
        "variables.jobs.all(j, has(j.activeDeadlineSeconds) && j.activeDeadlineSeconds <= "
        f"{_most('job-deadline', 'most_seconds')})"
    ),
    "job-retries": f"variables.jobs.all(j, j.?backoffLimit.orValue(0) <= {_most('job-retries')})",
    "gpu-not-counted": _SEES_NONE,
    "resources-known": every_written(_KNOWN) + f" && variables.scalers.all(c, {_KNOWN})",
    "device-claims": f"params.data['device-claims.allowed'] == 'true' || {_NO_CLAIMS}",
    "node-named": (
        "variables.pods.all(p, p.?nodeName.orValue('') == '' && p.?affinity.?nodeAffinity"
        ".?requiredDuringSchedulingIgnoredDuringExecution.?nodeSelectorTerms.orValue([])"
        ".all(t, t.?matchFields.orValue([]).all(f, f.?key.orValue('') != 'metadata.name' "
        "|| f.?operator.orValue('') != 'In' || f.?values.orValue([]).size() == 0)))"
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
        f"!(h.?headService.?spec.?type.orValue('') in {_OUTSIDE}) && "
        f"!{list(TUNNELS)}.exists(k, h.?headService.?metadata.?annotations[?k].orValue('') == 'true') && "
        "h.?headService.?spec.?externalIPs.orValue([]).size() == 0 && !h.?enableIngress.orValue(false))) && "
        f"(object.kind != 'RayService' || !(object.?spec.?serveService.?spec.?type.orValue('') in {_OUTSIDE}) || "
        "object.?spec.?serveService.?spec.?ports.orValue([]).all(o, "
        f"!(dyn(o.?targetPort.orValue(o.?port.orValue(0))) in {_OF_RAY})))"
    ),
}
"""By rule: what holds of an object that keeps it."""
