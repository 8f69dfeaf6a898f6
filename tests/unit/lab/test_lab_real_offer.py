"""What the real node offers is kept with its lab."""

from pathlib import Path

import pytest
from lab_machine import Spoken
from rayform.lab import Lab, LabError, Nodes, Offer, Taint
from rayform.lab.nodes.offer import keep, kept

ASKED = Offer(gpus=8, gpu_resource="amd.com/gpu", labels={"pool": "a"}, taints=(Taint("gpu", effect="NoExecute"),))


def test_a_new_lab_offers_four_gpus(state: Path) -> None:
    assert kept(state) == Offer(gpus=4, gpu_resource="nvidia.com/gpu")


def test_what_was_asked_is_kept(state: Path) -> None:
    keep(state, ASKED)

    assert kept(state) == ASKED


def test_a_damaged_record_is_as_good_as_none(state: Path) -> None:
    (state / "offer.json").write_text("{")

    assert kept(state) == Offer()


def test_fewer_gpus_than_none_are_refused() -> None:
    with pytest.raises(LabError) as caught:
        Offer(gpus=-1)

    assert str(caught.value) == "Offer: gpus: -1 asked, 0 is the least; give 0 or more"


def test_simulated_nodes_offer_what_their_shapes_say(tmp_path: Path, spoken: Spoken) -> None:
    with pytest.raises(LabError) as caught:
        Lab("some", Nodes.SIMULATED, state_home=tmp_path).offer(Offer(), spoken)

    assert str(caught.value) == (
        "lab some: an offer of the real node asked, it has simulated ones; use 'add_nodes', which takes any shape"
    )


def test_a_lab_that_is_not_up_offers_nothing(tmp_path: Path, spoken: Spoken) -> None:
    with pytest.raises(LabError) as caught:
        Lab("some", Nodes.REAL, state_home=tmp_path).offer(Offer(), spoken)

    assert str(caught.value) == "lab some: is not up; run 'rayform lab up --name some'"
