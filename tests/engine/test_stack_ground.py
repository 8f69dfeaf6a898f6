"""A stack that brings its ground, on simulated AWS: the whole program, from the network to the Ray cluster."""

from collections.abc import Generator

import pytest
from lightkube import Client
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.core_v1 import Node
from rayform.lab import Lab, Silent
from stack_programs import described
from stack_room import Project

pytestmark = pytest.mark.engine

RayCluster = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    lab = Lab("ground", state_home=tmp_path_factory.mktemp("ground"), aws=True)
    try:
        lab.up(Silent())
        yield lab
    finally:
        lab.down(Silent())


@pytest.fixture(scope="module")
def dev(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(lab, tmp_path_factory.mktemp("dev"), settings=described("dev")["rayform:settings"], stack="dev")


def nodes(client: Client, pool: str) -> list[str]:
    return [str(node.metadata.name) for node in client.list(Node, labels={"rayform/pool": pool})]


def test_the_whole_program_comes_up(lab: Lab, dev: Project) -> None:
    dev.up()
    with lab.client() as client:
        assert (len(nodes(client, "dev-system")), nodes(client, "a10g")) == (1, [])
        assert client.get(RayCluster, "ray", namespace="ray")["status"]["state"] == "ready"


def test_a_second_up_changes_nothing(dev: Project) -> None:
    assert dev.up() == {}, dev.preview().output


def test_destroyed_it_leaves_no_node(lab: Lab, dev: Project) -> None:
    dev.destroy()
    with lab.client() as client:
        assert [node.metadata.name for node in client.list(Node)] == []
