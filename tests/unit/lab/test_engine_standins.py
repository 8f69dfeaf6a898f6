"""Which companions of the engine are official, and what stands in for the others."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import Lab
from rayform.lab.engine import environment as module
from rayform.lab.engine.environment import engine_environment
from rayform.lab.engine.standins import Standin, standins, write_plugins
from rayform.lab.paths import write_private

KUBECONFIG = "clusters: [{name: k, cluster: {server: 'https://10.9.8.7:1'}}]"


@pytest.fixture
def pulumi(machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with nothing of Pulumi but its command, and the SDK's scripts in a folder."""
    companions = importlib.import_module("rayform.lab.engine.standins")
    monkeypatch.setattr(companions, "module_dir", lambda *_: tmp_path / "sdk")
    monkeypatch.setattr(companions.importlib.metadata, "version", lambda _: "4.34.2")
    machine.has("pulumi", "")
    return machine.folder / "pulumi"


def official(found: tuple[Standin, ...]) -> dict[str, Path | None]:
    return {each.name: each.official for each in found}


def test_what_is_not_installed_is_stood_in_for(pulumi: Path, tmp_path: Path) -> None:
    assert official(standins(pulumi, tmp_path / "none")) == {
        "pulumi-language-python": None,
        "pulumi-resource-pulumi-python": None,
        "pulumi-resource-kubernetes": None,
        "pulumi-resource-aws": None,
    }


def test_what_lies_beside_the_engine_is_official(pulumi: Path, machine: Machine, tmp_path: Path) -> None:
    machine.has("pulumi-language-python", "")
    found = official(standins(pulumi, tmp_path / "none"))

    assert found["pulumi-language-python"] == machine.folder / "pulumi-language-python"


@pytest.mark.parametrize(
    ("versions", "chosen"),
    [(["4.34.1"], None), (["5.0.0"], None), (["4.34.2", "4.100.0", "4.35.0"], "4.100.0"), (["4.34.2-alpha"], None)],
)
def test_an_installed_provider_is_official_unless_it_is_older_than_the_sdk(
    pulumi: Path, tmp_path: Path, versions: list[str], chosen: str | None
) -> None:
    for version in versions:
        (tmp_path / f"resource-kubernetes-v{version}").mkdir()
    found = official(standins(pulumi, tmp_path))["pulumi-resource-kubernetes"]

    expected = chosen and tmp_path / f"resource-kubernetes-v{chosen}" / "pulumi-resource-kubernetes"
    assert found == expected


def test_shims_lie_where_the_engine_looks_for_plugins(pulumi: Path, tmp_path: Path, spoken: Spoken) -> None:
    home, none = tmp_path / "home", tmp_path / "none"
    write_plugins(home, standins(pulumi, none), none, spoken)
    shims = {path.parent.name: path for path in home.glob("plugins/*/pulumi-*")}

    assert sorted(shims) == [
        "language-python-v3.259.0",
        "resource-aws-v4.34.2",
        "resource-kubernetes-v4.34.2",
        "resource-pulumi-python-v3.259.0",
    ]
    assert all(os.access(path, os.X_OK) for path in shims.values())
    assert shims["resource-kubernetes-v4.34.2"].read_text().endswith('-P -m rayform.lab.engine.kubernetes "$@"\n')
    assert "sdk/python/dist/" in shims["resource-pulumi-python-v3.259.0"].read_text()


def test_what_the_user_installed_is_there_too_and_what_is_stale_goes(
    pulumi: Path, tmp_path: Path, spoken: Spoken
) -> None:
    home, installed = tmp_path / "home", tmp_path / "installed"
    (installed / "resource-aws-v7.0.0").mkdir(parents=True)
    (installed / "resource-aws-v7.0.0.lock").touch()
    write_plugins(home, standins(pulumi, installed), installed, spoken)
    (installed / "resource-kubernetes-v4.34.2").mkdir()
    (installed / "resource-aws-v7.0.0").rmdir()
    write_plugins(home, standins(pulumi, installed), installed, spoken)

    assert (home / "plugins" / "resource-kubernetes-v4.34.2").is_symlink()
    assert "resource-aws-v7.0.0" not in [path.name for path in (home / "plugins").iterdir()]


def test_the_shim_of_the_host_says_where_the_executor_is(pulumi: Path, tmp_path: Path, spoken: Spoken) -> None:
    none = tmp_path / "none"
    write_plugins(tmp_path, standins(pulumi, none), none, spoken)
    shim = (tmp_path / "plugins" / "language-python-v3.259.0" / "pulumi-language-python").read_text()
    told = subprocess.run(
        ["/bin/sh", "-c", shim.replace("exec ", "env; : ")], capture_output=True, text=True, check=True
    ).stdout

    assert f"RAYFORM_PYTHON_EXECUTOR={tmp_path}/sdk/python/cmd/pulumi-language-python-exec" in told.splitlines()


def test_the_shim_of_the_dynamic_provider_ends_with_an_engine_that_is_killed(
    pulumi: Path, tmp_path: Path, spoken: Spoken
) -> None:
    none, script = tmp_path / "none", tmp_path / "sdk" / "python" / "dist" / "pulumi-resource-pulumi-python"
    write_private(script, "sleep 1000 & echo served; wait")
    write_plugins(tmp_path, standins(pulumi, none), none, spoken)
    shim = tmp_path / "plugins" / "resource-pulumi-python-v3.259.0" / script.name
    engine = [sys.executable, "-c", f"import subprocess as s; s.run(['{shim}'], process_group=0)"]
    with subprocess.Popen(engine, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "served\n"
        process.kill()
        process.wait()

        # All who hold the pipe are gone when it ends.
        assert process.communicate(timeout=60)[0] == ""


def test_the_environment_is_the_lab_s_own(
    pulumi: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: Spoken
) -> None:
    monkeypatch.setattr(module, "resolve", lambda *_: pulumi)
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "mine"))
    monkeypatch.setenv("NO_PROXY", "intern")
    monkeypatch.setenv("ELSE", "kept")
    lab = Lab("x", state_home=tmp_path)
    write_private(lab.kubeconfig, KUBECONFIG)
    found = engine_environment(lab, spoken)

    assert found["PULUMI_HOME"] == str(lab.state / "pulumi")
    assert found["PULUMI_BACKEND_URL"] == f"file://{lab.state}/pulumi/backend"
    assert found["KUBECONFIG"] == str(lab.kubeconfig)
    assert found["NO_PROXY"] == found["no_proxy"] == "intern,127.0.0.1,localhost,10.9.8.7"
    assert found["ELSE"] == "kept"


def test_the_user_is_told_what_is_used(
    pulumi: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: Spoken
) -> None:
    monkeypatch.setattr(module, "resolve", lambda *_: pulumi)
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "mine"))
    (tmp_path / "mine" / "plugins" / "resource-kubernetes-v4.34.2").mkdir(parents=True)
    lab = Lab("x", state_home=tmp_path)
    write_private(lab.kubeconfig, KUBECONFIG)
    engine_environment(lab, spoken)
    theirs = tmp_path / "mine/plugins/resource-kubernetes-v4.34.2/pulumi-resource-kubernetes"

    assert spoken.lines == [
        (
            f"Engine: {pulumi}, with pulumi-language-python (the stand-in of the lab), pulumi-resource-pulumi-python"
            f" (the stand-in of the lab), pulumi-resource-kubernetes ({theirs}), pulumi-resource-aws"
            " (the stand-in of the lab)"
        )
    ]
