"""What a Ray cluster costs on the way to a manifest that was judged, over writing that manifest as YAML.

Build, render and all rules together may take a twentieth of ``yaml.safe_dump`` of the same object, and grow with the
number of groups, not with its square.
"""

import time
from collections.abc import Callable
from itertools import repeat

import yaml
from pairs import Figures, Measurement, Ratio, linear, paired, ratio
from rayform.components import ConfigMapKey, Head, RayClusterSpec, Volume, VolumeMount, WorkerGroup
from rayform.components.ray.check import checked_cluster
from rayform.components.ray.manifest import ray_cluster
from rayform.components.ray.rules import Operator, findings

LIMIT = 1 / 20
LINEAR = 1.5
FEW, MANY = 10, 1000
ROWS = 7
OPERATOR = Operator.assumed()


def cluster(groups: int = 2) -> RayClusterSpec:
    """A head and groups as teams write them: variables, a secret, a volume, autoscaling."""
    data = {"volumes": [Volume(name="data", persistent_volume_claim={"claim_name": "data"})]}
    seen = {"volume_mounts": [VolumeMount(name="data", mount_path="/data", read_only=True)]}
    hub = ConfigMapKey(config_map="hub", key="endpoint")
    env = {"HF_HOME": "/data/hf", "HF_ENDPOINT": hub, "RAY_DEDUP_LOGS": "0"}
    return RayClusterSpec(
        ray_version="2.60.0",
        namespace="ml",
        object_labels={"team": "ml"},
        head=Head(cpu=4, memory="16Gi", env=env, **data, **seen),
        workers=[
            WorkerGroup(name=f"g{number}", cpu=8, memory="64Gi", gpus=2, max_replicas=8, env=env, **data, **seen)
            for number in range(groups)
        ],
        autoscaling=True,
    )


def measure() -> list[Ratio]:
    """Ratios of one cluster, and of one with many groups."""
    manifest = ray_cluster("train", cluster())
    spec = cluster()
    written = timed(lambda: yaml.safe_dump(manifest), 4)
    whole = paired(written, timed(lambda: checked_cluster("train", cluster(), OPERATOR), 80))
    parts = {
        "build": timed(cluster, 80),
        "render": timed(lambda: ray_cluster("train", spec), 80),
        "all rules": timed(lambda: findings(manifest, OPERATOR), 80),
    }
    found = [ratio("build, render, all rules : yaml.safe_dump", "time_us", whole, LIMIT)]
    found += [ratio(f"  {part}", "time_us", paired(written, side)) for part, side in parts.items()]
    few, many = (
        ratio(f"{groups} groups : yaml.safe_dump", "time_us", paired(written, timed(judged(groups), repeats)))
        for groups, repeats in ((FEW, 20), (MANY, 1))
    )
    return [*found, few, many, linear(f"{MANY} groups : {MANY // FEW} x {FEW} groups", few, many, MANY / FEW, LINEAR)]


def judged(groups: int) -> Callable[[], object]:
    """Builds, renders and judges a cluster of so many groups."""
    return lambda: checked_cluster("train", cluster(groups), OPERATOR)


def timed(work: Callable[[], object], times: int) -> Measurement:
    """Microseconds of processor time for one run of the work, in the best of some rows: a busy machine spoils a few."""

    def measured() -> Figures:
        return {"time_us": min(row() for _ in range(ROWS)) / times * 1e6}

    def row() -> float:
        begin = time.process_time()
        for _ in repeat(None, times):
            work()
        return time.process_time() - begin

    return measured
