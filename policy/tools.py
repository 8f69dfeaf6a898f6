"""Tools and services that make objects or nodes, as they are called in commands, scripts and pipelines."""

import re
from typing import Final

__all__ = ["HINTS", "SCRIPT", "TOOL", "called"]

_BY_AWS: Final = (
    r"\baws (?:ec2 (?:run|request|create|start)|eks (?:create|update-nodegroup)|autoscaling (?:create|update|set))"
    r"|\baws (?:sagemaker|batch|cloudcontrol) (?:create|register|submit|update)"
    r"|\baws cloudformation (?:create|deploy|update)|\baws ssm (?:send|start)"
)
"""Calls of AWS that bring nodes, or make somebody else do so."""
_BY_PODS: Final = (
    r"(?<![\w.-])(?:argo (?:cron create|resubmit|submit)|tkn \w+ start|kn service (?:apply|create|update)"
    r"|virtctl (?:create|start)|runai (?:\w+ )?submit|spark-submit|az aks (?:create|nodepool|scale|update)"
    r"|gcloud container (?:clusters|node-pools) (?:create|resize|update))\b"
    r"|\b(?:docker|nerdctl|podman|ctr)\b[^\n;|&]* (?:--gpus?\b|--device[= ]nvidia)"
    r"|\bcurl\b(?=[^\n]*(?:/apis/[\w.]+/v\d|/api/v1/namespaces))(?=[^\n]*\s(?:-d|--data|-X ?P|--request[= ]P))"
)
"""Calls of others that make objects or nodes, or containers with devices beside Kubernetes."""
_BY_HAND: Final = (
    r"(?<![\w.-])(?:arena (?:\w+ )?(?:serve|submit)|dstack apply|werf converge|tk apply|nomad job run|rayform up"
    r"|clusterctl (?:generate|init|move)|karmadactl (?:apply|create|join)|(?:k3d cluster|kind|vcluster) create"
    r"|minikube start)\b"
)
"""Calls that somebody makes at a terminal."""
TOOL: Final = re.compile(
    r"(?<![\w-])(?:kubectl(?:-[\w-]+)?(?:\.exe)?|helm|helmfile|oc|kapp|kustomize|eksctl|argocd|flux|skaffold"
    r"|terraform|terragrunt|tofu|pulumi|cdk|ansible(?:-playbook)?|sky (?:launch|exec|serve|jobs)|ray up)(?![\w/.-])"
    r"|/apis/[\w.]+/v\d|/api/v1/namespaces\b"
    r"|\b(?:import|from) (?:boto3|kubernetes|lightkube)\b"
    rf"|\|\s*(?:ba|z)?sh\b|{_BY_AWS}|{_BY_PODS}|{_BY_HAND}"
)
"""What makes objects: tools, the API's own addresses, calls of clouds, and scripts from elsewhere."""
_TOOLS: Final = ("kubectl", "helm", "kapp", "eksctl", "terraform", "tofu", "pulumi", "flux", "argocd")
_CALL: Final = re.compile(
    rf"(?<![\w.-])(?:{'|'.join(_TOOLS)})(?:[:@]\S*)?(?:\s+-\S+(?:\s+[^-\s]\S*)?)*(?:\s+(?:app|ray|{'|'.join(_TOOLS)}))?"
    r"\s+(?:apply|create|scale|patch|edit|replace|run|set|rollout|autoscale|install|upgrade|up|deploy|sync|proxy)\b"
    rf"|{_BY_AWS}|aws-sdk:(?:ec2:(?:run|request|create|start)|eks:(?:create|update)|autoscaling:(?:create|update|set))"
    rf"|:::eks:(?:call|runJob)|{_BY_PODS}",
    re.IGNORECASE,
)
"""A tool, by its name or its image, or a service, that is told to make something."""
_OF_OTHERS: Final = (
    *(
        "argo ",
        "tkn ",
        "kn service",
        "virtctl",
        "runai ",
        "spark-submit",
        "az aks",
        "gcloud ",
        "--gpu",
        "--device",
        "curl ",
    ),
)
HINTS: Final = ("kubectl", *(f"{tool} " for tool in (*_TOOLS, "aws")), "aws-sdk:", ":::eks:", *_OF_OTHERS)
"""Where none of these stands in a resource, in small letters, nothing is told to make anything."""
_NAMES: Final = (*_TOOLS, "aws", ":::eks:", *_OF_OTHERS)
"""Where none of these stands in a text, nothing is."""
SCRIPT: Final = re.compile(
    r"(?:^|[;&|(\n])\s*(?:(?:exec|sudo|source|\.|(?:ba|da|z)?sh|node|perl|pwsh|python3?|ruby|(?:poetry|uv) run)\s+)*"
    r"((?:\.{1,2}/[\w./-]+|[\w./-]+\.(?:bash|js|pl|ps1|py|rb|sh|ts)|-m [\w.]+"
    r"|(?:go run|gradle|invoke|just|make|mvn|npm|npx|pnpm|ssh|task|yarn)(?![\w-])[^;&|\n]*))"
)
"""A program of the author's own: what it does stands elsewhere."""


def called(words: str) -> str:
    """The call of a tool or a service in a text; empty is none."""
    if not any(map(words.casefold().__contains__, _NAMES)):
        return ""
    found = _CALL.search(words)
    return found.group() if found else ""
