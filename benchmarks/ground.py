"""What the ground costs: its import over the AWS provider's own package, and the instance catalogue."""

from imports import SCRIPT
from pairs import Ratio, paired, ratio, script

LIMIT = 1.1
"""``rayform.infra`` may take a tenth more than the package of the AWS provider, which it uses."""
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


def measure() -> list[Ratio]:
    """Ratios of imports, and how long the catalogue takes over what it may take."""
    found: list[Ratio] = []
    for name, theirs, ours in STATEMENTS:
        base, judged = (script("-c", SCRIPT.format(statement=side)) for side in (theirs, ours))
        found.append(ratio(name, "time_ms", paired(base, judged), LIMIT))
    pairs = paired(lambda: {"time_ms": CATALOGUE_MS}, script("-c", CATALOGUE))
    return [*found, ratio("instance catalogue over what it may take", "time_ms", pairs, 1.0)]
