"""What rayform costs a preview by the real engine, on a lab with simulated nodes: clusters, and the CRDs."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from lightkube.resources.apiextensions_v1 import CustomResourceDefinition
from pairs import Measurement, Ratio, linear, paired, ratio
from programs import COUNTS, LIMIT, sample
from rayform.lab import Console, Lab, Nodes, Progress, resolve
from rayform.lab.engine import engine_environment
from rayform.lab.toolchain import KUBERAY_MODULE, module_dir

CRDS_LIMIT_MS = 1000
"""The CRDs may add a second to a preview without changes."""
PROJECT = "name: bench\nruntime:\n  name: python\n  options:\n    virtualenv: {prefix}\nmain: __main__.py\n"
CLUSTERS = """
import json, os, sys
sys.path.insert(0, {folder!r})
import program
count = int(os.environ["BENCH_COUNT"])
program.rayform(count)() if {side!r} == "rayform" else program.raw(count, json.load(open({sample!r})))()
"""
OPERATOR = """
import os
from rayform.components import KubeRayOperator, KubeRayOperatorSpec
KubeRayOperator("kuberay", KubeRayOperatorSpec(install_crds=os.environ["BENCH_CRDS"] == "yes"))
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A Pulumi project in a folder of its own."""

    folder: Path
    pulumi: Path
    environment: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path, code: str, pulumi: Path, environment: Mapping[str, str]) -> "Project":
        """A new project with one stack."""
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text(PROJECT.format(prefix=sys.prefix))
        (folder / "__main__.py").write_text(code)
        project = cls(folder, pulumi, environment)
        project.run("stack", "init", folder.name)
        return project

    def run(self, *words: str, **variables: str) -> None:
        """Runs ``pulumi``; what it says is shown when it fails."""
        command = [str(self.pulumi), *words, "--non-interactive"]
        environment = {**self.environment, **variables}
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"pulumi {' '.join(words)}: ended with {done.returncode}\n{done.stdout}{done.stderr}")

    def preview(self, **variables: str) -> Measurement:
        """Measures one preview."""

        def measured() -> dict[str, float]:
            begin = time.perf_counter()
            self.run("preview", **variables)
            return {"time_ms": 1000 * (time.perf_counter() - begin)}

        return measured


@contextmanager
def lab(home: Path, progress: Progress) -> Iterator[Lab]:
    """A lab of the benchmark's own, with KubeRay's CRDs."""
    made = Lab("bench", nodes=Nodes.SIMULATED, state_home=home)
    crds = module_dir(KUBERAY_MODULE.path, KUBERAY_MODULE.version, progress) / "config" / "crd" / "bases"
    try:
        made.up(progress)
        with made.client() as client:
            for file in sorted(crds.glob("*.yaml")):
                client.create(CustomResourceDefinition.from_dict(yaml.safe_load(file.read_text())))
        yield made
    finally:
        made.down(progress)


def clusters(home: Path, file: str, pulumi: Path, environment: Mapping[str, str]) -> list[Ratio]:
    """Previews of new clusters, raw and by rayform."""
    here = str(Path(__file__).parent)
    raw, judged = (
        Project.of(home / side, CLUSTERS.format(folder=here, side=side, sample=file), pulumi, environment)
        for side in ("raw", "rayform")
    )
    found: list[Ratio] = []
    for count in COUNTS:
        rounds = 1 if count == max(COUNTS) else 3
        pairs = paired(raw.preview(BENCH_COUNT=str(count)), judged.preview(BENCH_COUNT=str(count)), rounds)
        found.append(ratio(f"preview of {count} RayClusters", "time_ms", pairs, LIMIT))
    return [
        *found,
        linear(
            f"growth from {COUNTS[-2]} to {COUNTS[-1]} RayClusters",
            found[-2],
            found[-1],
            COUNTS[-1] / COUNTS[-2],
            LIMIT,
        ),
    ]


def crds(home: Path, pulumi: Path, environment: Mapping[str, str]) -> Ratio:
    """Previews without changes of an operator whose CRDs are in the stack, over one whose are not."""
    project = Project.of(home / "operator", OPERATOR, pulumi, environment)
    project.run("up", "--yes", "--skip-preview", BENCH_CRDS="yes")
    pairs = paired(project.preview(BENCH_CRDS="no"), project.preview(BENCH_CRDS="yes"), 3)
    found = ratio("preview of the operator with its CRDs", "time_ms", pairs)
    limit = (found.base + CRDS_LIMIT_MS) / found.base
    return Ratio(found.subject, found.unit, found.base, found.measured, found.ratio, limit)


def measure() -> list[Ratio]:
    """Ratios of previews."""
    progress = Console()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = stack.enter_context(lab(home / "state", progress))
        file = stack.enter_context(sample())
        environment = engine_environment(made, progress)
        pulumi = resolve("pulumi", progress)
        return [*clusters(home, file, pulumi, environment), crds(home, pulumi, environment)]
