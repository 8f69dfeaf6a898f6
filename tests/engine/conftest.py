"""What the engine suite shares: one lab for all that only needs a cluster, and a project on it per test."""

from collections.abc import Generator
from pathlib import Path

import pytest
from cloud_room import Cloud, clouded
from cloud_room import stack as on_aws
from lab_room import running
from lightkube import Client
from provider_room import Stack
from rayform.lab import Lab


@pytest.fixture(scope="session")
def shared_lab(tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    with running(tmp_path_factory.mktemp("shared"), "shared") as lab:
        yield lab


@pytest.fixture
def cluster(shared_lab: Lab) -> Generator[Client]:
    with shared_lab.client() as client:
        yield client


@pytest.fixture
def stack(shared_lab: Lab, tmp_path: Path) -> Stack:
    return Stack(tmp_path, shared_lab)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Generator[Cloud]:
    with clouded(tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud


@pytest.fixture
def aws_stack(cloud: Cloud, tmp_path: Path) -> Stack:
    return on_aws(cloud, tmp_path)
