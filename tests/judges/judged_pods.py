"""Ray objects as the pods that the operator would make, judged by Checkov: findings per pod, and those argued."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from argued import OF_PODS, Argument
from checkov import Checkov, Finding
from operator_pods import operator_pods, role
from ray_sources import Source

__all__ = ["Tally", "judged"]


@dataclass
class Tally:
    """What was found in the pods of some objects."""

    name: str
    """Where the objects come from."""
    objects: int = 0
    """How many Ray objects."""
    pods: int = 0
    """How many pods, one of each group."""
    found: list[Finding] = field(default_factory=list)
    """Everything that was found."""
    left: list[Finding] = field(default_factory=list)
    """What no argument covers."""
    used: set[Argument] = field(default_factory=set)
    """Arguments that were needed."""

    def add(self, findings: Iterable[tuple[Finding, str]], arguments: Sequence[Argument] = OF_PODS) -> None:
        """Count findings, each with what it is about."""
        for finding, about in findings:
            covering = [each for each in arguments if each.covers(finding.check, about)]
            self.found.append(finding)
            self.used.update(covering)
            if not covering:
                self.left.append(finding)

    @property
    def per_pod(self) -> float:
        """Findings of one pod."""
        return len(self.found) / max(self.pods, 1)

    @property
    def left_per_pod(self) -> float:
        """Findings of one pod that no argument covers."""
        return len(self.left) / max(self.pods, 1)

    def kinds(self) -> Counter[str]:
        """How often each check failed that no argument covers."""
        return Counter(f"{each.check} {each.title}" for each in self.left)


def judged(checkov: Checkov, source: Source) -> Tally:
    """What Checkov finds in the pods of a source."""
    pods = [pod for made in operator_pods(source.ray) for pod in made]
    files = {f"pod-{number:03}": pod for number, pod in enumerate(pods)}
    # Judged with the policies that are deployed with them; findings about those themselves count too.
    policies = {f"policy-{number:03}": policy for number, policy in enumerate(source.policies)}
    about = {name: f"{source.name} {role(pod)}" for name, pod in files.items()}
    tally = Tally(source.name, len(source.ray), len(pods))
    sent = {f"{name}.json": json.dumps(each, indent=1) for name, each in {**files, **policies}.items()}
    found = checkov.answer("kubernetes", sent).failed if pods else []
    tally.add((each, about.get(each.file, f"{source.name} policy")) for each in found)
    return tally
