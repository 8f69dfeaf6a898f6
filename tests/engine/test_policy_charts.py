"""What the official Kubernetes provider makes of manifests and charts, as the policy pack sees it."""

import json
from typing import Any

import pytest
import yaml
from policy_room import TOO_MANY, only, previewed, told
from provider_room import Result, Stack
from rayform.policy.examples.example import kube, ray

pytestmark = pytest.mark.official

SAID = "spec.workerGroupSpecs[0].maxReplicas: 2 GPUs for each of 33 pods asked, at most 64 for a group"
ANYTHING = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
CRD = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "rayclusters.ray.io"},
    "spec": {
        "group": "ray.io",
        "scope": "Namespaced",
        "names": {"plural": "rayclusters", "kind": "RayCluster"},
        "versions": [{"name": "v1", "served": True, "storage": True, "schema": ANYTHING}],
    },
}
"""What tells the provider that the kind lives in namespaces, where the cluster does not know it."""


def large(name: str = "train") -> str:
    """A manifest of the kind, an account and a cluster with more GPUs than the rule allows."""
    cluster = {"apiVersion": "ray.io/v1", "kind": "RayCluster", **ray(TOO_MANY, name).props}
    return yaml.safe_dump_all([CRD, {**kube("ServiceAccount").props}, cluster])


def chart(stack: Stack) -> str:
    """A chart of one's own whose values name its cluster; its path."""
    folder = stack.folder / "large"
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: large\nversion: 0.1.0\n")
    (folder / "values.yaml").write_text("name: chosen\n")
    (folder / "templates" / "all.yaml").write_text(large("{{ .Values.name }}"))
    return str(folder)


def judged(stack: Stack, program: str, **rules: Any) -> Result:
    return previewed(stack, program, only(**(rules or {"gpus_per_group": "mandatory"})))


@pytest.mark.parametrize("given", ["yaml", "files", "objs"])
def test_what_a_group_of_manifests_expands_to_is_seen(stack: Stack, given: str) -> None:
    (stack.folder / "large.yaml").write_text(large())
    how: dict[str, Any] = {
        "yaml": large(),
        "files": ["large.yaml"],
        "objs": list(yaml.safe_load_all(large())),
    }
    result = judged(
        stack,
        "import json\nfrom pulumi_kubernetes.yaml import v2\n"
        f"v2.ConfigGroup('group', {given}=json.loads({json.dumps(how[given])!r}))\n",
    )

    assert result.code != 0
    assert told(result) == {"gpus-per-group": "mandatory"}, result.text
    assert SAID in result.text


def test_what_a_chart_expands_to_is_seen(stack: Stack) -> None:
    program = f"from pulumi_kubernetes.helm import v4\nv4.Chart('chart', chart={chart(stack)!r})\n"
    result = judged(stack, program)

    assert result.code != 0
    assert told(result) == {"gpus-per-group": "mandatory"}, result.text
    assert SAID in result.text
    assert "chosen" in result.text


def test_what_a_release_makes_is_not_seen_and_the_release_itself_is_told(stack: Stack) -> None:
    program = f"from pulumi_kubernetes.helm import v3\nv3.Release('release', chart={chart(stack)!r})\n"
    result = judged(stack, program, gpus_per_group="mandatory", objects_out_of_sight="mandatory")

    assert result.code != 0
    assert told(result) == {"objects-out-of-sight": "mandatory"}, result.text
    assert "as a release asked" in result.text
