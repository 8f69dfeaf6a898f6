"""A real API server, asked by dry-run, agrees on pods: it refuses what rules refuse in its name, and takes the rest."""

from collections.abc import Generator, Mapping
from typing import Any

import pytest
import ray_cases_native_amounts
import ray_cases_native_names
import ray_cases_native_placing
import ray_cases_native_running
import ray_cases_native_volumes
import ray_cases_references
from api_server import ApiServer
from ray_rule_case import Case
from rayform.components.ray.rules import RULES

pytestmark = pytest.mark.engine

MODULES = (
    ray_cases_native_amounts,
    ray_cases_native_names,
    ray_cases_native_placing,
    ray_cases_native_running,
    ray_cases_native_volumes,
    ray_cases_references,
)
SOURCE = {rule.id: rule.source for rule in RULES}
ELSEWHERE = {
    "namespace-form": "its path has a namespace that there is",
    "metadata-form": "of the Ray object, not of the pod",
    "object-store-larger": "the kubelet kills the container later",
    "option-reference": "in options of the cluster, of which the operator makes the pod",
    "reference-form": "an account and classes that are not there are refused under any name, and any Secret waited for",
}
"""Rules that a pod alone does not show, each with its reason."""
MADE_LATER = {"mount-unknown": "volumes that the operator adds"}
"""Rules whose kept object is no whole pod yet, each with its reason."""
CASES = [
    case
    for module in MODULES
    for case in module.CASES
    if SOURCE[case.rule] == "kubernetes" and case.rule not in ELSEWHERE
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[ApiServer]:
    with ApiServer(tmp_path_factory.mktemp("state") / "lab") as made:
        yield made


def pod(case: Case, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The pod of the group, as its template has it."""
    template = case.manifest(changes)["spec"]["workerGroupSpecs"][0]["template"]
    # Such containers come to a pod that runs.
    spec = {name: value for name, value in template["spec"].items() if name != "ephemeralContainers"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {**template.get("metadata", {}), "name": "p"}, "spec": spec}


@pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])
def test_what_is_refused_is_refused_by_the_api_server(case: Case, server: ApiServer) -> None:
    assert server.refuses_pod(pod(case, case.broken)) != ""


@pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])
def test_what_is_taken_is_taken_by_the_api_server(case: Case, server: ApiServer) -> None:
    assert bool(server.refuses_pod(pod(case, case.kept))) == (case.rule in MADE_LATER)


@pytest.mark.parametrize("case", [case for module in MODULES for case in module.CASES if SOURCE[case.rule] == "crd"])
def test_what_the_crd_refuses_is_refused(case: Case, server: ApiServer) -> None:
    told = server.refuses(case.manifest(case.broken))
    # Words that a field may be are told by the pods, the CRD takes any.
    assert bool(told or server.refuses_pod(pod(case, case.broken)))
    assert server.refuses(case.manifest(case.kept)) == ""
