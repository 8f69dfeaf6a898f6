"""Rules of the history server's collector, broken and kept."""

from ray_rule_case import OPEN_1_7, Case, W, env

__all__ = ["CASES"]

CASES = (
    Case(
        "history-gate",
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="s3", S3_REGION="eu")}
            }
        },
        (
            "history_server_options: asked, the operator's gate RayClusterHistoryServer is off; switch the "
            "gate on (KubeRayOperatorSpec: feature_gates={'RayClusterHistoryServer': True}; Helm chart: featureGates), "
            "or leave history_server_options out"
        ),
        {},
        version="1.7.0",
    ),
    Case(
        "history-collector",
        {"spec historyServerOptions": {}},
        (
            "history_server_options.collector_options.image: no image asked, the collector runs an image that "
            "must be named; set collector_options.image"
        ),
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="s3", S3_REGION="eu")}
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-own-variable",
        {
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "c:1",
                    "env": env(STORAGE_BACKEND="s3", S3_REGION="eu", POD_IP="1", RAY_ROLE="x"),
                }
            }
        },
        [
            (
                "history_server_options.collector_options.env[POD_IP]: set by hand, the operator writes this "
                "variable itself; remove it"
            ),
            (
                "history_server_options.collector_options.env[RAY_ROLE]: set by hand, the operator writes this "
                "variable itself; remove it"
            ),
        ],
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="s3", S3_REGION="eu")}
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-backend",
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c", "env": [{"name": "STORAGE_BACKEND", "valueFrom": {}}]}
            }
        },
        (
            "history_server_options.collector_options.env[STORAGE_BACKEND]: no plain value asked, the "
            "collector must know its storage before it starts, from a plain value; set STORAGE_BACKEND to "
            "GCS, S3, AZUREBLOB or ALIYUNOSS"
        ),
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="s3", S3_REGION="eu")}
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-storage",
        {"spec historyServerOptions": {"collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="s3")}}},
        (
            "history_server_options.collector_options.env[S3_REGION]: S3_REGION not given with S3, this "
            "storage cannot be reached without it; set it in collector_options.env"
        ),
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="s3", S3_REGION="eu")}
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-storage",
        {"spec historyServerOptions": {"collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="GCS")}}},
        (
            "history_server_options.collector_options.env[GCS_BUCKET]: GCS_BUCKET not given with GCS, this "
            "storage cannot be reached without it; set it in collector_options.env"
        ),
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="GCS", GCS_BUCKET="b")}
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-storage",
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="ALIYUNOSS", OSS_BUCKET="b")}
            }
        },
        [
            (
                "history_server_options.collector_options.env[OSS_ENDPOINT]: OSS_ENDPOINT not given with "
                "ALIYUNOSS, this storage cannot be reached without it; set it in collector_options.env"
            ),
            (
                "history_server_options.collector_options.env[OSS_REGION]: OSS_REGION not given with ALIYUNOSS, "
                "this storage cannot be reached without it; set it in collector_options.env"
            ),
        ],
        {
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "c:1",
                    "env": env(STORAGE_BACKEND="ALIYUNOSS", OSS_BUCKET="b", OSS_ENDPOINT="e", OSS_REGION="r"),
                }
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-storage",
        {"spec historyServerOptions": {"collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="AZUREBLOB")}}},
        (
            "history_server_options.collector_options.env[AZURE_STORAGE_CONNECTION_STRING]: "
            "AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT_URL not given with AZUREBLOB, this "
            "storage cannot be reached without it; set it in collector_options.env"
        ),
        {
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "c:1",
                    "env": env(STORAGE_BACKEND="AZUREBLOB", AZURE_STORAGE_ACCOUNT_URL="u"),
                }
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-storage",
        {
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "c:1",
                    "env": env(
                        STORAGE_BACKEND="AZUREBLOB",
                        AZURE_STORAGE_AUTH_MODE=" Connection_String ",
                        AZURE_STORAGE_ACCOUNT_URL="u",
                    ),
                }
            }
        },
        (
            "history_server_options.collector_options.env[AZURE_STORAGE_CONNECTION_STRING]: "
            "AZURE_STORAGE_CONNECTION_STRING not given with AZUREBLOB, this storage cannot be reached without "
            "it; set it in collector_options.env"
        ),
        {
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "c:1",
                    "env": env(
                        STORAGE_BACKEND="AZUREBLOB",
                        AZURE_STORAGE_AUTH_MODE="connection_string",
                        AZURE_STORAGE_CONNECTION_STRING="u",
                    ),
                }
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-storage",
        {
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "c:1",
                    "env": env(STORAGE_BACKEND="AZUREBLOB", AZURE_STORAGE_AUTH_MODE="default"),
                }
            }
        },
        (
            "history_server_options.collector_options.env[AZURE_STORAGE_ACCOUNT_URL]: "
            "AZURE_STORAGE_ACCOUNT_URL not given with AZUREBLOB, this storage cannot be reached without it; "
            "set it in collector_options.env"
        ),
        {
            "spec historyServerOptions": {
                "collectorOptions": {
                    "image": "c:1",
                    "env": env(
                        STORAGE_BACKEND="AZUREBLOB",
                        AZURE_STORAGE_AUTH_MODE="workload_identity",
                        AZURE_STORAGE_ACCOUNT_URL="u",
                    ),
                }
            }
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "history-container",
        {
            "spec historyServerOptions": {
                "collectorOptions": {"image": "c:1", "env": env(STORAGE_BACKEND="s3", S3_REGION="eu")}
            },
            f"{W} template spec containers 0 name": "ray-history-collector",
        },
        (
            "workers[gpu]: a container ray-history-collector asked, the operator adds a container "
            "ray-history-collector itself; give the container another name"
        ),
        {f"{W} template spec containers 0 name": "ray-history-collector"},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
)
