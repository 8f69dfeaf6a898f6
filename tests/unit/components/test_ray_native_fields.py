"""Kubernetes' own fields: the table says what the CRD says, and types of specs see to what they are said to."""

import json
from pathlib import Path

import pytest
from closed_crd import upstream
from hypothesis import given
from ray_strategies import clusters, jobs
from rayform.components.ray.cluster import RayClusterSpec
from rayform.components.ray.job import RayJobSpec
from rayform.components.ray.manifest import Manifest, ray_cluster, ray_job, speaks_kubernetes
from rayform.components.ray.rules import Operator, findings, native
from rayform.components.ray.rules.fields import KINDS
from rayform.components.ray.rules.refresh import content, main
from rayform.components.versions import KUBERAY_DEFAULT

NEWER = {"schedulingGroup", "template.spec"}
"""What KubeRay 1.7 has more of: a pod's group for gang scheduling."""
PLACES = {"egressRules", "ingressRules", "tls"}
"""The places that it has more, and what is within them."""
WITHIN = {"egressRules.ports", "from", "ingressRules.ports", "ipBlock", "podSelector", "to"}
BY_NAME = {"start-flag-unknown"}
"""What a spec may say of which no type knows, because it says so: ``RayStartParams.other``."""
OPERATOR = Operator.assumed("1.7.0")


def test_the_table_is_what_the_crd_says_and_what_is_newer() -> None:
    crd = (upstream(KUBERAY_DEFAULT) / "ray.io_rayclusters.yaml").read_bytes()
    written, table = json.loads(content([crd])), json.loads(native.FILE.read_text())

    assert {name for name in table if table[name] != written.get(name)} == {"", *NEWER, *PLACES, *WITHIN}
    assert set(table[""]) - set(written[""]) == PLACES
    assert set(table["template.spec"]) - set(written["template.spec"]) == {"schedulingGroup"}
    assert [name for name in written if name not in table] == []


@pytest.mark.parametrize("text", [None, "a: 1", "- a", "a: [", ""])
def test_what_is_no_crd_is_refused_and_the_table_stays(
    text: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, file = native.FILE.read_text(), tmp_path / "crd.yaml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(SystemExit):
        main([str(file)])

    assert "each is the CRD of a RayCluster; name files" in capsys.readouterr().err
    assert native.FILE.read_text() == before


@pytest.mark.parametrize("kind", KINDS)
def test_no_place_is_left_out_for_which_the_table_has_fields(kind: str) -> None:
    assert native.whole(kind).below.keys() == KINDS[kind].keys()


def test_what_a_field_may_be_is_told_of_fields_that_there_are() -> None:
    table = json.loads(native.FILE.read_text())
    places = {f"{name}.{field}" for name, known in table.items() for field in known}

    assert [place for place in native._WORDS if place not in places] == []


def beyond_types(manifest: Manifest) -> set[str]:
    """The rules that only an object without types would be asked, and that this one breaks."""
    broken = {each.rule.id for each in findings(manifest, OPERATOR)}
    return broken - {each.rule.id for each in findings(manifest, OPERATOR, native=False)} - BY_NAME


@given(clusters())
def test_types_of_a_cluster_see_to_what_they_are_said_to(spec: RayClusterSpec) -> None:
    assert speaks_kubernetes(spec) or beyond_types(ray_cluster("train", spec)) == set()


@given(jobs())
def test_types_of_a_job_see_to_what_they_are_said_to(spec: RayJobSpec) -> None:
    assert speaks_kubernetes(spec) or beyond_types(ray_job("nightly", spec)) == set()
