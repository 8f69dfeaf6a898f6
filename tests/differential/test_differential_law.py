"""One law: Python, the policy pack and CEL in a real API server say the same of generated Ray objects."""

from collections.abc import Generator

import pytest
from api_server import ApiServer
from law_changes import OF_CONTAINERS
from lawful import IDS, Law, mutated
from rayform.policy.examples import EXAMPLES
from rayform.policy.subject import Subject

pytestmark = pytest.mark.engine

SEED = 20261126
SEEN = {"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}
COUNT = 400
Verdicts = tuple[set[str], set[str], set[str]]


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Generator[Law]:
    with ApiServer(tmp_path_factory.mktemp("state") / "lab") as server:
        yield Law(server)


@pytest.fixture(scope="module")
def verdicts(law: Law) -> list[Verdicts]:
    """What each of the three says, of every object that the API server takes at all."""
    return [told for each in mutated(SEED, COUNT) if (told := law.told(each)) is not None]


def test_the_three_agree(verdicts: list[Verdicts]) -> None:
    assert [(cel ^ python, cel ^ pack) for cel, python, pack in verdicts if not cel == python == pack] == []


def test_every_rule_is_broken_by_some_and_kept_by_others(verdicts: list[Verdicts]) -> None:
    assert len(verdicts) > COUNT / 2
    assert set().union(*(cel for cel, _, _ in verdicts)) == IDS
    assert set.intersection(*(cel for cel, _, _ in verdicts)) == set()


@pytest.mark.parametrize("rule", sorted(IDS))
def test_the_api_server_refuses_what_breaks_a_rule_and_takes_what_keeps_it(law: Law, rule: str) -> None:
    def told(subjects: object) -> list[bool]:
        listed = [each for each in subjects if isinstance(each, Subject) and each.is_ray]
        return [rule in (law.by_cel({**each.props, "metadata": {"name": "one"}}) or set()) for each in listed]

    assert set(told(EXAMPLES[rule].breaks)) == {True}
    assert set(told(EXAMPLES[rule].keeps)) <= {False}


def pod(resources: object, **spec: object) -> dict[str, object]:
    content = {"containers": [{"name": "c", "image": "i", "resources": resources}], **spec}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "alone"}, "spec": content}


def test_a_pod_by_itself_is_held_to_what_one_may_ask(law: Law) -> None:
    asked = [value for name, value in OF_CONTAINERS if name == "resources"]
    asked += [{"limits": {name: count}} for name in ("nvidia.com/gpu", "acme.io/a100") for count in (8, 9)]
    told = [verdicts for each in asked if (verdicts := law.of_pod(pod(each)))]
    told += [law.of_pod(pod({}, resourceClaims=[{"name": "gpu", "resourceClaimName": "mine"}])) or (set(), set())]

    assert [(cel, python) for cel, python in told if cel != python] == []
    assert set().union(*(cel for cel, _ in told)) == {"gpus-per-pod", "resources-known", "device-claims"}


def test_a_pod_by_itself_sees_no_device_that_it_does_not_ask_for(law: Law) -> None:
    seen, unseen = ([{"name": "NVIDIA_VISIBLE_DEVICES", "value": value}] for value in ("all", "none"))
    runtime = {"runtimeClassName": "nvidia"}
    asked = [
        *(
            {"env": env, "resources": {"limits": {"nvidia.com/gpu": count}}}
            for env in (seen, unseen)
            for count in (0, 1)
        ),
        *({"env": env, "resources": {}} for env in ([], seen, unseen)),
    ]
    pods = [
        pod({}, containers=[{"name": "c", "image": "i", **each}], **more) for each in asked for more in ({}, runtime)
    ]
    annotated = ({"cdi.k8s.io/a": "nvidia.com/gpu=all"}, {"gpu-memory": "2000"})
    pods += [{**pod({}), "metadata": {"name": "alone", "annotations": each}} for each in annotated]
    told = [verdicts for each in pods if (verdicts := law.of_pod(each))]

    assert [(cel, python) for cel, python in told if cel != python] == []
    assert [cel for cel, _ in told].count({"gpu-not-counted"}) == 7


def test_a_container_that_comes_while_a_pod_runs_sees_no_device_either(law: Law) -> None:
    seeing, blind = ({"name": "debug", "image": "i", "env": env} for env in ([SEEN], []))

    assert law.of_debugged({**pod({}), "metadata": {"name": "seeing"}}, seeing) == {"gpu-not-counted"}
    assert law.of_debugged({**pod({}), "metadata": {"name": "blind"}}, blind) == set()


def test_accelerators_stay_within_guarded_namespaces(law: Law) -> None:
    gpu = {"limits": {"nvidia.com/gpu": 1}}
    template = {"spec": {"containers": [{"name": "head", "image": "i", "resources": gpu}]}}
    cluster = {
        "apiVersion": "ray.io/v1",
        "kind": "RayCluster",
        "metadata": {"name": "alone"},
        "spec": {"headGroupSpec": {"rayStartParams": {}, "template": template}},
    }

    seeing = pod({}, containers=[{"name": "c", "image": "i", "env": [SEEN]}])

    assert law.elsewhere(pod({})) == ""
    for each in (pod(gpu), cluster, seeing, pod({}, initContainers=[{"name": "i", "image": "i", "resources": gpu}])):
        assert "Accelerators are for guarded namespaces alone" in law.elsewhere(each)


def test_no_namespace_becomes_a_guarded_one_without_a_quota(law: Law) -> None:
    guarded = {"rayform/guarded": "true"}

    assert "A guarded namespace has a quota" in law.labelled("other", **guarded)
    assert [law.labelled("batch", **guarded), law.labelled("other"), law.labelled("other", a="b")] == ["", "", ""]
