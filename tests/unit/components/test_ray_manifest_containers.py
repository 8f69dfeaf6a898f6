"""What a container becomes."""

from typing import Any

import pytest
from ray_builders import container, pod_spec
from rayform.components import ConfigMapKey, ContainerSecurity, EnvFrom, PodField, Port, Probe, ResourceField, SecretKey


def test_what_is_asked_for_is_requested_and_the_limit() -> None:
    amounts = {"cpu": "8", "memory": "64Gi", "ephemeral-storage": "100Gi", "nvidia.com/gpu": "2", "google.com/tpu": "4"}

    assert container(ephemeral_storage="100Gi", accelerators={"google.com/tpu": 4})["resources"] == {
        "limits": amounts,
        "requests": amounts,
    }


def test_nothing_asked_writes_no_resources() -> None:
    assert "resources" not in container(cpu=None, memory=None, gpus=0)


def test_rights_are_left_out_where_asked() -> None:
    spec = pod_spec(security_context=None, pod_security_context=None, automount_service_account_token=None)

    assert "securityContext" not in spec
    assert "securityContext" not in spec["containers"][0]
    assert "automountServiceAccountToken" not in spec


def test_rights_may_be_given() -> None:
    rights = ContainerSecurity(drop=(), add=["SYS_PTRACE"], run_as_user=0, seccomp_profile="Unconfined")

    assert container(security_context=rights)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "runAsUser": 0,
        "capabilities": {"add": ["SYS_PTRACE"]},
        "seccompProfile": {"type": "Unconfined"},
    }


def test_variables_are_values_and_references() -> None:
    variables = {
        "PLAIN": "x",
        "TOKEN": SecretKey(secret="hf", key="token", optional=True),
        "MODE": ConfigMapKey(config_map="modes", key="mode"),
        "IP": PodField(field_path="status.podIP"),
        "MEMORY": ResourceField(resource="limits.memory"),
    }

    assert container(env=variables)["env"] == [
        {"name": "PLAIN", "value": "x"},
        {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "hf", "key": "token", "optional": True}}},
        {"name": "MODE", "valueFrom": {"configMapKeyRef": {"name": "modes", "key": "mode"}}},
        {"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        {"name": "MEMORY", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory"}}},
    ]


def test_variables_come_from_whole_secrets_and_config_maps() -> None:
    sources = [EnvFrom(secret="s", optional=False), EnvFrom(config_map="c", prefix="C_")]

    assert container(env_from=sources)["envFrom"] == [
        {"secretRef": {"name": "s", "optional": False}},
        {"prefix": "C_", "configMapRef": {"name": "c"}},
    ]


@pytest.mark.parametrize(
    ("probe", "sent"),
    [
        (
            Probe(http_path="/healthz", port=80, period_seconds=5),
            {"httpGet": {"path": "/healthz", "port": 80}, "periodSeconds": 5},
        ),
        (Probe(port=80), {"tcpSocket": {"port": 80}}),
        (Probe(command=["true"], initial_delay_seconds=0), {"exec": {"command": ["true"]}, "initialDelaySeconds": 0}),
    ],
)
def test_a_probe_asks_one_way(probe: Probe, sent: dict[str, Any]) -> None:
    asked = container(liveness_probe=probe, readiness_probe=probe, startup_probe=probe)

    assert [asked["livenessProbe"], asked["readinessProbe"], asked["startupProbe"]] == [sent] * 3


def test_a_container_has_its_command_and_ports() -> None:
    sent = container(
        command=["bash"],
        args=["-c", "x"],
        ports=[Port(container_port=8000, name="serve")],
        working_dir="/app",
        lifecycle={"preStop": {"sleep": {"seconds": 5}}},
        image_pull_policy="Always",
        image="mine:1",
    )

    assert sent["command"] == ["bash"]
    assert sent["args"] == ["-c", "x"]
    assert sent["ports"] == [{"containerPort": 8000, "name": "serve"}]
    assert sent["workingDir"] == "/app"
    assert sent["lifecycle"] == {"preStop": {"sleep": {"seconds": 5}}}
    assert (sent["image"], sent["imagePullPolicy"]) == ("mine:1", "Always")


def test_less_may_be_requested_than_used() -> None:
    sent = container(cpu=4, memory="8Gi", gpus=0, requests={"cpu": 0.5, "hugepages-2Mi": "4Mi"})

    assert sent["resources"] == {
        "limits": {"cpu": "4", "memory": "8Gi"},
        "requests": {"cpu": "0.5", "memory": "8Gi", "hugepages-2Mi": "4Mi"},
    }
