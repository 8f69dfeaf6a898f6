"""What ``make judge`` makes of what it is told."""

import json

import pytest
from argued import OF_PODS, Argument
from checkov import Answer, Finding, UnansweredError, read
from judged_pods import Tally
from judging import problems, promised, report

READ_ONLY = Finding("CKV_K8S_22", "Use read-only filesystem", "pod-000", "Pod.ray.train-head")
TOKEN = Finding("CKV_K8S_35", "Prefer secrets as files", "pod-000", "Pod.ray.train-head")


def tally(name: str = "stacks/x", pods: int = 1, *found: Finding) -> Tally:
    made = Tally(name, 1, pods)
    made.add((each, f"{name} head") for each in found)
    return made


def all_argued() -> Tally:
    return Tally("stacks/all", 1, 1, used=set(OF_PODS))


def answer(resources: int, broken: int = 0) -> str:
    failed = {"check_id": "CKV_K8S_22", "check_name": "Use read-only filesystem"}
    place = {"file_path": "/pod-000.json", "resource": "Pod.ray.train-head"}
    summary = {"resource_count": resources, "parsing_errors": broken}
    return json.dumps(
        {
            "summary": summary,
            "results": {"failed_checks": [failed | place], "passed_checks": [{"check_id": "CKV_K8S_8"}]},
        }
    )


def test_what_is_argued_is_counted_and_not_left() -> None:
    made = tally("stacks/x", 2, READ_ONLY, TOKEN)

    assert (made.per_pod, made.left_per_pod) == (1.0, 0.5)
    assert [each.check for each in made.used] == ["CKV_K8S_35"]
    assert list(made.kinds()) == ["CKV_K8S_22 Use read-only filesystem"]


def test_an_argument_is_about_its_check_and_its_place() -> None:
    argument = Argument("CKV_K8S_38", "* head", "why")

    assert argument.covers("CKV_K8S_38", "stacks/x head")
    assert not argument.covers("CKV_K8S_38", "stacks/x worker")
    assert not argument.covers("CKV_K8S_3", "stacks/x head")


def test_more_than_two_findings_of_a_pod_are_too_many() -> None:
    assert problems([all_argued(), tally("stacks/x", 1, READ_ONLY, READ_ONLY)]) == []
    assert problems([all_argued(), tally("stacks/x", 1, *[READ_ONLY] * 3)]) == [
        "stacks/x: 3.0 findings per pod, at most 2.0: CKV_K8S_22 Use read-only filesystem (3)"
    ]


def test_one_finding_is_too_many_for_the_strict_profile() -> None:
    assert problems([all_argued(), tally("examples/locked-down", 3, READ_ONLY)]) == [
        "examples/locked-down: 0.3 findings per pod, at most 0.0: CKV_K8S_22 Use read-only filesystem (1)"
    ]


def test_an_argument_that_nothing_needs_is_told() -> None:
    told = problems([tally("stacks/x", 1, TOKEN)])

    assert "CKV_K8S_8 of * head: argued, and nothing needs it" in told
    assert len(told) == len(OF_PODS) - 1


def test_no_two_arguments_are_about_the_same_and_each_says_why() -> None:
    assert len({(each.check, each.where) for each in OF_PODS}) == len(OF_PODS)
    assert all(len(each.why) > 20 for each in OF_PODS)


def test_the_report_has_a_line_for_each_source() -> None:
    lines = report([tally("stacks/x", 1, READ_ONLY, TOKEN)]).splitlines()

    assert lines[1].split() == ["stacks/x", "1", "1", "2.0", "1.0"]


def test_an_answer_is_read() -> None:
    assert read(answer(1), "", 1) == Answer([READ_ONLY], frozenset({"CKV_K8S_8"}))


@pytest.mark.parametrize("told", ["", "[]", '{"passed": 0}', answer(1), answer(2, broken=1)])
def test_what_was_not_judged_is_no_pass(told: str) -> None:
    with pytest.raises(UnansweredError, match=r"^Checkov (did not answer|read)"):
        read(told, "", 2)


def test_readme_has_the_figures_of_the_run() -> None:
    upstream = Tally("upstream's samples", 1, 10, found=[READ_ONLY] * 141, left=[READ_ONLY] * 115)
    told = promised("samples Checkov finds 14.1 faults each;\nin ours … (upstream's 11.5 on that count)", upstream)

    assert told == []
    assert promised("nothing", upstream) == [
        "README.md does not say 'finds 14.1 faults each', nor 'upstream's 11.5 on that'"
    ]
