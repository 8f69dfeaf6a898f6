"""Every field of Ray's own, in every version of the CRDs, can be said by a spec."""

import pytest
from closed_crd import errors_of_newest
from crd_samples import fields_of, paths_in, with_field
from rayform.components.ray.reading import KINDS, reading
from rayform.components.ray.rules.fields import Field

OBJECTS = {"authOptions", "autoscalerOptions", "scaleStrategy", "submitterConfig", "upgradeStrategy"}
"""Objects that say nothing as long as they are empty."""
FIELDS = [(kind, path, field) for kind in KINDS for path, field in fields_of(kind)]


def name(value: object) -> str:
    return ".".join(value) if isinstance(value, tuple) and not isinstance(value, Field) else str(value)


@pytest.mark.parametrize(("kind", "path", "field"), FIELDS, ids=[f"{kind} {name(path)}" for kind, path, _ in FIELDS])
def test_a_field_can_be_said(kind: str, path: tuple[str, ...], field: Field) -> None:
    found = reading(with_field(kind, path, field))
    assert [str(each.refusal) for each in found.unsaid] == []

    written = KINDS[kind].write("a", found.spec)
    assert path in set(paths_in(written["spec"])) or path[-1] in OBJECTS
    assert errors_of_newest(written) == []


def test_there_are_as_many_as_kuberay_has() -> None:
    nested = {"rayClusterSpec", "rayClusterConfig", "jobTemplate"}
    own = {(kind, path) for kind, path, _ in FIELDS if not nested & set(path[:-1])}

    assert len(own) == 140
