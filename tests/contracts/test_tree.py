"""What must not be in the tree."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from house import ROOT, files, modules, shown, tree

BIG = 100_000
"""Bytes above which a file needs a reason to be in the tree."""
BIG_FILES: dict[str, str] = {
    "infra/instances/catalogue.json": "what EC2 offers, a line for each of 1,386 types",
    "lab/nodes/images/pins/ray-2.60.0.txt": "pins with the hash of every wheel",
    "requirements/checkov.txt": "pins with the hash of every wheel",
    "requirements/dev.txt": "pins with the hash of every wheel",
    "tests/unit/policy/told.json": "what is told of every example of the law, word by word",
}
"""Files above :data:`BIG`, each with its reason."""

# Spelled in pieces, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join(
        re.escape("".join(parts))
        for parts in (
            ("pypi", ".org"),
            ("pythonhosted", ".org"),
            ("proxy", ".golang.org"),
            ("sum", ".golang.org"),
            ("registry", ".npmjs.org"),
            ("crates", ".io"),
            ("repo1", ".maven.org"),
            ("deb", ".debian.org"),
        )
    )
)
MACHINE_PATHS = re.compile(
    r"(?<![\w./~}-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me/[a-z]", "fa" + "rm"]) + r")/"
)
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]))
SILENCED = re.compile(
    r"#\s*(?:" + "|".join(["type: ig" + "nore", "no" + "qa", "pyright: ig" + "nore"]) + r")(?P<rest>.*)"
)
REASONED = re.compile(r"(?::\s*|\[)[A-Za-z][\w-]*(?:,\s*[\w-]+)*\]?\s+(?:#\s*)?\S")

TEXTS = [file for file in files() if file.suffix not in {".sum", ".txt"}]


def found(pattern: re.Pattern[str], within: list[Path]) -> list[str]:
    return [
        f"{shown(file)}:{number}: {match.group()}"
        for file in within
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if (match := pattern.search(line))
    ]


def test_no_registry_is_named() -> None:
    assert found(REGISTRIES, list(files())) == [], "the machine's own settings decide where packages come from"


def test_no_path_of_a_machine_is_named() -> None:
    assert found(MACHINE_PATHS, TEXTS) == []


def test_nothing_is_unfinished() -> None:
    assert found(UNFINISHED, list(modules())) == []


def silences_without_reason(line: str) -> bool:
    match = SILENCED.search(line)
    return bool(match and not REASONED.match(match["rest"]))


def test_no_check_is_silenced_without_its_rule_and_a_reason() -> None:
    silenced = [
        f"{shown(file)}:{number}: {line.strip()}"
        for file in modules() + modules("tests", "benchmarks", "examples")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if silences_without_reason(line)
    ]

    assert silenced == []


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("x = 1  # no" + "qa", True),
        ("x = 1  # no" + "qa: S105", True),
        ("x = 1  # no" + "qa: S105, S106", True),
        ("x = 1  # type: ig" + "nore[arg-type]", True),
        ("x = 1  # no" + "qa: S105, S106  the protocol's own constants", False),
        ("x = 1  # type: ig" + "nore[arg-type]  # the stubs lose the type", False),
        ("x = 1  # a comment", False),
    ],
)
def test_a_silenced_check_needs_a_rule_and_a_reason(line: str, *, refused: bool) -> None:
    assert silences_without_reason(line) is refused


def test_no_file_is_big_without_a_reason() -> None:
    big = {shown(file) for file in files() if file.stat().st_size > BIG}

    assert big <= set(BIG_FILES)


def test_upstream_is_fetched_and_never_copied() -> None:
    definitions = [
        shown(file)
        for file in files()
        if file.suffix in {".yaml", ".yml", ".json"} and "CustomResourceDefinition" in file.read_text()
    ]

    assert definitions == []


def test_every_test_module_has_a_name_of_its_own() -> None:
    names = Counter(file.name for file in modules("tests") if file.name != "conftest.py")

    assert [name for name, count in names.items() if count > 1] == [], "pytest imports test modules by their bare name"


@pytest.mark.parametrize("mark", ["skip", "skipif", "xfail", "importorskip"])
def test_no_test_is_skipped(mark: str) -> None:
    skipping = [
        f"{shown(file)}:{node.lineno}"
        for file in modules("tests")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr == mark
    ]

    assert skipping == [], "what cannot run where it is asked to run fails and says why"


def test_no_module_hides_one_of_the_standard_library_or_ray() -> None:
    # A file that runs as a script puts its folder first on the path.
    shadows = [shown(file) for file in modules("tests", "benchmarks") if file.stem in {"ray", "pulumi", "types", "ast"}]

    assert shadows == []


def test_every_room_is_typed_for_its_users() -> None:
    assert [
        room
        for room in ("cli", "components", "fit", "infra", "lab", "stacks")
        if not (ROOT / room / "py.typed").is_file()
    ] == []
