"""What in a control plane asks for a load balancer, and what holds it until that has gone."""

from typing import Any

import pytest
from lightkube.resources.core_v1 import Service
from lightkube.resources.networking_v1 import Ingress
from rayform.lab.aws.doors import doors, hold, release
from rayform.lab.aws.fleet import Door
from rayform.lab.client import plain

FINALIZER = "service.kubernetes.io/load-balancer-cleanup"
DOOR = Door("Service", "ray", "head", "uid", held=False)


class Server:
    """Has these objects, and keeps what is applied."""

    def __init__(self, *objects: tuple[type[Any], dict[str, Any]]) -> None:
        self.objects = objects
        self.applied: list[tuple[str, dict[str, Any]]] = []

    def list(self, res: type[Any], *, namespace: str) -> list[Any]:
        assert namespace == "*"
        return [kind.from_dict(content) for kind, content in self.objects if kind is res]

    def apply(self, obj: Any, name: str | None = None, *, namespace: str | None = None, force: bool) -> None:
        assert force
        assert (name, namespace) in {(None, None), ("head", "ray")}
        self.applied.append((type(obj).__name__, plain(obj)))


def named(**more: Any) -> dict[str, Any]:
    return {"name": "head", "namespace": "ray", "uid": "uid", **more}


@pytest.mark.parametrize(
    ("kind", "content", "found"),
    [
        (Service, {"metadata": named(), "spec": {"type": "ClusterIP"}}, []),
        (Service, {"metadata": named(), "spec": {"type": "LoadBalancer"}}, [DOOR]),
        (
            Service,
            {"metadata": named(finalizers=[FINALIZER]), "spec": {"type": "LoadBalancer"}},
            [Door("Service", "ray", "head", "uid")],
        ),
        (
            Service,
            {"metadata": named(finalizers=[FINALIZER]), "spec": {"type": "ClusterIP"}},
            [Door("Service", "ray", "head", "uid", wanted=False)],
        ),
        (
            Service,
            {
                "metadata": named(finalizers=[FINALIZER], deletionTimestamp="2026-11-27T00:00:00Z"),
                "spec": {"type": "LoadBalancer"},
            },
            [Door("Service", "ray", "head", "uid", wanted=False)],
        ),
        (Ingress, {"metadata": named(), "spec": {"ingressClassName": "nginx"}}, []),
        (
            Ingress,
            {"metadata": named(), "spec": {"ingressClassName": "alb"}},
            [Door("Ingress", "ray", "head", "uid", held=False)],
        ),
        (
            Ingress,
            {"metadata": named(annotations={"kubernetes.io/ingress.class": "alb"}), "spec": {}},
            [Door("Ingress", "ray", "head", "uid", held=False)],
        ),
    ],
)
def test_what_wants_a_balancer_or_waits_for_its_end_is_found(
    kind: type[Any], content: dict[str, Any], found: list[Door]
) -> None:
    server: Any = Server((kind, content))

    assert list(doors(server)) == found


def test_it_is_held_and_told_where_it_is_reached() -> None:
    server: Any = Server()
    hold(server, DOOR, "lb.amazonaws.com")

    (_, held), (kind, told) = server.applied
    assert held["metadata"]["finalizers"] == [FINALIZER]
    assert (kind, told["status"]) == (
        "ServiceStatus",
        {"loadBalancer": {"ingress": [{"hostname": "lb.amazonaws.com"}]}},
    )


def test_it_is_let_go() -> None:
    server: Any = Server()
    release(server, DOOR)

    ((kind, content),) = server.applied
    assert (kind, content["metadata"].get("finalizers", [])) == ("Service", [])
