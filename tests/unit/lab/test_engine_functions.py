"""What the lab's Kubernetes provider answers to programs that bring YAML."""

import pytest
from rayform.lab.engine.kubernetes.functions import DECODE, NoYamlError, called
from rayform.lab.engine.provider.asked import UnsupportedError

TEXT = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: first}
data: {day: 2026-01-31}
---
---
apiVersion: v1
kind: Namespace
metadata: {name: second}
"""


def test_every_document_is_an_object_and_dates_stay_texts() -> None:
    first, second = called(DECODE, {"text": TEXT})["result"]

    assert first["data"] == {"day": "2026-01-31"}
    assert second == {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "second"}}


@pytest.mark.parametrize(
    ("text", "told"),
    [("a: [", "YAML: while parsing"), ("- a", "YAML: a list found, objects are possible; mend it there")],
)
def test_what_holds_no_object_is_refused(text: str, told: str) -> None:
    with pytest.raises(NoYamlError) as caught:
        called(DECODE, {"text": text})

    assert str(caught.value).startswith(told)


def test_another_function_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedError, match="kubernetes:helm:template: the lab's provider has no such function"):
        called("kubernetes:helm:template", {})
