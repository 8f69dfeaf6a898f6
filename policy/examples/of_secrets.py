"""Examples of secrets where everybody reads them."""

from collections.abc import Mapping
from typing import Any, Final

from ..subject import Subject, of_manifest
from .example import Example, aws, cron, job, kube, ray, service
from .places import GROUP, IN_DEPLOYMENT, IN_GROUP, IN_HEAD

__all__ = ["SECRETS"]

_IN_SERVICE: Final = "spec rayClusterConfig gcsFaultToleranceOptions"


def _env(name: str, value: str = "correct-horse", where: str = IN_HEAD) -> dict[str, Any]:
    return {f"{where} env 0": {"name": name, "value": value}}


def _texts(data: Mapping[str, str]) -> Subject:
    return of_manifest({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "app"}, "data": data})


SECRETS: Final[Mapping[str, Example]] = {
    "secret-in-plain": Example(
        breaks=(
            ray(_env("AWS_SECRET_ACCESS_KEY")),
            ray(_env("WANDB_API_KEY", where=IN_GROUP)),
            kube("Deployment", _env("DB_PASSWORD", where=IN_DEPLOYMENT)),
            ray({"spec autoscalerOptions env": [{"name": "HF_TOKEN", "value": "x"}]}),
        ),
        keeps=(
            ray({f"{IN_HEAD} env 0": {"name": "HF_TOKEN", "valueFrom": {"secretKeyRef": {"name": "hf", "key": "t"}}}}),
            ray(_env("TOKENIZERS_PARALLELISM", "false")),
            ray(_env("DB_PASSWORD_FILE", "/run/secrets/db")),
            ray(_env("KEYBOARD", "us")),
            ray(_env("RAY_ENABLE_K8S_TOKEN_AUTH", "True")),
            ray(_env("TOKEN_CACHE", "false")),
            ray(_env("HF_TOKEN", "")),
        ),
    ),
    "secret-in-runtime-env": Example(
        breaks=(
            job({"spec runtimeEnvYAML": "env_vars:\n  WANDB_API_KEY: correct-horse\n"}),
            cron({"spec jobTemplate runtimeEnvYAML": "env_vars:\n  DB_PASSWORD: 'x'\n"}),
            job({"spec submissionMode": "HTTPMode", "spec runtimeEnvYAML": "{env_vars: {HF_TOKEN: hf_1}}"}),
            service({"spec serveConfigV2": "applications: [{runtime_env: {env_vars: {DB_PASSWORD: a, PORT: '1'}}}]"}),
        ),
        keeps=(
            job({"spec runtimeEnvYAML": "env_vars:\n  TOKENIZERS_PARALLELISM: 'false'\n"}),
            job({"spec runtimeEnvYAML": "working_dir: s3://code/a.zip\n"}),
            job({"spec runtimeEnvYAML": "env_vars: {"}),
            service(),
        ),
    ),
    "secret-in-command": Example(
        breaks=(
            ray({f"{IN_HEAD} args": ["ray start --head --redis-password=correct-horse"]}),
            ray({f"{IN_HEAD} args": ["curl https://me:correct-horse@example.com"]}),
            kube("Deployment", {f"{IN_DEPLOYMENT} command": ["vllm", "--api-key", "correct-horse"]}),
        ),
        keeps=(
            ray({f"{IN_HEAD} args": ["ray start --head --redis-password=$REDIS_PASSWORD"]}),
            kube("Deployment", {f"{IN_DEPLOYMENT} args": ["--api-key", "$(API_KEY)", "--token-file=/run/token"]}),
        ),
    ),
    "secret-in-ray-object": Example(
        breaks=(
            ray({"spec headGroupSpec rayStartParams redis-password": "correct-horse"}),
            ray({f"{GROUP} rayStartParams": {"redis-password": "correct-horse"}}),
            service({f"{_IN_SERVICE} redisAddress": "redis://:correct-horse@redis:6379"}),
            job({"spec entrypoint": "HF_TOKEN=correct-horse python train.py"}),
            cron({"spec jobTemplate entrypoint": "python train.py --wandb-api-key correct-horse"}),
        ),
        keeps=(
            ray({"spec headGroupSpec rayStartParams redis-password": "$REDIS_PASSWORD"}),
            service({f"{_IN_SERVICE} redisAddress": "rediss://redis:6379"}),
            job({"spec entrypoint": "HF_TOKEN=$TOKEN python train.py --max-token 4096 --token=$(TOKEN)"}),
        ),
    ),
    "secret-in-text": Example(
        breaks=(
            _texts({"DB_PASSWORD": "correct-horse"}),
            _texts({"app.env": "PORT=1\nDB_PASSWORD=correct-horse"}),
            aws("aws:ec2/launchTemplate:LaunchTemplate", {"userData": "REJfUEFTU1dPUkQ9Y29ycmVjdC1ob3JzZQ=="}),
            aws("aws:ec2/instance:Instance", {"userData": "export DB_PASSWORD=correct-horse"}),
        ),
        keeps=(
            _texts({"DB_PASSWORD_FILE": "/run/secrets/db", "app.env": "PORT=1"}),
            aws("aws:ec2/launchTemplate:LaunchTemplate", {"userData": "UE9SVD0x"}),
            aws("aws:ec2/instance:Instance", {"userData": "export DB_PASSWORD=$(cat /run/db)"}),
        ),
    ),
}
"""By rule."""
