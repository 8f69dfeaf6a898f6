"""Programs that make ground, run to their end, and what AWS would answer them."""

from collections.abc import Callable
from typing import Any

from aws_answers import ANSWERS
from rayform.infra import EksCluster, EksClusterSpec, EksHost, Network, NetworkSpec
from rayform.lab.testing import Recorded, run

ADMIN = "arn:aws:iam::123456789012:role/deployer"


def made(program: Callable[[], object], **settings: Any) -> Recorded:
    """The update of a program whose preview shows the same resources."""
    previewed = run(program, preview=True, outputs=ANSWERS, **settings)
    updated = run(program, outputs=ANSWERS, **settings)
    assert {one.urn for one in previewed.resources} == {one.urn for one in updated.resources}
    return updated


def network(**changed: Any) -> Network:
    return Network("prod", NetworkSpec(**{"cidr": "10.20.0.0/16", "zones": ["us-east-1a", "us-east-1b"], **changed}))


def cluster(**changed: Any) -> EksCluster:
    spec = EksClusterSpec(**{"admins": [ADMIN], "tags": {"team": "ml"}, **changed})
    return EksCluster("prod", spec, network=network(pod_cidr="100.64.0.0/16"))


class Ground:
    """A cluster as far as pools care, without the cost of making one."""

    name = "prod"
    provider = None
    kubeconfig = None

    def __init__(self, auto_role_name: str | None = None, **changed: Any) -> None:
        self.host = EksHost(
            cluster_name="prod",
            version="1.34",
            network=network(pod_cidr="100.64.0.0/16", **changed),
            node_role_arn="arn:aws:iam::123456789012:role/nodes",
            security_group_id="sg-cluster",
            tags={"team": "ml"},
            auto_role_name=auto_role_name,
        )
