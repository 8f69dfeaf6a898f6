"""The guard of a cluster: what it makes, by level, and what it cannot express."""

import json
from pathlib import Path
from typing import Any

import pytest
from rayform.lab.testing import run
from rayform.policy import RULES, config
from rayform.policy.guard import EXPRESSED, UNEXPRESSED, ClusterGuard, ClusterGuardSpec, objects
from rayform.spec.refusal import RefusedError

POLICY = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy"


def guarded(policy: str = "prod", **more: Any) -> Any:
    return run(lambda: ClusterGuard("guard", ClusterGuardSpec(policy=policy, **more)) and None)


def written(tmp_path: Path, **rules: Any) -> str:
    file = tmp_path / "policy.json"
    file.write_text(json.dumps({name.replace("_", "-"): value for name, value in rules.items()}))
    return str(file)


def test_every_rule_that_cel_can_express_is_a_policy_with_its_binding() -> None:
    recorded = guarded()
    policies, bindings = recorded.all(POLICY), recorded.all(f"{POLICY}Binding")

    assert {each.name for each in policies} == {f"guard-{rule.id}" for rule in EXPRESSED} | {"guard-elsewhere"}
    assert {each.name for each in bindings} == {each.name for each in policies}
    assert all(each.inputs["spec"]["failurePolicy"] == "Fail" for each in policies)


def test_the_level_of_a_rule_is_what_its_binding_does(tmp_path: Path) -> None:
    asked = written(tmp_path, gpus_per_pod="advisory", gpus_per_group="disabled", host_paths="mandatory")
    recorded = guarded(asked)
    actions = {each.name: each.inputs["spec"]["validationActions"] for each in recorded.all(f"{POLICY}Binding")}

    assert actions["guard-gpus-per-pod"] == ["Warn", "Audit"]
    assert actions["guard-host-paths"] == ["Deny"]
    assert "guard-gpus-per-group" not in actions


@pytest.mark.parametrize(
    ("elsewhere", "actions"), [("refused", [["Deny"]]), ("warned", [["Warn", "Audit"]]), ("allowed", [])]
)
def test_accelerators_elsewhere_are_as_asked(elsewhere: str, actions: list[list[str]]) -> None:
    bindings = [each.inputs["spec"] for each in guarded(elsewhere=elsewhere).all(f"{POLICY}Binding")]
    outside = [each for each in bindings if each["policyName"] == "rayform-policy-elsewhere"]

    assert [each["validationActions"] for each in outside] == actions
    assert all(each["matchResources"]["namespaceSelector"]["matchExpressions"] for each in outside)


@pytest.mark.parametrize(
    ("labelled", "actions"), [("refused", [["Deny"]]), ("warned", [["Warn", "Audit"]]), ("allowed", [])]
)
def test_namespaces_without_a_quota_are_guarded_as_asked(labelled: str, actions: list[list[str]]) -> None:
    recorded = guarded(labelled=labelled, quotas={"ray": {"requests.nvidia.com/gpu": 16}})
    policies, bindings = recorded.all(POLICY), [each.inputs["spec"] for each in recorded.all(f"{POLICY}Binding")]
    named = [each for each in bindings if each["policyName"] == "rayform-policy-labelled"]

    assert [each["validationActions"] for each in named] == actions
    assert len([each for each in policies if each.name == "guard-labelled"]) == len(actions)


def test_parameters_are_one_config_map(tmp_path: Path) -> None:
    recorded = guarded(written(tmp_path, gpus_per_pod={"most": 3}))
    data = recorded.one("kubernetes:core/v1:ConfigMap").inputs["data"]
    named = {f"{rule.id}.{name}" for rule in EXPRESSED for name in rule.parameters.model_fields}

    assert data["gpus-per-pod.most"] == "3"
    assert data["device-claims.allowed"] == "false"
    assert named == set(data)


def test_a_rule_without_its_parameters_denies() -> None:
    bound = [objects.binding(rule, config(RULES), "law") for rule in EXPRESSED]
    references = [each["spec"]["paramRef"] for each in bound if each and "paramRef" in each["spec"]]

    assert len(references) > 5
    assert all(each["parameterNotFoundAction"] == "Deny" for each in references)


def test_a_quota_comes_with_a_limit_range() -> None:
    recorded = guarded(quotas={"ray": {"requests.nvidia.com/gpu": 16}})

    assert recorded.one("kubernetes:core/v1:ResourceQuota").inputs["spec"] == {
        "hard": {"requests.nvidia.com/gpu": "16"}
    }
    limits = recorded.one("kubernetes:core/v1:LimitRange").inputs["spec"]["limits"]
    assert limits[0]["defaultRequest"] == {"cpu": "200m", "memory": "256Mi"}


def test_what_cel_cannot_express_is_listed_by_name() -> None:
    expressed = {rule.id for rule in EXPRESSED}

    assert expressed.isdisjoint(UNEXPRESSED)
    assert expressed | set(UNEXPRESSED) == {rule.id for rule in RULES}
    assert "cluster-hourly-cost" in UNEXPRESSED


def test_a_policy_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(RefusedError, match="severe"):
        ClusterGuard("guard", ClusterGuardSpec(policy="severe"))
