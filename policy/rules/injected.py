"""What the operator is configured to put into every pod of Ray, which no manifest of Ray shows."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.inline import inline
from rayform.components.ray.rules.path import written
from rayform.components.ray.rules.view import items, mapping, text

from ..asking import VISIBLE, says_none
from ..pods import Container, Pod
from ..rule import Nothing, Rule, rule
from ..subject import Subject
from . import disclosed, limits, pod_security, workloads

_GROUP: Final = "config.ray.io/"
_ROLES: Final = {"headSidecarContainers": "head", "workerSidecarContainers": "group"}
"""Under what the containers beside Ray's stand, and in which pods they are."""
_VARIABLES: Final = "defaultContainerEnvs"
_HELD: Final[tuple[Rule, ...]] = (
    *(pod_security.privileged, pod_security.privilege_escalation, pod_security.capabilities, pod_security.root_user),
    *(pod_security.seccomp, pod_security.host_ports, pod_security.proc_mount),
    *(limits.container_limits, limits.container_requests, workloads.image_pinned, disclosed.secret_in_plain),
)
"""What holds of each of them, as of any container of Ray's."""
_POD: Final = {"securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}}
"""What the pods that they come to are taken to be."""


@rule(
    "sidecars-of-operator",
    Subject,
    why="the operator puts it into every pod of Ray, whatever was judged of that",
    remedy="mend it in the operator's configuration, or write it into the templates of the clusters that need it",
    source="KubeRay: Configuration of config.ray.io; Pod Security: restricted",
    kinds=frozenset({"ConfigMap"}),
)
def sidecars_of_operator(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """What the operator adds to pods of Ray by its configuration is what their own containers may be."""
    for name, words in mapping(subject.props.get("data")).items():
        if _GROUP in text(words):
            for told in _broken(subject, mapping(inline(words)[0]), asked):
                yield Found(("data", name), told)


def _broken(subject: Subject, configured: Mapping[str, Any], asked: Nothing) -> Iterator[str]:
    variables = {"name": _VARIABLES, "env": configured.get(_VARIABLES)}
    yield from (each.asked for each in disclosed.secret_in_plain.check(_container(subject, "head", variables), asked))
    for entry in items(configured.get(_VARIABLES)):
        if text(entry.get("name")) in VISIBLE and not says_none(entry):
            yield f"{entry.get('name')}={entry.get('value')} in every container asked"
    for place, role in _ROLES.items():
        for spec in items(configured.get(place)):
            container = _container(subject, role, spec)
            for held in _HELD:
                yield from (_told(each) for each in held.check(container, held.parameters()))
            if container.gpus:
                yield f"{container.pod.devices} in every pod asked by container {container.name}"


def _container(subject: Subject, role: str, spec: Mapping[str, Any]) -> Container:
    pod = Pod(subject, role, {"spec": {**_POD, "containers": [spec]}}, (), 1)
    return Container(pod, spec, (), "sidecar")


def _told(found: Found) -> str:
    return f"{written(found.path)} in every pod: {found.asked}"
