"""Rules of the autoscaler."""

from .rule import Found, Severity, rule
from .view import ClusterView, count, items, number, text

_SWITCH = "RAY_enable_autoscaler_v2"
_START = "KUBERAY_GEN_AUTOSCALER_START_CMD"
_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
_UNBOUNDED = 2147483647


@rule(
    "v2-without-autoscaling",
    ClusterView,
    "operator 42",
    about=_SWITCH,
    possible="there is no autoscaler to switch",
    remedy="set autoscaling, or remove the variable",
)
def v2_without_autoscaling(cluster: ClusterView) -> list[Found]:
    """The head's environment switches autoscaler v2 on only with autoscaling."""
    value = cluster.env.get(_SWITCH, {}).get("value")
    if cluster.autoscaling or value not in ("1", "true"):
        return []
    return [Found(cluster.head.in_main("env", _SWITCH), f"{value!r} asked without autoscaling")]


@rule(
    "autoscaler-version-twice",
    ClusterView,
    "operator 44",
    about="autoscalerOptions",
    possible="the version comes from one place only",
    remedy="keep autoscaler_options.version, remove the variable (or set version=None)",
)
def autoscaler_version_twice(cluster: ClusterView) -> list[Found]:
    """``autoscaler_options.version`` and the head's environment do not both choose the autoscaler."""
    if not cluster.autoscaling or cluster.autoscaler.get("version") is None or _SWITCH not in cluster.env:
        return []
    return [Found(cluster.head.in_main("env", _SWITCH), "set beside autoscaler_options.version")]


@rule(
    "v2-restart-policy",
    ClusterView,
    "operator 45, 46",
    about="restartPolicy",
    possible="autoscaler v2 replaces pods instead of restarting them: Never, or nothing",
    remedy="leave restart_policy out",
)
def v2_restart_policy(cluster: ClusterView) -> list[Found]:
    """With autoscaler v2, pods restart Never."""
    if not (cluster.autoscaling and cluster.autoscaling_v2):
        return []
    return _restarted(cluster)


@rule(
    "autoscaled-restart-policy",
    ClusterView,
    "operator (event only)",
    about="restartPolicy",
    severity=Severity.WARNING,
    possible="a container restarted in place confuses the autoscaler's count of nodes",
    remedy='set restart_policy "Never"',
)
def autoscaled_restart_policy(cluster: ClusterView) -> list[Found]:
    """With autoscaler v1, pods restart Never."""
    if not cluster.autoscaling or cluster.autoscaler.get("version") != "v1":
        return []
    return _restarted(cluster)


def _restarted(cluster: ClusterView) -> list[Found]:
    return [
        Found(pod.at("template", "spec", "restartPolicy"), f"{policy} asked")
        for pod in cluster.pods
        if (policy := text(pod.spec.get("restartPolicy"))) not in ("", "Never")
    ]


@rule(
    "autoscaler-idle-negative",
    ClusterView,
    "operator 47",
    about="idleTimeoutSeconds",
    possible="a worker is idle for 0 seconds or more",
    remedy="raise it to 0 or more",
)
def autoscaler_idle_negative(cluster: ClusterView) -> list[Found]:
    """``autoscaler_options.idle_timeout_seconds`` is 0 or more."""
    seconds = count(cluster.autoscaler.get("idleTimeoutSeconds"))
    return [Found(cluster.at("autoscalerOptions", "idleTimeoutSeconds"), f"{seconds} asked")] if seconds < 0 else []


@rule(
    "autoscaler-token",
    ClusterView,
    "ray",
    about="automountServiceAccountToken",
    possible="the autoscaler in the head's pod asks the Kubernetes API for workers, by the token of the pod's account",
    remedy="leave it out on the head, or mount a token at that path into the autoscaler by autoscaler_options",
)
def autoscaler_token(cluster: ClusterView) -> list[Found]:
    """With autoscaling, the head's pod has the token of its account."""
    if not cluster.autoscaling or cluster.head.spec.get("automountServiceAccountToken") is not False:
        return []
    if any(
        text(each.get("mountPath")).rstrip("/") == _ACCOUNT for each in items(cluster.autoscaler.get("volumeMounts"))
    ):
        return []
    return [Found(cluster.head.in_spec("automountServiceAccountToken"), f"none asked at {_ACCOUNT}")]


@rule(
    "autoscaler-unused",
    ClusterView,
    "operator (at run time)",
    about="autoscalerOptions",
    severity=Severity.WARNING,
    possible="the operator reads the options only with autoscaling, so that the number of workers stays as it is",
    remedy="set enable_in_tree_autoscaling (autoscaling of a spec), or remove autoscaler_options",
)
def autoscaler_unused(cluster: ClusterView) -> list[Found]:
    """Options of the autoscaler come with autoscaling."""
    return [] if cluster.autoscaling or not cluster.autoscaler else [Found(cluster.at("autoscalerOptions"), "asked")]


@rule(
    "autoscaler-start-command",
    ClusterView,
    "operator 48",
    about="autoscalerOptions",
    since="1.7",
    possible="the operator writes this variable itself",
    remedy="remove it (command and args can refer to it)",
)
def autoscaler_start_command(cluster: ClusterView) -> list[Found]:
    """``autoscaler_options.env`` does not hold the operator's own variable."""
    if not any(entry.get("name") == _START for entry in items(cluster.autoscaler.get("env"))):
        return []
    return [Found(cluster.at("autoscalerOptions", "env", _START), "set by hand")]


@rule(
    "replicas-autoscaled",
    ClusterView,
    "rayform",
    about="replicas",
    severity=Severity.WARNING,
    possible="the autoscaler sets it from then on, and every update that touches a group sets it back",
    remedy="leave replicas out and set min_replicas",
)
def replicas_autoscaled(cluster: ClusterView) -> list[Found]:
    """With autoscaling, ``replicas`` is left to the autoscaler."""
    if not cluster.autoscaling:
        return []
    return [
        Found(group.at("replicas"), f"{wanted} asked with autoscaling")
        for group in cluster.groups
        if (wanted := number(group.group.get("replicas"))) and wanted != count(group.group.get("minReplicas"))
    ]


@rule(
    "autoscaling-unbounded",
    ClusterView,
    "rayform",
    about="enableInTreeAutoscaling",
    severity=Severity.WARNING,
    possible="a task that asks for ever more workers would get them, as far as the cloud has any",
    remedy="set max_replicas",
)
def autoscaling_unbounded(cluster: ClusterView) -> list[Found]:
    """With autoscaling, each group has a most."""
    if not cluster.autoscaling:
        return []
    return [
        Found(group.at("maxReplicas"), "no most asked with autoscaling")
        for group in cluster.groups
        if number(group.group.get("maxReplicas")) in (None, _UNBOUNDED)
    ]
