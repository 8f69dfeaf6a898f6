"""Tools and services that make objects or nodes, as they are called in commands, scripts and pipelines."""

import re
from typing import Final

__all__ = ["CALL", "HINTS", "SCRIPT", "TOOL"]

_BY_AWS: Final = (
    r"\baws (?:ec2 (?:run|request|create|start)|eks (?:create|update-nodegroup)|autoscaling (?:create|update|set))"
    r"|\baws (?:sagemaker|batch|cloudcontrol) (?:create|register|submit|update)"
    r"|\baws cloudformation (?:create|deploy|update)|\baws ssm (?:send|start)"
)
"""Calls of AWS that bring nodes, or make somebody else do so."""
_BY_OTHERS: Final = (
    r"(?<![\w.-])(?:argo (?:cron create|resubmit|submit)|tkn \w+ start|kn service (?:apply|create|update)"
    r"|virtctl (?:create|start)|(?:arena|runai) (?:\w+ )?(?:serve|submit)|spark-submit|dstack apply|werf converge"
    r"|tk apply|nomad job run|rayform up|clusterctl (?:generate|init|move)|karmadactl (?:apply|create|join)"
    r"|(?:k3d cluster|kind|vcluster) create|minikube start|az aks (?:create|nodepool|scale|update)"
    r"|gcloud container (?:clusters|node-pools) (?:create|resize|update))\b"
    r"|\b(?:docker|nerdctl|podman|ctr)\b[^\n;|&]* (?:--gpus?\b|--device[= ]nvidia)"
    r"|\bcurl\b(?=[^\n]*(?:/apis/[\w.]+/v\d|/api/v1/namespaces))(?=[^\n]*\s(?:-d|--data|-X ?P|--request[= ]P))"
)
"""Calls of others that make objects, nodes or clusters, or containers with devices beside Kubernetes."""
TOOL: Final = re.compile(
    r"(?<![\w-])(?:kubectl(?:-[\w-]+)?(?:\.exe)?|helm|helmfile|oc|kapp|kustomize|eksctl|argocd|flux|skaffold"
    r"|terraform|terragrunt|tofu|pulumi|cdk|ansible-playbook|sky (?:launch|exec|serve|jobs)|ray up)(?![\w/.-])"
    r"|/apis/[\w.]+/v\d|/api/v1/namespaces\b"
    r"|\b(?:import|from) (?:boto3|kubernetes|lightkube)\b"
    rf"|\|\s*(?:ba|z)?sh\b|{_BY_AWS}|{_BY_OTHERS}"
)
"""What makes objects: tools, the API's own addresses, calls of clouds, and scripts from elsewhere."""
_TOOLS: Final = ("kubectl", "helm", "kapp", "eksctl", "terraform", "tofu", "pulumi", "flux", "argocd")
CALL: Final = re.compile(
    rf"(?<![\w.-])(?:{'|'.join(_TOOLS)})(?:[:@]\S*)?(?:\s+-\S+(?:\s+[^-\s]\S*)?)*(?:\s+(?:app|ray|{'|'.join(_TOOLS)}))?"
    r"\s+(?:apply|create|scale|patch|edit|replace|run|set|rollout|autoscale|install|upgrade|up|deploy|sync|proxy)\b"
    rf"|{_BY_AWS}|aws-sdk:(?:ec2:(?:run|request|create|start)|eks:(?:create|update)|autoscaling:(?:create|update|set))"
    rf"|:::eks:(?:call|runJob)|{_BY_OTHERS}",
    re.IGNORECASE,
)
"""A tool, by its name or its image, or a service, that is told to make something."""
HINTS: Final = (
    *("kubectl", *(f"{tool} " for tool in (*_TOOLS, "aws")), "aws-sdk:", ":::eks:"),
    *("argo ", "tkn ", "kn ", "virtctl ", "arena ", "runai ", "spark-submit", "dstack ", "werf ", "tk ", "nomad "),
    *("rayform ", "clusterctl ", "karmadactl ", "k3d ", "kind ", "vcluster ", "minikube ", "aks ", "gcloud "),
    *("--gpu", "--device", "curl "),
)
"""Where none of these stands, in small letters, no such call does."""
SCRIPT: Final = re.compile(
    r"(?:^|[;&|(\n])\s*(?:(?:exec|sudo|source|\.|(?:ba|da|z)?sh|node|perl|pwsh|python3?|ruby|(?:poetry|uv) run)\s+)*"
    r"((?:\.{1,2}/[\w./-]+|[\w./-]+\.(?:bash|js|pl|ps1|py|rb|sh|ts)|-m [\w.]+"
    r"|(?:go run|gradle|invoke|just|make|mvn|npm|npx|pnpm|task|yarn)\b[^;&|\n]*))"
)
"""A program of the author's own: what it does stands elsewhere."""
