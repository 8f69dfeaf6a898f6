"""Services and networks on either side of each rule."""

from typing import Any

import yaml
from ray_builders import GONE
from ray_edges_objects import SELECTED
from ray_rule_case import OPEN_1_7, Edge, N, W

__all__ = ["EDGES"]

STEPWISE = {"RayServiceIncrementalUpgrade": True}
CLUSTER = "spec rayClusterConfig"
HEAD = f"{CLUSTER} headGroupSpec template spec containers 0"
WORKER = f"{CLUSTER} workerGroupSpecs 0 template spec containers 0"
UNIMPORTABLE = (
    *("chat", ":app", "chat:", ".app", "chat.", "a:b:c", "", "a.b:c.d", "chat.py:app", "chat.py.app", "chat.py"),
    *("a/b:app", "a\\b:app", "./chat:app", ".chat:app", "a..b:app", "chat :app", "chat: app", "a:my-app", "a:b()"),
)
IMPORTABLE = ("chat:app", "chat.app", "a.b.c:app", "my-app.chat:app", "py:app", "py.app", "a.mypy:app", "$A/$B:c")
UPGRADE = {"gatewayClassName": "istio", "intervalSeconds": 10, "stepSizePercent": 10}


def upgraded(**options: Any) -> dict[str, Any]:
    whole = {name: value for name, value in {**UPGRADE, **options}.items() if value is not GONE}
    return {
        f"{CLUSTER} enableInTreeAutoscaling": True,
        "spec upgradeStrategy": {"type": "NewClusterWithIncrementalUpgrade", "clusterUpgradeOptions": whole},
    }


def ports(*names: str) -> dict[str, Any]:
    return {f"{HEAD} ports": [{"name": name, "containerPort": 1000 + at} for at, name in enumerate(names)]}


SERVE = [{"name": "serve", "containerPort": 9000}]
NINE = "http_options: {port: 9000}\napplications: [{import_path: chat:app}]"


def at_port(asked: int, named: object, group: object = 9000) -> dict[str, Any]:
    listed = [{"name": "dashboard", "containerPort": 8265}, {"name": "serve", "containerPort": named}]
    return {
        "spec serveConfigV2": NINE.replace("9000", str(asked)),
        "spec rayClusterConfig headGroupSpec template spec containers 0 ports": listed,
        f"{WORKER} ports": [{"name": "serve", "containerPort": group}],
    }


def forwarded(**port: Any) -> dict[str, Any]:
    return {**at_port(9000, 9000), "spec serveService": {"spec": {"ports": [{"name": "serve", **port}]}}}


def serves(*applications: Any) -> dict[str, Any]:
    return {"spec serveConfigV2": yaml.dump({"applications": list(applications)}, Dumper=yaml.CSafeDumper)}


def app(**fields: Any) -> dict[str, Any]:
    return {"import_path": "chat:app", **fields}


def scales(**bounds: int) -> dict[str, Any]:
    return serves(app(deployments=[{"name": "a", "autoscaling_config": bounds}]))


def ingress(rule: dict[str, Any]) -> dict[str, Any]:
    return network(head={"ingressRules": [rule]})


def network(**policy: Any) -> dict[str, Any]:
    return {"spec networkPolicy": policy}


def lets_out(*ports: Any) -> dict[str, Any]:
    rules = [{"ports": [port if isinstance(port, dict) else {"port": port} for port in ports]}]
    return {**network(head={"egressRules": rules}), "spec enableInTreeAutoscaling": True}


def services(name: str, broken: list[dict[str, Any]], kept: list[dict[str, Any]]) -> Edge:
    return Edge(name, broken, kept, of="service", gates=STEPWISE)


def closed(name: str, broken: list[dict[str, Any]], kept: list[dict[str, Any]], of: str = "cluster") -> Edge:
    return Edge(name, broken, kept, of, "1.7.0", OPEN_1_7)


SERVICES = (
    services("stepwise-autoscaling", [], [upgraded(), {}]),
    Edge(
        "stepwise-surge",
        kept=[upgraded(maxSurgePercent=200)],
        of="service",
        gates={"RayServiceIncrementalUpgrade": False},
    ),
    services(
        "stepwise-surge",
        [upgraded(maxSurgePercent=-1), upgraded(maxSurgePercent=101)],
        [upgraded(maxSurgePercent=value) for value in (0, 100, None)],
    ),
    services(
        "stepwise-step",
        [upgraded(stepSizePercent=-1), upgraded(stepSizePercent=101)],
        [upgraded(stepSizePercent=v) for v in (0, 100, None)],
    ),
    services("stepwise-never-ends", [], [upgraded(), upgraded(stepSizePercent=1, maxSurgePercent=1), {}]),
    Edge(
        "stepwise-step-over-surge",
        [upgraded(stepSizePercent=11, maxSurgePercent=10)],
        [upgraded(stepSizePercent=None, maxSurgePercent=0)],
        "service",
        "1.7.0",
        STEPWISE,
    ),
    Edge(
        "stepwise-step-over-surge",
        kept=[upgraded(stepSizePercent=10, maxSurgePercent=10), upgraded(stepSizePercent=GONE, maxSurgePercent=0)],
        of="service",
        version="1.7.0",
        gates=STEPWISE,
    ),
    services(
        "stepwise-interval",
        [upgraded(intervalSeconds=0)],
        [upgraded(intervalSeconds=1), upgraded(intervalSeconds=None)],
    ),
    services(
        "service-upgrade-type-missing", [{"spec upgradeStrategy": {}}], [{}, {"spec upgradeStrategy": {"type": "None"}}]
    ),
    Edge("service-upgrade-type-missing", kept=[{"spec upgradeStrategy": {}}], of="service"),
    services("service-upgrade-gate", [], [upgraded(), {"spec upgradeStrategy": {"type": "NewCluster"}}]),
    services(
        "deletion-delay-negative", [], [{"spec rayClusterDeletionDelaySeconds": value} for value in (0, None, "x")]
    ),
    services(
        "serve-port",
        [ports("dashboard", "server")],
        [ports("dashboard", "serve"), ports("serve-grpc", "dashboard"), ports()],
    ),
    services(
        "serve-port-differs",
        [at_port(8000, 9000), at_port(9000, 8000), at_port(9000, 9000, 8000), {f"{HEAD} ports": SERVE}],
        [
            at_port(9000, 9000),
            at_port(9, "x", "x"),
            {**at_port(9000, 9000, 8000), f"{WORKER} readinessProbe": {"exec": {"command": ["true"]}}},
            {**at_port(9000, 9000, 8000), "spec serveConfigV2": f"proxy_location: HeadOnly\n{NINE}"},
            {f"{HEAD} ports": SERVE, "spec serveConfigV2": " "},
        ],
    ),
    services(
        "serve-port-differs",
        [forwarded(port=80), forwarded(port=9000, targetPort=8000)],
        [
            forwarded(port=9000),
            forwarded(port=80, targetPort=9000),
            forwarded(port=80, targetPort="serve"),
            forwarded(port=80, name="other"),
            {**forwarded(port=80), **upgraded()},
        ],
    ),
    services(
        "serve-port-differs",
        [{"spec serveConfigV2": f"proxy_location: HeadOnly\n{NINE}"}],
        [{"spec serveConfigV2": each} for each in (f"proxy_location: Disabled\n{NINE}", NINE.replace("9000", "x"))],
    ),
    services("serve-config-missing", [{"spec serveConfigV2": " "}], [{"spec serveConfigV2": 7}]),
    services(
        "serve-config-yaml",
        [
            serves(),
            serves("chat"),
            serves(app(), "chat"),
            {"spec serveConfigV2": "applications: {a: {}}"},
            {"spec serveConfigV2": "[" * 51 + "]" * 51},
        ],
        [
            {"spec serveConfigV2": ""},
            {"spec serveConfigV2": GONE},
            {"spec serveConfigV2": " "},
            serves(app(args={"a": yaml.safe_load("[" * 46 + "]" * 46)})),
        ],
    ),
    services(
        "serve-config-yaml",
        [serves(app(args=[1] * 19_993)), serves(app(args="x" * 2**20))],
        [serves(app(args=[1] * 19_992))],
    ),
    services(
        "serve-import-path",
        [serves(app(import_path=path)) for path in UNIMPORTABLE],
        [serves(app(import_path=path)) for path in IMPORTABLE],
    ),
    services(
        "serve-route-form",
        [serves(app(route_prefix=route)) for route in ("chat", "/chat/", "/{chat", "/chat}")],
        [serves(app(route_prefix=route)) for route in ("/", "/chat", None)],
    ),
    services(
        "serve-deployment-form",
        [serves(app(deployments=[{"name": ""}]))],
        [serves(app(deployments=[{"name": "a"}, {"name": "b"}]))],
    ),
    services("serve-replicas-twice", [], [serves(app(deployments=[{"name": "a", "num_replicas": 2}]))]),
    services(
        "serve-replicas-twice",
        [],
        [serves(app(deployments=[{"name": "a", "num_replicas": "auto", "autoscaling_config": {}}]))],
    ),
    services(
        "serve-replicas-bounds",
        [scales(min_replicas=2, initial_replicas=1), scales(initial_replicas=3, max_replicas=2)],
        [
            scales(),
            scales(min_replicas=3),
            scales(initial_replicas=0, max_replicas=2),
            scales(min_replicas=0, initial_replicas=0),
            scales(min_replicas=1, initial_replicas=1, max_replicas=1),
        ],
    ),
)
NETWORKS = (
    closed("network-gate", [], [network()]),
    closed(
        "network-rule-form",
        [
            ingress({"ports": [{"port": 0}]}),
            ingress({"ports": [{"port": 1, "endPort": 65536}]}),
            ingress({"ports": [{"port": "http", "endPort": 90}]}),
            ingress({"from": [{"podSelector": None}]}),
            ingress({"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}, "podSelector": {}}]}),
            *(ingress({"from": [{"ipBlock": {"cidr": each}}]}) for each in ("a/8", "10.0.0.0/255.0.0.0", "", "1/2/3")),
        ],
        [
            ingress({"ports": [{"port": 1, "endPort": 1}, {"port": 65535}, {"port": "http"}, {"port": None}]}),
            ingress({"from": [{"ipBlock": {"cidr": each}} for each in ("10.0.0.1/8", "::/0")]}),
            ingress({"from": [{"namespaceSelector": {}, "podSelector": {}, "ipBlock": None}]}),
            ingress({"from": [{"ipBlock": {"cidr": None}}]}),
        ],
    ),
    Edge("network-gate", kept=[{"spec networkPolicy": None}], version="1.7.0"),
    closed(
        "network-rules-unused",
        [network(mode="DenyAllEgress", worker={"ingressRules": [{}]})],
        [{}, network(mode="DenyAllEgress", worker={"egressRules": [{}]})],
    ),
    closed("network-group-name", [], [network(), {"spec networkPolicy": None, f"{W} groupName": "A"}]),
    closed(
        "network-locked-out",
        [network(worker={"egressRules": [{"ports": [{"port": 54}, {"port": 52}]}]})],
        [{"spec networkPolicy": None}, network(worker={"egressRules": [{"ports": [{"port": 443}, {"port": 53}]}]})],
    ),
    closed("network-locked-out", [network(worker={"egressRules": [{"ports": [{"port": 50, "endPort": "53"}]}]})], []),
    closed(
        "network-autoscaler-locked-out",
        [lets_out(53), lets_out(444), lets_out(6442), lets_out({"port": 444, "endPort": 6442})],
        [
            lets_out(443),
            lets_out(6443),
            network(),
            {"spec networkPolicy": None, "spec enableInTreeAutoscaling": True},
            {**network(mode="DenyAllIngress"), "spec enableInTreeAutoscaling": True},
        ],
    ),
    closed(
        "network-operator-locked-out",
        [],
        [{}, SELECTED, {f"{N} networkPolicy": {"head": {"ingressRules": [{"ports": [{"port": 8265}]}]}}}],
        "job",
    ),
)
EDGES = (*SERVICES, *NETWORKS)
"""Edges of rules about services and networks."""
