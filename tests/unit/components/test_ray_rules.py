"""Every rule, broken and kept, with its words."""

import pytest
import ray_cases_agreed
import ray_cases_asked
import ray_cases_auth
import ray_cases_autoscaler
import ray_cases_command
import ray_cases_deletion
import ray_cases_flags
import ray_cases_gcs
import ray_cases_groups
import ray_cases_history
import ray_cases_identity
import ray_cases_ingress
import ray_cases_job
import ray_cases_kinds
import ray_cases_logical
import ray_cases_native_amounts
import ray_cases_native_names
import ray_cases_native_placing
import ray_cases_native_running
import ray_cases_native_volumes
import ray_cases_network
import ray_cases_places
import ray_cases_pods
import ray_cases_references
import ray_cases_rest
import ray_cases_schedule
import ray_cases_scheduling
import ray_cases_serve
import ray_cases_service
import ray_cases_shape
import ray_cases_stepwise
import ray_cases_tls
import ray_cases_unmet
import ray_cases_words
import ray_edges_asked
import ray_edges_clusters
import ray_edges_objects
import ray_edges_parts
import ray_edges_pods
import ray_edges_services
import ray_edges_shapes
import ray_edges_times
from ray_builders import cluster_manifest, job_manifest, schedule_manifest, service_manifest
from ray_rule_case import OPEN_1_7, Case, Edge
from rayform.components.ray.rules import RULES, Operator, Severity, findings
from rayform.components.versions import KUBERAY

MODULES = (
    ray_cases_identity,
    ray_cases_logical,
    ray_cases_groups,
    ray_cases_pods,
    ray_cases_words,
    ray_cases_auth,
    ray_cases_autoscaler,
    ray_cases_gcs,
    ray_cases_history,
    ray_cases_network,
    ray_cases_ingress,
    ray_cases_tls,
    ray_cases_job,
    ray_cases_deletion,
    ray_cases_service,
    ray_cases_stepwise,
    ray_cases_serve,
    ray_cases_schedule,
    ray_cases_scheduling,
    ray_cases_kinds,
    ray_cases_shape,
    ray_cases_rest,
    ray_cases_native_names,
    ray_cases_references,
    ray_cases_native_volumes,
    ray_cases_native_amounts,
    ray_cases_native_placing,
    ray_cases_native_running,
    ray_cases_flags,
    ray_cases_command,
    ray_cases_agreed,
    ray_cases_unmet,
    ray_cases_asked,
    ray_cases_places,
)
CASES = [case for module in MODULES for case in module.CASES]
BESIDE = (
    ray_edges_clusters,
    ray_edges_parts,
    ray_edges_pods,
    ray_edges_objects,
    ray_edges_services,
    ray_edges_shapes,
    ray_edges_times,
    ray_cases_flags,
    ray_cases_command,
    ray_cases_agreed,
    ray_cases_unmet,
    ray_edges_asked,
)
EDGES = [edge for module in BESIDE for edge in module.EDGES]
EACH = pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{number}" for number, case in enumerate(CASES)])


@EACH
def test_a_broken_rule_says_so(case: Case) -> None:
    wanted = [case.message] if isinstance(case.message, str) else case.message

    assert case.said(case.broken) == wanted


@EACH
def test_a_kept_rule_says_nothing(case: Case) -> None:
    assert case.said(case.kept) == []


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.rule)
def test_a_rule_is_broken_and_kept_on_either_side_of_its_edge(edge: Edge) -> None:
    wrong = [(case.broken, breaks) for case, breaks in edge.cases if bool(case.said(case.broken)) != breaks]

    assert wrong == []


def test_every_rule_is_broken_and_kept_here() -> None:
    assert sorted(rule.id for rule in RULES) == sorted({case.rule for case in CASES})


@pytest.mark.parametrize("version", KUBERAY)
@pytest.mark.parametrize(
    "manifest",
    [cluster_manifest(), job_manifest(), service_manifest(), schedule_manifest()],
    ids=["cluster", "job", "service", "schedule"],
)
def test_what_is_valid_breaks_no_rule(version: str, manifest: dict[str, object]) -> None:
    assert findings(manifest, Operator.assumed(version, {"RayCronJob": True})) == []


def test_a_rule_says_what_must_hold_and_whose_it_is() -> None:
    silent = [rule.id for rule in RULES if not (rule.condition and rule.source and rule.possible and rule.remedy)]

    assert silent == []


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_rule_of_a_newer_operator_is_not_asked_of_an_older_one() -> None:
    case = next(case for case in CASES if case.rule == "network-gate")

    assert findings(case.manifest(case.broken), Operator.assumed("1.6.2", OPEN_1_7))[0].rule.id == "field-unknown"


def test_a_rule_of_an_older_operator_is_not_asked_of_a_newer_one() -> None:
    case = next(case for case in CASES if case.rule == "field-unknown")
    found = findings(case.manifest(case.broken), Operator.assumed("1.7.0", OPEN_1_7))

    assert found == []


def test_the_numbers_of_the_operators_own_rules_are_each_named_once() -> None:
    sources = [rule.source for rule in RULES if rule.source.startswith("operator ") and "(" not in rule.source]
    numbers = [int(number) for source in sources for number in source.removeprefix("operator ").split(", ")]
    # 1 and 87 are of the status, 14 cannot be reached behind the CRD's defaults, the last three stand for 2 to 126.
    wanted = set(range(2, 150)) - {1, 14, 87, 122, 133, 149}

    assert set(numbers) == wanted
    assert sorted(number for number in set(numbers) if numbers.count(number) > 1) == [5]


def test_only_warnings_and_few_errors_may_be_accepted() -> None:
    assert [rule.id for rule in RULES if rule.acceptable and rule.severity is Severity.ERROR] == [
        "image-version",
        "ray-vulnerable",
        "serve-field-misspelt",
        "start-flag-unknown",
        "images-differ",
        "image-gone",
        "entrypoint-unplaceable",
        "serve-unplaceable",
    ]
