"""Texts in Ray's own languages are typed where that loses nothing, and stay texts otherwise."""

from typing import Any

import pytest
from rayform.components import RuntimeEnv, ServeActorOptions, ServeApplication, ServeConfig, ServeDeployment
from rayform.components.ray.reading.native import native

ENV = "pip: [a, b]\nworking_dir: https://a/b.zip\nenv_vars: {A: '1'}\nnsight: default\n"
CONFIG = """\
applications:
- name: chat
  import_path: chat:app
  route_prefix: /
  colour: red
  deployments:
  - {name: Chat, num_replicas: 2, ray_actor_options: {num_gpus: 1}}
"""


def test_a_runtime_environment_is_typed_with_all_that_ray_may_add() -> None:
    assert native(RuntimeEnv, "runtimeEnvYAML", ENV) == RuntimeEnv(
        pip=["a", "b"], working_dir="https://a/b.zip", env_vars={"A": "1"}, other={"nsight": "default"}
    )


def test_a_configuration_is_typed_down_to_its_deployments() -> None:
    chat = ServeDeployment(name="Chat", num_replicas=2, ray_actor_options=ServeActorOptions(num_gpus=1))
    app = ServeApplication(name="chat", import_path="chat:app", deployments=[chat], other={"colour": "red"})

    assert native(ServeConfig, "serveConfigV2", CONFIG) == ServeConfig(applications=[app])


@pytest.mark.parametrize(
    "text",
    [
        "pip: [a]  # because of b",
        "# nothing but words",
        "pip: [a]\nconda: null\n",
        "env_vars: {A: 1}",
        "pip: {",
        "- pip",
        "",
        "a: &a [*a]",
    ],
)
def test_a_text_that_a_spec_would_change_stays_a_text(text: str) -> None:
    assert native(RuntimeEnv, "runtimeEnvYAML", text) == text


@pytest.mark.parametrize("config", ["applications: [{import_path: a}]", "applications: [{name: a, import_path: 1}]"])
def test_a_configuration_that_a_spec_would_change_stays_a_text(config: str) -> None:
    assert native(ServeConfig, "serveConfigV2", config) == config


@pytest.mark.parametrize("value", [None, 1, {"pip": []}])
def test_what_is_no_text_is_left_alone(value: Any) -> None:
    assert native(RuntimeEnv, "runtimeEnvYAML", value) == value
