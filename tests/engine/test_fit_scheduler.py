"""What rayform says of a pod and a node is what the real kube-scheduler does with them."""

import pytest
from rayform.lab import Lab
from scheduler_judge import Agreement, compare

pytestmark = pytest.mark.engine


def test_the_scheduler_agrees_on_what_fits_and_what_does_not(shared_lab: Lab) -> None:
    agreement = Agreement()

    compare(shared_lab, seed=20, types=16, per_type=10, agreement=agreement)

    assert agreement.disagreed == []
    assert agreement.fitted > 30
    assert agreement.refused > 30
