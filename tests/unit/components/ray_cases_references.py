"""Rules of what pods refer to, broken and kept."""

from typing import Any

from ray_rule_case import OPEN_1_7, Case, W

__all__ = ["CASES"]

S = f"{W} template spec"
C = f"{S} containers 0"
NAMED = "asked, it is the name of an object: lower case letters, digits, dashes and dots; name one that there is"
TOLD = "asked, a pod can be told few of its own fields and amounts; write"
FIELDS = (
    "one of metadata.name, metadata.namespace, metadata.uid, spec.nodeName, spec.serviceAccountName, status.hostIP, "
    "status.hostIPs, status.podIP, status.podIPs, metadata.labels['KEY'], metadata.annotations['KEY']"
)
IN_FILES = "one of metadata.annotations, metadata.labels, metadata.name, metadata.namespace, metadata.uid"
AMOUNTS = "limits or requests, a dot, and cpu, memory, ephemeral-storage or hugepages-2Mi: limits.memory"


def variable(kind: str, **source: str) -> dict[str, Any]:
    """A variable that comes from somewhere, named after its kind."""
    return {"name": kind.upper(), "valueFrom": {kind: source}}


def told(*fields: str, **more: Any) -> list[dict[str, Any]]:
    """Fields and amounts as files."""
    items = [{"path": "a", "fieldRef": {"fieldPath": field}} for field in fields]
    return [
        *items,
        *(
            {"path": "b", "resourceFieldRef": {"containerName": "ray-worker", "resource": each}}
            for each in more.get("amounts", ())
        ),
    ]


CASES = (
    Case(
        "reference-form",
        {
            f"{S} serviceAccountName": "Ray_Account",
            f"{S} priorityClassName": "High",
            f"{S} runtimeClassName": "a_b",
            f"{S} nodeName": "-",
        },
        [
            f"workers[gpu].service_account_name: 'Ray_Account' {NAMED}",
            f"workers[gpu].priority_class_name: 'High' {NAMED}",
            f"workers[gpu].runtime_class_name: 'a_b' {NAMED}",
            f"workers[gpu].node_name: '-' {NAMED}",
        ],
        {f"{S} serviceAccountName": "ray.account", f"{S} priorityClassName": "", f"{S} runtimeClassName": "nvidia"},
    ),
    Case(
        "reference-form",
        {
            f"{S} imagePullSecrets": [{"name": "Registry"}],
            f"{C} env": [
                variable("secretKeyRef", name="My_Secret", key="a"),
                variable("configMapKeyRef", name="B", key="a"),
            ],
            f"{C} envFrom": [{"secretRef": {"name": "A"}}, {"configMapRef": {"name": "b/c"}}],
        },
        [
            f"workers[gpu].image_pull_secrets[Registry].name: 'Registry' {NAMED}",
            f"workers[gpu].env[SECRETKEYREF].value_from.secret_key_ref.name: 'My_Secret' {NAMED}",
            f"workers[gpu].env[CONFIGMAPKEYREF].value_from.config_map_key_ref.name: 'B' {NAMED}",
            f"workers[gpu].env_from[0].secret_ref.name: 'A' {NAMED}",
            f"workers[gpu].env_from[1].config_map_ref.name: 'b/c' {NAMED}",
        ],
        {
            f"{S} imagePullSecrets": [{"name": "registry.internal"}],
            f"{C} env": [
                variable("secretKeyRef", name="$SECRET", key="a"),
                variable("configMapKeyRef", name="", key="a"),
            ],
            f"{C} envFrom": [{"secretRef": {"name": "a"}}, {"configMapRef": {"name": "b-c"}}],
        },
    ),
    Case(
        "reference-form",
        {
            f"{S} volumes": [
                {"name": "a", "secret": {"secretName": "A"}},
                {"name": "b", "configMap": {"name": "B"}},
                {"name": "c", "persistentVolumeClaim": {"claimName": "C"}},
                {"name": "d", "projected": {"sources": [{"secret": {"name": "D"}}, {"configMap": {"name": "E"}}]}},
            ]
        },
        [
            f"workers[gpu].volumes[a].secret.secret_name: 'A' {NAMED}",
            f"workers[gpu].volumes[b].config_map.name: 'B' {NAMED}",
            f"workers[gpu].volumes[c].persistent_volume_claim.claim_name: 'C' {NAMED}",
            f"workers[gpu].volumes[d].projected.sources[0].secret.name: 'D' {NAMED}",
            f"workers[gpu].volumes[d].projected.sources[1].config_map.name: 'E' {NAMED}",
        ],
        {
            f"{S} volumes": [
                {"name": "a", "secret": {"secretName": "a"}},
                {"name": "b", "configMap": {"name": "b"}},
                {"name": "c", "persistentVolumeClaim": {"claimName": "c"}},
                {"name": "d", "projected": {"sources": [{"secret": {"name": "d"}}, {"configMap": {"name": "e"}}]}},
            ]
        },
    ),
    Case(
        "told-of-itself",
        {
            f"{C} env": [
                variable("fieldRef", fieldPath="status.podIp"),
                {"name": "LABEL", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['a b']"}}},
                {"name": "LABELS", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels"}}},
                variable("resourceFieldRef", resource="limits.nvidia.com/gpu"),
            ]
        },
        [
            f"workers[gpu].env[FIELDREF].value_from.field_ref.field_path: 'status.podIp' {TOLD} {FIELDS}",
            f"workers[gpu].env[LABEL].value_from.field_ref.field_path: \"metadata.labels['a b']\" {TOLD} {FIELDS}",
            f"workers[gpu].env[LABELS].value_from.field_ref.field_path: 'metadata.labels' {TOLD} {FIELDS}",
            (
                "workers[gpu].env[RESOURCEFIELDREF].value_from.resource_field_ref.resource: 'limits.nvidia.com/gpu' "
                f"{TOLD} {AMOUNTS}"
            ),
        ],
        {
            f"{C} env": [
                variable("fieldRef", fieldPath="status.podIP"),
                {"name": "LABEL", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['ray.io/group']"}}},
                {"name": "NOTE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.annotations['A.io/b']"}}},
                {"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.host"}}},
                variable("resourceFieldRef", resource="requests.hugepages-2Mi"),
            ]
        },
    ),
    Case(
        "told-of-itself",
        {
            f"{S} volumes": [
                {"name": "a", "downwardAPI": {"items": told("status.podIP", amounts=["cpu"])}},
                {"name": "b", "projected": {"sources": [{"downwardAPI": {"items": told("metadata.labels['-']")}}]}},
            ]
        },
        [
            f"workers[gpu].volumes[a].downward_api.items[0].field_ref.field_path: 'status.podIP' {TOLD} {IN_FILES}",
            f"workers[gpu].volumes[a].downward_api.items[1].resource_field_ref.resource: 'cpu' {TOLD} {AMOUNTS}",
            (
                "workers[gpu].volumes[b].projected.sources[0].downward_api.items[0].field_ref.field_path: "
                f"\"metadata.labels['-']\" {TOLD} {IN_FILES}"
            ),
        ],
        {
            f"{S} volumes": [
                {
                    "name": "a",
                    "downwardAPI": {"items": told("metadata.labels", "metadata.annotations", amounts=["limits.cpu"])},
                },
                {"name": "b", "projected": {"sources": [{"downwardAPI": {"items": told("metadata.labels['a']")}}]}},
            ]
        },
    ),
    Case(
        "option-reference",
        {
            "spec authOptions": {"mode": "token", "secretName": "Ray_Token"},
            "spec gcsFaultToleranceOptions": {
                "redisAddress": "redis:6379",
                "redisUsername": {"valueFrom": {"configMapKeyRef": {"name": "Users", "key": "a"}}},
                "redisPassword": {"valueFrom": {"secretKeyRef": {"name": "Redis_Password", "key": "a"}}},
            },
            "spec autoscalerOptions": {
                "env": [variable("secretKeyRef", name="Scaler", key="a")],
                "envFrom": [{"configMapRef": {"name": "a_b"}}, {"secretRef": {"name": "-"}}],
            },
        },
        [
            f"auth_options.secret_name: 'Ray_Token' {NAMED}",
            f"gcs_fault_tolerance_options.redis_username.value_from.config_map_key_ref.name: 'Users' {NAMED}",
            f"gcs_fault_tolerance_options.redis_password.value_from.secret_key_ref.name: 'Redis_Password' {NAMED}",
            f"autoscaler_options.env[SECRETKEYREF].value_from.secret_key_ref.name: 'Scaler' {NAMED}",
            f"autoscaler_options.env_from[0].config_map_ref.name: 'a_b' {NAMED}",
            f"autoscaler_options.env_from[1].secret_ref.name: '-' {NAMED}",
        ],
        {
            "spec authOptions": {"mode": "token", "secretName": "ray.token"},
            "spec gcsFaultToleranceOptions": {"redisAddress": "redis:6379", "redisUsername": {"value": "Users"}},
            "spec autoscalerOptions": {"env": [variable("secretKeyRef", name="$SCALER", key="a")]},
        },
    ),
    Case(
        "option-reference",
        {
            "spec gcsFaultToleranceOptions": {
                "backend": "rocksdb",
                "storage": {"claimName": "Claim", "storageClassName": "Fast"},
            },
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "collector:1.7.0",
                    "env": [variable("secretKeyRef", name="Bucket", key="a")],
                }
            },
        },
        [
            f"gcs_fault_tolerance_options.storage.claim_name: 'Claim' {NAMED}",
            f"gcs_fault_tolerance_options.storage.storage_class_name: 'Fast' {NAMED}",
            (
                "history_server_options.collector_options.env[SECRETKEYREF].value_from.secret_key_ref.name: "
                f"'Bucket' {NAMED}"
            ),
        ],
        {
            "spec gcsFaultToleranceOptions": {
                "backend": "rocksdb",
                "storage": {"claimName": "claim", "storageClassName": ""},
            },
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
)
