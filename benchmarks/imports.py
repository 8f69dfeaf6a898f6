"""What importing rayform's rooms costs, over importing Pulumi's SDK, which every program does."""

from pairs import Ratio, paired, ratio

LIMIT = 1.25
"""``import rayform.components`` may take a quarter more than ``import pulumi``."""

SCRIPT = """
import json, resource, time
begin = time.perf_counter()
import {module}
milliseconds = 1000 * (time.perf_counter() - begin)
mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"time_ms": milliseconds, "memory_MiB": mebibytes}}))
"""


def measure() -> list[Ratio]:
    """Ratios of the rooms that a program imports."""
    found: list[Ratio] = []
    for room, limit in (("rayform.components", LIMIT), ("rayform.infra", None), ("rayform.lab.testing", None)):
        pairs = paired(["-c", SCRIPT.format(module="pulumi")], ["-c", SCRIPT.format(module=room)])
        found.append(ratio(f"import {room}", "time_ms", pairs, limit))
        found.append(ratio(f"import {room}, peak memory", "memory_MiB", pairs, limit))
    return found
