"""One side of a pair, in an interpreter of its own: ``program.py raw|rayform COUNT SPEC`` prints its time and memory.

``program.py sample`` prints the inputs of one RayCluster as rayform renders it; the raw side registers just these.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from rayform.lab.testing import Recorded, run

RAY_CLUSTER = "kubernetes:ray.io/v1:RayCluster"


def rayform(count: int) -> Callable[[], None]:
    """A program of clusters as a user of rayform writes it: three groups of workers, GPUs, autoscaling."""
    from rayform.components import Head, KubeRayOperator, RayCluster, RayClusterSpec, WorkerGroup  # noqa: PLC0415  not on the raw side

    def program() -> None:
        operator = KubeRayOperator.existing(version="1.6.2")
        for number in range(count):
            groups = [
                WorkerGroup(name=f"group-{group}", cpu=8, memory="64Gi", gpus=group, min_replicas=0, max_replicas=4)
                for group in range(3)
            ]
            spec = RayClusterSpec(head=Head(cpu=4, memory="16Gi"), workers=groups, autoscaling=True)
            RayCluster(f"ray-{number}", spec, operator=operator)

    return program


def raw(count: int, inputs: dict[str, Any]) -> Callable[[], None]:
    """The same resources with nothing but pulumi_kubernetes."""
    import pulumi_kubernetes as k8s  # noqa: PLC0415  what a side does not need is not loaded

    def program() -> None:
        for number in range(count):
            own = deepcopy(inputs)
            own["metadata"]["name"] = f"ray-{number}"
            k8s.apiextensions.CustomResource(
                f"ray-{number}",
                api_version=own["apiVersion"],
                kind=own["kind"],
                metadata=own["metadata"],
                spec=own["spec"],
            )

    return program


def timed(program: Callable[[], None], count: int) -> dict[str, float]:
    """Seconds and mebibytes of one run to the end."""
    begin = time.perf_counter()
    recorded: Recorded = run(program)
    seconds = time.perf_counter() - begin
    clusters = len(recorded.all(RAY_CLUSTER))
    if clusters != count:
        raise SystemExit(f"{clusters} clusters registered, {count} asked")
    return {"time_ms": 1000 * seconds, "memory_MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main(side: str, count: str = "1", sample: str = "") -> None:
    """Prints the figures of one side, or the sample."""
    if side == "sample":
        print(json.dumps(run(rayform(1)).one(RAY_CLUSTER).inputs))
        return
    program = rayform(int(count)) if side == "rayform" else raw(int(count), json.loads(Path(sample).read_text()))
    print(json.dumps(timed(program, int(count))))


if __name__ == "__main__":
    main(*sys.argv[1:])
