"""More at once than is written: runs and upgrades that overlap, what starts before a pod runs, words for numbers."""

from collections.abc import Mapping
from typing import Any, Final

from of_others import made
from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import cron, job, kube, ray, service
from rayform.policy.examples.places import IN_DEPLOYMENT, IN_GROUP, WORKER

__all__ = ["WAYS_AT_ONCE"]

_DEADLINE: Final = "spec jobTemplate activeDeadlineSeconds"
_ASKED: Final = {"cpu": "150", "memory": "100Gi"}
_BEFORE: Final = {"name": "a", "resources": {"requests": _ASKED}}
_QUOTA: Final = "gpu.nvidia.com.deviceclass.resource.k8s.io/devices"


def _serving(replicas: str) -> Subject:
    return service({"spec serveConfigV2": f"applications: [{{name: a, deployments: [{{name: A, {replicas}}}]}}]"})


def _configured(**args: Any) -> Subject:
    return service({"spec serveConfigV2": f"applications: [{{name: a, import_path: 'a:a', args: {args}}}]"})


def _runtime(words: str) -> Subject:
    return job({"spec runtimeEnvYAML": words})


def _patched(amount: str) -> Subject:
    patch = f"containers:\n- resources:\n    limits:\n      nvidia.com/gpu: {amount}\n"
    return made("argoproj.io/v1alpha1/WorkflowTemplate", spec={"templates": [{"podSpecPatch": patch}]})


_TWO: Final = (
    service(),
    service({"spec upgradeStrategy": {"type": "NewClusterWithIncrementalUpgrade"}}),
    cron({"spec schedule": "* * * * *", _DEADLINE: 61}),
    cron({"spec schedule": "@every 1m", _DEADLINE: 120}),
)
_ONE: Final = (
    ray(),
    job(),
    service({"spec upgradeStrategy": {"type": "None"}}),
    cron(),
    cron({"spec schedule": "* * * * *", _DEADLINE: 60}),
    cron({"spec schedule": "* * * * *", _DEADLINE: None}),
    cron({"spec schedule": "whenever"}),
)
_DEAR: Final[tuple[Mapping[str, Any], ...]] = (
    {f"{WORKER} initContainers": [_BEFORE]},
    {f"{WORKER} initContainers": [{**_BEFORE, "restartPolicy": "Always"}]},
    {f"{WORKER} resources": {"requests": _ASKED}},
    {f"{WORKER} resources": {"limits": _ASKED}},
    {f"{WORKER} overhead": _ASKED},
)

WAYS_AT_ONCE: Final[Mapping[str, Example]] = {
    "gpus-per-namespace": Example(breaks=_TWO, keeps=_ONE, parameters={"most": 15}),
    "gpus-per-stack": Example(breaks=_TWO, keeps=_ONE, parameters={"most": 15}),
    "namespace-hourly-cost": Example(
        breaks=(service(), *map(ray, _DEAR)),
        keeps=(ray(), ray({f"{WORKER} initContainers": [{**_BEFORE, "resources": {}}]})),
        parameters={"most": 12},
    ),
    "serve-replicas-bounded": Example(
        breaks=(_serving("autoscaling_config: {max_replicas: '101'}"), _serving("num_replicas: '101'")),
        keeps=(_serving("autoscaling_config: {max_replicas: '100'}"), _serving("num_replicas: many")),
    ),
    "quota-gpus": Example(
        breaks=(made("v1/ResourceQuota", spec={"hard": {_QUOTA: "129"}}),),
        keeps=(made("v1/ResourceQuota", spec={"hard": {_QUOTA: "128"}}),),
    ),
    "gpus-uncounted": Example(
        breaks=tuple(map(_patched, ("'{{inputs.parameters.gpus}}'", "$(params.gpus)", "${GPUS}"))),
        keeps=(_patched("'0'"), _patched("none")),
    ),
    "secret-in-plain": Example(
        breaks=(kube("Deployment", {f"{IN_DEPLOYMENT} env 0": {"name": "OPENAI_API_KEY", "value": "EMPTY1"}}),),
        keeps=tuple(
            ray({f"{IN_GROUP} env 0": {"name": "OPENAI_API_KEY", "value": value}})
            for value in ("EMPTY", "none", "dummy", "null", "unused")
        ),
    ),
    "secret-in-runtime-env": Example(
        breaks=(
            *(_configured(**{name: "correct-horse"}) for name in ("api_key", "password", "client-secret", "apiKey")),
            *(_configured(**{name: "correct-horse"}) for name in ("DB_PASSWD", "aws_secret_key", "passphrase")),
            _configured(model={"keys": [{"openai_api_key": "correct-horse"}]}),
            _configured(token="hf_" + "a" * 34),
            _runtime("pip: {packages: [a], pip_install_options: ['--index-url=https://me:a1@host/simple']}"),
            _runtime("working_dir: https://me:a1@example.com/a.zip"),
            job({"spec metadata": {"api_key": "correct-horse"}}),
        ),
        keeps=(
            _configured(pad_token="<pad>", eos_token="</s>", tokenizer="a", max_tokens=4096, primary_key="id"),
            *(_configured(api_key=value) for value in ("EMPTY", "$OPENAI_API_KEY", "{{ key }}", "<key>", "", 1)),
            _runtime("working_dir: https://example.com/a.zip"),
            job({"spec metadata": {"team": "ml"}}),
        ),
    ),
}
"""By rule: what there may be at once, and what stands where nobody looks for it."""
