"""What importing rayform's rooms costs, over importing Pulumi's SDK, which every program does."""

from pairs import Ratio, paired, ratio, script

LIMIT = 1.25
"""``import rayform.components`` may take a quarter more than ``import pulumi``."""

SCRIPT = """
import json, resource, time
begin = time.process_time()
{statement}
milliseconds = 1000 * (time.process_time() - begin)
mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"time_ms": milliseconds, "memory_MiB": mebibytes}}))
"""


STATEMENTS = (
    ("import rayform.components", LIMIT),
    ("from rayform.components import Head, KubeRayOperator, RayCluster, RayClusterSpec, RayJob, WorkerGroup", LIMIT),
    ("from rayform.infra import ExistingCluster", None),
    ("from rayform.lab.testing import run", None),
)
"""What programs and tests import, with its limit; a door may load names when they are used, so some are named."""


def measure() -> list[Ratio]:
    """Ratios of the rooms that a program imports."""
    found: list[Ratio] = []
    for statement, limit in STATEMENTS:
        base, judged = (script("-c", SCRIPT.format(statement=side)) for side in ("import pulumi", statement))
        pairs = paired(base, judged)
        found.append(ratio(statement, "time_ms", pairs, limit))
        found.append(ratio(f"{statement[:30]}…, peak memory", "memory_MiB", pairs, limit))
    return found
