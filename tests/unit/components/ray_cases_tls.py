"""Rules of mutual TLS, broken and kept."""

from ray_rule_case import OPEN_1_7, Case, H, W, env

__all__ = ["CASES"]

CASES = (
    Case(
        "tls-gate",
        {"spec tlsOptions": {}},
        (
            "tls_options: asked, the operator's gate RayClusterMTLS is off; switch the gate on "
            "(KubeRayOperatorSpec: feature_gates={'RayClusterMTLS': True}; Helm chart: featureGates) "
            "beside cert-manager, or leave tls_options out"
        ),
        {},
        version="1.7.0",
    ),
    Case(
        "tls-variable",
        {
            "spec tlsOptions": {"enabled": True},
            f"{H} env": env(RAY_USE_TLS="1"),
            f"{W} template spec containers 0 env": env(RAY_TLS_CA_CERT="1"),
            "spec autoscalerOptions": {"env": env(RAY_TLS_SERVER_KEY="1")},
        },
        [
            "head.env[RAY_USE_TLS]: set by hand, the operator writes this variable itself; remove it",
            ("workers[gpu].env[RAY_TLS_CA_CERT]: set by hand, the operator writes this variable itself; remove it"),
            (
                "autoscaler_options.env[RAY_TLS_SERVER_KEY]: set by hand, the operator writes this variable "
                "itself; remove it"
            ),
        ],
        {"spec tlsOptions": {"enabled": False}, f"{H} env": env(RAY_USE_TLS="1")},
        version="1.7.0",
        gates=OPEN_1_7,
    ),
    Case(
        "tls-mount",
        {
            "spec tlsOptions": {"enabled": True},
            f"{W} template spec containers 0 volumeMounts": [{"name": "ray-tls", "mountPath": "/x"}],
            "spec autoscalerOptions": {"volumeMounts": [{"name": "y", "mountPath": "/etc/ray/tls"}]},
        },
        [
            (
                "workers[gpu].volume_mounts[ray-tls]: ray-tls at /x mounted by hand, the operator mounts the "
                "certificates itself, as ray-tls at /etc/ray/tls; mount elsewhere under another name"
            ),
            (
                "autoscaler_options.volume_mounts[y]: y at /etc/ray/tls mounted by hand, the operator mounts the "
                "certificates itself, as ray-tls at /etc/ray/tls; mount elsewhere under another name"
            ),
        ],
        {
            "spec tlsOptions": {"enabled": True},
            f"{W} template spec containers 0 volumeMounts": [{"name": "x", "mountPath": "/etc/ray"}],
        },
        version="1.7.0",
        gates=OPEN_1_7,
    ),
)
