"""The stack ``prod`` on simulated AWS that throttles half of all calls: three zones, spot pools, nothing public."""

from collections.abc import Generator

import pytest
from ground_room import Ground, grounded
from patience import until

pytestmark = pytest.mark.engine

HALF = {"rate": 0.5, "code": "ThrottlingException", "message": "Rate exceeded", "status": 400}


@pytest.fixture(scope="module")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Generator[Ground]:
    with grounded(tmp_path_factory.mktemp("prod"), "prod") as ground:
        yield ground


def test_it_comes_up_though_half_of_all_calls_are_throttled(prod: Ground) -> None:
    prod.control.faults([HALF])
    prod.up()
    (fault,) = prod.control.faults()
    prod.control.faults([])

    assert fault["struck"] > 200
    assert 0.4 < fault["struck"] / fault["met"] < 0.6
    assert prod.ray("train")["status"]["state"] == "ready"
    assert set(prod.nodes("prod-system").values()) == {"us-east-1a", "us-east-1b", "us-east-1c"}
    assert [prod.described(pool)["capacityType"] for pool in ("a10g", "a10g-spot")] == ["ON_DEMAND", "SPOT"]
    assert not prod.client("eks").describe_cluster(name="prod")["cluster"]["resourcesVpcConfig"]["endpointPublicAccess"]


def test_a_second_up_changes_nothing(prod: Ground) -> None:
    assert prod.done(prod.up) == []
    assert prod.project.changes() == {}, prod.project.preview().output


def test_its_lock_stops_a_destroy_without_a_preview_before_anything_goes(prod: Ground) -> None:
    assert prod.done(lambda: prod.run("destroy", "--yes", "--skip-preview").failed()) == []
    assert "DestroyLock::prod-lock" in prod.said[-1]
    assert "because it is protected" in prod.said[-1]
    assert prod.ray("train")["status"]["state"] == "ready"


def test_unprotected_and_destroyed_it_leaves_nothing(prod: Ground) -> None:
    prod.up(ground__cluster__deletion_protection=False)
    prod.run("destroy", "--yes", "--skip-preview").succeeded()
    until(lambda: prod.control.leftovers() == {}, "nothing is left")
