"""What a rule of the law may be about, by where it stands in a Ray object: a field, and what it is changed to."""

from collections.abc import Sequence
from typing import Any, Final

from rayform.policy.asking import MOUNTED

__all__ = ["OF_CLUSTERS", "OF_CONTAINERS", "OF_GROUPS", "OF_JOBS", "OF_PODS", "OF_SERVICES", "OF_STARTED", "RIGHTS"]

RIGHTS: Final[Sequence[tuple[str, Any]]] = (
    ("privileged", True),
    ("privileged", False),
    ("allowPrivilegeEscalation", False),
    ("allowPrivilegeEscalation", True),
    ("runAsNonRoot", True),
    ("runAsNonRoot", False),
    ("runAsUser", 0),
    ("runAsUser", 1000),
    ("capabilities", {"drop": ["ALL"]}),
    ("capabilities", {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}),
    ("capabilities", {"drop": ["ALL"], "add": ["SYS_PTRACE"]}),
    ("capabilities", {"drop": ["NET_RAW"]}),
    ("seccompProfile", {"type": "RuntimeDefault"}),
    ("seccompProfile", {"type": "Unconfined"}),
)


def _on_node(operator: str) -> dict[str, Any]:
    named = {"key": "metadata.name", "operator": operator, "values": ["gpu-1"]}
    terms = {"nodeSelectorTerms": [{"matchFields": [named]}]}
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}}


OF_PODS: Final[Sequence[tuple[str, Any]]] = (
    ("hostNetwork", True),
    ("hostPID", True),
    ("hostIPC", False),
    ("volumes", [{"name": "disk", "hostPath": {"path": "/mnt"}}]),
    ("volumes", [{"name": "disk", "emptyDir": {}}]),
    ("resourceClaims", [{"name": "gpu", "resourceClaimName": "mine"}]),
    ("securityContext", {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}),
    ("securityContext", {"runAsUser": 0}),
    ("initContainers", [{"name": "i", "resources": {"limits": {"nvidia.com/gpu": "9"}}}]),
    ("initContainers", [{"name": "i", "restartPolicy": "Always", "resources": {"limits": {"nvidia.com/gpu": 4}}}]),
    ("initContainers", [{"name": "i", "resources": {"requests": {"nvidia.com/gpu": 4, "amd.com/gpu": "5"}}}]),
    ("ephemeralContainers", [{"name": "debug", "securityContext": {"privileged": True}}]),
    ("runtimeClassName", "nvidia-cdi"),
    ("nodeName", "gpu-1"),
    ("affinity", _on_node("In")),
    ("affinity", _on_node("NotIn")),
)
OF_CONTAINERS: Final[Sequence[tuple[str, Any]]] = (
    ("ports", [{"containerPort": 8265, "hostPort": 8265}]),
    ("ports", [{"containerPort": 8265}]),
    ("resources", {"limits": {"nvidia.com/gpu": "9"}}),
    ("resources", {"limits": {"nvidia.com/gpu": 4}, "requests": {"nvidia.com/gpu": "4"}}),
    ("resources", {"requests": {"nvidia.com/mig-1g.5gb": "16", "cpu": "1"}}),
    ("resources", {"limits": {"amd.com/gpu": "2", "example.com/cpu": "64", "aws.amazon.com/neuron": "8"}}),
    ("resources", {"limits": {"example.com/vgpu": "1e1", "vpc.amazonaws.com/efa": 4}}),
    ("resources", {"limits": {"google.com/tpu": "0.9k"}, "requests": {"google.com/tpu": "9", "acme.io/a100": 8}}),
    ("resources", {"limits": {"nvidia.com/gpu": "9E"}}),
    ("restartPolicy", "Always"),
    ("env", [{"name": "NVIDIA_VISIBLE_DEVICES", "value": "all"}]),
    ("env", [{"name": "A", "value": "b"}, {"name": "NVIDIA_VISIBLE_DEVICES", "value": " Void "}]),
    ("env", [{"name": "AMD_VISIBLE_DEVICES", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]),
    ("env", [{"name": "AWS_NEURON_VISIBLE_DEVICES", "value": "ALL"}]),
    ("volumeMounts", [{"name": "a", "mountPath": "/a"}, {"name": "b", "mountPath": f"{MOUNTED}/all"}]),
)
OF_GROUPS: Final[Sequence[tuple[str, Any]]] = (
    ("maxReplicas", 33),
    ("maxReplicas", 101),
    ("replicas", 40),
    ("numOfHosts", 9),
    ("numOfHosts", 2**31 - 1),
    ("idleTimeoutSeconds", 901),
)


def _ended(status: str, seconds: int, policy: str = "DeleteCluster") -> dict[str, Any]:
    return {"policy": policy, "condition": {"jobStatus": status, "ttlSeconds": seconds}}


OF_JOBS: Final[Sequence[tuple[str, Any]]] = (
    ("activeDeadlineSeconds", 3600),
    ("activeDeadlineSeconds", 604801),
    ("ttlSecondsAfterFinished", 3601),
    ("backoffLimit", 4),
    ("submissionMode", "HTTPMode"),
    ("submissionMode", "SidecarMode"),
    ("deletionStrategy", {"deletionRules": [_ended("SUCCEEDED", 3601), _ended("FAILED", 1)]}),
    ("deletionStrategy", {"deletionRules": [_ended("SUCCEEDED", 9999), _ended("SUCCEEDED", 3600, "DeleteSelf")]}),
    ("deletionStrategy", {"deletionRules": [_ended("FAILED", 9999, "DeleteNone")]}),
)


OF_CLUSTERS: Final[Sequence[tuple[str, Any]]] = (
    ("autoscalerOptions", {"resources": {"limits": {"nvidia.com/gpu": "9"}}}),
    ("autoscalerOptions", {"resources": {"requests": {"acme.io/a100": "1"}}}),
    ("autoscalerOptions", {"idleTimeoutSeconds": 901}),
    ("enableInTreeAutoscaling", True),
    ("autoscalerOptions", {"env": [{"name": "NVIDIA_VISIBLE_DEVICES", "value": "none"}]}),
    ("autoscalerOptions", {"env": [{"name": "HABANA_VISIBLE_DEVICES", "value": "0"}]}),
    ("autoscalerOptions", {"volumeMounts": [{"name": "b", "mountPath": f"{MOUNTED}/all"}]}),
)
OF_SERVICES: Final[Sequence[tuple[str, Any]]] = (
    ("rayClusterDeletionDelaySeconds", 3601),
    ("rayClusterDeletionDelaySeconds", 3600),
    ("serveService", {"spec": {"type": "LoadBalancer", "ports": [{"port": 8000}, {"port": 80, "targetPort": 8265}]}}),
    ("serveService", {"spec": {"type": "NodePort", "ports": [{"port": 80, "targetPort": "dashboard"}]}}),
    ("serveService", {"spec": {"type": "NodePort", "ports": [{"port": 8265, "targetPort": 8000}]}}),
)
OF_STARTED: Final[Sequence[tuple[str, Any]]] = (
    ("headService", {"spec": {"externalIPs": ["203.0.113.7"]}}),
    ("headService", {"spec": {"externalIPs": []}}),
    *(("headService", {"metadata": {"annotations": {"tailscale.com/expose": said}}}) for said in ("true", "false")),
)
