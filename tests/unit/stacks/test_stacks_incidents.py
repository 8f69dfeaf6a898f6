"""Pools as they went wrong for others: each is refused at preview, or warned about, in these words."""

from typing import Any

import pulumi
import pytest
from rayform.lab.testing import Recorded
from stack_programs import changed, deployed

WORKER = "clusters__train__workers__0__"
GPU = {"instance_types": ["p5.48xlarge"], "max_nodes": 2}


def previewed(**changes: Any) -> Recorded:
    return deployed("prod", changed("prod", **changes), preview=True)


@pytest.mark.parametrize(
    ("incident", "changes", "refused"),
    [
        (
            "a worker of 8 GPUs on a node of 4",
            {f"{WORKER}gpus": 8},
            (
                "RayCluster train: workers[steady].gpus: 8 GPUs asked, a g5.12xlarge gives 4; "
                "lower it or choose a larger pool"
            ),
        ),
        (
            "EFA across zones",
            {"ground__gpu_pools__h100": {**GPU, "efa": True, "zones": ["us-east-1a", "us-east-1b"]}},
            (
                "ground.gpu_pools[h100].zones: 2 zones asked, EFA traffic stays within a zone; "
                "name one zone, such as the reservation's or the one with most capacity"
            ),
        ),
        (
            "an image for ARM on x86",
            {f"{WORKER}image": "rayproject/ray:2.60.0-py312-gpu-aarch64"},
            (
                "RayCluster train: workers[steady].image: rayproject/ray:2.60.0-py312-gpu-aarch64 asked for "
                "workers[steady], it is built for arm64, a g5.12xlarge is x86_64; "
                "choose an image for x86_64 or a pool of arm64"
            ),
        ),
        (
            "a network too small for its pools",
            {"ground__network__pod_cidr": None, "ground__network__cidr": "10.20.0.0/23"},
            (
                "ground.network.cidr: 10.20.0.0/23 asked, pools prod-system, heads, a10g, a10g-spot take 1752 "
                "addresses in us-east-1a at their most, 10.20.0.0/26 has 43; "
                'set pod_cidr="100.64.0.0/19", or lower max_nodes of the pools'
            ),
        ),
    ],
)
def test_an_incident_is_refused_at_preview(incident: str, changes: dict[str, Any], refused: str) -> None:
    with pytest.raises(pulumi.RunError) as error:
        previewed(**changes)

    assert str(error.value) == refused, incident


def test_a_head_on_spot_nodes_is_warned_about_at_preview() -> None:
    done = previewed(clusters__train__head__pool="a10g-spot")

    assert [entry.message for entry in done.logs if " head." in entry.message] == [
        (
            "RayCluster train: head.pool: a10g-spot asked, AWS takes spot nodes of pool a10g-spot away with two "
            "minutes' notice, and what it runs is lost with it; choose a pool whose nodes stay"
        )
    ]
