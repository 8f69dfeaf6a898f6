"""Files as people have them: many objects, lists, JSON, standard input."""

import pytest
from rayform.components.documents import ComposerError, Document, DocumentError, Limits, documents, parsed

CLUSTER = """\
apiVersion: ray.io/v1
kind: RayCluster
metadata:
  name: train
  annotations:
    ray.io/ft-enabled: "true"
spec:
  workerGroupSpecs:
  - groupName: cpu
    replicas: 1
  - groupName: gpu
    replicas: 2
"""


def only(text: str | bytes) -> Document:
    (document,) = documents("f.yaml", text.encode() if isinstance(text, str) else text)
    return document


def test_every_document_of_a_file_is_an_object_with_its_first_line() -> None:
    found = documents("f.yaml", f"---\n{CLUSTER}---\n# nothing\n---\n{CLUSTER}".encode())
    assert [(document.line, document.kind, document.name) for document in found] == [
        (2, "RayCluster", "train"),
        (17, "RayCluster", "train"),
    ]


def test_the_items_of_a_list_are_objects_of_their_own() -> None:
    text = """\
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
- apiVersion: v1
  kind: List
  items:
  - apiVersion: v1
    kind: Secret
"""
    found = documents("f.yaml", text.encode())
    assert [(document.line, document.kind, document.name) for document in found] == [
        (4, "ConfigMap", "a"),
        (8, "Secret", ""),
    ]


def test_an_object_without_a_name_is_known_by_what_its_name_will_start_with() -> None:
    assert only("apiVersion: v1\nkind: X\nmetadata: {generateName: train-}\n").name == "train-"


@pytest.mark.parametrize("metadata", ["", "[]", "{name: 5}"])
def test_an_object_may_be_without_any_name(metadata: str) -> None:
    assert only(f"apiVersion: v1\nkind: X\nmetadata: {metadata}\n").name == ""


def test_a_list_without_items_is_empty() -> None:
    assert documents("f.yaml", b"apiVersion: ray.io/v1\nkind: RayJobList\nitems:\n") == ()


def test_an_empty_file_has_no_objects() -> None:
    assert documents("f.yaml", b"") == ()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("metadata", "name"), 4),
        (("metadata", "annotations", "ray.io/ft-enabled"), 6),
        (("spec", "workerGroupSpecs", 1, "replicas"), 12),
        (("spec", "workerGroupSpecs", 1, "minReplicas"), 11),
        (("spec", "workerGroupSpecs", 2, "replicas"), 8),
        (("spec", "workerGroupSpecs", "gpu"), 8),
        (("spec", "headGroupSpec", "template"), 7),
        (("status",), 1),
        (("metadata", "name", "of", "the", "game"), 4),
        ((), 1),
    ],
)
def test_a_path_is_found_on_its_line_or_on_that_of_its_nearest_part(path: tuple[str | int, ...], line: int) -> None:
    assert only(CLUSTER).line_of(path) == line


def test_merged_and_repeated_values_are_found_where_they_are_written() -> None:
    text = """\
apiVersion: v1
kind: X
base: &base
  cpu: 1
  memory: 2
spec:
  <<: *base
  memory: 3
again: *base
"""
    document = only(text)
    assert document.value["spec"] == {"cpu": 1, "memory": 3}
    paths = (["spec", "cpu"], ["spec", "memory"], ["again"], ["again", "cpu"])
    assert [document.line_of(path) for path in paths] == [4, 8, 9, 4]


def test_the_first_of_several_merged_mappings_wins() -> None:
    document = only("apiVersion: v1\nkind: X\nspec:\n  <<: [{a: 1}, {a: 2, b: 3}]\n")
    assert document.value["spec"] == {"a": 1, "b": 3}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert only('apiVersion: v1\nkind: X\nspec: {"<<": 1}\n').value["spec"] == {"<<": 1}


def test_json_is_read_with_lines_tabs_and_surrogate_pairs() -> None:
    document = only(
        '{"apiVersion":"v1",\n\t"kind":"X",\n\t"metadata":{"name":"\\ud83d\\ude00",\n\t"a":"\\\\ud83d\\\\ude00"}}'
    )
    assert document.value["metadata"] == {"name": "\U0001f600", "a": "\\ud83d\\ude00"}
    assert document.line_of(["metadata", "a"]) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_common_editors_are_read(encoding: str) -> None:
    assert only("apiVersion: v1\nkind: Ünder\n".encode(encoding)).kind == "Ünder"


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(DocumentError) as refused:
        documents("f.yaml", b" " * (16 * 2**20 + 1))
    assert str(refused.value) == "f.yaml:1: larger than 16 MiB; split it into smaller files"


def test_a_document_carries_its_place_in_errors() -> None:
    with pytest.raises(DocumentError) as refused:
        documents("f.yaml", b"apiVersion: v1\nkind: X\nspec: [1, 2, 3]\n", Limits(values=6))
    assert str(refused.value) == "f.yaml:3: more than 6 values, aliases counted in full; split the file"
    assert (refused.value.file, refused.value.line) == ("f.yaml", 3)


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("a: [1, yes]", {"a": [1, True]}), ("5", 5), ("--- a\n--- b", "a")]
)
def test_a_text_of_one_value_is_read_alike(text: str, value: object) -> None:
    assert parsed(text, Limits()) == value


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: c: d", 2, "not YAML or JSON, mapping values are not allowed in this context; mend it"),
        ("a: 1\na: 2", 2, "the key 'a' is there twice, first on line 1; keep one"),
        ("[[[]]]", 1, "more than 2 levels within each other; no Kubernetes object has so many"),
    ],
)
def test_a_text_of_one_value_is_refused_alike(text: str, line: int, problem: str) -> None:
    with pytest.raises(ComposerError) as refused:
        parsed(text, Limits(depth=2))
    assert (refused.value.line, refused.value.problem, str(refused.value)) == (line, problem, problem)
