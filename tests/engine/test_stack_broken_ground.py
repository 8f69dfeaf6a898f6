"""A stack on its own ground when things go wrong half-way: what is said, and that nothing is left in the end."""

import signal
from collections.abc import Generator, Mapping
from typing import Any

import pytest
from ground_room import Ground, grounded
from patience import until

pytestmark = pytest.mark.engine

UP, DESTROY = ("up", "--yes", "--skip-preview"), ("destroy", "--yes", "--skip-preview")
REASON = (
    "Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient capacity"
)
NO_ROOM = {
    "service": "eks",
    "operation": "CreateNodegroup",
    "where": {"nodegroupName": "a10g-*"},
    "later": True,
    "code": "AsgInstanceLaunchFailures",
    "message": REASON,
}


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Generator[Ground]:
    with grounded(tmp_path_factory.mktemp("broken"), "dev") as ground:
        yield ground


def test_a_pool_in_a_zone_without_its_type_is_refused_at_preview_where_aws_is_to_be_asked(dev: Ground) -> None:
    kept = dev.project.settings
    dev.change(ground__network__offerings="ask", ground__gpu_pools__a10g__instance_types=["p5en.48xlarge"])
    said = dev.run("preview").failed().output
    dev.project.settings = kept
    dev.change()

    asked, possible = "p5en.48xlarge asked in us-east-1b", "it is offered in us-east-1a of the network's zones"
    assert f"GpuNodePool a10g: instance_types[0]: {asked}, {possible}; set zones to us-east-1a" in said
    assert "Traceback" not in said


def test_a_failed_node_group_is_named_with_the_reason_of_aws(dev: Ground) -> None:
    dev.control.faults([NO_ROOM])
    said = dev.run(*UP).failed().output
    dev.control.faults([])

    assert "aws:eks:NodeGroup (a10g-nodes)" in said
    assert f"CREATE_FAILED: AsgInstanceLaunchFailures: {REASON}" in said
    assert "Traceback" not in said


def test_the_next_up_puts_another_in_its_place(dev: Ground) -> None:
    failed = dev.group("a10g")
    dev.up()
    assert dev.group("a10g") != failed
    assert dev.described("a10g")["status"] == "ACTIVE"


def test_a_destroy_that_was_killed_goes_on_where_it_ended(dev: Ground) -> None:
    dev.killed("dev-cluster deleting", "eks.DeleteCluster", *DESTROY)
    dev.run("cancel", "--yes").succeeded()
    dev.run(*DESTROY).succeeded()
    until(lambda: dev.control.leftovers() == {}, "nothing is left")


def test_what_an_interrupted_up_has_made_can_be_destroyed(dev: Ground) -> None:
    dev.control.clock(speed=0)
    said = dev.killed("dev-cluster creating", "eks.CreateCluster", *UP, by=signal.SIGINT)
    dev.control.clock(speed=300)
    dev.run(*DESTROY).succeeded()

    assert "cancelled waiting for ACTIVE" in said
    until(lambda: dev.control.leftovers() == {}, "nothing is left")


def take_over(dev: Ground, name: str, made: Mapping[str, Any]) -> None:
    """Let the engine know of what it was about to make, and destroy it: it does not know on what that stands."""
    what = (made["type"], name, made["inputs"]["name"], "--parent", f"above={made['parent']}")
    dev.run("import", *what, "--protect=false", "--generate-code=false", "--yes", "--skip-preview").succeeded()
    dev.run(*DESTROY, "--target", made["urn"]).succeeded()


def test_what_a_killed_up_was_about_to_make_is_taken_over_by_its_name_and_destroyed(dev: Ground) -> None:
    dev.control.clock(speed=0)
    dev.killed("dev-cluster creating", "eks.CreateCluster", *UP, alone=["dev-cluster"])
    dev.control.clock(speed=300)
    dev.run("cancel", "--yes").succeeded()
    take_over(dev, "dev-cluster", dev.project.under_way()["dev-cluster"])
    dev.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates").succeeded()
    dev.run(*DESTROY).succeeded()

    until(lambda: dev.control.leftovers() == {}, "nothing is left")
