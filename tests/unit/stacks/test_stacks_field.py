"""Stacks as they went wrong in the field: the verdict on each, and a program and a plan that tell of some together."""

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest
from field_ground import FIELD_GROUND
from field_pods import FIELD_PODS
from field_pools import FIELD_POOLS
from field_regrets import REGRETTED
from field_valid import VALID
from incident import Incident
from rayform.cli import main
from rayform.stacks import StackSettings
from rayform.stacks.verdict import Verdict, verdict
from stack_programs import changed, deployed

SEVERAL = ("a capacity block in another zone", "a key of another region", "an admin twice", "a kube-proxy ahead")


def judged(changes: dict[str, Any]) -> Verdict:
    return verdict("prod", StackSettings.model_validate(changed("prod", **changes)), "us-east-1")


@pytest.mark.parametrize("incident", [*FIELD_GROUND, *FIELD_POOLS, *FIELD_PODS], ids=lambda incident: incident.name)
def test_an_incident_of_the_field_is_refused(incident: Incident) -> None:
    assert list(judged(incident.changes).refusals) == incident.refused


@pytest.mark.parametrize("incident", [*REGRETTED, *VALID], ids=lambda incident: incident.name)
def test_what_was_regretted_in_the_field_is_warned_about_and_nothing_else(incident: Incident) -> None:
    found = judged(incident.changes)

    assert found.refusals == ()
    assert list(dict.fromkeys([*map(str, found.fit.warnings), *found.warnings])) == incident.refused


def several() -> tuple[dict[str, Any], set[str]]:
    """Some incidents in one stack, and all that refuses them."""
    chosen = [each for each in (*FIELD_GROUND, *FIELD_POOLS) if each.name in SEVERAL]
    changes = {path: value for each in chosen for path, value in each.changes.items()}
    return changes, {line for each in chosen for line in each.refused}


def test_a_program_refuses_all_at_once() -> None:
    changes, refused = several()
    with pytest.raises(pulumi.RunError) as error:
        deployed("prod", changed("prod", **changes), preview=True)

    assert len(refused) == len(SEVERAL)
    assert set(str(error.value).splitlines()) == refused


def test_a_plan_refuses_all_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes, refused = several()
    file = tmp_path / "Pulumi.prod.yaml"
    file.write_text(json.dumps({"config": {"aws:region": "us-east-1", "rayform:settings": changed("prod", **changes)}}))

    assert main(["plan", str(file)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert {line.removeprefix("error: ") for line in said if line.startswith("error: ")} == refused
