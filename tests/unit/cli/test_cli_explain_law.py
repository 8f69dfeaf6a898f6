"""``rayform explain`` of the law: each rule with its reasons, its parameters and an example on either side."""

import pytest
from rayform.cli import main
from rayform.components.ray.rules.yaml_words import in_yaml
from rayform.policy import BESIDE_RULES, Rule
from rayform.policy.rules import RULES

EXPLAINED = """\
gpus-per-group, mandatory unless a policy says otherwise

  A worker group at its largest has no more GPUs than a group may have.

why     one group must not take them all
do      lower maxReplicas, or the GPUs of a pod
source  rayform
set     most: The most there may be (default: 64)

breaks it:

  kind: RayCluster
  named: train
  spec:
    workerGroupSpecs:
    - groupName: gpu
      maxReplicas: 33

  RayCluster train: spec.workerGroupSpecs[0].maxReplicas: 2 GPUs for each of 33 pods asked, at most 64 for a group; \
lower maxReplicas, or the GPUs of a pod

keeps it:

  kind: RayCluster
  named: train
  spec:
    workerGroupSpecs:
    - groupName: gpu
      maxReplicas: 32
"""


def explained(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["explain", name]) == 0
    return capsys.readouterr().out


def test_a_rule_of_the_law_is_explained_by_its_reason_and_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert explained("gpus-per-group", capsys) == EXPLAINED


@pytest.mark.parametrize("known", RULES, ids=[each.id for each in RULES])
def test_every_rule_of_the_law_can_be_explained(known: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    said = explained(known.id, capsys)
    assert said.startswith(f"{known.id}, {known.level.value} unless a policy says otherwise\n")
    assert f"\ndo      {in_yaml(known.remedy)}\n" in said
    assert all(f"\nset     {name}: " in said for name in known.parameters.model_fields)
    broken, kept = said.split("\nbreaks it", 1)[1].split("\nkeeps it")
    assert len([line for line in broken.splitlines() if "; " in line]) >= 1
    assert "\n  named: " in kept


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("container-limits", "                memory: # not written"),
        ("job-time-to-live", "mends   what breaks it, where its level is remediate"),
        ("bound-to-everything", "about   ClusterRoleBinding, RoleBinding"),
        ("namespace-quota", "source  NSA/CISA: resource policies; CIS EKS 1.7: 4.5.1"),
        ("ray-rules", "do      report this"),
        ("exemptions", "set     entries: Every exemption (default: [])"),
        ("operator", "operator, configured beside the rules of a policy"),
    ],
)
def test_an_explanation_says_what_matters(rule: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert line in explained(rule, capsys).splitlines()


def test_what_is_configured_beside_rules_is_explained_by_its_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    for name, (words, parameters) in BESIDE_RULES.items():
        said = explained(name, capsys)
        assert words in said
        assert all(f"set     {each}: " in said for each in parameters.model_fields)


def test_a_rule_of_the_law_that_is_none_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "gpus-per-grup"]) == 1
    assert "meant is perhaps gpus-per-group" in capsys.readouterr().err
