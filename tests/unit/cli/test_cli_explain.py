"""``rayform rules`` and ``rayform explain``: every rule in words, with examples that are what they say."""

import json

import pytest
from rayform.cli import main
from rayform.cli.examples import EXAMPLES
from rayform.components.ray.rules import RULES, Severity, findings

BESIDE = {
    "max-replicas-negative": {"replica-bounds-crossed"},
    "priority-needs-ray-version": {"ray-vulnerable"},
    "token-needs-ray-version": {"ray-vulnerable"},
    "kubernetes-token-needs-ray-version": {"ray-vulnerable"},
    "kubernetes-token-without-mode": {"auth-without-mode"},
    "network-group-name": {"group-name-form"},
    "suspend-needs-shutdown": {"cluster-outlives-job"},
    "ttl-needs-shutdown": {"cluster-outlives-job"},
    "kueue-shutdown": {"cluster-outlives-job"},
}
"""Rules that an example cannot but break as well."""
EXPLAINED = """\
replica-bounds-crossed, an error

  minReplicas is at most maxReplicas.

why     the fewest cannot be more than the most
do      lower minReplicas or raise maxReplicas
about   RayCluster, RayJob, RayService, RayCronJob
source  the operator's own validation, rule 17 of its order

fails:

  kind: RayCluster
  spec:
    workerGroupSpecs:
    - groupName: gpu
      minReplicas: 5
      maxReplicas: 4

  5 asked with maxReplicas 4, the fewest cannot be more than the most; lower minReplicas or raise maxReplicas

passes:

  kind: RayCluster
  spec:
    workerGroupSpecs:
    - groupName: gpu
      minReplicas: 4
      maxReplicas: 5
"""


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert set(EXAMPLES) == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_an_example_that_fails_breaks_its_rule_and_no_other(rule: str) -> None:
    example = EXAMPLES[rule]
    broken = {finding.rule.id for finding in findings(example.whole(example.fails), example.operator)}
    assert broken == {rule} | BESIDE.get(rule, set())


@pytest.mark.parametrize("rule", EXAMPLES)
def test_an_example_that_passes_breaks_nothing(rule: str) -> None:
    example = EXAMPLES[rule]
    assert findings(example.whole(example.passes), example.other_operator) == []


@pytest.mark.parametrize("rule", EXAMPLES)
def test_every_rule_can_be_explained(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", rule]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{rule}, a")
    assert said.count("\n  kind: Ray") == 2


def test_a_rule_is_explained_by_its_reason_and_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "replica-bounds-crossed"])
    assert capsys.readouterr().out == EXPLAINED


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("auth-off", "auth-off, a warning"),
        ("auth-off", "accept  annotate the object with rayform/accepts: auth-off, where it is meant"),
        ("auth-off", "source  Ray, when the cluster is up"),
        ("image-missing", "source  Kubernetes, when the operator makes the pods"),
        ("serve-port", "source  the operator, while it runs"),
        ("manager-unknown", "source  the CustomResourceDefinition"),
        ("manager-unknown", "about   RayCluster, RayJob, RayService, RayCronJob"),
        ("cluster-twice", "source  rayform: neither the operator nor Kubernetes checks it"),
        ("cluster-twice", "about   RayJob, RayCronJob"),
        ("tls-gate", "holds   since KubeRay 1.7"),
        ("tls-gate", "gate    RayClusterMTLS"),
        ("field-unknown", "holds   before KubeRay 1.7"),
        ("schedule-gate", "about   RayCronJob"),
        ("schedule-gate", "passes, with the gate RayCronJob on:"),
        ("serve-port", "about   RayService"),
        ("kueue-groups", "source  Kueue, which admits what names a queue of its own"),
        ("kai-queue-missing", "fails, with the operator's batch scheduler kai-scheduler:"),
        ("scheduler-plugins-job", "passes, with the operator's batch scheduler volcano:"),
        ("serve-config-yaml", "    serveConfigV2: |"),
    ],
)
def test_an_explanation_says_whose_rule_it_is_and_when_it_holds(
    rule: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["explain", rule])
    assert line in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("asked", "advice"),
    [
        (
            "replica-bound-crossed",
            "meant is perhaps replica-bounds-crossed, replicas-bounded, serve-replicas-bounded",
        ),
        ("xyzzy", "'rayform rules' lists them, with --policy those of the law"),
    ],
)
def test_a_rule_that_is_none_is_refused_with_the_nearest(
    asked: str, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", asked]) == 1
    assert capsys.readouterr().err == f"rayform: {asked}: there is no such rule; {advice}\n"


def test_rays_own_word_is_explained_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "serve-schema"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("serve-schema, an error, or a warning where the service runs another minor version of Ray\n")
    assert "mend what Ray names; without rayform[ray] installed beside rayform nobody asks Ray" in told


def test_rules_are_listed_with_their_severity_and_what_must_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(RULES)
    assert "auth-off                            warning  The cluster asks for tokens." in lines


def test_rules_are_listed_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json"]) == 0
    listed = {rule["id"]: rule for rule in json.loads(capsys.readouterr().out)}
    assert set(listed) == {rule.id for rule in RULES}
    assert listed["tls-gate"] == {
        "id": "tls-gate",
        "severity": Severity.ERROR.value,
        "kinds": ["RayCluster", "RayJob", "RayService", "RayCronJob"],
        "condition": "``tls_options`` come with their gate.",
        "possible": "the operator's gate RayClusterMTLS is off",
        "remedy": (
            "switch the gate on (KubeRayOperatorSpec: feature_gates={'RayClusterMTLS': True}; Helm chart: featureGates)"
            " beside cert-manager, or leave tls_options out"
        ),
        "source": "operator 79",
        "since": "1.7",
        "until": "",
        "gate": "RayClusterMTLS",
        "acceptable": False,
    }
