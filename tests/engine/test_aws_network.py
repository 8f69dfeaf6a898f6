"""A network by the real engine on simulated AWS, from nothing to nothing."""

import pytest
from cloud_room import NETWORK, Cloud
from provider_room import Stack

pytestmark = pytest.mark.engine


def test_a_network_comes_stays_and_goes(cloud: Cloud, aws_stack: Stack) -> None:
    before = cloud.left()
    previewed, made = aws_stack.preview(NETWORK), aws_stack.up(NETWORK)
    again, refreshed = aws_stack.up(NETWORK), aws_stack.refresh()

    assert (previewed.code, made.code, again.code, refreshed.code) == (0, 0, 0, 0), made.text
    assert previewed.steps == {name: ["create"] * len(steps) for name, steps in made.steps.items()}
    assert (again.steps, refreshed.drift) == ({}, {})
    gone = aws_stack.destroy()
    assert gone.code == 0, gone.text
    assert cloud.left() == before
