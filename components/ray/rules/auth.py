"""Rules of authentication and of what is known to be unsafe."""

from ...versions import RAY_AUTHENTICATION, RAY_FLOOR, RAY_KUBERNETES_AUTHENTICATION
from .image import image_version
from .rule import Found, Severity, rule
from .view import ClusterView, JobView, older, ray_version

_BESIDES = {"secretName": "secret_name", "enableK8sTokenAuth": "enable_k8s_token_auth"}
_MODE = "RAY_AUTH_MODE"


def _token(cluster: ClusterView) -> bool:
    return cluster.auth.get("mode") == "token"


def _kubernetes(cluster: ClusterView) -> bool:
    return cluster.auth.get("enableK8sTokenAuth") is True


@rule(
    "token-needs-ray-version",
    ClusterView,
    "operator 64, 65, 66",
    about="authOptions",
    possible=f"token authentication needs Ray {RAY_AUTHENTICATION} or newer",
    remedy=f'set ray_version to {RAY_AUTHENTICATION} or newer, or auth_options mode "disabled" on a closed network',
)
def token_needs_ray_version(cluster: ClusterView) -> list[Found]:
    """Token authentication comes with a Ray that has it."""
    if not _token(cluster) or (ray_version(cluster.version) and not cluster.older_than(RAY_AUTHENTICATION)):
        return []
    version = f"with Ray {cluster.version}" if cluster.version else "without a version"
    return [Found(cluster.at("rayVersion"), f"token authentication asked {version}")]


@rule(
    "kubernetes-token-needs-ray-version",
    ClusterView,
    "operator 67",
    about="authOptions",
    possible=f"tokens judged by Kubernetes need Ray {RAY_KUBERNETES_AUTHENTICATION} or newer",
    remedy=f"set ray_version to {RAY_KUBERNETES_AUTHENTICATION} or newer, or leave enable_k8s_token_auth out",
)
def kubernetes_token_needs_ray_version(cluster: ClusterView) -> list[Found]:
    """Tokens judged by Kubernetes come with a Ray that has them."""
    if not (_token(cluster) and _kubernetes(cluster) and cluster.older_than(RAY_KUBERNETES_AUTHENTICATION)):
        return []
    return [Found(cluster.at("authOptions", "enableK8sTokenAuth"), f"asked with Ray {cluster.version}")]


@rule(
    "kubernetes-token-with-secret",
    ClusterView,
    "operator 68",
    about="authOptions",
    possible="Kubernetes makes and judges the tokens, so there is no Secret of them",
    remedy="keep enable_k8s_token_auth or secret_name",
)
def kubernetes_token_with_secret(cluster: ClusterView) -> list[Found]:
    """``enable_k8s_token_auth`` and ``secret_name`` exclude each other."""
    if not (_token(cluster) and _kubernetes(cluster) and cluster.auth.get("secretName")):
        return []
    return [Found(cluster.at("authOptions", "secretName"), "asked beside enable_k8s_token_auth")]


@rule(
    "kubernetes-token-without-mode",
    ClusterView,
    "operator 69",
    about="authOptions",
    possible="Kubernetes judges tokens only where tokens are asked for",
    remedy='set auth_options.mode "token"',
)
def kubernetes_token_without_mode(cluster: ClusterView) -> list[Found]:
    """``enable_k8s_token_auth`` comes with mode "token"."""
    if _token(cluster) or not _kubernetes(cluster):
        return []
    mode = cluster.auth.get("mode") or "none"
    return [Found(cluster.at("authOptions", "enableK8sTokenAuth"), f"asked with mode {mode}")]


@rule(
    "kubernetes-token-in-job",
    JobView,
    "operator 121",
    possible="tokens judged by Kubernetes work for a RayCluster of its own only",
    remedy="leave enable_k8s_token_auth out, or run the job on such a cluster by cluster_selector",
)
def kubernetes_token_in_job(job: JobView) -> list[Found]:
    """The cluster of a job does not let Kubernetes judge tokens."""
    if job.cluster is None or not _kubernetes(job.cluster):
        return []
    return [Found(job.cluster.at("authOptions", "enableK8sTokenAuth"), "asked for the cluster of a job")]


@rule(
    "auth-without-mode",
    ClusterView,
    "rayform",
    about="authOptions",
    possible="without mode the operator ignores the rest, and anyone who reaches the cluster runs code on it",
    remedy='write mode "token"',
)
def auth_without_mode(cluster: ClusterView) -> list[Found]:
    """``auth_options`` say their mode."""
    if cluster.auth.get("mode"):
        return []
    asked = [word for name, word in _BESIDES.items() if cluster.auth.get(name) is not None]
    return [Found(cluster.at("authOptions"), f"{' and '.join(asked)} asked without mode")] if asked else []


@rule(
    "auth-off",
    ClusterView,
    "ray",
    severity=Severity.WARNING,
    acceptable=True,
    possible="anyone who reaches the dashboard or Ray Client runs code on the cluster (CVE-2023-48022)",
    remedy='write mode "token", or close the network and accept this rule',
)
def auth_off(cluster: ClusterView) -> list[Found]:
    """The cluster asks for tokens."""
    # The operator leaves a variable of this name as it is (common/pod.go, SetContainerTokenAuthEnvVars).
    own = cluster.env.get(_MODE, {}).get("value")
    if own is not None and own != "token":
        return [Found(cluster.head.in_main("env", _MODE), f"{own!r} asked")]
    if _token(cluster) or _kubernetes(cluster) or auth_without_mode.check(cluster):
        return []
    return [Found(cluster.at("authOptions"), f"authentication {cluster.auth.get('mode') or 'not asked for'}")]


@rule(
    "ray-vulnerable",
    ClusterView,
    "ray",
    acceptable=True,
    possible=f"versions before {RAY_FLOOR.version} have {RAY_FLOOR.cve} ({RAY_FLOOR.reason})",
    remedy=f'choose Ray {RAY_FLOOR.version} or newer, or accept the rule "ray-vulnerable"',
)
def ray_vulnerable(cluster: ClusterView) -> list[Found]:
    """Ray is a version without known holes, by ``ray_version`` and by the tags of its images."""
    if cluster.older_than(RAY_FLOOR.version):
        return [Found(cluster.at("rayVersion"), f"Ray {cluster.version} asked")]
    return [
        Found(pod.in_main("image"), f"{pod.main['image']} asked")
        for pod in cluster.pods
        if (version := image_version(pod.main.get("image"))) and older(version, RAY_FLOOR.version)
    ]
