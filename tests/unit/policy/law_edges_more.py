"""Every further resource on either side of rules, those too that follow from what a rule is about."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from law_edges import EDGES
from law_edges_rights import RIGHTS
from law_edges_sizes import SIZES
from law_ways_at_once import WAYS_AT_ONCE
from law_ways_aws import WAYS_IN_AWS
from law_ways_counted import WAYS_TO_DEVICES
from law_ways_foreign import WAYS_OF_OTHERS
from law_ways_ground import WAYS_OF_THE_GROUND
from law_ways_hidden import WAYS_TO_HIDE
from law_ways_made import WAYS_MADE
from law_ways_networks import WAYS_INTO_NETWORKS
from law_ways_past import WAYS_PAST
from law_ways_pods import WAYS_OF_PODS
from law_ways_reach import WAYS_TO_RAY
from law_ways_rights import WAYS_OF_RIGHTS
from law_ways_texts import WAYS_OF_TEXTS
from law_ways_tools import WAYS_OF_TOOLS
from rayform.policy import Rule, Subject, of_manifest
from rayform.policy.examples import EXAMPLES, Example
from rayform.policy.examples.example import kube
from rayform.policy.rules import RULES, pod_security

__all__ = ["MORE"]

_CONTEXT: Final = "containers 0 securityContext"
_LOOSE: Final[tuple[tuple[str, Any], ...]] = (
    ("volumes", [{"name": "a", "nfs": {}}]),
    ("containers 0 ports", [{"hostPort": 1}]),
    (_CONTEXT, {"privileged": True, "procMount": "Unmasked", "runAsUser": 0}),
    (_CONTEXT, {"windowsOptions": {"hostProcess": True}}),
    (_CONTEXT, {"seLinuxOptions": {"user": "a"}, "appArmorProfile": {"type": "Unconfined"}}),
    ("securityContext", {"sysctls": [{"name": "a"}]}),
)
"""What no pod may have, but those that drive the nodes."""


def _in_system() -> Iterator[tuple[str, Example]]:
    """The pods of ``kube-system`` are let be, and what NVIDIA's operator has on every node."""
    place = {"metadata namespace": "kube-system"}
    pods = [kube("Pod", {**place, f"spec {path}": value}) for path, value in _LOOSE]
    place = {"metadata namespace": "gpu-operator"}
    pods += [kube("DaemonSet", {**place, f"spec template spec {path}": value}) for path, value in _LOOSE]
    yield from ((each.id, Example((), tuple(pods))) for each in vars(pod_security).values() if isinstance(each, Rule))


def _elsewhere() -> Iterator[tuple[str, Example]]:
    """A rule about some kinds lets the same inputs be under other kinds."""
    kinds = {each.id: each.kinds for each in RULES}
    for rule, example in EXAMPLES.items():
        single = [each for each in example.breaks if isinstance(each, Subject)]
        yield rule, Example((), tuple(other for each in single for other in _others(kinds[rule], each)))


def _others(kinds: frozenset[str], subject: Subject) -> Iterator[Subject]:
    if kinds and not subject.api:
        yield replace(subject, token="aws:other/other:Other")
    elif kinds:
        names = ("Other", "RayCluster", "RayJob", "RayService") if subject.is_ray else ("Other",)
        yield from (of_manifest({**subject.props, "kind": kind}) for kind in names if kind not in kinds)


_WAYS: Final = (
    *(WAYS_IN_AWS, WAYS_TO_RAY, WAYS_TO_DEVICES, WAYS_TO_HIDE, WAYS_OF_PODS, WAYS_OF_TEXTS, WAYS_OF_TOOLS),
    *(WAYS_OF_OTHERS, WAYS_MADE, WAYS_PAST, WAYS_AT_ONCE, WAYS_OF_THE_GROUND, WAYS_OF_RIGHTS, WAYS_INTO_NETWORKS),
)

MORE: Final = (
    *EDGES.items(),
    *SIZES,
    *RIGHTS,
    *(each for ways in _WAYS for each in ways.items()),
    *_in_system(),
    *_elsewhere(),
)
"""By rule, some several times with other parameters."""
