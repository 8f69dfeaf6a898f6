"""The wheel is the product: what is in it, and that it works alone."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from house import PACKAGES, PYPROJECT, ROOMS, ROOT, files, shown

VERSION = PYPROJECT["project"]["version"]
UV = next(iter(shutil.which("uv", path=path) for path in (str(Path(sys.executable).parent), None)), None) or "uv"
LIBRARIES = {"PyYAML", "hpack", "lightkube", "pulumi", "pulumi-aws", "pulumi-kubernetes", "pydantic"}
"""What installing rayform brings along; a new one is a decision, written here and in pyproject.toml."""

STAYS: dict[str, str] = {
    "stacks/Pulumi.*.yaml": "the configuration of this checkout's stacks",
}
"""Files of the rooms that are not shipped, each with its reason."""


def done(*command: object, cwd: Path) -> str:
    """What a command prints; all of it when it fails."""
    # What this interpreter is told to import from must not help the wheel.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    words = [str(word) for word in command]
    ended = subprocess.run(words, cwd=cwd, env=alone, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{' '.join(map(str, command))}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: a build beside the sources would break an editable installation of them."""
    copy = tmp_path_factory.mktemp("sources")
    for file in files(*ROOMS, "pyproject.toml", "README.md", "LICENSE"):
        target = copy / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", copy / "dist", copy, cwd=copy)
    (built,) = (copy / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def contents(wheel: Path) -> set[str]:
    """Names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def environment(folder: Path, requirement: str) -> Path:
    """A new environment with nothing but the requirement and what it brings, at the pinned versions."""
    done(UV, "venv", "--quiet", "--python", sys.executable, folder / "venv", cwd=folder)
    install = [
        UV,
        "pip",
        "install",
        "--quiet",
        "--python",
        folder / "venv",
        "--constraints",
        ROOT / "requirements/dev.txt",
    ]
    # `make setup` has left every pinned wheel in uv's cache; only where that was cleared is the network asked.
    offline = subprocess.run([*map(str, install), "--offline", requirement], capture_output=True, check=False)
    if offline.returncode:
        done(*install, requirement, cwd=folder)
    return folder / "venv" / "bin"


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Programs of an environment with rayform."""
    return environment(tmp_path_factory.mktemp("alone"), str(wheel))


@pytest.fixture(scope="module")
def with_lab(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Programs of an environment with rayform and what the lab needs besides."""
    return environment(tmp_path_factory.mktemp("lab"), f"{wheel}[lab]")


def test_the_wheel_has_one_top_level_name(contents: set[str]) -> None:
    assert {name.split("/")[0] for name in contents} == {"rayform", f"rayform-{VERSION}.dist-info"}


def test_every_file_of_the_rooms_is_in_the_wheel_and_nothing_else(contents: set[str]) -> None:
    rooms = [file.relative_to(ROOT) for file in files(*ROOMS)]
    expected = {f"rayform/{file}" for file in rooms if not any(file.match(pattern) for pattern in STAYS)}
    shipped = {name for name in contents if name.startswith("rayform/")}

    assert sorted(expected - shipped) == [], (
        "in the tree but not in the wheel: add the package or its data to pyproject"
    )
    assert sorted(shipped - expected) == [], "in the wheel but not in the tree"


def test_the_list_of_packages_is_the_tree() -> None:
    packages = {file.parent for file in files(*ROOMS) if file.name == "__init__.py"}

    assert sorted(PACKAGES) == sorted("rayform." + shown(folder).replace("/", ".") for folder in packages)


def test_the_licence_travels_along(contents: set[str]) -> None:
    assert f"rayform-{VERSION}.dist-info/licenses/LICENSE" in contents


def test_rayform_brings_few_libraries_along() -> None:
    asked = {requirement.split(">")[0] for requirement in PYPROJECT["project"]["dependencies"]}

    assert asked == LIBRARIES


@pytest.mark.parametrize("room", sorted(ROOMS.values()))
def test_every_room_is_imported_from_the_wheel_alone(room: str, alone: Path, tmp_path: Path) -> None:
    code = f"import {room} as room; print(room.__file__)"

    assert str(alone.parent) in done(alone / "python", "-I", "-W", "error", "-c", code, cwd=tmp_path)


def test_every_package_is_imported_with_the_extra_of_the_lab(with_lab: Path, tmp_path: Path) -> None:
    code = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"

    done(with_lab / "python", "-I", "-W", "error", "-c", code, *PACKAGES, cwd=tmp_path)


def test_the_command_works_from_the_wheel_alone(alone: Path, tmp_path: Path) -> None:
    assert done(alone / "rayform", "--help", cwd=tmp_path).startswith("usage: rayform")


def test_the_wheel_knows_its_version(alone: Path, tmp_path: Path) -> None:
    code = "from importlib.metadata import version; print(version('rayform'))"

    assert done(alone / "python", "-I", "-c", code, cwd=tmp_path).strip() == VERSION
