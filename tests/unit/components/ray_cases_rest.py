"""Words that the first case of a rule does not show."""

import yaml
from ray_builders import GONE
from ray_rule_case import OPEN_1_7, Case, N, W, rule

__all__ = ["CASES"]

STRANGE = "there is no such field, and the API server refuses it or drops it in silence"
MANY = {f"spec x{number:02}": 1 for number in range(51)}


def typed(path: str, asked: str, holds: str, remedy: str) -> str:
    return f"{path}: {asked} asked, it is {holds}; {remedy}"


CASES = (
    Case(
        "auth-without-mode",
        {"spec authOptions": {"secretName": "token", "enableK8sTokenAuth": True}},
        (
            "auth_options: secret_name and enable_k8s_token_auth asked without mode, without mode the operator ignores "
            'the rest, and anyone who reaches the cluster runs code on it; write mode "token"'
        ),
        {"spec authOptions": {}},
    ),
    Case(
        "kubernetes-token-without-mode",
        {"spec authOptions": {"mode": "disabled", "enableK8sTokenAuth": True}},
        (
            "auth_options.enable_k8s_token_auth: asked with mode disabled, Kubernetes judges tokens only where tokens "
            'are asked for; set auth_options.mode "token"'
        ),
        {"spec authOptions": {"mode": "token", "enableK8sTokenAuth": True}},
    ),
    Case(
        "deletion-empty",
        {"spec shutdownAfterJobFinishes": GONE, "spec deletionStrategy": {"onSuccess": {"policy": "DeleteSelf"}}},
        ("deletion_strategy: only on_success asked, a strategy has rules, or both older policies; give deletion_rules"),
        {
            "spec shutdownAfterJobFinishes": GONE,
            "spec deletionStrategy": {"deletionRules": [rule("DeleteSelf", "FAILED")]},
        },
        of="job",
    ),
    Case(
        "deletion-condition",
        {"spec deletionStrategy": {"deletionRules": [{"policy": "DeleteSelf", "condition": {}}]}},
        (
            "deletion_strategy.deletion_rules[0].condition: no state asked, a rule waits for one state, of the job or "
            "of its deployment; set job_status or job_deployment_status"
        ),
        {},
        of="job",
    ),
    Case(
        "rocksdb-claim-twice",
        {
            "spec gcsFaultToleranceOptions": {
                "backend": "rocksdb",
                "storage": {"claimName": "a", "size": "1Gi", "storageClassName": "b", "accessModes": ["ReadWriteOnce"]},
            }
        },
        (
            "gcs_fault_tolerance_options.storage.claim_name: asked beside size, storage_class_name, access_modes, a "
            "claim that exists has its size, class and modes already; keep claim_name or these"
        ),
        {},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "network-rules-unused",
        {"spec networkPolicy": {"mode": "DenyAllEgress", "worker": {"ingressRules": [{}]}}},
        (
            "network_policy.worker.ingress_rules: ingress rules asked with mode DenyAllEgress, what is not closed "
            "needs no exceptions; remove the rules, or choose a mode that closes this direction"
        ),
        {"spec networkPolicy": {"worker": {"ingressRules": [{}], "egressRules": [{}]}}},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-storage",
        {
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "c",
                    "env": [
                        {"name": "STORAGE_BACKEND", "value": "AZUREBLOB"},
                        {"name": "AZURE_STORAGE_AUTH_MODE", "value": "workload_identity"},
                    ],
                }
            }
        },
        (
            "history_server_options.collector_options.env[AZURE_STORAGE_ACCOUNT_URL]: AZURE_STORAGE_ACCOUNT_URL not "
            "given with AZUREBLOB, this storage cannot be reached without it; set it in collector_options.env"
        ),
        {},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "serve-config-yaml",
        {"spec serveConfigV2": yaml.safe_dump({"applications": [{"import_path": "a:b"}, "chat"]})},
        (
            "serve_config_v2: application 2 asked as no mapping, it must be a mapping in YAML, with the list of "
            "applications; mend the text"
        ),
        {},
        of="service",
    ),
    Case(
        "metadata-needs-ray-version",
        {"spec metadata": {"a": "b"}, f"{N} rayVersion": GONE},
        (
            "metadata: asked without a ray_version, the operator submits metadata only with a version that it can "
            "read; set ray_version to three numbers"
        ),
        {f"{N} rayVersion": GONE},
        of="job",
    ),
    Case(
        "schedule-form",
        {"spec schedule": "0 0 1 smarch *"},
        (
            "schedule: '0 0 1 smarch *' asked, smarch in the field month is neither a number nor one of jan, feb, mar, "
            "apr, may, jun, jul, aug, sep, oct, nov, dec; write such a schedule"
        ),
        {"spec schedule": "0 0 1 mar *"},
        of="schedule",
        gates={"RayCronJob": True},
    ),
    Case(
        "schedule-form",
        {"spec schedule": "0/ 0 1 1 *"},
        "schedule: '0/ 0 1 1 *' asked, nothing in the field minute is no number; write such a schedule",
        {"spec schedule": "0/1 0 1 1 *"},
        of="schedule",
        gates={"RayCronJob": True},
    ),
    Case(
        "field-misspelt",
        MANY,
        [f"x{number:02}: asked, {STRANGE}; remove it" for number in range(50)]
        + [f"x50: 1 more asked from here on, {STRANGE}; remove it"],
        {},
    ),
    Case(
        "field-misspelt",
        {**dict(list(MANY.items())[:50]), "spec gcsFaultToleranceOptions": {"redisAddres": "a"}, "spec " + "v" * 65: 1},
        [f"x{number:02}: asked, {STRANGE}; remove it" for number in range(50)]
        + [f"{'v' * 65}: 1 more asked from here on, {STRANGE}; remove it"]
        + [f"gcs_fault_tolerance_options.redis_addres: asked, {STRANGE}; write redisAddress"],
        {},
    ),
    Case(
        "field-type",
        {
            "spec suspend": "true",
            "spec enableInTreeAutoscaling": "perhaps",
            f"{W} minReplicas": "5",
            f"{W} maxReplicas": "many",
            "spec headServiceAnnotations": [],
            "spec workerGroupSpecs 1": "x",
            "spec headGroupSpec headService": "x",
            "spec autoscalerOptions": {"env": {}, "args": "x"},
            "spec rayVersion": {},
        },
        [
            typed("ray_version", "a mapping", "a text", "write a text"),
            typed("head.head_service", "a text", "a mapping", "write a mapping"),
            typed("workers[gpu].min_replicas", "a text", "a whole number of 32 bits", "remove the quotes"),
            typed(
                "workers[gpu].max_replicas", "a text", "a whole number of 32 bits", "write a whole number of 32 bits"
            ),
            typed("workers[1]", "a text", "a mapping", "write a mapping"),
            typed("suspend", "a text", "true or false", "remove the quotes"),
            typed("autoscaling", "a text", "true or false", "write true or false"),
            typed("head_service_annotations", "a list", "a mapping", "write a mapping"),
            typed("autoscaler_options.env", "a mapping", "a list", "write a list"),
            typed("autoscaler_options.args", "a text", "a list", "write a list"),
        ],
        {},
    ),
    Case(
        "field-type",
        {"spec entrypointNumCpus": "4", "spec suspend": "false", "spec jobId": 7, "spec metadata": {"a": None, "b": 1}},
        [
            typed("entrypoint_num_cpus", "a text", "a number", "remove the quotes"),
            typed("suspend", "a text", "true or false", "remove the quotes"),
            typed("job_id", "a number", "a text", "quote it"),
            typed("metadata.b", "a number", "a text", "quote it"),
        ],
        {},
        of="job",
    ),
)
