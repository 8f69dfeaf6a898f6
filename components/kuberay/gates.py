"""Feature gates of one version: which are on, and which cannot be."""

from collections.abc import Iterator, Mapping

from rayform.spec.refusal import Refusal

from ..versions import KUBERAY, KUBERNETES, Gate, KubeRay, number

__all__ = ["effective", "missed", "unfit", "unknown"]


def effective(release: KubeRay, asked: Mapping[str, bool]) -> dict[str, bool]:
    """Every gate of the version: as asked, else by its default."""
    return {str(name): asked.get(name, gate.default) for name, gate in release.gates.items()}


def unknown(release: KubeRay, asked: Mapping[str, bool]) -> Iterator[Refusal]:
    """Gates that the version does not know: the operator ends at its start."""
    known = f"KubeRay {release.version} knows {', '.join(sorted(release.gates))}"
    for name in sorted(asked.keys() - release.gates.keys()):
        elsewhere = [other.version for other in KUBERAY.values() if name in other.gates]
        remedy = f"use one of these, or version {elsewhere[-1]}, which has it" if elsewhere else "use one of these"
        yield Refusal(f"feature_gates[{name}]", "set", known, remedy)


def missed(asked: Mapping[str, bool]) -> Iterator[Refusal]:
    """Gates that updates rely on: without its conditions (``calculateStatus``), no RayCluster would ever be up."""
    if asked.get(Gate.RAY_CLUSTER_STATUS_CONDITIONS) is False:
        reason = "an update waits for a RayCluster by the conditions that it writes, and would end at its timeout"
        yield Refusal(f"feature_gates[{Gate.RAY_CLUSTER_STATUS_CONDITIONS}]", "off asked", reason, "leave it on")


def unfit(release: KubeRay, asked: Mapping[str, bool], kubernetes: str | None) -> Iterator[Refusal]:
    """Gates that this Kubernetes cannot carry; None stands for any supported one."""
    given = f"{kubernetes} is given" if kubernetes else f"{KUBERNETES[-1]} is the newest supported"
    for name, gate in release.gates.items():
        if asked.get(name) and gate.kubernetes and number(kubernetes or KUBERNETES[-1])[:2] < number(gate.kubernetes):
            needed = f"it needs Kubernetes {gate.kubernetes} and {given}"
            yield Refusal(f"feature_gates[{name}]", "on asked", needed, "leave it off")
