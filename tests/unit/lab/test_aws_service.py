"""Simulated AWS as a process of a lab."""

import os
import signal
from pathlib import Path
from typing import cast

import pytest
from lab_machine import Spoken, until
from rayform.lab import Lab, LabError, Nodes, processes
from rayform.lab.aws import AWS, Control, aws_environment
from rayform.lab.aws.service import SimulatedAwsProcess


@pytest.fixture
def service(state: Path, cache: Path) -> SimulatedAwsProcess:
    del cache
    return SimulatedAwsProcess(state)


def number(state: Path) -> int:
    return cast("int", processes.pid(state, AWS))


def test_it_listens_on_loopback_is_left_alone_and_started_again_empty(
    service: SimulatedAwsProcess, state: Path, spoken: Spoken
) -> None:
    service.up(None, spoken)
    endpoint, first = aws_environment(state)["AWS_ENDPOINT_URL"], number(state)
    service.up(None, spoken)
    assert number(state) == first
    os.kill(first, signal.SIGKILL)
    until(lambda: not processes.alive(state, AWS))
    service.up(None, spoken)

    assert endpoint.startswith("http://127.0.0.1:")
    assert aws_environment(state)["AWS_ENDPOINT_URL"] == endpoint
    assert Control(endpoint).calls() == {}
    remedy = "end the lab with 'rayform lab down' and begin anew, or let 'pulumi refresh' see it"
    gone = f"Simulated AWS had ended, and what it had is gone; {remedy}."
    assert spoken.lines == [*[f"starting simulated AWS at {endpoint}"] * 3, gone]


def test_its_environment_leads_to_no_account(state: Path) -> None:
    (state / "aws-endpoint").write_text("http://127.0.0.1:2")
    environment = aws_environment(state)

    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:2"
    assert not Path(environment["AWS_CONFIG_FILE"]).exists()
    assert not Path(environment["AWS_SHARED_CREDENTIALS_FILE"]).exists()


def test_a_lab_without_it_has_no_environment_for_it(state: Path) -> None:
    with pytest.raises(LabError) as caught:
        aws_environment(state)

    remedy = "run 'rayform lab down --name state', then 'rayform lab up --aws --name state'"
    assert str(caught.value) == f"lab state: simulated AWS asked, there is none; {remedy}"


def test_a_control_that_nobody_answers_says_so() -> None:
    with pytest.raises(LabError, match=r"^aws: http://127.0.0.1:1 does not answer \(.*\); look into"):
        Control("http://127.0.0.1:1").calls()


def test_it_is_not_for_real_nodes(tmp_path: Path, spoken: Spoken) -> None:
    with pytest.raises(LabError) as caught:
        Lab("real", Nodes.REAL, tmp_path, aws=True).up(spoken)

    reason = "simulated AWS asked, its instances are simulated nodes; ask for simulated nodes"
    assert str(caught.value) == f"lab real: {reason}"


@pytest.mark.parametrize("has", ["true", "false"])
def test_a_lab_keeps_what_it_was_made_with(tmp_path: Path, spoken: Spoken, has: str) -> None:
    lab = Lab("made", state_home=tmp_path, aws=has == "false")
    lab.state.mkdir(parents=True)
    (lab.state / "lab.json").write_text(f'{{"nodes": "simulated", "aws": {has}}}')
    with pytest.raises(LabError) as caught:
        lab.up(spoken)

    asked, made = ("without", "with") if has == "true" else ("with", "without")
    down = "run 'rayform lab down --name made' first, or choose another name"
    assert str(caught.value) == f"lab made: asked {asked} simulated AWS, it was made {made} it; {down}"
