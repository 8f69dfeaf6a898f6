"""Names as Kubernetes takes them."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from rayform.spec.names import EnvName, Label, LabelKey, LabelValue, Name, Subdomain

GOOD: list[tuple[Any, str]] = [
    (Name, "train"),
    (Name, "a" * 63),
    (Label, "4-gpus"),
    (Subdomain, "ray.example.com"),
    (Subdomain, "a" * 253),
    (LabelKey, "team"),
    (LabelKey, "ray.io/Cluster_1.x"),
    (LabelKey, "ray.io/" + "a" * 63),
    (LabelValue, ""),
    (LabelValue, "A_b.c-1"),
    (EnvName, "HF_TOKEN"),
    (EnvName, "-.x"),
]
BAD: list[tuple[Any, str, str]] = [
    (Name, "4-gpus", "use at most 63 lower case letters, digits and dashes, a letter first"),
    (Name, "train-", "use at most 63 lower case letters, digits and dashes, a letter first"),
    (Name, "a" * 64, "use at most 63 lower case letters, digits and dashes, a letter first"),
    (Label, "GPU", "use at most 63 lower case letters, digits and dashes"),
    (Label, "a.b", "use at most 63 lower case letters, digits and dashes"),
    (Subdomain, "a..b", "use at most 253 lower case letters, digits, dashes and dots"),
    (Subdomain, "a" * 254, "use at most 253 lower case letters, digits, dashes and dots"),
    (LabelKey, "/x", "use at most 63 letters, digits, dashes, dots and underscores after an optional domain/"),
    (LabelKey, "A.io/x", "use at most 63 letters, digits, dashes, dots and underscores after an optional domain/"),
    (LabelKey, "-x", "use at most 63 letters, digits, dashes, dots and underscores after an optional domain/"),
    (LabelValue, "a b", "use at most 63 letters, digits, dashes, dots and underscores, or nothing"),
    (LabelValue, "a" * 64, "use at most 63 letters, digits, dashes, dots and underscores, or nothing"),
    (EnvName, "1ST", "use letters, digits, dashes, dots and underscores, no digit first"),
]


@pytest.mark.parametrize(("kind", "text"), GOOD)
def test_a_good_name_is_kept(kind: Any, text: str) -> None:
    assert TypeAdapter(kind).validate_python(text) == text


@pytest.mark.parametrize(("kind", "text", "rule"), BAD)
def test_a_bad_name_is_refused_with_the_rule(kind: Any, text: str, rule: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)

    assert caught.value.errors()[0]["msg"] == f"Value error, {text!r} asked, it is no such name; {rule}"
