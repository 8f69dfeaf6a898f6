"""What the law costs over the Analyzer's gRPC, against the plain SDK's policies, and against calls that do nothing.

Both packs run as the engine runs them, and are asked as it asks: one resource after the other (step_generator.go).
"""

import itertools
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import clock_gettime

from asking import Engine
from google.protobuf import struct_pb2
from pairs import Figures, Ratio, paired, ratio
from pulumi.runtime.proto import analyzer_pb2
from rayform.policy import RULES, Subject
from rayform.policy.examples.example import aws, job, kube, ray
from rayform.policy.pods import UNBOUNDED

ROOT = Path(__file__).resolve().parents[1]
PLAIN = ROOT / ".plain" / "bin" / "python"
"""An interpreter with the plain SDK."""
FEW, RESOURCES = 100, 1000
OF_PLAIN, OF_PLAIN_MIXED = 0.15, 0.2
"""Of CPU, which a busy machine changes less. Little resources cost the plain SDK less."""
QUICK = 0.35 / 9
"""0.35 ms for a stack's resource where 40 plain policies take 9 ms for a RayCluster: of both, as machines differ."""
LINEAR = 2.5
LEVELS = ("advisory", "mandatory", "disabled", "remediate")
"""In the protocol's order."""


def stack() -> Iterator[Subject]:
    """What a stack is made of: one Ray object in ten, workloads, and much that is small."""
    small = [kube("Service"), kube("Role"), kube("ServiceAccount"), kube("NetworkPolicy"), kube("Namespace")]
    ground = [aws("aws:eks/nodeGroup:NodeGroup"), aws("aws:ec2/launchTemplate:LaunchTemplate"), aws("aws:kms/key:Key")]
    return itertools.cycle([ray(), kube("Deployment"), *small, *ground, job(), kube("Deployment"), *small, *ground])


def requests(count: int) -> Sequence[bytes]:
    """As many resources as the engine would ask about."""
    return [_request(subject, number) for number, subject in zip(range(count), stack(), strict=False)]


def _request(subject: Subject, number: int) -> bytes:
    made = analyzer_pb2.AnalyzeRequest(type=subject.token, urn=f"{subject.urn}-{number}", name=subject.title)
    made.properties.update(dict(subject.props))
    return made.SerializeToString()


def ceilings() -> bytes:
    """Sums without an end: a stack of this size would pass them, and be told so with every resource."""
    made = {}
    for rule in RULES:
        properties = struct_pb2.Struct()
        if rule.about == "tally":
            properties.update({"most": UNBOUNDED})
        level = LEVELS.index(rule.level.value)
        made[rule.id] = analyzer_pb2.PolicyConfig(enforcementLevel=level, properties=properties)
    return analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=made).SerializeToString()


def measure() -> list[Ratio]:
    """Ratios of all rules to 40 policies of the plain SDK, to empty calls, and of twice as many resources to once."""
    if not PLAIN.exists():
        message = f"{PLAIN} is missing; run 'make bench', which installs the plain SDK there"
        raise SystemExit(message)
    one, two = requests(RESOURCES), requests(2 * RESOURCES)
    clusters = [_request(ray(), number) for number in range(FEW)]
    nothing = [b""] * RESOURCES
    with served(sys.executable, ROOT / "policy" / "pack" / "__main__.py") as law:
        law.engine.ask("Configure", [ceilings()])
        with served(PLAIN, ROOT / "benchmarks" / "plain_pack.py") as plain:
            mixed = paired(lambda: plain.analyzed(one[:FEW]), lambda: law.analyzed(one[:FEW]))
            rays = paired(lambda: plain.analyzed(clusters), lambda: law.analyzed(clusters))
            quick = paired(lambda: plain.analyzed(clusters), lambda: law.analyzed(one[:FEW]))
        empty = paired(lambda: law.asked("Handshake", nothing), lambda: law.analyzed(one))
        linear = paired(lambda: law.analyzed(one), lambda: law.analyzed(two))
    return [
        ratio("a stack's resource / 40 plain policies, a RayCluster", "of_each_ms", quick, QUICK),
        ratio("a RayCluster: all rules / 40 plain policies", "of_each_ms", rays),
        ratio("likewise, CPU of the pack alone", "cpu_of_each_ms", rays, OF_PLAIN),
        ratio("a stack's resource: likewise", "of_each_ms", mixed),
        ratio("likewise, CPU of the pack alone", "cpu_of_each_ms", mixed, OF_PLAIN_MIXED),
        ratio("1,000 resources judged / empty calls", "of_all_ms", empty),
        ratio("2,000 resources judged / 1,000", "of_all_ms", linear, LINEAR),
    ]


@dataclass
class Pack:
    """The engine's side of a pack that runs as the engine runs it, in a process of its own."""

    pid: int
    """The process."""
    engine: Engine
    """Who asks it."""

    def analyzed(self, asked: Sequence[bytes]) -> Figures:
        """What these resources take."""
        return self.asked("Analyze", asked)

    def asked(self, method: str, asked: Sequence[bytes]) -> Figures:
        """What these calls take."""
        spent = self._cpu_seconds()
        took = self.engine.ask(method, asked) * 1000
        used = (self._cpu_seconds() - spent) * 1000
        return {"of_all_ms": took, "of_each_ms": took / len(asked), "cpu_of_each_ms": used / len(asked)}

    def _cpu_seconds(self) -> float:
        # The clock of a process, as clock_getcpuclockid(3) names it on Linux.
        return clock_gettime(~self.pid << 3 | 2)


@contextmanager
def served(python: str | Path, pack: Path) -> Generator[Pack]:
    """A pack that answers for the block."""
    with subprocess.Popen([str(python), str(pack), "127.0.0.1:1"], stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            with closing(Engine(int(port))) as engine:
                yield Pack(process.pid, engine)
        finally:
            process.kill()
