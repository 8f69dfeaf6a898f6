"""Rules of authentication and known holes, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case, H, N

__all__ = ["CASES"]

CASES = (
    Case(
        "token-needs-ray-version",
        {"spec rayVersion": "2.51.1"},
        (
            "ray_version: token authentication asked with Ray 2.51.1, token authentication needs Ray 2.52.0 "
            'or newer; set ray_version to 2.52.0 or newer, or auth_options mode "disabled" on a closed '
            "network"
        ),
        {"spec rayVersion": "2.52.0"},
    ),
    Case(
        "token-needs-ray-version",
        {"spec rayVersion": GONE},
        (
            "ray_version: token authentication asked without a version, token authentication needs Ray 2.52.0 "
            'or newer; set ray_version to 2.52.0 or newer, or auth_options mode "disabled" on a closed '
            "network"
        ),
        {"spec rayVersion": GONE, "spec authOptions mode": "disabled"},
    ),
    Case(
        "token-needs-ray-version",
        {"spec rayVersion": "latest"},
        (
            "ray_version: token authentication asked with Ray latest, token authentication needs Ray 2.52.0 "
            'or newer; set ray_version to 2.52.0 or newer, or auth_options mode "disabled" on a closed '
            "network"
        ),
        {"spec rayVersion": "v2.60"},
    ),
    Case(
        "kubernetes-token-needs-ray-version",
        {"spec rayVersion": "2.54.0", "spec authOptions enableK8sTokenAuth": True},
        (
            "auth_options.enable_k8s_token_auth: asked with Ray 2.54.0, tokens judged by Kubernetes need Ray "
            "2.55.0 or newer; set ray_version to 2.55.0 or newer, or leave enable_k8s_token_auth out"
        ),
        {"spec rayVersion": "2.55.0", "spec authOptions enableK8sTokenAuth": True},
    ),
    Case(
        "kubernetes-token-with-secret",
        {"spec authOptions": {"mode": "token", "enableK8sTokenAuth": True, "secretName": "token"}},
        (
            "auth_options.secret_name: asked beside enable_k8s_token_auth, Kubernetes makes and judges the "
            "tokens, so there is no Secret of them; keep enable_k8s_token_auth or secret_name"
        ),
        {"spec authOptions": {"mode": "token", "secretName": "token"}},
    ),
    Case(
        "kubernetes-token-without-mode",
        {"spec authOptions": {"enableK8sTokenAuth": True}},
        (
            "auth_options.enable_k8s_token_auth: asked with mode none, Kubernetes judges tokens only where "
            'tokens are asked for; set auth_options.mode "token"'
        ),
        {"spec authOptions": {"enableK8sTokenAuth": True, "mode": "token"}},
    ),
    Case(
        "kubernetes-token-in-job",
        {f"{N} authOptions enableK8sTokenAuth": True},
        (
            "ray_cluster_spec.auth_options.enable_k8s_token_auth: asked for the cluster of a job, tokens "
            "judged by Kubernetes work for a RayCluster of its own only; leave enable_k8s_token_auth out, or "
            "run the job on such a cluster by cluster_selector"
        ),
        {f"{N} authOptions enableK8sTokenAuth": False},
        of="job",
    ),
    Case(
        "auth-without-mode",
        {"spec authOptions": {"secretName": "token"}},
        (
            "auth_options: secret_name asked without mode, without mode the operator ignores the rest, and "
            'anyone who reaches the cluster runs code on it; write mode "token"'
        ),
        {"spec authOptions": {}},
    ),
    Case(
        "auth-off",
        {"spec authOptions": GONE},
        (
            "auth_options: authentication not asked for, anyone who reaches the dashboard or Ray Client runs "
            'code on the cluster (CVE-2023-48022); write mode "token", or close the network and accept this '
            "rule"
        ),
        {"spec authOptions": GONE, "metadata annotations rayform/accepts": "auth-off"},
    ),
    Case(
        "auth-off",
        {"spec authOptions": {"mode": "disabled"}},
        (
            "auth_options: authentication disabled, anyone who reaches the dashboard or Ray Client runs code "
            'on the cluster (CVE-2023-48022); write mode "token", or close the network and accept this rule'
        ),
        {},
    ),
    Case(
        "auth-off",
        {f"{H} env": [{"name": "RAY_AUTH_MODE", "value": "disabled"}]},
        (
            "head.env[RAY_AUTH_MODE]: 'disabled' asked, anyone who reaches the dashboard or Ray Client runs code on "
            'the cluster (CVE-2023-48022); write mode "token", or close the network and accept this rule'
        ),
        {f"{H} env": [{"name": "RAY_AUTH_MODE", "value": "token"}]},
    ),
    Case(
        "ray-vulnerable",
        {"spec rayVersion": "2.55.1"},
        (
            "ray_version: Ray 2.55.1 asked, versions before 2.56.0 have CVE-2026-57516 (read_webdataset "
            "unpickles what it reads: code execution in workers); choose Ray 2.56.0 or newer, or "
            'accept the rule "ray-vulnerable"'
        ),
        {"spec rayVersion": "2.55.1", "metadata annotations rayform/accepts": "ray-vulnerable"},
    ),
    Case(
        "ray-vulnerable",
        {"spec rayVersion": GONE, f"{H} image": "rayproject/ray:2.55.1-py312"},
        (
            "head.image: rayproject/ray:2.55.1-py312 asked, versions before 2.56.0 have CVE-2026-57516 "
            "(read_webdataset unpickles what it reads: code execution in workers); choose Ray 2.56.0 or newer, or "
            'accept the rule "ray-vulnerable"'
        ),
        {"spec rayVersion": GONE, f"{H} image": "rayproject/ray:2.56"},
    ),
    Case(
        "auth-off",
        {"spec authOptions": {"mode": None}},
        (
            "auth_options: authentication not asked for, anyone who reaches the dashboard or Ray Client runs code on "
            'the cluster (CVE-2023-48022); write mode "token", or close the network and accept this rule'
        ),
        {"spec authOptions": {"secretName": "token"}},
    ),
)
