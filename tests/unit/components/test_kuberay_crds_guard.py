"""What may not happen to CRDs that objects depend on."""

import pytest
from rayform.components.kuberay.crds.guard import downgrade, refusals
from rayform.components.kuberay.crds.server import Live


def live(version: str | None = None, *stored: str) -> Live:
    return Live(version, stored, {}, "")


def told(version: str, applied: str) -> list[str]:
    return [str(refusal) for refusal in downgrade(version, applied)]


def test_older_crds_do_not_follow_newer_ones() -> None:
    assert told("1.6.2", "1.7.0") == [
        (
            "version: 1.6.2 asked, 1.7.0 is applied, and objects may hold what 1.6.2 would drop; "
            "keep 1.7.0 (crds_version='1.7.0' beside an older operator)"
        )
    ]


def test_crds_that_rayform_does_not_know_yet_are_newer_ones() -> None:
    assert told("1.7.0", "1.10.0")[0].startswith("version: 1.7.0 asked, 1.10.0 is applied, ")


@pytest.mark.parametrize(("version", "applied"), [("1.7.0", "1.6.2"), ("1.6.2", "1.6.2"), ("1.6.0", "1.6.2")])
def test_newer_ones_and_the_very_same_files_follow_freely(version: str, applied: str) -> None:
    assert told(version, applied) == []


def test_the_newest_of_the_crds_in_the_cluster_counts() -> None:
    found = list(refusals("1.6.2", {"a": live("1.6.1"), "b": live("1.7.0"), "c": live()}, {}))

    assert [refusal.possible for refusal in found] == ["1.7.0 is applied, and objects may hold what 1.6.2 would drop"]


def test_a_version_in_which_objects_are_stored_must_stay() -> None:
    crds = {"rayjobs.ray.io": live(None, "v1alpha1", "v1"), "rayclusters.ray.io": live(None, "v1")}
    versions = {key: {"v1"} for key in crds}

    assert [str(refusal) for refusal in refusals("1.7.0", crds, versions)] == [
        (
            "version: rayjobs.ray.io without v1alpha1 asked, objects of it may lie in storage in that form; "
            "write each of them anew, then drop v1alpha1 from the CRD's status.storedVersions"
        )
    ]


def test_every_reason_is_told_at_once() -> None:
    crds = {"rayjobs.ray.io": live("1.7.0", "v1alpha1"), "rayclusters.ray.io": live("1.7.0", "v1alpha1")}

    assert len(list(refusals("1.6.2", crds, {key: {"v1"} for key in crds}))) == 3
