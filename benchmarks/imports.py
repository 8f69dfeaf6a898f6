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
    ("import rayform.components", "import rayform.components", LIMIT),
    # The door loads a name when it is first used; this is what a program pays in the end, pydantic and all.
    (
        "every name of a program",
        "from rayform.components import Head, KubeRayOperator, RayCluster, RayClusterSpec, RayJob, WorkerGroup",
        None,
    ),
    ("rayform.infra.ExistingCluster", "from rayform.infra import ExistingCluster", None),
    ("rayform.lab.testing.run", "from rayform.lab.testing import run", None),
)
"""What programs and tests import: its name in the table, the statement, the limit."""


def measure() -> list[Ratio]:
    """Ratios of the rooms that a program imports."""
    found: list[Ratio] = []
    for name, statement, limit in STATEMENTS:
        base, judged = (script("-c", SCRIPT.format(statement=side)) for side in ("import pulumi", statement))
        pairs = paired(base, judged)
        found.append(ratio(name, "time_ms", pairs, limit))
        found.append(ratio(f"{name}, peak memory", "memory_MiB", pairs, limit))
    return found
