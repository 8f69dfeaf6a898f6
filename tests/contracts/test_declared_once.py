"""Declare once, forward only: every parameter is a field of one class, and few files read it."""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from house import classes, modules
from rayform.components import (
    Head,
    KubeRayOperator,
    KubeRayOperatorSpec,
    RayCluster,
    RayClusterSpec,
    RayCronJob,
    RayCronJobSpec,
    RayJob,
    RayJobSpec,
    RayService,
    RayServiceSpec,
    ServeApplication,
    ServeConfig,
    WorkerGroup,
)
from rayform.components.versions import RAY_DEFAULT, Gate
from rayform.lab.testing import run
from rayform.spec.model import Spec

SAME_WORD: dict[str, dict[str, set[str]]] = {
    "Kubernetes' own word, repeated in its own kinds": {
        "access_modes": {"ClaimTemplate", "GcsEmbeddedStorage"},
        "claim_name": {"Claim", "GcsEmbeddedStorage"},
        "command": {"Container", "Probe"},
        "config_map": {"ConfigMapKey", "EnvFrom", "Volume"},
        "default_mode": {"ConfigMapFiles", "SecretFiles"},
        "effect": {"Taint", "Toleration"},
        "items": {"ConfigMapFiles", "SecretFiles"},
        "key": {"ConfigMapKey", "SecretKey", "Taint", "Toleration"},
        "optional": {"ConfigMapFiles", "ConfigMapKey", "EnvFrom", "SecretFiles", "SecretKey"},
        "port": {"Probe", "RayStartParams"},
        "read_only": {"Claim", "VolumeMount"},
        "restart_policy": {"Pod", "Sidecar"},
        "run_as_group": {"ContainerSecurity", "PodSecurity"},
        "run_as_non_root": {"ContainerSecurity", "PodSecurity"},
        "run_as_user": {"ContainerSecurity", "PodSecurity"},
        "seccomp_profile": {"ContainerSecurity", "PodSecurity"},
        "secret": {"EnvFrom", "SecretKey", "Volume"},
        "size": {"ClaimTemplate", "GcsEmbeddedStorage"},
        "storage_class_name": {"ClaimTemplate", "GcsEmbeddedStorage"},
        "sub_path": {"GcsEmbeddedStorage", "VolumeMount"},
        "prefix": {"EnvFrom", "ReadBucket", "WriteBucket"},
        "timeout_seconds": {"Identity", "Probe"},
        "value": {"Taint", "Toleration"},
    },
    "KubeRay's own word in different structures of its API": {
        "backoff_limit": {"RayJobSpec", "SubmitterConfig"},
        "head": {"NetworkPolicyConfig", "RayClusterSpec"},
        "idle_timeout_seconds": {"AutoscalerOptions", "WorkerGroup"},
        "image": {"Process", "RayClusterSpec"},
        "managed_by": {"RayClusterSpec", "RayJobSpec", "RayServiceSpec"},
        "mode": {"AuthOptions", "NetworkPolicyConfig"},
        "policy": {"DeletionPolicy", "DeletionRule"},
        "replicas": {"KubeRayOperatorSpec", "WorkerGroup"},
        "resources": {"RayPod", "RayStartParams"},
        "secret_name": {"AuthOptions", "SecretFiles"},
        "suspend": {"RayClusterSpec", "RayCronJobSpec", "RayJobSpec", "RayServiceSpec", "WorkerGroup"},
        "type": {"ServiceUpgradeStrategy", "UpgradeStrategy"},
        "upgrade_strategy": {"RayClusterSpec", "RayServiceSpec"},
    },
    "a word of Ray's core or Kubernetes, and Serve's own for its replicas, proxies and logs": {
        "args": {"Container", "ServeApplication"},
        "host": {"IngressOptions", "ServeHttpOptions"},
        "log_level": {"OperatorLogging", "ServeLogging"},
        "max_replicas": {"ServeAutoscaling", "WorkerGroup"},
        "max_surge_percent": {"ClusterUpgradeOptions", "ServeDeployment"},
        "memory": {"ServeActorOptions"},
        "min_replicas": {"ServeAutoscaling", "WorkerGroup"},
        "name": {"ServeApplication", "ServeDeployment"},
        "num_cpus": {"RayStartParams", "ServeActorOptions"},
        "num_gpus": {"RayStartParams", "ServeActorOptions"},
        "policy": {"ServeAutoscaling"},
        "port": {"_Proxy"},
        "resources": {"ServeActorOptions"},
    },
    "the environment of a job, of an application, and of one deployment on top": {
        "runtime_env": {"RayJobSpec", "ServeActorOptions", "ServeApplication"},
    },
    "what an update waits for differs by kind": {"wait": {"RayJobSpec", "RayServiceSpec"}},
    "what a pod asks for, and what a node or its pool has": {
        "cpu": {"ExistingPool", "Process"},
        "gpus": {"ExistingPool", "PodContainer"},
        "labels": {"ExistingPool", "PoolSpec", "RayPod"},
        "max_nodes": {"ExistingPool", "PoolSpec"},
        "memory": {"ExistingPool", "Process", "RayStartParams"},
        "nvme": {"ExistingPool", "NodePoolSpec"},
        "taints": {"ExistingPool", "PoolSpec"},
    },
    "the name, namespace or version of each thing that has one": {
        "feature_gates": {"Installed", "Release"},
        "name": {
            "ConfigMapFiles",
            "Identity",
            "ExistingPool",
            "Port",
            "Sidecar",
            "Volume",
            "VolumeMount",
            "WorkerGroup",
        },
        "namespace": {"Identity", "OperatorRights", "StackSettings", "WorkloadIdentitySpec"},
        "version": {"AutoscalerOptions", "EksClusterSpec", "Installed", "Release"},
    },
    "bounds of the root disk that each kind of pool has of its own": {
        "root_gib": {"GpuNodePoolSpec", "NodePoolSpec"},
        "root_iops": {"GpuNodePoolSpec", "NodePoolSpec"},
        "root_mibps": {"GpuNodePoolSpec", "NodePoolSpec"},
    },
    "AWS' own word, or what each piece of ground has of its own": {
        "bucket": {"ReadBucket", "WriteBucket"},
        "metrics": {"GpuSupportSpec", "KubeRayOperatorSpec"},
        "tags": {"EksClusterSpec", "NetworkSpec", "PoolSpec", "WorkloadIdentitySpec"},
        "zones": {"NetworkSpec", "PoolSpec"},
    },
    "what the typed fields beside it leave out": {
        "other": {"AutoscalerOptions", "CollectorOptions", "RayStartParams", "RuntimeEnv", "ServePart"}
    },
    "the folder of a process, and the folder that Ray uploads": {"working_dir": {"PodContainer", "RuntimeEnv"}},
}
"""Fields of several specs that mean something different in each, by reason: the classes that may declare them."""

NARROWED: dict[str, str] = {
    "GpuNodePoolSpec": "a node with GPUs needs a larger disk by default, for its images",
}
"""Specs that declare a field of their parent again, for another default or bound, each with its reason."""

READERS = 3
"""Files of the rooms that may read one field: what renders it, what judges it, and what one of the two needs for it."""
READ_MORE: dict[tuple[str, str], str] = {
    ("KubeRayOperatorSpec", "batch_scheduler"): "the operator runs with it, has rights for it, and tells Ray objects",
    ("OperatorRights", "namespace"): "every object of the operator is in it",
    ("Release", "version"): "every part of an operator differs by version",
}
"""Fields read in more files, each with its reason."""

TAG = re.compile(r"Literal\['[^',]*'\]$|ClassVar")
"""Annotations of what is no parameter: the tag of one member of a union, and what belongs to the class."""

ROOMS = ("components", "fit", "infra", "spec", "stacks")


def specs() -> dict[str, tuple[Path, ast.ClassDef]]:
    """Every class that is a ``Spec``, itself left out."""
    known = {node.name: (file, node) for file in modules(*ROOMS) for node in classes(file)}

    def is_spec(name: str) -> bool:
        return name in known and any(base == "Spec" or is_spec(base) for base in bases(known[name][1]))

    return {name: found for name, found in known.items() if is_spec(name)}


def bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases]


def fields(node: ast.ClassDef) -> list[str]:
    return [
        ast.unparse(statement.target)
        for statement in node.body
        if isinstance(statement, ast.AnnAssign) and not TAG.match(ast.unparse(statement.annotation))
    ]


def declared() -> dict[str, set[str]]:
    """Fields with the specs that declare them."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, (_, node) in specs().items():
        for field in fields(node):
            found[field].add(name)
    return found


def program() -> None:
    """One of each kind, so that every part of the rooms reads what it reads."""
    group = WorkerGroup(name="gpu", cpu=8, memory="64Gi", gpus=2, min_replicas=0, max_replicas=4)
    spec = RayClusterSpec(ray_version=RAY_DEFAULT, head=Head(cpu=4, memory="16Gi"), workers=[group], autoscaling=True)
    operator = KubeRayOperator("kuberay", KubeRayOperatorSpec(feature_gates={Gate.RAY_CRON_JOB: True}))
    job = RayJobSpec(entrypoint="python job.py", ray_cluster_spec=spec)
    config = ServeConfig(applications=[ServeApplication(import_path="chat:app")])
    RayCluster("train", spec, operator=operator)
    RayJob("whole", job, operator=operator)
    RayService("chat", RayServiceSpec(ray_cluster_config=spec, serve_config_v2=config), operator=operator)
    RayCronJob("nightly", RayCronJobSpec(schedule="@daily", job_template=job), operator=operator)


@pytest.fixture(scope="module")
def readers() -> dict[tuple[str, str], set[str]]:
    """Fields with the files of the rooms that read them while the program runs."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)

    def spy(self: Spec, name: str) -> Any:
        if not name.startswith(("_", "model_")) and name in type(self).model_fields:
            owner = next(each for each in type(self).__mro__ if name in vars(each).get("__annotations__", {}))
            module = sys._getframe(1).f_globals["__name__"]
            if module.startswith("rayform."):
                found[owner.__name__, name].add(module)
        return object.__getattribute__(self, name)

    Spec.__getattribute__ = spy
    try:
        run(program)
    finally:
        del Spec.__getattribute__
    return found


def allowed() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for words in SAME_WORD.values():
        for field, owners in words.items():
            found[field] |= owners
    return found


def test_no_field_is_declared_twice() -> None:
    twice = {field: owners for field, owners in declared().items() if len(owners) > 1}
    unexplained = {
        field: sorted(owners) for field, owners in twice.items() if not owners <= allowed().get(field, set())
    }

    assert unexplained == {}, "give these one class that the others embed or inherit, or a reason in SAME_WORD"


def test_no_reason_outlives_its_fields() -> None:
    now = declared()
    stale = {field: sorted(owners - now[field]) for field, owners in allowed().items() if not owners <= now[field]}

    assert stale == {}, "SAME_WORD names declarations that are gone"


def test_no_subclass_declares_its_parents_field_again() -> None:
    known = specs()

    def inherited(name: str) -> set[str]:
        parents = [base for base in bases(known[name][1]) if base in known]
        return {field for parent in parents for field in (*fields(known[parent][1]), *inherited(parent))}

    again = {name: sorted(inherited(name).intersection(fields(node))) for name, (_, node) in known.items()}

    twice = {name: fields for name, fields in again.items() if fields}

    assert {name: fields for name, fields in twice.items() if name not in NARROWED} == {}
    assert sorted(NARROWED.keys() - twice.keys()) == [], "NARROWED names specs that declare nothing again"


def test_few_files_read_a_field(readers: dict[tuple[str, str], set[str]]) -> None:
    crowded = {field: sorted(files) for field, files in readers.items() if len(files) > READERS}
    unexplained = {field: files for field, files in crowded.items() if field not in READ_MORE}

    assert unexplained == {}, "a parameter that many files read is passed around: derive once, hand on the result"
    assert sorted(READ_MORE.keys() - crowded.keys()) == [], "READ_MORE names fields that few files read"


def test_the_spy_sees_what_is_read(readers: dict[tuple[str, str], set[str]]) -> None:
    assert "rayform.components.ray.manifest.group" in readers["WorkerGroup", "name"]


def test_the_settings_of_a_stack_hold_specs_and_nothing_of_their_own() -> None:
    known = specs()
    elsewhere = {field for name, (file, node) in known.items() if "stacks" not in file.parts for field in fields(node)}
    repeated = set(fields(known["StackSettings"][1])) & elsewhere

    assert repeated <= {"namespace"}, "a stack has one namespace; every other setting is a field of a room's spec"
