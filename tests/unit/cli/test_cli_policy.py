"""The law on the command line: its list, files and exported stacks judged by it."""

import json
from pathlib import Path
from typing import Any

import pytest
from rayform.cli.main import main
from rayform.policy import PRESETS, RULES, of_export
from rayform.policy.examples.example import Edits, kube, ray
from rayform.policy.examples.places import GROUP, IN_GROUP

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"


def exported(tmp_path: Path, edits: Edits | None = None) -> str:
    subject = ray(edits)
    urn = "urn:pulumi:prod::app::kubernetes:ray.io/v1:RayCluster::train"
    resource = {"urn": urn, "type": subject.token, "custom": True, "inputs": dict(subject.props)}
    others = [{"urn": "urn:a::b::c::component", "type": "rayform:components:RayCluster"}]
    file = tmp_path / "stack.json"
    file.write_text(json.dumps({"version": 3, "deployment": {"resources": [resource, *others]}}))
    return str(file)


def policy(tmp_path: Path, **rules: Any) -> str:
    file = tmp_path / "policy.json"
    file.write_text(json.dumps({"all": "disabled", **{name.replace("_", "-"): value for name, value in rules.items()}}))
    return str(file)


def test_the_law_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--policy"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert len(lines) == len(RULES)
    listed = next(line for line in lines if line.startswith("gpus-per-pod "))
    assert "mandatory" in listed
    assert listed.endswith("; ask for fewer GPUs and more pods [most]")


def test_the_law_is_listed_as_json_with_the_schema_of_its_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--policy", "--json"]) == 0
    listed = {each["id"]: each for each in json.loads(capsys.readouterr().out)}

    assert listed["gpus-per-pod"]["parameters"]["most"]["default"] == 8
    assert listed["gpus-per-pod"]["remedy"]
    assert listed["labels-required"]["mends"]
    assert [listed[name]["admission"] for name in ("gpus-per-pod", "stack-hourly-cost")] == [True, False]


def test_standards_are_a_page_of_items_and_the_rules_that_keep_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--standards"]) == 0
    page = capsys.readouterr().out

    assert "| 4.2.1 | namespace-pod-security, privileged |" in page
    assert "| 5.4.1 | eks-endpoint-private |" in page
    assert "| 4.1.4 | none: which people may make pods" in page
    assert "| baseline | app-armor, host-namespaces, host-paths" in page


def test_files_are_judged_by_a_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "objects.json"
    file.write_text(json.dumps(dict(kube("Deployment", {"spec template spec hostNetwork": True}).props)))

    assert main(["check", str(file), "--policy", policy(tmp_path, host_namespaces="mandatory")]) == 1
    assert capsys.readouterr().out == (
        f"{file}:1: mandatory: Deployment web: spec.template.spec.hostNetwork: hostNetwork asked, "
        "it could leave its pod and take the node, its GPUs and its credentials; remove it [host-namespaces]\n"
        "1 mandatory, 0 advisory in 1 resources\n"
    )


def test_an_exported_stack_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = exported(tmp_path, {f"{GROUP} maxReplicas": 33})

    assert main(["audit", file, "--policy", policy(tmp_path, gpus_per_group="mandatory")]) == 1
    assert main(["audit", file, "--policy", policy(tmp_path, gpus_per_group="advisory")]) == 0
    assert "0 mandatory, 1 advisory in 1 resources" in capsys.readouterr().out


def test_what_is_yet_to_be_deleted_is_counted_beside_what_replaced_it(tmp_path: Path) -> None:
    file = Path(exported(tmp_path))
    state = json.loads(file.read_text())
    resources = state["deployment"]["resources"]
    asked = policy(tmp_path, gpus_per_stack={"enforcementLevel": "mandatory", "most": 15})

    assert main(["audit", str(file), "--policy", asked]) == 0
    file.write_text(json.dumps({"deployment": {"resources": [*resources, {**resources[0], "delete": True}]}}))
    assert main(["audit", str(file), "--policy", asked]) == 1


def test_what_is_sealed_is_not_let_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = exported(tmp_path, {f"{IN_GROUP} image": {SIGNATURE: SECRET, "ciphertext": "v1:x"}})

    assert main(["audit", file, "--policy", policy(tmp_path, image_pinned="mandatory")]) == 1
    told = capsys.readouterr().out
    assert "containers[0].image is sealed in the export ('pulumi stack export --show-secrets' has it)" in told
    assert "; so not judged: image-pinned\n" in told


def test_a_use_of_an_exemption_is_told_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = {
        "rule": "gpus-per-group",
        "resource": "RayCluster train",
        "reason": "agreed with us",
        "expires": "2999-01-01",
    }
    asked = policy(tmp_path, gpus_per_group="mandatory", exemptions={"entries": [entry]})
    audit = ["audit", exported(tmp_path, {f"{GROUP} maxReplicas": 33}), "--policy", asked]

    assert [main(audit), main([*audit, "--json"])] == [0, 0]
    text, _, listed = capsys.readouterr().out.partition("0 mandatory, 0 advisory in 1 resources\n")
    assert text == "note: RayCluster train: gpus-per-group need not hold until 2999-01-01: agreed with us\n"
    assert [(each["level"], each["reason"], each["expires"]) for each in json.loads(listed)] == [
        ("exempted", "agreed with us", "2999-01-01")
    ]


def test_what_is_shown_is_judged_and_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = exported(tmp_path, {f"{IN_GROUP} image": {SIGNATURE: SECRET, "plaintext": '"hush:latest"'}})

    assert main(["audit", file, "--policy", policy(tmp_path, image_pinned="mandatory"), "--json"]) == 1
    out = capsys.readouterr().out
    assert [each["rule"] for each in json.loads(out)] == ["image-pinned"]
    assert "hush" not in out


def test_options_of_the_engine_are_judged(tmp_path: Path) -> None:
    file = json.loads(Path(exported(tmp_path)).read_text())
    file["deployment"]["resources"][0]["protect"] = True

    assert [each.options.protect for each in of_export(file) if each.options] == [True]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_named_by_its_name(preset: str, tmp_path: Path) -> None:
    assert main(["audit", exported(tmp_path, {f"{GROUP} maxReplicas": 33}), "--policy", preset]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit"], "audit: a file or --namespace asked, one of the two is possible; name one"),
        (
            ["audit", "nowhere.json"],
            "nowhere.json: cannot be read, no such file or directory; use 'pulumi stack export'",
        ),
        (["audit", "/"], "/: cannot be read, is a directory; use 'pulumi stack export'"),
        (["audit", "/dev/null"], "/dev/null: not JSON; use 'pulumi stack export'"),
        (["audit", "FILE", "--policy", "severe"], "severe: FileNotFoundError, a policy is dev, prod, stage, or a file"),
    ],
)
def test_what_cannot_be_judged_is_said(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(tmp_path)

    assert main([file if word == "FILE" else word for word in arguments]) == 1
    assert said in capsys.readouterr().err
