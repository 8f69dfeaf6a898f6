"""What a pod becomes."""

from typing import Any

import pytest
from ray_builders import cluster, group, head
from rayform.components import (
    Claim,
    ClaimTemplate,
    ConfigMapFiles,
    ConfigMapKey,
    ContainerSecurity,
    EmptyDir,
    EnvFrom,
    NodePool,
    NodeTaint,
    PodField,
    Port,
    Probe,
    ResourceField,
    SecretFiles,
    SecretKey,
    Sidecar,
    Toleration,
    TopologySpread,
    Volume,
    VolumeMount,
)
from rayform.components.ray.manifest import ray_cluster

A10G = NodePool(
    name="a10g",
    node_type="g5.12xlarge",
    labels={"rayform/pool": "a10g"},
    taints=[NodeTaint(key="nvidia.com/gpu"), NodeTaint(key="team", value="ml", effect="NoExecute")],
    gpus=4,
    gpu_resource="example.com/gpu",
)


def template(**fields: Any) -> dict[str, Any]:
    """The pod template of a group with these fields."""
    manifest = ray_cluster("train", cluster(workers=[group(**fields)]), [A10G])
    return manifest["spec"]["workerGroupSpecs"][0]["template"]


def pod(**fields: Any) -> dict[str, Any]:
    return template(**fields)["spec"]


def main(**fields: Any) -> dict[str, Any]:
    """The Ray container of a group with these fields."""
    return pod(**fields)["containers"][0]


def test_what_is_asked_for_is_requested_and_the_limit() -> None:
    amounts = {"cpu": "8", "memory": "64Gi", "ephemeral-storage": "100Gi", "nvidia.com/gpu": "2", "google.com/tpu": "4"}

    assert main(ephemeral_storage="100Gi", accelerators={"google.com/tpu": 4})["resources"] == {
        "limits": amounts,
        "requests": amounts,
    }


def test_nothing_asked_writes_no_resources() -> None:
    assert "resources" not in main(cpu=None, memory=None, gpus=0)


def test_a_pool_gives_its_labels_its_taints_and_the_name_of_its_gpus() -> None:
    spec = pod(pool="a10g", node_selector={"zone": "a"}, tolerations=[Toleration(key="spot")])

    assert spec["nodeSelector"] == {"rayform/pool": "a10g", "zone": "a"}
    assert spec["tolerations"] == [
        {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"},
        {"key": "team", "operator": "Equal", "value": "ml", "effect": "NoExecute"},
        {"key": "spot", "operator": "Exists"},
    ]
    assert spec["containers"][0]["resources"]["limits"]["example.com/gpu"] == "2"


def test_every_container_fits_pod_security_restricted() -> None:
    spec = pod(sidecars=[Sidecar(name="log", image="log:1")], init_containers=[Sidecar(name="first", image="first:1")])
    taken = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}

    assert spec["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 1000,
        "runAsGroup": 100,
        "fsGroup": 100,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert [each["securityContext"] for each in (*spec["containers"], *spec["initContainers"])] == [taken] * 3


def test_rights_are_left_out_where_asked() -> None:
    spec = pod(security_context=None, pod_security_context=None, automount_service_account_token=None)

    assert "securityContext" not in spec
    assert "securityContext" not in spec["containers"][0]
    assert "automountServiceAccountToken" not in spec


def test_rights_may_be_given() -> None:
    rights = ContainerSecurity(drop=(), add=["SYS_PTRACE"], run_as_user=0, seccomp_profile="Unconfined")

    assert main(security_context=rights)["securityContext"] == {
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

    assert main(env=variables)["env"] == [
        {"name": "PLAIN", "value": "x"},
        {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "hf", "key": "token", "optional": True}}},
        {"name": "MODE", "valueFrom": {"configMapKeyRef": {"name": "modes", "key": "mode"}}},
        {"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        {"name": "MEMORY", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory"}}},
    ]


def test_variables_come_from_whole_secrets_and_config_maps() -> None:
    sources = [EnvFrom(secret="s", optional=False), EnvFrom(config_map="c", prefix="C_")]

    assert main(env_from=sources)["envFrom"] == [
        {"secretRef": {"name": "s", "optional": False}},
        {"prefix": "C_", "configMapRef": {"name": "c"}},
    ]


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ({"empty_dir": EmptyDir()}, {"emptyDir": {}}),
        (
            {"empty_dir": EmptyDir(medium="Memory", size_limit="1Gi")},
            {"emptyDir": {"medium": "Memory", "sizeLimit": "1Gi"}},
        ),
        (
            {"persistent_volume_claim": Claim(claim_name="c", read_only=True)},
            {"persistentVolumeClaim": {"claimName": "c", "readOnly": True}},
        ),
        (
            {"config_map": ConfigMapFiles(name="c", items={"k": "f"})},
            {"configMap": {"name": "c", "items": [{"key": "k", "path": "f"}]}},
        ),
        (
            {"secret": SecretFiles(secret_name="s", default_mode=0o400)},
            {"secret": {"secretName": "s", "defaultMode": 256}},
        ),
        (
            {"ephemeral": ClaimTemplate(size="10Gi", storage_class_name="gp3")},
            {
                "ephemeral": {
                    "volumeClaimTemplate": {
                        "spec": {
                            "accessModes": ["ReadWriteOnce"],
                            "storageClassName": "gp3",
                            "resources": {"requests": {"storage": "10Gi"}},
                        }
                    }
                }
            },
        ),
        ({"source": {"csi": {"driver": "efs"}}}, {"csi": {"driver": "efs"}}),
    ],
)
def test_a_volume_has_its_source(source: dict[str, Any], sent: dict[str, Any]) -> None:
    assert pod(volumes=[Volume(name="data", **source)])["volumes"] == [{"name": "data", **sent}]


def test_shared_memory_is_a_tmpfs_where_ray_looks_for_it() -> None:
    spec = pod(shared_memory="16Gi", volume_mounts=[VolumeMount(name="data", mount_path="/data", read_only=True)])

    assert spec["volumes"] == [{"name": "shared-mem", "emptyDir": {"medium": "Memory", "sizeLimit": "16Gi"}}]
    assert spec["containers"][0]["volumeMounts"] == [
        {"name": "data", "mountPath": "/data", "readOnly": True},
        {"name": "shared-mem", "mountPath": "/dev/shm"},
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
    container = main(liveness_probe=probe, readiness_probe=probe, startup_probe=probe)

    assert [container["livenessProbe"], container["readinessProbe"], container["startupProbe"]] == [sent] * 3


def test_a_container_has_its_command_and_ports() -> None:
    container = main(
        command=["bash"],
        args=["-c", "x"],
        ports=[Port(container_port=8000, name="serve")],
        working_dir="/app",
        lifecycle={"preStop": {"sleep": {"seconds": 5}}},
        image_pull_policy="Always",
        image="mine:1",
    )

    assert container["command"] == ["bash"]
    assert container["args"] == ["-c", "x"]
    assert container["ports"] == [{"containerPort": 8000, "name": "serve"}]
    assert container["workingDir"] == "/app"
    assert container["lifecycle"] == {"preStop": {"sleep": {"seconds": 5}}}
    assert (container["image"], container["imagePullPolicy"]) == ("mine:1", "Always")


def test_a_pod_says_where_and_how_it_runs() -> None:
    spread = TopologySpread(topology_key="zone", match_labels={"app": "ray"})
    spec = pod(
        affinity={"nodeAffinity": {}},
        topology_spread_constraints=[spread],
        priority_class_name="high",
        runtime_class_name="nvidia",
        scheduler_name="volcano",
        restart_policy="Never",
        termination_grace_period_seconds=0,
        service_account_name="ray",
        image_pull_secrets=["pull"],
    )

    assert {
        name: spec[name] for name in spec.keys() - {"containers", "securityContext", "topologySpreadConstraints"}
    } == {
        "affinity": {"nodeAffinity": {}},
        "priorityClassName": "high",
        "runtimeClassName": "nvidia",
        "schedulerName": "volcano",
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": 0,
        "serviceAccountName": "ray",
        "imagePullSecrets": [{"name": "pull"}],
        "automountServiceAccountToken": False,
    }
    assert spec["topologySpreadConstraints"] == [
        {
            "topologyKey": "zone",
            "maxSkew": 1,
            "whenUnsatisfiable": "DoNotSchedule",
            "labelSelector": {"matchLabels": {"app": "ray"}},
        }
    ]


def test_a_pod_has_labels_and_annotations_of_its_own() -> None:
    assert template(pod_labels={"a": "b"}, pod_annotations={"c": "d e"})["metadata"] == {
        "labels": {"a": "b"},
        "annotations": {"c": "d e"},
    }


def test_a_native_sidecar_runs_from_the_start() -> None:
    sidecar = Sidecar(name="proxy", image="proxy:1", restart_policy="Always", gpus=1)

    assert pod(init_containers=[sidecar], pool="a10g")["initContainers"][0] == {
        "name": "proxy",
        "image": "proxy:1",
        "restartPolicy": "Always",
        "resources": {"limits": {"example.com/gpu": "1"}, "requests": {"example.com/gpu": "1"}},
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
    }


def test_the_hatch_adds_what_the_fields_do_not_know() -> None:
    fragment = {
        "spec": {
            "hostAliases": [{"ip": "10.0.0.1"}],
            "containers": [{"name": "ray-worker", "tty": True}, {"name": "x"}],
        }
    }
    spec = pod(pod=fragment)

    assert spec["hostAliases"] == [{"ip": "10.0.0.1"}]
    assert [(each["name"], each.get("tty")) for each in spec["containers"]] == [("ray-worker", True), ("x", None)]
    assert spec["containers"][0]["resources"]["limits"]["cpu"] == "8"


def test_a_head_has_its_own_container_name() -> None:
    manifest = ray_cluster("train", cluster(head=head(container_name="main")))

    assert manifest["spec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["name"] == "main"
    assert main()["name"] == "ray-worker"
