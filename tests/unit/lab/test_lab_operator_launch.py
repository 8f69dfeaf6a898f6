"""The operator of a pod, outside of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from rayform.lab.nodes.operator_launch import Launch, Listening, launch

HERE = Path("/lab")
LISTENING = Listening("127.0.0.1:1", "127.0.0.1:2")
ADDED = ("--metrics-addr=127.0.0.1:1", "--health-probe-bind-address=127.0.0.1:2")
DATA = {
    ("ConfigMap", "settings"): {"config.yaml": "kind: Configuration\nmetricsAddr: :8080\n", "level": "debug"},
    ("Secret", "login"): {"password": "sesame"},
}


def read(kind: str, name: str) -> Mapping[str, str]:
    return DATA[kind, name]


def started(volumes: list[dict[str, Any]] | None = None, **container: Any) -> Launch:
    pod = {
        "metadata": {"name": "operator-1", "namespace": "ray-system"},
        "spec": {"containers": [{"command": ["/manager"], **container}], "volumes": volumes or []},
    }
    return launch(pod, HERE, LISTENING, read)


def mounted(volume: dict[str, Any], **mount: Any) -> Launch:
    mounts = [{"name": "v", "mountPath": "/etc/kuberay", **mount}]
    return started([{"name": "v", **volume}], args=["--file=/etc/kuberay/level"], volumeMounts=mounts)


def test_arguments_are_passed_and_its_own_addresses_added() -> None:
    given = ["--watch-namespace=a,b", "--leader-election-namespace=c"]

    assert started(args=given).arguments == (*given, *ADDED)


def test_words_of_the_command_are_arguments_too() -> None:
    assert started(command=["/manager", "--qps=5"]).arguments[0] == "--qps=5"


def test_the_namespace_of_leader_election_is_the_pods_when_it_is_not_given() -> None:
    assert started(args=["--enable-leader-election"]).arguments[-1] == "--leader-election-namespace=ray-system"


def test_variables_are_set_and_arguments_may_name_them() -> None:
    one = started(args=["--a=$(LEVEL)", "--b=$(OTHER)"], env=[{"name": "LEVEL", "value": "info"}])

    assert one.arguments[:2] == ("--a=info", "--b=$(OTHER)")
    assert one.env == {"LEVEL": "info"}


def test_variables_come_from_the_pod_and_from_other_objects() -> None:
    sources = {
        "NAME": {"fieldRef": {"fieldPath": "metadata.name"}},
        "LEVEL": {"configMapKeyRef": {"name": "settings", "key": "level"}},
        "PASSWORD": {"secretKeyRef": {"name": "login", "key": "password"}},
        "MISSING": {"fieldRef": {"fieldPath": "status.podIP"}},
        "CPUS": {"resourceFieldRef": {"resource": "limits.cpu"}},
    }
    env = started(env=[{"name": name, "valueFrom": source} for name, source in sources.items()]).env

    assert env == {"NAME": "operator-1", "LEVEL": "debug", "PASSWORD": "sesame", "MISSING": "", "CPUS": ""}


def test_whole_objects_become_variables() -> None:
    env = started(
        envFrom=[{"secretRef": {"name": "login"}, "prefix": "MY_"}, {"configMapRef": {"name": "settings"}}]
    ).env

    assert (env["MY_password"], env["level"]) == ("sesame", "debug")


def test_mounted_files_lie_here_and_arguments_follow() -> None:
    one = mounted({"configMap": {"name": "settings"}})

    assert one.files[HERE / "etc/kuberay/level"] == "debug"
    assert one.arguments[0] == "--file=/lab/etc/kuberay/level"


def test_only_the_named_items_of_a_volume_are_mounted() -> None:
    secret = {"secretName": "login", "items": [{"key": "password", "path": "word"}]}

    assert mounted({"secret": secret}).files == {HERE / "etc/kuberay/word": "sesame"}


def test_a_projected_volume_is_the_sum_of_its_sources() -> None:
    sources = [{"secret": {"name": "login"}}, {"serviceAccountToken": {"path": "token"}}]

    assert mounted({"projected": {"sources": sources}}).files == {HERE / "etc/kuberay/password": "sesame"}


def test_one_file_of_a_volume_is_mounted_as_that_file() -> None:
    volume = {"configMap": {"name": "settings"}}

    assert mounted(volume, mountPath="/etc/level", subPath="level").files == {HERE / "etc/level": "debug"}


def test_an_empty_volume_is_a_folder() -> None:
    assert mounted({"emptyDir": {}}).folders == (HERE / "etc/kuberay",)


def test_only_whole_paths_are_moved() -> None:
    mounts = [{"name": "v", "mountPath": "/etc"}]
    one = started([{"name": "v", "emptyDir": {}}], args=["--a=/etcetera", "--b=x/etc", "/etc/c"], volumeMounts=mounts)

    assert one.arguments[:3] == ("--a=/etcetera", "--b=x/etc", "/lab/etc/c")


def test_a_configuration_file_is_changed_instead_of_the_arguments() -> None:
    volumes = [{"name": "v", "configMap": {"name": "settings"}}]
    mounts = [{"name": "v", "mountPath": "/etc/kuberay"}]
    one = started(volumes, args=["--config", "/etc/kuberay/config.yaml"], volumeMounts=mounts)

    assert one.arguments == ("--config", "/lab/etc/kuberay/config.yaml")
    assert yaml.safe_load(one.files[HERE / "etc/kuberay/config.yaml"]) == {
        "kind": "Configuration",
        "leaderElectionNamespace": "ray-system",
        "metricsAddr": "127.0.0.1:1",
        "probeAddr": "127.0.0.1:2",
    }
