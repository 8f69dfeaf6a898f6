"""What the documents promise is there."""

import re
from pathlib import Path

import pytest
from house import PYPROJECT, ROOT, files, shown
from rayform.cli import main
from rayform.components import Head, RayCluster, RayClusterSpec, RefusedError, WorkerGroup
from rayform.components.versions import RAY_DEFAULT
from rayform.lab.testing import run

DOCUMENTS = [file for file in files() if file.suffix == ".md"]
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)(?P<target>[^)#\s]+)")
TARGETS = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def blocks(language: str) -> list[tuple[str, str]]:
    """Code blocks of that language with a name for each."""
    return [
        (f"{shown(file)}-{number}", match["text"])
        for file in DOCUMENTS
        for number, match in enumerate(BLOCK.finditer(file.read_text()), 1)
        if match["language"] == language
    ]


def commands(first: str) -> set[str]:
    """What follows a command's name in console blocks and inline code of all documents."""
    inline = re.compile(rf"`{first} ([^`]*)`")
    consoles = [line for _, text in blocks("console") for line in text.splitlines()]
    shell = [line.removeprefix("$ ").split("#")[0].strip() for line in consoles]
    found = {line.removeprefix(f"{first} ") for line in shell if line.startswith(f"{first} ")}
    return found | {words for file in DOCUMENTS for words in inline.findall(file.read_text())}


@pytest.mark.parametrize(("name", "code"), blocks("python"), ids=[name for name, _ in blocks("python")])
def test_every_python_block_runs(name: str, code: str, tmp_path: Path, *, preview: bool) -> None:
    file = tmp_path / f"{name.replace('/', '_')}.py"
    file.write_text(code)

    run(file, preview=preview)


def test_the_readme_quotes_the_refusal_as_it_is() -> None:
    group = WorkerGroup(name="gpu", cpu=8, memory="64Gi", gpus=2, min_replicas=5, max_replicas=4)
    head = Head(cpu=4, memory="16Gi")
    spec = RayClusterSpec(ray_version=RAY_DEFAULT, head=head, workers=[group], autoscaling=True)

    with pytest.raises(RefusedError) as caught:
        run(lambda: RayCluster("train", spec))

    assert str(caught.value) in [" ".join(text.split()) for _, text in blocks("text")]


def test_every_make_target_that_is_named_exists() -> None:
    named = {word for words in commands("make") for word in words.split() if "=" not in word}

    assert sorted(named - TARGETS) == []
    assert {"up", "test"} <= named


def test_every_target_is_explained_by_make_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    explained = set(re.findall(r"^([a-z0-9-]+):.*##", makefile, re.MULTILINE))

    assert sorted(TARGETS - explained) == []


@pytest.mark.parametrize("words", sorted(commands("rayform")))
def test_every_rayform_command_that_is_named_exists(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    plain = [word for word in words.split() if re.fullmatch(r"[a-z]+", word)]

    with pytest.raises(SystemExit) as ended:
        main([*plain, "--help"])

    assert ended.value.code == 0, capsys.readouterr().err


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{shown(file)}: {match['target']}"
        for file in DOCUMENTS
        for match in LINK.finditer(file.read_text())
        if not (file.parent / match["target"]).exists()
    ]

    assert broken == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text()
    assert "make test" in (ROOT / "README.md").read_text()


def test_the_documents_name_the_python_that_is_required() -> None:
    required = PYPROJECT["project"]["requires-python"].removeprefix(">=")

    assert f"Python ≥ {required}" in (ROOT / "README.md").read_text()
