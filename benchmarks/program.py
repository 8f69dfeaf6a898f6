"""One side of a pair, in an interpreter of its own: ``program.py raw|rayform COUNT SPEC`` prints its time and memory.

``program.py sample`` prints the inputs of one RayCluster as rayform renders it; the raw side registers just these.
"""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import grpc
from rayform.lab.testing import Recorded, run

RAY_CLUSTER = "kubernetes:ray.io/v1:RayCluster"


def rayform(count: int) -> Callable[[], None]:
    """A program of clusters as a user of rayform writes it: three groups of workers, GPUs, autoscaling."""
    from rayform.components import Head, KubeRayOperator, RayCluster, RayClusterSpec, WorkerGroup  # noqa: PLC0415  not on the raw side
    from rayform.components.versions import KUBERAY_DEFAULT, RAY_DEFAULT  # noqa: PLC0415  likewise

    def program() -> None:
        operator = KubeRayOperator.existing(version=KUBERAY_DEFAULT)
        for number in range(count):
            groups = [
                WorkerGroup(name=f"group-{group}", cpu=8, memory="64Gi", gpus=group, min_replicas=0, max_replicas=4)
                for group in range(3)
            ]
            spec = RayClusterSpec(
                ray_version=RAY_DEFAULT, head=Head(cpu=4, memory="16Gi"), workers=groups, autoscaling=True
            )
            RayCluster(f"ray-{number}", spec, operator=operator)

    return program


def raw(count: int, inputs: dict[str, Any]) -> Callable[[], None]:
    """The same resources and outputs with nothing but pulumi and pulumi_kubernetes: a component by hand, no checks."""
    import pulumi  # noqa: PLC0415  what a side does not need is not loaded
    import pulumi_kubernetes as k8s  # noqa: PLC0415  likewise

    custom = k8s.apiextensions.CustomResource  # loads its module before the clock runs

    class Cluster(pulumi.ComponentResource):
        def __init__(self, name: str, own: dict[str, Any]) -> None:
            super().__init__("bench:index:Cluster", name, {})
            cluster = custom(
                f"{name}-cluster",
                api_version=own["apiVersion"],
                kind=own["kind"],
                metadata=own["metadata"],
                spec=own["spec"],
                opts=pulumi.ResourceOptions(
                    parent=self,
                    ignore_changes=["spec.workerGroupSpecs[*].replicas"],
                    custom_timeouts=pulumi.CustomTimeouts(create="30m", update="30m", delete="20m"),
                ),
            )
            namespace = cluster.metadata.apply(lambda metadata: metadata.get("namespace") or "default")
            self.dashboard_url = namespace.apply(lambda space: f"http://{name}-head-svc.{space}.svc:8265")
            self.client_url = namespace.apply(lambda space: f"ray://{name}-head-svc.{space}.svc:10001")
            self.register_outputs({"dashboardUrl": self.dashboard_url, "clientUrl": self.client_url})

    def program() -> None:
        for number in range(count):
            own = deepcopy(inputs)
            own["metadata"]["name"] = f"ray-{number}"
            Cluster(f"ray-{number}", own)

    return program


def connected() -> None:
    """Speaks gRPC once, as the SDK does before a program's first line: the engine is there, which the recorder is not.

    What gRPC takes to be there at all (7 MiB) is no side's own; a hook of rayform's is answered by it.
    """
    with grpc.insecure_channel("localhost:1") as channel, suppress(grpc.RpcError):
        channel.unary_unary("/nobody/is.there")(b"")


@contextmanager
def collecting() -> Iterator[list[float]]:
    """The processor time of every garbage collection meanwhile, in seconds."""
    found: list[float] = []
    begin = 0.0

    def told(phase: str, _info: dict[str, int]) -> None:
        nonlocal begin
        if phase == "start":
            begin = time.process_time()
        else:
            found.append(time.process_time() - begin)

    gc.callbacks.append(told)
    try:
        yield found
    finally:
        gc.callbacks.remove(told)


def timed(program: Callable[[], None], count: int) -> dict[str, float]:
    """Processor time and peak memory of one run to the end; what else runs on the machine does not count.

    ``work_ms`` is the time without Python's garbage collector, whose full collections walk all that lives. Its rounds
    begin with the clock on both sides: how near the next full collection is after an import, and so whether it falls
    on a program's first cluster or on its last, is chance.
    """
    connected()
    gc.collect()
    begin = time.process_time()
    with collecting() as collections:
        recorded: Recorded = run(program)
    seconds = time.process_time() - begin
    clusters = len(recorded.all(RAY_CLUSTER))
    if clusters != count:
        raise SystemExit(f"{clusters} clusters registered, {count} asked")
    return {
        "time_ms": 1000 * seconds,
        "work_ms": 1000 * (seconds - sum(collections)),
        "memory_MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main(side: str, count: str = "1", sample: str = "") -> None:
    """Prints the figures of one side, or the sample."""
    if side == "sample":
        print(json.dumps(run(rayform(1)).one(RAY_CLUSTER).inputs))
        return
    program = rayform(int(count)) if side == "rayform" else raw(int(count), json.loads(Path(sample).read_text()))
    print(json.dumps(timed(program, int(count))))


if __name__ == "__main__":
    main(*sys.argv[1:])
