"""Pods are read by the typed fields as far as these say it exactly; the escape hatch has the rest."""

from typing import Any

import pytest
from rayform.components import (
    ClaimTemplate,
    EmptyDir,
    PodField,
    Probe,
    RayClusterSpec,
    SecretKey,
    Toleration,
    ValueFrom,
    Volume,
    WorkerGroup,
)
from rayform.components.ray.manifest import ray_cluster
from rayform.components.ray.reading import same

IMAGE = "rayproject/ray:2.60.0"


def manifest(pod: dict[str, Any], container: dict[str, Any]) -> dict[str, Any]:
    head = {"template": {"spec": {"containers": [{"name": "ray-head", "image": IMAGE}]}}}
    main = {"name": "ray-worker", "image": IMAGE, **container}
    group = {"groupName": "gpu", "template": {"spec": {"containers": [main], **pod}}}
    spec = {"rayVersion": "2.60.0", "headGroupSpec": head, "workerGroupSpecs": [group]}
    return {"apiVersion": "ray.io/v1", "kind": "RayCluster", "metadata": {"name": "train"}, "spec": spec}


def read(pod: dict[str, Any] | None = None, **container: Any) -> WorkerGroup:
    """The group of such a pod, which is written as it was."""
    given = manifest(pod or {}, container)
    spec = RayClusterSpec.from_manifest(given)
    assert same(ray_cluster("train", spec), given)
    return spec.workers[0]


def left(group: WorkerGroup) -> Any:
    """What the escape hatch says of the Ray container."""
    (container,) = (group.pod or {})["spec"]["containers"]
    return container


def test_amounts_that_are_asked_and_allowed_alike_are_typed() -> None:
    limits = {"cpu": 4, "memory": "8Gi", "ephemeral-storage": "1Gi", "nvidia.com/gpu": 2, "google.com/tpu": "4"}
    group = read(resources={"limits": limits, "requests": {**limits, "cpu": "4000m"}})

    assert (group.cpu, group.memory, group.ephemeral_storage) == ("4", "8Gi", "1Gi")
    assert (group.gpus, group.accelerators, group.pod) == (2, {"google.com/tpu": 4}, None)


def test_amounts_that_differ_are_requests() -> None:
    limits = {"cpu": 4, "memory": "8Gi"}
    group = read(resources={"limits": limits, "requests": {"cpu": 2, "memory": "8192Mi", "hugepages-2Mi": "4Mi"}})

    assert (group.cpu, group.memory, group.requests) == ("4", "8Gi", {"cpu": "2", "hugepages-2Mi": "4Mi"})
    assert group.pod is None


def test_amounts_of_no_device_are_left_to_the_hatch() -> None:
    group = read(resources={"limits": {"example.com/part": "500m"}, "claims": [{"name": "a"}]})

    assert left(group) == {
        "name": "ray-worker",
        "resources": {"limits": {"example.com/part": "500m"}, "claims": [{"name": "a"}]},
    }


def test_variables_are_typed_wherever_their_value_lies() -> None:
    key = {"fileKeyRef": {"key": "a", "path": "b", "volumeName": "c"}}
    sources = [
        {"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
        {"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        {"name": "C", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP", "apiVersion": "v1"}}},
        {"name": "D", "valueFrom": key},
        {"name": "E"},
    ]

    assert read(env=sources).env == {
        "A": SecretKey(secret="s", key="k"),
        "B": PodField(field_path="status.podIP"),
        "C": ValueFrom(reference={"fieldRef": {"fieldPath": "status.podIP", "apiVersion": "v1"}}),
        "D": ValueFrom(reference=key),
        "E": "",
    }


def test_variables_with_names_of_no_shell_are_left_to_the_hatch() -> None:
    listed = [{"name": "B", "value": "1"}, {"name": "a b", "value": "2"}]

    assert left(read(env=listed)) == {"name": "ray-worker", "env": listed}


def test_volumes_are_typed_where_their_source_is_known() -> None:
    claim = {"spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Ti"}}}}
    sources = [
        {"name": "a", "emptyDir": {}},
        {"name": "b", "ephemeral": {"volumeClaimTemplate": claim}},
        {"name": "c", "ephemeral": {"volumeClaimTemplate": {"spec": {**claim["spec"], "storageClassName": ""}}}},
        {"name": "d", "configMap": {"name": "x", "items": [{"key": "k", "path": "p", "mode": 256}]}},
    ]

    assert read({"volumes": sources}).volumes == (
        Volume(name="a", empty_dir=EmptyDir()),
        Volume(name="b", ephemeral=ClaimTemplate(size="1Ti")),
        Volume(name="c", ephemeral=ClaimTemplate(size="1Ti", storage_class_name="")),
        Volume(name="d", source={"configMap": sources[3]["configMap"]}),
    )


def test_shared_memory_is_read_as_such() -> None:
    volume = {"name": "shared-mem", "emptyDir": {"medium": "Memory", "sizeLimit": "8Gi"}}
    group = read({"volumes": [volume]}, volumeMounts=[{"name": "shared-mem", "mountPath": "/dev/shm"}])

    assert (group.shared_memory, group.volumes, group.volume_mounts) == ("8Gi", (), ())


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("livenessProbe", {"httpGet": {"path": "/", "port": "named"}}),
        ("readinessProbe", {"grpc": {"port": 1}}),
        ("startupProbe", {"exec": {"command": ["a"]}, "terminationGracePeriodSeconds": 5}),
        ("envFrom", [{"secretRef": {"name": "a"}, "configMapRef": {"name": "b"}}]),
        ("ports", [{"containerPort": 1, "protocol": "TCP"}, {"containerPort": 1, "protocol": "UDP"}]),
        ("tty", True),
        ("securityContext", {"seLinuxOptions": {"level": "s0"}}),
    ],
)
def test_what_the_fields_cannot_say_is_left_to_the_hatch(name: str, given: Any) -> None:
    group = read({}, **{name: given})

    assert (group.liveness_probe, group.ports, group.env_from, group.security_context) == (None, (), (), None)
    assert name in left(group)


def test_what_a_field_says_in_part_is_joined_by_the_hatch() -> None:
    context = {"runAsUser": 0, "seLinuxOptions": {"level": "s0"}}
    group = read(securityContext=context, ports=[{"containerPort": 1, "hostPort": 2}])

    assert group.security_context is not None
    assert (group.security_context.run_as_user, group.security_context.drop) == (0, ())
    assert left(group)["securityContext"] == {"seLinuxOptions": {"level": "s0"}}
    assert left(group)["ports"] == [{"containerPort": 1, "hostPort": 2}]


def test_probes_and_tolerations_are_typed() -> None:
    group = read({"tolerations": [{"key": "a", "value": "b"}]}, livenessProbe={"tcpSocket": {"port": 1}})

    assert group.liveness_probe == Probe(port=1)
    assert group.tolerations == (Toleration(key="a", operator="Equal", value="b"),)
