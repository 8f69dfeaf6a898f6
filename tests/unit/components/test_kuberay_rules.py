"""What an operator's description may not ask for, word for word."""

import pytest
from rayform.components.kuberay.existing import ExistingOperator
from rayform.components.kuberay.rules import refusals
from rayform.components.kuberay.spec import KubeRayOperatorSpec
from rayform.spec.refusal import RefusedError, UnsupportedVersionError

KNOWN = (
    "KubeRay 1.6.2 knows AsyncJobInfoQuery, RayClusterStatusConditions, RayCronJob, RayJobDeletionPolicy, "
    "RayMultiHostIndexing, RayServiceIncrementalUpgrade; use one of these"
)
CASES: list[tuple[dict[str, object], str]] = [
    (
        {"kubernetes_version": "1.30"},
        (
            "kubernetes_version: 1.30 asked, KubeRay 1.6.2 is supported on 1.32, 1.33, 1.34, 1.35; "
            "choose a cluster of one of these"
        ),
    ),
    (
        {"feature_gates": {"RayClusterMTLS": True}},
        f"feature_gates[RayClusterMTLS]: set, {KNOWN}, or version 1.7.0, which has it",
    ),
    (
        {"feature_gates": {"RayClusterStatusConditions": False}},
        (
            "feature_gates[RayClusterStatusConditions]: off asked, an update waits for a RayCluster by the conditions "
            "that it writes, and would end at its timeout; leave it on"
        ),
    ),
    ({"feature_gates": {"RayCron": False}}, f"feature_gates[RayCron]: set, {KNOWN}"),
    (
        {"version": "1.7.0", "feature_gates": {"KubernetesWAS": True}},
        (
            "feature_gates[KubernetesWAS]: on asked, it needs Kubernetes 1.36 and 1.35 is the newest supported; "
            "leave it off"
        ),
    ),
    (
        {
            "version": "1.7.0",
            "feature_gates": {"SidecarSubmitterRestart": True},
            "kubernetes_version": "1.34.4-eks-1",
        },
        (
            "feature_gates[SidecarSubmitterRestart]: on asked, it needs Kubernetes 1.35 and 1.34.4-eks-1 is given; "
            "leave it off"
        ),
    ),
    (
        {"version": "1.7.0", "crds_version": "1.6.2"},
        (
            "crds_version: 1.6.2 asked, the operator 1.7.0 needs its own or newer ones; "
            "leave it out, or name a newer version"
        ),
    ),
    (
        {"image": "mine:1", "image_tag": "v1", "image_registry": "mine"},
        "image: a whole image and image_registry, image_tag asked, the whole one has them all; give one or the other",
    ),
    *(
        (
            {part: text},
            f"{part}: {image!r} asked, it is no reference to an image; write REGISTRY/NAME:TAG, no address",
        )
        for part, text, image in (
            ("image", "mine 1", "mine 1"),
            ("image", "", ""),
            ("image_registry", "https://quay.io", "https://quay.io/kuberay/operator:v1.6.2"),
            ("image_registry", "quay.io/", "quay.io//kuberay/operator:v1.6.2"),
            ("image_repository", "KubeRay/operator", "quay.io/KubeRay/operator:v1.6.2"),
            ("image_tag", "v1 2", "quay.io/kuberay/operator:v1 2"),
        )
    ),
    *(
        (fields, f"{path}: given, nothing comes of it without {needed}; leave it out, or give {needed}")
        for fields, path, needed in (
            ({"create_rbac": False, "aggregate_user_rights": True}, "aggregate_user_rights", "create_rbac"),
            ({"install_crds": False, "crd_source": "/crds"}, "crd_source", "install_crds"),
            ({"install_crds": False, "crds_version": "1.7.0"}, "crds_version", "install_crds"),
            (
                {"logging": {"log_file_volume_size": "1Gi"}},
                "logging.log_file_volume_size",
                "logging.log_file",
            ),
            (
                {
                    "create_service_account": False,
                    "service_account_name": "mine",
                    "service_account_annotations": {"a": "b"},
                },
                "service_account_annotations",
                "create_service_account",
            ),
        )
    ),
    ({"pool": "a10g"}, "pool: a10g asked, the operator belongs to no pool of Ray's; use node_selector and tolerations"),
    (
        {"namespace": "default"},
        "namespace: default asked, and made, every cluster has it; set create_namespace=False",
    ),
    (
        {"watch_namespaces": ["a", "b", "a"]},
        "watch_namespaces[a]: 2 times asked, once says it; remove the others",
    ),
    (
        {"create_service_account": False},
        (
            "service_account_name: an existing one asked, none is made, none is named; "
            "name it, or leave create_service_account on"
        ),
    ),
    (
        {"replicas": 2, "leader_election": False},
        (
            "replicas: 2 asked, without leader_election each would act on every object; "
            "leave leader_election on, or ask for 1"
        ),
    ),
    (
        {"ray_pods": {"default_pod_labels": {"a": "b"}}},
        "ray_pods.default_pod_labels: given, KubeRay 1.6.2 does not act on it; use 1.7.0, or leave it out",
    ),
    (
        {"ray_pods": {"default_pod_annotations": {"a": "b"}}},
        "ray_pods.default_pod_annotations: given, KubeRay 1.6.2 does not act on it; use 1.7.0, or leave it out",
    ),
    (
        {"behavior": {"rayjob_status_check_timeout_seconds": 10}},
        (
            "behavior.rayjob_status_check_timeout_seconds: given, KubeRay 1.6.2 does not act on it; "
            "use 1.7.0, or leave it out"
        ),
    ),
    (
        {"env": {"CLUSTER_DOMAIN": "a"}, "behavior": {"cluster_domain": "b"}},
        "env[CLUSTER_DOMAIN]: given, behavior gives it too; leave one of them out",
    ),
    (
        {"env": {"ENABLE_WEBHOOKS": "true"}},
        (
            "env[ENABLE_WEBHOOKS]: given, rayform installs no webhook, and the operator would not start without its "
            "certificate; leave it out"
        ),
    ),
    (
        {"args": ["--feature-gates=RayCronJob=true"]},
        "args[--feature-gates]: given, rayform writes it; use the field of that setting",
    ),
    (
        {"args": ["--metrics-addr=:9090"], "ray_pods": {"default_container_env": {"A": "b"}}},
        (
            "args[--metrics-addr]: given, the operator ignores it beside the configuration file that ray_pods asks "
            "for; leave one of them out"
        ),
    ),
]


def told(**fields: object) -> list[str]:
    return [str(refusal) for refusal in refusals(KubeRayOperatorSpec.model_validate(fields))]


@pytest.mark.parametrize(("fields", "refusal"), CASES, ids=[text.partition(":")[0] for _, text in CASES])
def test_what_cannot_work_is_refused_by_path(fields: dict[str, object], refusal: str) -> None:
    assert told(**fields) == [refusal]


def test_a_gate_that_chooses_the_scheduler_excludes_another() -> None:
    found = told(version="1.7.0", batch_scheduler="volcano", feature_gates={"KubernetesWAS": True})

    assert found[1:] == [
        "batch_scheduler: volcano asked, the gate KubernetesWAS chooses Kubernetes' own; leave one of them out"
    ]


def test_everything_is_refused_at_once() -> None:
    found = told(namespace="kube-system", replicas=3, leader_election=False, feature_gates={"A": True, "B": True})

    assert [text.partition(":")[0] for text in found] == [
        "feature_gates[A]",
        "feature_gates[B]",
        "namespace",
        "replicas",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"version": "1.7.0", "kubernetes_version": "1.35", "feature_gates": {"SidecarSubmitterRestart": True}},
        {"version": "1.7.0", "feature_gates": {"SidecarSubmitterRestart": True, "KubernetesWAS": False}},
        {"version": "1.6.2", "crds_version": "1.7.0"},
        {"version": "1.6.2", "crds_version": "1.6.0"},
        {"namespace": "default", "create_namespace": False},
        {"replicas": 3},
        {"create_service_account": False, "service_account_name": "mine"},
        {"image_tag": "v1.6.2", "image_digest": f"sha256:{'a' * 64}"},
        {"image_registry": "mirror.corp:5000/quay"},
        {"args": ["--zap-devel"], "ray_pods": {"default_container_env": {"A": "b"}}},
        {"args": ["--metrics-addr=:8080"]},
        {"version": "1.7.0", "ray_pods": {"default_pod_labels": {"a": "b"}}},
    ],
)
def test_what_works_is_not_refused(fields: dict[str, object]) -> None:
    assert told(**fields) == []


@pytest.mark.parametrize("field", ["version", "crds_version"])
def test_an_unknown_version_is_an_error_of_its_own(field: str) -> None:
    with pytest.raises(UnsupportedVersionError, match=r"^KubeRay: version 0\.9\.0 asked, known are 1\.6\.0, "):
        told(**{field: "0.9.0"})


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"image_digest": "sha256:abc"}, ("image_digest",)),
        ({"logging": {"log_file": "/log"}}, ("logging", "log_file")),
        (
            {"metrics": {"service_monitor": {"scrape_interval": "soon"}}},
            ("metrics", "service_monitor", "scrape_interval"),
        ),
        ({"batch_scheduler": "slurm"}, ("batch_scheduler",)),
        ({"replicas": 0}, ("replicas",)),
        ({"client_qps": 0}, ("client_qps",)),
        ({"client_qps": float("inf")}, ("client_qps",)),
        ({"crd_source": ""}, ("crd_source",)),
        ({"metrics": {"metrics_port": 65536}}, ("metrics", "metrics_port")),
        ({"featureGates": {}}, ("featureGates",)),
        ({"namespace": "Ray"}, ("namespace",)),
    ],
)
def test_what_has_no_shape_is_refused_where_it_stands(fields: dict[str, object], path: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError) as caught:
        KubeRayOperatorSpec.model_validate(fields)

    assert [each.path for each in caught.value.refusals] == [".".join(path)]


def test_an_existing_operator_whose_clusters_nobody_could_wait_for_is_refused() -> None:
    with pytest.raises(RefusedError, match=r"feature_gates\[RayClusterStatusConditions\]: off asked"):
        ExistingOperator("1.6.2", {"RayClusterStatusConditions": False})


def test_an_existing_operator_has_all_its_gates() -> None:
    operator = ExistingOperator("1.6.2", {"RayCronJob": True})

    assert operator.gates == {
        "RayClusterStatusConditions": True,
        "RayJobDeletionPolicy": True,
        "RayMultiHostIndexing": True,
        "RayServiceIncrementalUpgrade": False,
        "RayCronJob": True,
        "AsyncJobInfoQuery": False,
    }


def test_an_existing_operator_cannot_have_gates_that_its_version_lacks() -> None:
    with pytest.raises(RefusedError) as caught:
        ExistingOperator("1.6.2", {"RayClusterMTLS": True})

    remedy = f"{KNOWN}, or version 1.7.0, which has it"
    assert str(caught.value) == f"KubeRayOperator.existing: feature_gates[RayClusterMTLS]: set, {remedy}"


def test_an_existing_operator_on_any_kubernetes_is_believed() -> None:
    assert ExistingOperator("1.7.0", {"KubernetesWAS": True}).gates["KubernetesWAS"] is True
