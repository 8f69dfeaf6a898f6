"""The control plane behind simulated EKS, as far as an API server of the test's own shows it."""

from base64 import b64encode
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import httpx2
import pytest
from lightkube.core.exceptions import ApiError
from lightkube.models.meta_v1 import Status
from rayform.lab import LabError
from rayform.lab.aws import kubernetes as fleet_module
from rayform.lab.aws.errors import AwsError
from rayform.lab.aws.kubernetes import ControlPlaneFleet
from rayform.lab.aws.oblivion import empty
from rayform.lab.client import plain
from rayform.lab.nodes.wanted import WantedNode

READY = {"conditions": [{"type": "Ready", "status": "True"}]}


def refusal(reason: str) -> ApiError:
    request = httpx2.Request("POST", "https://lab")
    return ApiError(request=request, response=None, status=Status(reason=reason, message=reason))


class Server:
    """Keeps objects by kind, namespace and name; ``kubelets`` make its nodes ready."""

    def __init__(self, *, kubelets: bool = True) -> None:
        self.objects: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.kubelets = kubelets

    def put(self, kind: str, name: str, namespace: str = "", **content: Any) -> None:
        metadata = {"name": name, "namespace": namespace, **content.pop("metadata", {})}
        self.objects[kind, namespace, name] = {"metadata": metadata, **content}

    def list(self, res: Any, *, namespace: str | None = None, labels: Any = None, fields: Any = None) -> Sequence[Any]:
        return [
            res.from_dict(content)
            for (kind, place, _), content in self.objects.items()
            if kind == res.__name__
            and namespace in {None, "*", place}
            and (labels or {}).items() <= content["metadata"].get("labels", {}).items()
            and (fields is None or content["spec"].get("nodeName") == fields["spec.nodeName"])
        ]

    def create(self, obj: Any, name: str | None = None, *, namespace: str | None = None) -> Any:
        content = plain(obj)
        if name:
            return type(obj).from_dict({**content, "status": {"token": f"of {name}", "expirationTimestamp": None}})
        key = (type(obj).__name__, namespace or "", content["metadata"]["name"])
        if key in self.objects:
            raise refusal("AlreadyExists")
        if self.kubelets and key[0] == "Node":
            content["status"] |= READY
        self.objects[key] = content
        return obj

    def delete(self, res: Any, name: str, *, namespace: str | None = None, grace_period: int | None = None) -> None:
        del grace_period
        del self.objects[res.__name__, namespace or "", name]

    def names(self, kind: str) -> Sequence[str]:
        return [name for found, _, name in self.objects if found == kind]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr(fleet_module, "kubernetes", lambda _: nullcontext(made))
    return made


def machine(name: str) -> WantedNode:
    size = {"cpu": "4", "memory": "8Gi", "pods": "10"}
    return WantedNode(name, {"zone": "a"}, (), size, size, f"aws:///a/{name}")


FLEET = ControlPlaneFleet(Path("kubeconfig"))


def test_instances_become_nodes_and_go_with_their_pods(server: Server) -> None:
    FLEET.want("c.g", [machine("one"), machine("two")])
    FLEET.want("c.other", [machine("three")])
    server.put("Pod", "p", "default", spec={"nodeName": "two", "containers": []})
    server.put("Pod", "q", "default", spec={"nodeName": "one", "containers": []})
    FLEET.want("c.g", [machine("one")])

    assert server.names("Node") == ["one", "three"]
    assert server.names("Pod") == ["q"]
    assert server.objects["Node", "", "one"]["spec"]["providerID"] == "aws:///a/one"
    assert (FLEET.ready("c.g"), FLEET.nodes("c.g")) == (True, 1)


def test_nodes_are_ready_when_their_kubelets_say_so(server: Server) -> None:
    server.kubelets = False
    FLEET.want("c.g", [machine("one")])

    assert (FLEET.ready("c.g"), FLEET.nodes("c.g")) == (False, 0)


def test_a_control_plane_that_does_not_answer_is_asked_again(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise LabError("kube-apiserver: is down")

    fleet = ControlPlaneFleet(Path("kubeconfig"))
    with monkeypatch.context() as patch:
        patch.setattr(server, "list", refuse)
        fleet.want("c.g", [machine("one")])
        assert (fleet.ready("c.g"), fleet.nodes("c.g")) == (False, 0)
    assert not fleet.ready("c.g")
    fleet.want("c.g", [machine("one")])
    assert fleet.ready("c.g")


def test_nodes_of_an_earlier_cloud_are_removed(server: Server) -> None:
    server.put("Node", "own", spec={})
    FLEET.want("c.g", [machine("one")])
    FLEET.begin()

    assert server.names("Node") == ["own"]


def test_there_is_one_cluster(server: Server) -> None:
    del server
    FLEET.admit("first", ())
    with pytest.raises(AwsError) as caught:
        FLEET.admit("second", ("first",))

    reason = "The lab has one control plane, which is first; delete it before second is made"
    assert str(caught.value) == f"ResourceLimitExceededException: {reason}"


def test_a_token_is_an_administrators(server: Server) -> None:
    assert [FLEET.token(), FLEET.token()] == ["of aws-admin"] * 2
    binding = server.objects["ClusterRoleBinding", "", "aws-admin"]

    assert binding["roleRef"]["name"] == "cluster-admin"


def test_where_it_is_stands_in_its_kubeconfig(tmp_path: Path) -> None:
    authority = b64encode(b"pem").decode()
    (tmp_path / "kubeconfig").write_text(
        f"clusters: [{{cluster: {{server: 'https://127.0.0.1:5', certificate-authority-data: {authority}}}}}]"
    )
    plane = ControlPlaneFleet(tmp_path / "kubeconfig").plane()

    assert (plane.endpoint, plane.authority) == ("https://127.0.0.1:5", authority)


def test_an_emptied_control_plane_keeps_what_is_kubernetes_own(server: Server) -> None:
    for name in ("default", "kube-system", "ray"):
        server.put("Namespace", name)
    server.put("StorageClass", "gp3", provisioner="x")
    server.put("ClusterRole", "admin", metadata={"labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}})
    server.put("ClusterRole", "kuberay")
    server.put("ClusterRole", "system:node")
    server.put("Service", "kubernetes", "default")
    server.put("Service", "head", "default")
    server.put("ServiceAccount", "job-controller", "kube-system")
    server.put("ServiceAccount", "coredns", "kube-system", metadata={"managedFields": [{"manager": "pulumi"}]})
    empty(server)

    assert server.names("Namespace") == ["default", "kube-system"]
    assert server.names("StorageClass") == []
    assert server.names("ClusterRole") == ["admin", "system:node"]
    assert server.names("Service") == ["kubernetes"]
    assert server.names("ServiceAccount") == ["job-controller"]
