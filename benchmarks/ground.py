"""What the ground costs: its import, the instance catalogue, and the program of ``prod`` over the same written raw."""

import subprocess
import sys
import tempfile
from pathlib import Path

from imports import SCRIPT
from pairs import Ratio, paired, ratio, script

LIMIT = 1.1
"""``rayform.infra`` may take a tenth more than the package of the AWS provider, which it uses."""
PROGRAM_LIMIT = 1.3
"""The program of ``prod``, imports included, may take three tenths more than its resources written raw."""
STACK = str(Path(__file__).with_name("stack.py"))
CATALOGUE_MS = 20.0
"""Milliseconds that the instance catalogue may take to load; the one figure here that is no ratio."""

STATEMENTS = (
    ("import rayform.infra over pulumi_aws", "import pulumi_aws", "import rayform.infra"),
    (
        "a program's names of the ground",
        "import pulumi_aws; pulumi_aws.eks.Cluster, pulumi_aws.ec2.Vpc, pulumi_aws.iam.Role",
        "from rayform.infra import EksCluster, GpuNodePool, Network, NodePool",
    ),
)
"""What is imported: its name in the table, the provider's side, ours."""
CATALOGUE = """
import json, time
from rayform.infra.instances import catalogue
begin = time.process_time()
catalogue.instance_type("g5.12xlarge")
print(json.dumps({"time_ms": 1000 * (time.process_time() - begin)}))
"""


def prod() -> Ratio:
    """The whole program of ``prod``, network to Ray job, over what it registers written raw."""
    printed = subprocess.run([sys.executable, STACK, "sample"], check=True, stdout=subprocess.PIPE, text=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(printed.splitlines()[-1])
        file.flush()
        pairs = paired(script(STACK, "raw", file.name), script(STACK, "rayform"))
    return ratio("program of prod over its resources raw", "time_ms", pairs, PROGRAM_LIMIT)


def measure() -> list[Ratio]:
    """Ratios of imports, and how long the catalogue takes over what it may take."""
    found: list[Ratio] = []
    for name, theirs, ours in STATEMENTS:
        base, judged = (script("-c", SCRIPT.format(statement=side)) for side in (theirs, ours))
        found.append(ratio(name, "time_ms", paired(base, judged), LIMIT))
    pairs = paired(lambda: {"time_ms": CATALOGUE_MS}, script("-c", CATALOGUE))
    found.append(prod())
    return [*found, ratio("instance catalogue over what it may take", "time_ms", pairs, 1.0)]
