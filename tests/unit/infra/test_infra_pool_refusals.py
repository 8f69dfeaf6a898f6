"""Pools, described: places, shares, labels and names that cannot be."""

import pytest
from pool_specs import gpu_pool, pool, said
from rayform.infra import RefusedError, Taint
from rayform.infra.pools import PoolSpec


@pytest.mark.parametrize(
    ("spec", "refused"),
    [
        (
            gpu_pool("p5.48xlarge", efa=True),
            [
                (
                    "zones: all zones asked, EFA traffic stays within a zone; "
                    "name one zone, such as the reservation's or the one with most capacity"
                )
            ],
        ),
        (
            gpu_pool("p5.48xlarge", efa=True, zones=["us-east-1a", "us-east-1b"]),
            [
                (
                    "zones: 2 zones asked, EFA traffic stays within a zone; "
                    "name one zone, such as the reservation's or the one with most capacity"
                )
            ],
        ),
        (
            gpu_pool(placement_group=True),
            [
                (
                    "zones: all zones asked, a placement group is in one zone; "
                    "name one zone, such as the reservation's or the one with most capacity"
                )
            ],
        ),
        (
            pool(zones=["us-east-1a", "us-east-1a"]),
            ["zones[1]: us-east-1a asked twice, once is enough; remove it"],
        ),
        (
            pool(capacity="reserved", reservation_id="cr-1"),
            [
                (
                    "zones: all zones asked, capacity reserved is reserved in one zone; "
                    "name one zone, such as the reservation's or the one with most capacity"
                )
            ],
        ),
        (
            gpu_pool("g5.xlarge", efa=True, zones=["us-east-1a"]),
            ["efa: True asked, g5.xlarge has no EFA interface; set it False, or choose a type that has"],
        ),
        (
            gpu_pool("p5.48xlarge p5en.48xlarge", efa=True, zones=["us-east-1a"]),
            [
                (
                    "instance_types: p5en.48xlarge asked beside p5.48xlarge, its GPUs are H200 of "
                    "144384 MiB, p5.48xlarge "
                    "has H100 of 81920 MiB; make two pools of them"
                ),
                (
                    "efa: True asked, the types have different numbers of interfaces: p5.48xlarge "
                    "has 32, p5en.48xlarge "
                    "has 16; make a pool of each"
                ),
            ],
        ),
        (
            gpu_pool(placement_group=True, capacity="reserved", reservation_id="cr-1", zones=["us-east-1a"]),
            [
                (
                    "placement_group: True asked, capacity reserved has a place of its own, and a "
                    "group beside it finds no "
                    "capacity; leave it out"
                )
            ],
        ),
    ],
)
def test_places_that_exclude_each_other_are_refused(spec: PoolSpec, refused: list[str]) -> None:
    assert said(spec) == refused


@pytest.mark.parametrize(
    ("spec", "refused"),
    [
        (
            gpu_pool("p4d.24xlarge", ami="bottlerocket", mig_profile="1g.5gb", time_slices=2),
            ["time_slices: 2 asked, the GPUs are cut into 1g.5gb already; share in turns or in parts, not both"],
        ),
        (
            gpu_pool("g6f.large", time_slices=2),
            ["time_slices: 2 asked, g6f.large has a share of a GPU already; leave it out, or choose a whole GPU"],
        ),
        (
            gpu_pool("p4d.24xlarge", mig_profile="1g.5gb"),
            ['mig_profile: 1g.5gb asked, al2023 nodes do not cut GPUs up when they start; set ami="bottlerocket"'],
        ),
        (
            gpu_pool(ami="bottlerocket", mig_profile="1g.5gb"),
            [
                (
                    "mig_profile: 1g.5gb asked, the A10G of g5.12xlarge cannot be cut up; "
                    "set time_slices, or choose a type with A100 or newer"
                )
            ],
        ),
        (
            gpu_pool("p4d.24xlarge", ami="bottlerocket", mig_profile="1g.99gb"),
            [
                (
                    "mig_profile: 1g.99gb asked, the A100 of p4d.24xlarge is cut into 1g.5gb, "
                    "1g.10gb, 2g.10gb, 3g.20gb, "
                    "7g.40gb; choose one of these"
                )
            ],
        ),
    ],
)
def test_gpus_that_cannot_be_shared_so_are_refused(spec: PoolSpec, refused: list[str]) -> None:
    assert said(spec) == refused


@pytest.mark.parametrize(
    ("spec", "refused"),
    [
        (
            pool(labels={"eks.amazonaws.com/x": "y"}),
            [
                (
                    "labels[eks.amazonaws.com/x]: asked, labels of eks.amazonaws.com are written by others; "
                    "choose a domain of your own"
                )
            ],
        ),
        (
            pool(labels={"a b": "c d"}),
            [
                (
                    "labels[a b]: asked, it is no label key; use at most 63 letters, digits, "
                    "dashes, dots and underscores "
                    "after an optional domain/"
                ),
                (
                    "labels[a b]: 'c d' asked, it is no label value; "
                    "use at most 63 letters, digits, dashes, dots and underscores"
                ),
            ],
        ),
        (
            pool(labels={f"key{number}": "" for number in range(47)}),
            ["labels: 47 asked, EKS takes 50, and the pool sets up to 4; remove some"],
        ),
        (
            pool(taints=[Taint(key="a", value="1"), Taint(key="a", value="2")]),
            ["taints[1]: a asked twice for NoSchedule, a node has one taint of a key and effect; remove one"],
        ),
    ],
)
def test_labels_and_taints_that_nobody_takes_are_refused(spec: PoolSpec, refused: list[str]) -> None:
    assert said(spec) == refused


@pytest.mark.parametrize(
    ("tags", "refused"),
    [
        ({"team": "ml", "cost centre": "a/b+c=d:e@f._-"}, []),
        (
            {"": "", "a!": "b" * 257, "Name": "mine"},
            [
                "tags[]: asked, keys of tags are 1 to 128 letters, digits, spaces and _.:/=+-@; shorten or rename it",
                "tags[a!]: asked, keys of tags are 1 to 128 letters, digits, spaces and _.:/=+-@; shorten or rename it",
                (
                    "tags[a!]: asked, values of tags are at most 256 letters, digits, spaces and _.:/=+-@; "
                    "shorten or reword it"
                ),
                "tags[Name]: asked, each resource has one of its own by that key; take it out",
            ],
        ),
        ({"AWS:x": ""}, ["tags[AWS:x]: asked, keys that begin with aws: are AWS's own; rename it"]),
        (
            {f"key{number}": "" for number in range(48)},
            ["tags: 48 asked, AWS takes 50 of a resource, and 3 are set here; remove some"],
        ),
    ],
)
def test_tags_that_some_service_refuses_are_refused(tags: dict[str, str], refused: list[str]) -> None:
    assert said(pool(tags=tags)) == refused


def test_a_name_that_is_too_long_is_refused() -> None:
    assert said(pool(), "a" * 41) == [
        (
            f"name: '{'a' * 41}' asked, EKS and labels take at most 63 characters, 23 of them for "
            f"what the pool adds; "
            "use at most 40 lower case letters, digits and dashes, a letter first"
        )
    ]


def test_all_reasons_are_told_at_once() -> None:
    assert len(said(gpu_pool("m6i.large", min_nodes=9, nvme=True, labels={"k8s.io/a": "b"}))) == 4


def test_shapes_are_refused_by_field() -> None:
    with pytest.raises(RefusedError) as refused:
        gpu_pool(max_nodes=0, root_gib=10, time_slices=1, colour="red", capacity="Spot")

    assert [str(each) for each in refused.value.refusals] == [
        "max_nodes: 0 asked, it is 1 or more; raise it",
        "capacity: 'Spot' asked, it is 'on_demand', 'spot', 'reserved' or 'capacity_block'; did you mean 'spot'?",
        "root_gib: 10 asked, it is 40 or more; raise it",
        "time_slices: 1 asked, it is 2 or more; raise it",
        "colour: asked, there is no such field; take it out",
    ]
