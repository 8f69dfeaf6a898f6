"""Every example is a whole program: it runs at preview and at update, and nothing about it deserves a warning."""

import ast
from pathlib import Path

import pytest
import yaml
from rayform.lab.testing import run

FOLDER = Path(__file__).resolve().parents[3] / "examples"
EXAMPLES = sorted(file.parent for file in FOLDER.glob("*/__main__.py"))
EACH = pytest.mark.parametrize("example", EXAMPLES, ids=lambda folder: folder.name)

CONFIG = {"adminRole": "arn:aws:iam::123456789012:role/deployer"}
"""What examples ask of their stack."""
AWS = {
    "aws:ec2/vpc:Vpc": {"region": "us-east-1"},
    "aws:eks/cluster:Cluster": lambda asked: {
        "region": "us-east-1",
        "endpoint": "https://control.plane",
        "certificateAuthority": {"data": "Q0E="},
        "identities": [{"oidcs": [{"issuer": "https://oidc.issuer"}]}],
        "vpcConfig": {**asked["vpcConfig"], "clusterSecurityGroupId": "sg-cluster"},
    },
    "aws:eks/nodeGroup:NodeGroup": {"resources": [{"autoscalingGroups": [{"name": "asg"}]}]},
}
"""What AWS makes beyond what it is asked for."""


def test_there_are_examples() -> None:
    assert EXAMPLES != []


@EACH
def test_an_example_runs_without_a_warning(example: Path, *, preview: bool) -> None:
    recorded = run(example, preview=preview, config=CONFIG, outputs=AWS, project=example.name)

    assert [entry.message for entry in recorded.logs] == []
    assert any(resource.type.startswith("kubernetes:ray.io/v1:Ray") for resource in recorded.resources)


@EACH
def test_an_example_is_a_project_of_its_own(example: Path) -> None:
    project = yaml.safe_load((example / "Pulumi.yaml").read_text())
    asked = set(project.get("config", {}))

    assert (project["name"], project["main"]) == (example.name, "__main__.py")
    assert project["description"]
    assert all(f'config.require("{key}")' in (example / "__main__.py").read_text() for key in asked)


@EACH
def test_an_example_asks_nothing_of_rayform_but_its_doors(example: Path) -> None:
    trees = [ast.parse(file.read_text()) for file in example.glob("*.py")]
    imports = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {module for module in imports if module and module.startswith("rayform")}

    assert ours <= {"rayform.components", "rayform.infra", "rayform.policy"}
