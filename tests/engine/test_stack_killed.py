"""A stack on its own ground whose updates are killed on the way: it goes on, makes nothing twice, leaves nothing."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
import yaml
from ground_room import Ground, RayCluster, grounded
from lightkube import ApiError, codecs
from lightkube.generic_resource import create_namespaced_resource
from patience import until

pytestmark = pytest.mark.engine

RayJob = create_namespaced_resource("ray.io", "v1", "RayJob", "rayjobs")

UP = ("up", "--yes", "--skip-preview")


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Generator[Ground]:
    with grounded(tmp_path_factory.mktemp("killed"), "dev") as ground:
        yield ground


def killed(dev: Ground, *names: str, call: str, look: str) -> Mapping[str, Mapping[str, Any]]:
    """Kill an update once AWS has answered the call for each of these and while they alone are under way; what was.

    Until then AWS lets whoever looks whether they are ready wait for an answer.
    """
    service, operation = look.split(".")
    dev.control.faults([{"service": service, "operation": operation, "delay_seconds": 600}])
    dev.killed(names[0], call, *UP, alone=names)
    dev.control.faults([])
    dev.run("cancel", "--yes").succeeded()
    return dev.project.under_way()


def identified(dev: Ground, made: Mapping[str, Any]) -> str:
    """The id of one that AWS made: of its name, or found by its tag."""
    inputs = made["inputs"]
    if "nodeGroupName" in inputs:
        return f"{inputs['clusterName']}:{inputs['nodeGroupName']}"
    tagged = {"Name": "tag:Name", "Values": [inputs["tags"]["Name"]]}
    (found,) = dev.client("ec2").describe_nat_gateways(Filter=[tagged])["NatGateways"]
    return str(found["NatGatewayId"])


def taken_over(dev: Ground, made: Mapping[str, Mapping[str, Any]]) -> None:
    """Let the engine know of what it was about to make, and that nothing else is under way."""
    for name, each in made.items():
        what = (each["type"], name, identified(dev, each), "--parent", f"above={each['parent']}")
        dev.run("import", *what, "--protect=false", "--generate-code=false", "--yes", "--skip-preview").succeeded()
    dev.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates").succeeded()


def test_a_way_out_that_was_being_made_is_found_by_its_tag_and_not_made_twice(dev: Ground) -> None:
    taken_over(dev, killed(dev, "dev-nat-0", call="ec2.CreateNatGateway", look="ec2.DescribeNatGateways"))

    gateways = dev.client("ec2").describe_nat_gateways()["NatGateways"]
    assert len([each for each in gateways if each["State"] != "deleted"]) == 1


def test_node_groups_that_were_being_made_are_found_by_their_names(dev: Ground) -> None:
    names = "dev-system-nodes", "a10g-nodes"
    taken_over(dev, killed(dev, *names, call="eks.CreateNodegroup", look="eks.DescribeNodegroup"))
    dev.up()

    assert len(dev.client("eks").list_nodegroups(clusterName="dev")["nodegroups"]) == 2
    assert len(dev.client("ec2").describe_nat_gateways()["NatGateways"]) == 1
    assert dev.ray()["status"]["state"] == "ready"


def test_an_upgrade_that_was_killed_goes_on(dev: Ground) -> None:
    dev.change(ground__cluster__version="1.35")
    killed(dev, "dev-cluster", call="eks.UpdateClusterVersion", look="eks.DescribeUpdate")
    eks = dev.client("eks")
    until(lambda: eks.describe_cluster(name="dev")["cluster"]["status"] == "ACTIVE", "AWS has done it")
    dev.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates").succeeded()
    dev.up()

    assert eks.describe_cluster(name="dev")["cluster"]["version"] == "1.35"
    assert {dev.described(pool)["version"] for pool in ("a10g", "dev-system")} == {"1.35"}


HELD = """
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: held}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [ray.io], apiVersions: [v1], operations: [DELETE], resources: [rayclusters]}]
  validations: [{expression: "false", message: it is needed}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: held}
spec: {policyName: held, validationActions: [Deny]}
"""


@contextmanager
def held(dev: Ground) -> Generator[None]:
    """Let nobody delete a Ray cluster."""
    objects = codecs.load_all_yaml(HELD)
    with dev.lab.client() as client:

        def refused() -> bool:
            try:
                client.delete(RayCluster, "ray", namespace="ray", dry_run=True)
            except ApiError as error:
                return "it is needed" in str(error)
            return False

        for each in objects:
            client.create(each)
        until(refused, "the API server refuses it")
        yield
        for each in objects:
            client.delete(type(each), str(each.metadata and each.metadata.name))
        until(lambda: not refused(), "the API server allows it again")


def test_what_a_ray_cluster_stands_on_is_kept_while_it_cannot_go_and_the_engine_ends(dev: Ground) -> None:
    with held(dev):
        calls = dev.done(lambda: dev.run("destroy", "--yes", "--skip-preview").failed())

    assert "it is needed" in dev.said[-1]
    assert calls == []
    assert dev.ray()["status"]["state"] == "ready"


BY_HAND = """
apiVersion: ray.io/v1
kind: RayJob
metadata: {name: by-hand, namespace: ray}
spec: {entrypoint: python -m theirs, clusterSelector: {ray.io/cluster: ray}, submissionMode: HTTPMode}
"""


def test_nothing_is_left_in_the_end_though_others_have_a_job_in_the_namespace(dev: Ground) -> None:
    theirs = RayJob(yaml.safe_load(BY_HAND))
    with dev.lab.client() as client:
        client.create(theirs)
        until(
            lambda: client.get(RayJob, "by-hand", namespace="ray")["metadata"].get("finalizers"), "the operator has it"
        )
    dev.run("destroy", "--yes", "--skip-preview").succeeded()
    until(lambda: dev.control.leftovers() == {}, "nothing is left")
