"""The Ray image: whose packages, which wheels, which versions."""

import re
from pathlib import Path

import pytest
from lab_machine import Machine
from rayform.components import versions
from rayform.lab import LabError
from rayform.lab.nodes.images import RAY, mirror, ray, ray_image, wheels

PINS = Path(ray.__file__).with_name("pins")
LISTED = """\
http://mirror/debian/ bookworm main
http://mirror/debian/ bookworm contrib
http://mirror/debian/ bookworm-updates main
http://mirror/security/ bookworm-security main
http://elsewhere/debian/ bookworm main
https://tools/apt stable main
"""


@pytest.fixture
def bookworm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: {"VERSION_CODENAME": "bookworm"})


def test_the_image_has_upstreams_name(bookworm: None) -> None:
    del bookworm

    assert ray_image().reference == f"docker.io/rayproject/ray:{RAY}"


def test_lab_and_components_speak_of_one_version_of_ray() -> None:
    assert RAY == versions.RAY_DEFAULT


def test_a_version_without_pins_is_refused() -> None:
    with pytest.raises(LabError) as caught:
        ray_image("1.0.0")

    assert str(caught.value) == ("ray image: version 1.0.0 asked, wheels are pinned for 2.60.0; ask for one of these")


@pytest.mark.parametrize("pins", sorted(PINS.iterdir()), ids=lambda path: path.name)
def test_wheels_are_pinned_by_hash_and_from_nowhere_in_particular(pins: Path) -> None:
    requirements = [block for block in re.split(r"\n(?=\S)", pins.read_text().strip()) if not block.startswith("#")]

    assert f"ray=={pins.stem.removeprefix('ray-')}" in [block.split()[0] for block in requirements]
    assert [block for block in requirements if not re.match(r"\S+==\S+ \\\n    --hash=sha256:", block)] == []


def test_packages_come_from_where_apt_gets_this_release() -> None:
    assert mirror.chosen(LISTED, "bookworm") == mirror.Mirror("http://mirror/debian/", "bookworm", ("main", "contrib"))
    assert mirror.chosen(LISTED, "trixie") is None


def test_a_list_of_mirrors_is_followed(tmp_path: Path) -> None:
    (tmp_path / "mirrors").write_text("# ours\nhttp://first/debian priority:1\nhttp://second/debian\n")
    found = mirror.chosen(f"mirror+file:{tmp_path}/mirrors/ bookworm main\n", "bookworm")

    assert found
    assert found.url == "http://first/debian"


def test_a_machine_whose_apt_lacks_its_release_is_refused(bookworm: None, machine: Machine) -> None:
    del bookworm
    machine.has("apt-get", "echo https://tools/apt stable main")
    with pytest.raises(LabError) as caught:
        mirror.mirror()

    assert str(caught.value) == (
        "images: apt has no archive of bookworm, the release that this machine runs;"
        " add it to /etc/apt/sources.list.d, run 'apt-get update' and run the command again"
    )


def test_a_machine_without_debian_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.freedesktop_os_release", dict)
    with pytest.raises(LabError) as caught:
        mirror.suite()

    assert str(caught.value) == (
        "images: made of Debian packages, and this machine is no Debian or Ubuntu;"
        " make images on such a machine, or use simulated nodes"
    )


@pytest.mark.parametrize(
    ("configured", "environment"),
    [("address='http://proxy:3142'", {"http_proxy": "http://proxy:3142"}), ("address='DIRECT'", {}), ("", {})],
)
def test_apts_own_proxy_is_used(configured: str, environment: dict[str, str], machine: Machine) -> None:
    machine.has("apt-config", f'echo "{configured}"')

    assert mirror.proxy() == environment


def test_wheels_fit_the_machine_and_its_library() -> None:
    assert wheels.platforms("aarch64", "2.7") == (
        "manylinux_2_7_aarch64",
        "manylinux_2_6_aarch64",
        "manylinux_2_5_aarch64",
        "manylinux2014_aarch64",
        "manylinux2010_aarch64",
        "manylinux1_aarch64",
    )
