"""Files that are malformed, hostile or no Kubernetes objects: refused at a line, within bounds."""

import pytest
from rayform.components.documents import DocumentError, documents

HEAD = "apiVersion: v1\nkind: X\n"
LAUGHS = f"{HEAD}a: &a [{', '.join(['lol'] * 10)}]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
REPEATED = f"{HEAD}a: &a {'x' * 1_000_000}\nb: [{', '.join(['*a'] * 100)}]\n"
TOWER = f"{HEAD}a: &a {'[' * 40}{']' * 40}\nb: &b {'[' * 40}*a{']' * 40}\nc: {'[' * 20}*b{']' * 20}\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (LAUGHS, "8: more than 500,000 values, aliases counted in full; split the file"),
        (REPEATED, "4: more than 33,554,432 characters, aliases counted in full; split the file"),
        ("- a\n" * 600_000, "500000: more than 500,000 values, aliases counted in full; split the file"),
        ("[" * 1_000_000, "1: more than 100 levels within each other; no Kubernetes object has so many"),
        ("{a: " * 200_000, "1: more than 100 levels within each other; no Kubernetes object has so many"),
        ("- " * 200_000, "1: more than 100 levels within each other; no Kubernetes object has so many"),
        (
            "".join(f"{' ' * depth}a:\n" for depth in range(500)),
            "101: more than 100 levels within each other; no Kubernetes object has so many",
        ),
        (TOWER, "5: more than 100 levels within each other; no Kubernetes object has so many"),
    ],
    ids=["laughs", "repeated text", "many", "sequences", "mappings", "dashes", "indented", "tower"],
)
def test_too_much_is_refused_where_it_becomes_too_much(text: str, problem: str) -> None:
    assert refusal(text) == f"f.yaml:{problem}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HEAD}a: &a [*a]", "3: *a is within what it repeats; write the value out"),
        (f"{HEAD}a: *b", "3: *b repeats an anchor that is not there; write &b"),
        (f"{HEAD}a: &a 1\n---\n{HEAD}b: *a", "7: *a repeats an anchor that is not there; write &a"),
        (
            f"{HEAD}a: !!python/object/apply:os.system [ls]",
            "3: the tag !!python/object/apply:os.system is unknown to Kubernetes; remove it and write the plain value",
        ),
        (f"{HEAD}a: !Ref {{}}", "3: the tag !Ref is unknown to Kubernetes; remove it and write the plain value"),
        (
            f"{HEAD}a: !!binary aGk=",
            "3: the tag !!binary is unknown to Kubernetes; remove it and write the plain value",
        ),
        (f"{HEAD}a: !!int b", "3: 'b' is not what the tag !!int says; remove the tag or mend the value"),
        (f"{HEAD}a: 1\nb: 2\na: 3", "5: the key 'a' is there twice, first on line 3; keep one"),
        (f"{HEAD}a: {{<<: 1}}", "3: << merges mappings, this is none; name an anchor of a mapping"),
        (f"{HEAD}? [a]\n: b", "3: a key must be text; quote it, or mend the indentation"),
        (f"{HEAD}~: b", "3: a key must be text; quote it, or mend the indentation"),
        (f"{HEAD}a: .inf", "3: .inf is no number that JSON can hold; quote it, or write a finite one"),
    ],
)
def test_what_yaml_allows_and_kubernetes_does_not_is_refused(text: str, problem: str) -> None:
    assert refusal(text) == f"f.yaml:{problem}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b: c", "1: not YAML or JSON, mapping values are not allowed in this context; mend it"),
        (f"{HEAD}a:\n\tb: c", "4: not YAML or JSON, found character that cannot start any token; mend it"),
        ('{"a": "b', "1: not YAML or JSON, found unexpected end of stream; mend it"),
        (f"{HEAD}a: \x00", "3: control characters are not allowed; save it as plain text"),
        (f"{HEAD}a: {{{{ .Values.a }}}}", "3: a template, not yet YAML; render it first (helm template)"),
        (f"{HEAD}{{{{- if .x }}}}\na: b\n", "4: a template, not yet YAML; render it first (helm template)"),
        ("{{- if .x }}\na: b\n{{- end }}", "1: a template, not yet YAML; render it first (helm template)"),
    ],
)
def test_what_is_not_yaml_says_where_it_stops_being_so(text: str, problem: str) -> None:
    assert refusal(text) == f"f.yaml:{problem}"


def test_bytes_that_are_no_text_are_refused_at_their_line() -> None:
    with pytest.raises(DocumentError) as refused:
        documents("f.yaml", b"a: 1\nb: \xff\n")
    assert str(refused.value) == "f.yaml:2: not UTF-8 text; name a YAML or JSON file"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- 1", "1: a sequence, not an object; write apiVersion, kind, metadata"),
        ("\nhello", "2: the text 'hello', not an object; write apiVersion, kind, metadata"),
        ("5", "1: a scalar, not an object; write apiVersion, kind, metadata"),
        ("kind: X", "1: an object without apiVersion; write it, or leave this file out"),
        ("apiVersion: v1\nkind: 5", "2: an object without kind; write it, or leave this file out"),
        ("apiVersion: v1\nkind: List\nitems:\n- 1", "4: a scalar, not an object; write apiVersion, kind, metadata"),
    ],
)
def test_what_is_no_object_is_refused(text: str, problem: str) -> None:
    assert refusal(text) == f"f.yaml:{problem}"


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as refused:
        documents("f.yaml", text.encode())
    return str(refused.value)
