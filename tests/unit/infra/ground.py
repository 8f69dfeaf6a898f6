"""Programs that make ground, run to their end, and what AWS would answer them."""

from collections.abc import Callable
from typing import Any

from aws_answers import ANSWERS
from rayform.infra import EksCluster, EksClusterSpec, EksHost, ExistingNetwork, Network, NetworkSpec
from rayform.infra.network_spec import plan
from rayform.lab.testing import Recorded, run

ADMIN = "arn:aws:iam::123456789012:role/deployer"


def made(program: Callable[[], object], **settings: Any) -> Recorded:
    """The update of a program whose preview shows the same resources."""
    previewed = run(program, preview=True, outputs=ANSWERS, **settings)
    updated = run(program, outputs=ANSWERS, **settings)
    assert {one.urn for one in previewed.resources} == {one.urn for one in updated.resources}
    return updated


def described(**changed: Any) -> NetworkSpec:
    return NetworkSpec(**{"cidr": "10.20.0.0/16", "zones": ["us-east-1a", "us-east-1b"], **changed})


def network(**changed: Any) -> Network:
    return Network("prod", described(**changed))


def standing(**changed: Any) -> ExistingNetwork:
    """The same network, of another program: what stands in it meets what it would meet, at a third of the resources."""
    spec = described(pod_cidr="100.64.0.0/16", **changed)
    zones = range(len(spec.zone_names or ()))
    return ExistingNetwork(
        vpc_id="prod-vpc-id",
        zone_names=spec.zone_names or (),
        private_subnet_ids=[f"prod-private-{zone}-id" for zone in zones],
        node_subnet_ids=[f"prod-nodes-{zone}-id" for zone in zones],
        address_plan=plan(spec),
        offerings=spec.offerings,
    )


def _spec(**changed: Any) -> EksClusterSpec:
    return EksClusterSpec(**{"admins": [ADMIN], "tags": {"team": "ml"}, **changed})


def cluster(**changed: Any) -> EksCluster:
    return EksCluster("prod", _spec(**changed), network=standing())


def cluster_and_network() -> EksCluster:
    return EksCluster("prod", _spec(), network=network(pod_cidr="100.64.0.0/16"))


class Ground:
    """A cluster as far as pools care, without the cost of making one."""

    name = "prod"
    provider = None
    kubeconfig = None

    def __init__(self, auto_role_name: str | None = None, **changed: Any) -> None:
        self.host = EksHost(
            cluster_name="prod",
            version="1.34",
            network=network(pod_cidr="100.64.0.0/16", **changed) if "zones" in changed else standing(**changed),
            node_role_arn="arn:aws:iam::123456789012:role/nodes",
            security_group_id="sg-cluster",
            tags={"team": "ml"},
            auto_role_name=auto_role_name,
        )
