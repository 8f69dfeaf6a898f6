"""What user data says of a node, and the program that kubeconfigs run."""

import json
from base64 import b64encode

import pytest
from rayform.lab.aws import command
from rayform.lab.aws.eks.kubelet import Kubelet, kubelet

OFFERS = {"cpu": "4", "memory": "16Gi", "ephemeral-storage": "100Gi", "pods": "58", "nvidia.com/gpu": "1"}
NODE_CONFIG = {
    "spec": {
        "kubelet": {
            "config": {
                "maxPods": 50,
                "kubeReserved": {"cpu": "80m", "memory": "1Gi", "ephemeral-storage": "1Gi"},
                "evictionHard": {"memory.available": "1Gi", "nodefs.available": "10%"},
            }
        },
        "instance": {"localStorage": {"strategy": "RAID0"}},
    }
}
MIME = "\n".join(
    (
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="B"',
        "",
        "--B",
        "Content-Type: application/node.eks.aws",
        "",
        json.dumps(NODE_CONFIG),
        "--B",
        "Content-Type: text/x-shellscript",
        "",
        "echo",
        "--B--",
    )
)
BOTTLEROCKET = """
[settings.kubernetes]
max-pods = 50
[settings.kubernetes.kube-reserved]
"cpu" = "80m"
"memory" = "1Gi"
"ephemeral-storage" = "1Gi"
[settings.kubernetes.eviction-hard]
"memory.available" = "1Gi"
"nodefs.available" = "10%"
[settings.bootstrap-commands.storage]
commands = [["apiclient", "ephemeral-storage", "init"]]
"""


@pytest.mark.parametrize("text", [MIME, BOTTLEROCKET], ids=["al2023", "bottlerocket"])
def test_both_systems_tell_the_kubelet_the_same(text: str) -> None:
    told = kubelet(b64encode(text.encode()).decode())

    assert (told.max_pods, told.local_disks) == (50, True)
    assert told.left(OFFERS) == {
        "cpu": "3920m",
        "memory": str(14 << 30),
        "ephemeral-storage": str(89 << 30),
        "pods": "58",
        "nvidia.com/gpu": "1",
    }


@pytest.mark.parametrize("text", ["", "#!/bin/sh\necho", "MIME-Version: 1.0\n\n"])
def test_other_user_data_tells_it_nothing(text: str) -> None:
    assert kubelet(b64encode(text.encode()).decode()) == Kubelet()


def test_a_token_that_nobody_gives_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")

    assert command.main(["eks", "get-token", "--cluster-name", "c"]) == 1
    assert capsys.readouterr().err.startswith("aws: http://127.0.0.1:1 does not answer")


def test_the_program_does_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["s3", "ls"]) == 252
    assert "invalid choice: 's3'" in capsys.readouterr().err


def test_what_it_prints_is_what_kubernetes_clients_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command.Control, "token", lambda _, cluster, region: f"{cluster} in {region}")
    asked = ["--region", "eu-west-1", "eks", "get-token", "--cluster-name", "c", "--output", "json"]

    assert command.main(asked) == 0
    credential = json.loads(capsys.readouterr().out)
    assert (credential["kind"], credential["status"]) == ("ExecCredential", {"token": "c in eu-west-1"})
