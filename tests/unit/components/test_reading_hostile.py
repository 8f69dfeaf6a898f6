"""Whatever stands anywhere in an object, reading it ends in a spec or in refusals, never in a traceback."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import cycle
from typing import Any

import pytest
from ray_builders import cluster_manifest, job_manifest, schedule_manifest, service_manifest
from rayform.components.ray.reading import KINDS, differences, reading

OBJECTS = {
    "RayCluster": cluster_manifest(),
    "RayJob": job_manifest(),
    "RayService": service_manifest(),
    "RayCronJob": schedule_manifest(),
}
JUNK: list[Any] = [0, 1.5, True, "x", [[]], {"name": []}, [{"name": {}}], None, [{"name": "a"}, {"name": "a"}]]


def places(part: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for step, value in inner:
        yield (*place, step)
        yield from places(value, (*place, step))


def with_junk(manifest: dict[str, Any], place: tuple[str | int, ...], junk: Any) -> dict[str, Any]:
    copy = deepcopy(manifest)
    here: Any = copy
    for step in place[:-1]:
        here = here[step]
    here[place[-1]] = junk
    return copy


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("start", [0, 4])
def test_junk_anywhere_is_read_or_refused(kind: str, start: int) -> None:
    junk = cycle(JUNK[start:] + JUNK[:start])
    for place, value in zip(places(OBJECTS[kind]), junk, strict=False):
        manifest = with_junk(OBJECTS[kind], place, value)
        spec, _, unsaid = reading(manifest)
        assert bool(unsaid) is (spec is None)
        if spec is not None:
            written = KINDS[kind].write("", spec)["spec"]
            assert list(differences({"spec": manifest["spec"]}, {"spec": written})) == []


@pytest.mark.parametrize("name", ["metadata", "spec"])
def test_an_object_has_fields(name: str) -> None:
    found = reading(cluster_manifest() | {name: "x"}).unsaid

    assert [str(each.refusal) for each in found] == [
        f"{name}: something else than fields asked, it has fields; write them"
    ]
