"""Ray's own word on a Serve configuration, asked of a package that stands in for Ray."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ray_builders import cluster, service, service_manifest
from rayform.components import RefusedError
from rayform.components.ray.check import judged
from rayform.components.ray.manifest import ray_service
from rayform.components.ray.rules import Operator
from rayform.components.ray.serve_schema import ASK, said_by_ray

SCHEMA = """
from pydantic import BaseModel, field_validator

class Application(BaseModel):
    import_path: str
    replicas: int = 1

    @field_validator("import_path")
    @classmethod
    def known(cls, path: str) -> str:
        if path == "other:app":
            raise ValueError("is not  the one")
        if path == "odd:app":
            raise TypeError("odd")
        return path

class ServeDeploySchema(BaseModel):
    applications: list[Application]
"""
TWO = "applications: [{import_path: 'other:app'}, {import_path: 'chat:app', name: b, route_prefix: /b, replicas: x}]"
REFUSED = "Ray 2.60.1, installed here, refuses it; mend it as Ray says"

NO_NUMBER = "Input should be a valid integer, unable to parse string as an integer"


@pytest.fixture
def ray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a package that is called Ray and has a schema."""
    (tmp_path / "ray-2.60.1.dist-info").mkdir()
    (tmp_path / "ray-2.60.1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: ray\nVersion: 2.60.1\n")
    (tmp_path / "ray/serve").mkdir(parents=True)
    (tmp_path / "ray/serve/schema.py").write_text(SCHEMA)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def manifest(config: str, **changes: Any) -> dict[str, Any]:
    return service_manifest(**{"spec serveConfigV2": config, **changes})


def words(sent: dict[str, Any]) -> list[str]:
    return [str(refusal) for refusal in said_by_ray(sent).refusals]


@pytest.mark.usefixtures("ray")
def test_ray_names_every_place_it_refuses() -> None:
    said = said_by_ray(manifest(TWO))

    assert said.sure
    assert [str(refusal) for refusal in said.refusals] == [
        f"serve_config_v2.applications[0].import_path: is not the one, {REFUSED}",
        f"serve_config_v2.applications[1].replicas: {NO_NUMBER}, {REFUSED}",
    ]


@pytest.mark.usefixtures("ray")
def test_what_ray_refuses_stops_the_object_and_another_rays_word_is_a_warning() -> None:
    with pytest.raises(RefusedError, match=r"RayService chat: serve_config_v2\.applications\[0\]\.import_path: is not"):
        judged("RayService chat", manifest(TWO), Operator.assumed())

    other = ray_service("chat", service(ray_cluster_config=cluster(ray_version="2.59.0"), serve_config_v2=TWO))
    told = [refusal.path for refusal in judged("RayService chat", other, Operator.assumed())]
    assert "serve_config_v2.applications[0].import_path" in told


@pytest.mark.usefixtures("ray")
@pytest.mark.parametrize("config", ["applications: [{import_path: 'chat:app'}]", "- a", "{", "a: *b"])
def test_what_ray_takes_and_what_the_rules_refuse_is_not_refused_here(config: str) -> None:
    assert words(manifest(config)) == []


@pytest.mark.usefixtures("ray")
def test_only_services_have_a_configuration() -> None:
    assert words({"kind": "RayCluster", "spec": {"serveConfigV2": TWO}}) == []
    assert words({"kind": "RayService", "spec": None}) == []


@pytest.mark.usefixtures("ray")
def test_what_surprises_ray_is_told_too() -> None:
    assert words(manifest("applications: [{import_path: 'odd:app'}]")) == [f"serve_config_v2: odd, {REFUSED}"]


def test_code_that_a_configuration_names_is_not_imported(ray: Path) -> None:
    (ray / "ray/serve/schema.py").write_text("def ServeDeploySchema(**config): raise ValueError(str(config))")
    named = "applications: [{import_path: 'a:b', deployments: [{name: A, autoscaling_config: {policy: {}, p: 1}}]}]"

    assert "'autoscaling_config': {'p': 1}" in words(manifest(named))[0]


def test_a_ray_that_cannot_be_asked_is_told_of(ray: Path) -> None:
    (ray / "ray/serve/schema.py").write_text("import fastapi_that_is_not_there")
    said = said_by_ray(manifest("applications: [{import_path: 'not:asked'}]"))

    assert not said.sure
    (told,) = map(str, said.refusals)
    assert told.startswith("serve_config_v2: Ray's own word on it asked, Ray 2.60.1 here does not answer; install ray")


def test_without_ray_there_is_no_word_of_it() -> None:
    assert words(manifest(TWO)) == []


@pytest.mark.usefixtures("ray")
def test_the_counter_says_it_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "service.yaml"
    file.write_text(json.dumps(manifest(TWO)))
    done = subprocess.run(
        [sys.executable, "-m", "rayform.cli", "check", str(file)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert (
        "service.yaml:1: error: RayService chat: spec.serveConfigV2: applications[0].import_path: is not the one, "
        f"{REFUSED} [serve-schema]" in done.stdout
    )


def test_the_question_is_a_whole_program() -> None:
    compile(ASK, "ask", "exec")
