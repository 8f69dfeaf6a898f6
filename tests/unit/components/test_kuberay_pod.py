"""The operator's Deployment and its pod."""

from typing import Any

import pytest
from rayform.components.kuberay.manifest import deployment
from rayform.components.kuberay.spec import KubeRayOperatorSpec

DIGEST = f"sha256:{'a' * 64}"


def deployed(**fields: object) -> dict[str, Any]:
    return deployment(KubeRayOperatorSpec.model_validate(fields))


def pod(**fields: object) -> dict[str, Any]:
    body: dict[str, Any] = deployed(**fields)["spec"]["template"]["spec"]
    return body


def container(**fields: object) -> dict[str, Any]:
    body: dict[str, Any] = pod(**fields)["containers"][0]
    return body


def test_a_single_operator_is_stopped_before_the_next_starts() -> None:
    body = deployed()["spec"]

    assert (body["replicas"], body["strategy"]) == (1, {"type": "Recreate"})


def test_several_are_replaced_one_by_one_on_different_nodes() -> None:
    body = deployed(replicas=3)["spec"]
    (spread,) = body["template"]["spec"]["topologySpreadConstraints"]

    assert body["strategy"] == {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1, "maxSurge": 0}}
    assert spread["topologyKey"] == "kubernetes.io/hostname"
    assert spread["labelSelector"]["matchLabels"] == body["selector"]["matchLabels"]


def test_the_pods_are_found_by_labels_that_no_version_changes() -> None:
    old, new = deployed(version="1.6.2"), deployed(version="1.7.0")

    assert old["spec"]["selector"] == new["spec"]["selector"]
    labels = new["spec"]["template"]["metadata"]["labels"]
    assert new["spec"]["selector"]["matchLabels"].items() <= labels.items()
    assert labels["app.kubernetes.io/version"] == "1.7.0"


def test_the_pod_fits_restricted() -> None:
    assert pod()["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 65532,
        "runAsGroup": 65532,
        "fsGroup": 65532,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert container()["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_what_the_author_says_of_rights_stands() -> None:
    body = pod(pod_security_context={"run_as_user": None}, security_context=None)

    assert "runAsUser" not in body["securityContext"]
    assert "securityContext" not in body["containers"][0]


def test_the_operator_has_its_token() -> None:
    assert (pod()["serviceAccountName"], pod()["automountServiceAccountToken"]) == ("kuberay-operator", True)


def test_its_health_is_asked_where_it_tells_it() -> None:
    body = container()

    assert body["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": 8082}
    assert body["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": 8082}
    assert body["ports"] == [{"containerPort": 8080, "name": "http"}, {"containerPort": 8082, "name": "health"}]


@pytest.mark.parametrize(
    ("fields", "image"),
    [
        ({}, "quay.io/kuberay/operator:v1.6.2"),
        ({"version": "1.7.0"}, "quay.io/kuberay/operator:v1.7.0"),
        ({"image_registry": "mirror.example"}, "mirror.example/kuberay/operator:v1.6.2"),
        ({"image_repository": "a/b"}, "quay.io/a/b:v1.6.2"),
        ({"image_tag": "nightly"}, "quay.io/kuberay/operator:nightly"),
        ({"image_digest": DIGEST}, f"quay.io/kuberay/operator:v1.6.2@{DIGEST}"),
        ({"image": "mine:1"}, "mine:1"),
    ],
)
def test_the_image_is_named_whole_or_in_parts(fields: dict[str, object], image: str) -> None:
    assert container(**fields)["image"] == image


def test_images_are_pulled_with_the_given_secrets() -> None:
    body = pod(image_pull_secrets=["registry"], image_pull_policy="Always")

    assert body["imagePullSecrets"] == [{"name": "registry"}]
    assert body["containers"][0]["imagePullPolicy"] == "Always"


def test_it_is_as_large_as_its_fleet() -> None:
    amounts = {"cpu": "400m", "memory": "2048Mi"}

    assert container(expected_ray_pods=2000)["resources"] == {"limits": amounts, "requests": amounts}


def test_given_amounts_stand() -> None:
    assert container(cpu=2, memory="4Gi", expected_ray_pods=9999)["resources"]["limits"] == {
        "cpu": "2",
        "memory": "4Gi",
    }
    assert "resources" not in container(cpu=None, memory=None)


def test_switches_come_before_other_variables() -> None:
    assert container(behavior={"cluster_domain": "a.b"}, env={"HTTPS_PROXY": "c"})["env"] == [
        {"name": "CLUSTER_DOMAIN", "value": "a.b"},
        {"name": "HTTPS_PROXY", "value": "c"},
    ]


def test_more_arguments_come_last() -> None:
    assert container(args=["--zap-devel"])["args"][-1] == "--zap-devel"


def test_it_is_placed_where_asked() -> None:
    body = pod(
        node_selector={"role": "system"},
        tolerations=[{"key": "system"}],
        affinity={"nodeAffinity": {}},
        priority_class_name="system-cluster-critical",
    )

    assert body["nodeSelector"] == {"role": "system"}
    assert body["tolerations"] == [{"key": "system", "operator": "Exists"}]
    assert (body["affinity"], body["priorityClassName"]) == ({"nodeAffinity": {}}, "system-cluster-critical")


def test_the_configuration_file_is_mounted_and_its_change_restarts_the_operator() -> None:
    def annotations(value: str) -> dict[str, str]:
        body = deployed(ray_pods={"default_container_env": {"A": value}})["spec"]["template"]
        (mount,) = body["spec"]["containers"][0]["volumeMounts"]
        assert mount == {"name": "operator-config", "mountPath": "/etc/kuberay", "readOnly": True}
        assert body["spec"]["volumes"] == [
            {"name": "operator-config", "configMap": {"name": "kuberay-operator-config"}}
        ]
        found: dict[str, str] = body["metadata"]["annotations"]
        return found

    assert annotations("b") == annotations("b")
    assert annotations("b")["rayform/config-sha256"] != annotations("c")["rayform/config-sha256"]


def test_a_log_file_has_a_volume() -> None:
    body = pod(logging={"log_file": "/var/log/kuberay/operator.log", "log_file_volume_size": "2Gi"})

    assert body["volumes"] == [{"name": "operator-logs", "emptyDir": {"sizeLimit": "2Gi"}}]
    assert body["containers"][0]["volumeMounts"] == [{"name": "operator-logs", "mountPath": "/var/log/kuberay"}]


def test_the_authors_volumes_and_labels_are_added() -> None:
    body = deployed(
        volumes=[{"name": "data", "empty_dir": {}}],
        volume_mounts=[{"name": "data", "mount_path": "/data"}],
        pod_labels={"team": "x"},
        pod_annotations={"note": "y"},
    )["spec"]["template"]

    assert body["spec"]["volumes"] == [{"name": "data", "emptyDir": {}}]
    assert body["metadata"]["labels"]["team"] == "x"
    assert body["metadata"]["annotations"] == {"note": "y"}


def test_the_hatch_adds_what_no_field_says() -> None:
    assert pod(pod={"spec": {"hostUsers": False}})["hostUsers"] is False
