"""Pod Security as the API server enforces it: every pod of ours is admitted to a restricted namespace."""

from collections.abc import Iterator
from typing import Any

import pytest
from lightkube import ApiError, Client
from lightkube.resources.core_v1 import Namespace, Pod, ServiceAccount
from operator_pods import as_pod, operator_pods
from patience import until
from ray_sources import Source, rendered, samples
from rayform.lab import Lab

pytestmark = pytest.mark.engine

PLACE = "restricted"
LABELS = {"pod-security.kubernetes.io/enforce": "restricted"}


@pytest.fixture(scope="module")
def restricted(shared_lab: Lab) -> Iterator[Client]:
    """A namespace that enforces, and in it the account that every pod needs."""
    with shared_lab.client() as client:
        client.create(Namespace.from_dict({"metadata": {"name": PLACE, "labels": LABELS}}))
        until(lambda: list(client.list(ServiceAccount, namespace=PLACE)), "the namespace's account")
        yield client
        client.delete(Namespace, PLACE)


def refusal(client: Client, made: dict[str, Any]) -> str:
    """Why the API server does not admit a pod that the operator would make; empty where it does."""
    pod = as_pod(made)
    metadata = {**pod["metadata"], "namespace": PLACE}
    # Which account it runs under is nothing to Pod Security, and each would have to be there.
    spec = {**pod["spec"], "serviceAccountName": "default"}
    try:
        client.create(Pod.from_dict({**pod, "metadata": metadata, "spec": spec}), dry_run=True)
    except ApiError as error:
        return str(error.status.message)
    return ""


def refusals(client: Client, source: Source) -> list[str]:
    return [refusal(client, made) for pods in operator_pods(source.ray) for made in pods]


def test_every_pod_of_ours_is_admitted(restricted: Client) -> None:
    told = {source.name: refusals(restricted, source) for source in rendered()}

    assert {name: found for name, found in told.items() if any(found)} == {}
    assert all(told.values())


def test_no_pod_of_upstreams_samples_is_admitted(restricted: Client) -> None:
    told = refusals(restricted, samples())

    assert len(told) > 100
    assert [each for each in told if 'violates PodSecurity "restricted' not in each] == []
