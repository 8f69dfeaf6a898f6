"""Feature gates of one version: which are on, and which cannot be."""

from collections.abc import Iterator, Mapping

from rayform.spec.refusal import Refusal

from ..versions import KUBERNETES, KubeRay, number

__all__ = ["effective", "unfit", "unknown"]


def effective(release: KubeRay, asked: Mapping[str, bool]) -> dict[str, bool]:
    """Every gate of the version: as asked, else by its default."""
    return {str(name): asked.get(name, gate.default) for name, gate in release.gates.items()}


def unknown(release: KubeRay, asked: Mapping[str, bool]) -> Iterator[Refusal]:
    """Gates that the version does not know: the operator ends at its start."""
    known = f"KubeRay {release.version} knows {', '.join(sorted(release.gates))}"
    for name in sorted(asked.keys() - release.gates.keys()):
        yield Refusal(f"feature_gates[{name}]", "set", known, "use one of these")


def unfit(release: KubeRay, asked: Mapping[str, bool], kubernetes: str | None) -> Iterator[Refusal]:
    """Gates that this Kubernetes cannot carry; None stands for any supported one."""
    given = f"{kubernetes} is given" if kubernetes else f"{KUBERNETES[-1]} is the newest supported"
    for name, gate in release.gates.items():
        if asked.get(name) and gate.kubernetes and number(kubernetes or KUBERNETES[-1])[:2] < number(gate.kubernetes):
            needed = f"it needs Kubernetes {gate.kubernetes} and {given}"
            yield Refusal(f"feature_gates[{name}]", "on asked", needed, "leave it off")
