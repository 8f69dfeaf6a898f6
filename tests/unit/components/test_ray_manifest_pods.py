"""What a pod becomes."""

from typing import Any

import pytest
from ray_builders import A10G, cluster, container, group, head, pod_spec, template
from rayform.components import (
    Claim,
    ClaimTemplate,
    ConfigMapFiles,
    EmptyDir,
    RayStartParams,
    SecretFiles,
    Sidecar,
    Toleration,
    TopologySpread,
    Volume,
    VolumeMount,
)
from rayform.components.ray.manifest import ray_cluster
from rayform.components.ray.placement import by_name


def test_a_pool_gives_its_labels_its_taints_and_the_name_of_its_gpus() -> None:
    spec = pod_spec(pool="a10g", node_selector={"zone": "a"}, tolerations=[Toleration(key="spot")])

    assert spec["nodeSelector"] == {"rayform/pool": "a10g", "zone": "a"}
    assert spec["tolerations"] == [
        {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"},
        {"key": "team", "operator": "Equal", "value": "ml", "effect": "NoExecute"},
        {"key": "spot", "operator": "Exists"},
    ]
    assert spec["containers"][0]["resources"]["limits"]["example.com/gpu"] == "2"


def test_a_pool_of_known_processors_is_selected_by_them_too() -> None:
    arm = A10G.model_copy(update={"architecture": "arm64"})
    sent = ray_cluster("train", cluster(workers=[group(pool="a10g")]), by_name([arm]))["spec"]["workerGroupSpecs"][0]

    assert sent["template"]["spec"]["nodeSelector"] == {"kubernetes.io/arch": "arm64", "rayform/pool": "a10g"}
    assert sent["template"]["spec"]["containers"][0]["image"] == "rayproject/ray:2.60.0-aarch64"


def test_workers_spill_to_the_local_disks_of_their_pool() -> None:
    disks = by_name([A10G.model_copy(update={"nvme": True})])
    spec = ray_cluster("train", cluster(head=head(pool="a10g"), workers=[group(pool="a10g")]), disks)["spec"]

    worker = spec["workerGroupSpecs"][0]
    assert worker["rayStartParams"] == {"object-spilling-directory": "/mnt/spilled"}
    assert worker["template"]["spec"]["volumes"] == [{"name": "spilled", "emptyDir": {}}]
    mounts = worker["template"]["spec"]["containers"][0]["volumeMounts"]
    assert mounts == [{"name": "spilled", "mountPath": "/mnt/spilled"}]
    assert "volumes" not in spec["headGroupSpec"]["template"]["spec"]


@pytest.mark.parametrize(
    "own",
    [
        {"ray_start_params": RayStartParams(object_spilling_directory="/data")},
        {"ray_start_params": RayStartParams(temp_dir="/data")},
        {"volumes": [Volume(name="spilled", empty_dir=EmptyDir())]},
    ],
)
def test_workers_that_say_where_they_spill_are_left_alone(own: dict[str, Any]) -> None:
    disks = by_name([A10G.model_copy(update={"nvme": True})])
    spec = ray_cluster("train", cluster(workers=[group(pool="a10g", **own)]), disks)["spec"]

    assert "/mnt/spilled" not in str(spec)


def test_shared_memory_of_a_worker_that_says_no_memory_is_its_share_of_the_node() -> None:
    known = by_name([A10G.model_copy(update={"memory": "160Gi"})])
    spec = ray_cluster("train", cluster(workers=[group(pool="a10g", gpus=1, memory=None)]), known)["spec"]

    volumes = spec["workerGroupSpecs"][0]["template"]["spec"]["volumes"]
    assert volumes == [{"name": "shared-mem", "emptyDir": {"medium": "Memory", "sizeLimit": "20480Mi"}}]


def test_every_container_fits_pod_security_restricted() -> None:
    spec = pod_spec(
        sidecars=[Sidecar(name="log", image="log:1")], init_containers=[Sidecar(name="first", image="first:1")]
    )
    taken = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}

    assert spec["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 1000,
        "runAsGroup": 100,
        "fsGroup": 100,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert [each["securityContext"] for each in (*spec["containers"], *spec["initContainers"])] == [taken] * 3


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
    assert pod_spec(volumes=[Volume(name="data", **source)])["volumes"] == [{"name": "data", **sent}]


def test_shared_memory_is_a_tmpfs_where_ray_looks_for_it() -> None:
    spec = pod_spec(shared_memory="16Gi", volume_mounts=[VolumeMount(name="data", mount_path="/data", read_only=True)])

    assert spec["volumes"] == [{"name": "shared-mem", "emptyDir": {"medium": "Memory", "sizeLimit": "16Gi"}}]
    assert spec["containers"][0]["volumeMounts"] == [
        {"name": "data", "mountPath": "/data", "readOnly": True},
        {"name": "shared-mem", "mountPath": "/dev/shm"},
    ]


def test_a_pod_says_where_it_runs() -> None:
    spread = TopologySpread(topology_key="zone", match_labels={"app": "ray"})
    spec = pod_spec(affinity={"nodeAffinity": {}}, topology_spread_constraints=[spread], scheduler_name="volcano")

    assert spec["affinity"] == {"nodeAffinity": {}}
    assert spec["schedulerName"] == "volcano"
    assert spec["topologySpreadConstraints"] == [
        {
            "topologyKey": "zone",
            "maxSkew": 1,
            "whenUnsatisfiable": "DoNotSchedule",
            "labelSelector": {"matchLabels": {"app": "ray"}},
        }
    ]


def test_a_pod_says_how_it_runs() -> None:
    asked = {
        "priorityClassName": ("priority_class_name", "high"),
        "runtimeClassName": ("runtime_class_name", "nvidia"),
        "restartPolicy": ("restart_policy", "Never"),
        "terminationGracePeriodSeconds": ("termination_grace_period_seconds", 0),
        "serviceAccountName": ("service_account_name", "ray"),
    }
    spec = pod_spec(image_pull_secrets=["pull"], **dict(asked.values()))

    assert {name: spec[name] for name in asked} == {name: value for name, (_, value) in asked.items()}
    assert spec["imagePullSecrets"] == [{"name": "pull"}]


def test_a_pod_has_labels_and_annotations_of_its_own() -> None:
    assert template(pod_labels={"a": "b"}, pod_annotations={"c": "d e"})["metadata"] == {
        "labels": {"a": "b"},
        "annotations": {"c": "d e"},
    }


def test_a_native_sidecar_runs_from_the_start() -> None:
    sidecar = Sidecar(name="proxy", image="proxy:1", restart_policy="Always", gpus=1)

    assert pod_spec(init_containers=[sidecar], pool="a10g")["initContainers"][0] == {
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
    spec = pod_spec(pod=fragment)

    assert spec["hostAliases"] == [{"ip": "10.0.0.1"}]
    assert [(each["name"], each.get("tty")) for each in spec["containers"]] == [("ray-worker", True), ("x", None)]
    assert spec["containers"][0]["resources"]["limits"]["cpu"] == "8"


def test_a_head_has_its_own_container_name() -> None:
    manifest = ray_cluster("train", cluster(head=head(container_name="main")))

    assert manifest["spec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["name"] == "main"
    assert container()["name"] == "ray-worker"
