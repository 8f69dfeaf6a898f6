"""What has the wrong shape, in a program's own words: one error, every refusal in it, no value that may be a secret."""

from collections.abc import Callable

import pulumi
import pytest
from rayform.components import Head, KubeRayOperatorSpec, RayClusterSpec, RayJobSpec, WorkerGroup
from rayform.infra import EksClusterSpec, NetworkSpec, ReadBucket, WorkloadIdentitySpec
from rayform.policy.guard import ClusterGuardSpec
from rayform.spec.model import Spec
from rayform.spec.refusal import RayformError, RefusedError, UnsupportedVersionError
from rayform.stacks import StackSettings

HIDDEN = "hunter2"
NO_QUANTITY = "it is no Kubernetes quantity; write a number and a unit: 500m, 4, 16Gi"
KINDS = "'read_bucket', 'write_bucket', 'pull_repository', 'read_secret'"
VALUES = "a text, a SecretKey, a ConfigMapKey, a PodField, a ResourceField or a ValueFrom"


def told(make: Callable[[], object]) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        make()
    assert "pydantic" not in str(caught.value)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: WorkerGroup(name="gpu", cpu="lots"),
            f"WorkerGroup gpu: cpu: 'lots' asked, {NO_QUANTITY}",
        ),
        (
            lambda: Head.model_validate({"num_gpus": 1}),
            "Head: num_gpus: asked, there is no such field; did you mean gpus?",
        ),
        (
            lambda: RayJobSpec.model_validate({"ray_cluster_spec": "train"}),
            "RayJobSpec: ray_cluster_spec: a text asked, it is a RayClusterSpec; write its fields",
        ),
        (
            lambda: KubeRayOperatorSpec(replicas=0),
            "KubeRayOperatorSpec: replicas: 0 asked, it is 1 or more; raise it",
        ),
        (
            lambda: NetworkSpec.model_validate({"zones": "two"}),
            "NetworkSpec: zones: 'two' asked, it is a whole number or a list; write one of these",
        ),
        (
            lambda: EksClusterSpec.model_validate({"version": 1.34, "admins": []}),
            "EksClusterSpec: version: a number asked, it is a text; quote it",
        ),
        (lambda: ReadBucket.model_validate({}), "ReadBucket: bucket: no bucket asked, there is no default; give one"),
        (
            lambda: ClusterGuardSpec.model_validate({"elsewhere": "no"}),
            "ClusterGuardSpec: elsewhere: 'no' asked, it is 'refused', 'warned' or 'allowed'; choose one of these",
        ),
        (
            lambda: StackSettings.model_validate({"kuberay": {"feature_gate": {}}}),
            "StackSettings: kuberay.feature_gate: asked, there is no such field; did you mean feature_gates?",
        ),
    ],
)
def test_each_room_says_where_what_and_what_to_do(make: Callable[[], Spec], message: str) -> None:
    assert told(make) == [message]


def test_everything_wrong_is_in_one_error_with_groups_by_their_names() -> None:
    workers = [{"name": "gpu", "cpu": "lots", "gpus": "2"}, {"min_replicas": -1}]

    assert told(lambda: RayClusterSpec.model_validate({"head": {"colour": "red"}, "workers": workers})) == [
        "RayClusterSpec: ray_version: no ray_version asked, there is no default; give one",
        "RayClusterSpec: head.colour: asked, there is no such field; take it out",
        f"RayClusterSpec: workers[gpu].cpu: 'lots' asked, {NO_QUANTITY}",
        "RayClusterSpec: workers[gpu].gpus: '2' asked, it is a whole number; remove the quotes",
        "RayClusterSpec: workers[1].name: no name asked, there is no default; give one",
        "RayClusterSpec: workers[1].min_replicas: -1 asked, it is 0 or more; raise it",
    ]


def test_of_what_a_field_may_be_the_likeliest_is_told() -> None:
    env = {"A": {"secret": "token"}, "B": 3}

    assert told(lambda: Head.model_validate({"env": env})) == [
        "Head: env[A].key: no key asked, there is no default; give one",
        f"Head: env[B]: a number asked, it is {VALUES}; write one of these",
    ]


def test_what_tells_one_grant_from_another_is_a_word_too() -> None:
    grants = [{"kind": "read_buket"}, {"bucket": "data"}]
    asked = {"namespace": "ray", "service_account": "train", "grants": grants}

    assert told(lambda: WorkloadIdentitySpec.model_validate(asked)) == [
        f"WorkloadIdentitySpec: grants[0].kind: 'read_buket' asked, it is {KINDS}; did you mean 'read_bucket'?",
        "WorkloadIdentitySpec: grants[1].kind: no kind asked, there is no default; give one",
    ]


@pytest.mark.parametrize("env", [{"PASSWORD": [HIDDEN]}, {"PASSWORD": {"value": HIDDEN}}, [HIDDEN], HIDDEN])
def test_what_may_be_a_secret_is_not_shown(env: object) -> None:
    assert HIDDEN not in " ".join(told(lambda: Head.model_validate({"env": env, "image": {"tag": HIDDEN}})))


def test_where_pulumi_runs_a_program_what_is_refused_ends_it_without_a_traceback() -> None:
    with pytest.raises(pulumi.RunError) as caught:
        WorkerGroup(name="GPU")

    assert isinstance(caught.value, RefusedError)
    assert str(caught.value) == (
        "WorkerGroup GPU: name: 'GPU' asked, it is no such name; use at most 63 lower case letters, digits and dashes"
    )
    assert isinstance(UnsupportedVersionError("Ray", "1", ["2"]), pulumi.RunError)
    assert type(RayformError("no")) is type(RayformError("nor"))


def test_a_json_text_is_refused_alike() -> None:
    assert told(lambda: KubeRayOperatorSpec.model_validate_json('{"replicas": 0}')) == [
        "KubeRayOperatorSpec: replicas: 0 asked, it is 1 or more; raise it"
    ]
