"""The test kit outside pytest, and its fixtures inside."""

import subprocess
import sys
from pathlib import Path

import pulumi
from rayform.lab.testing import UNKNOWN, run

SCRIPT = """
import pulumi
import pulumi_kubernetes as k8s
from rayform.lab.testing import run

def program():
    pulumi.runtime.register_resource_transform(lambda given: None)
    pulumi.export("name", k8s.core.v1.Namespace("ns", metadata={"name": "ray"}).metadata.name)

def failing():
    k8s.core.v1.Namespace("ns").id.apply(lambda _id: 1 / 0)

print(run(program).outputs)
try:
    run(failing)
except ZeroDivisionError as error:
    print(error)
"""


def test_a_plain_script_runs_without_a_word_on_stderr(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)

    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert (done.stdout, done.stderr) == ("{'name': 'ray'}\ndivision by zero\n", "")


def test_the_fixture_runs_a_test_in_both_modes(preview: bool) -> None:
    def program() -> None:
        pulumi.export("id", pulumi.ComponentResource("acme:index:Room", "room").urn)
        pulumi.export("preview", pulumi.runtime.is_dry_run())

    assert run(program, preview=preview).outputs["preview"] is preview


def test_a_component_has_its_urn_in_a_preview_too() -> None:
    def program() -> None:
        pulumi.export("urn", pulumi.ComponentResource("acme:index:Room", "room").urn)

    recorded = run(program, preview=True)

    assert recorded.outputs["urn"] is not UNKNOWN
    assert recorded.outputs == {"urn": recorded.one().urn}
