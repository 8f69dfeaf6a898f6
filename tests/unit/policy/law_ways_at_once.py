"""More at once than is written: runs and upgrades that overlap, what starts before a pod runs, words for numbers."""

from collections.abc import Mapping
from typing import Any, Final

from of_others import made
from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import cron, job, kube, ray, service
from rayform.policy.examples.places import HEAD, IN_DEPLOYMENT, IN_GROUP, WORKER
from rayform.policy.nodes import SPOT
from rayform.policy.requirements import FAMILIES

__all__ = ["WAYS_AT_ONCE"]

_DEADLINE: Final = "spec jobTemplate activeDeadlineSeconds"
_ASKED: Final = {"cpu": "150", "memory": "100Gi"}
_BEFORE: Final = {"name": "a", "resources": {"requests": _ASKED}}
_QUOTA: Final = "gpu.nvidia.com.deviceclass.resource.k8s.io/devices"


def _serving(replicas: str) -> Subject:
    return service({"spec serveConfigV2": f"applications: [{{name: a, deployments: [{{name: A, {replicas}}}]}}]"})


def _configured(**args: Any) -> Subject:
    return service({"spec serveConfigV2": f"applications: [{{name: a, import_path: 'a:a', args: {args}}}]"})


def _served(annotations: Mapping[str, str], kind: str = "LoadBalancer") -> Subject:
    return service({"spec serveService": {"metadata": {"annotations": annotations}, "spec": {"type": kind}}})


def _runtime(words: str) -> Subject:
    return job({"spec runtimeEnvYAML": words})


def _patched(amount: str) -> Subject:
    patch = f"containers:\n- resources:\n    limits:\n      nvidia.com/gpu: {amount}\n"
    return made("argoproj.io/v1alpha1/WorkflowTemplate", spec={"templates": [{"podSpecPatch": patch}]})


_INTERNAL: Final = "service.beta.kubernetes.io/aws-load-balancer-internal"
_PUBLIC: Final = {"spec": {"type": "LoadBalancer"}}
_MODELS: Final = ("cloud.google.com/gke-accelerator", "gpu.nvidia.com/model", "nvidia.com/gpu.product")
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
    "head-on-demand": Example(
        breaks=tuple(ray({f"{HEAD} nodeSelector": {name: value}}) for name, value in SPOT.items()),
        keeps=tuple(ray({f"{HEAD} nodeSelector": {name: "no"}}) for name in SPOT),
    ),
    "pod-instance-types": Example(
        breaks=(
            ray({f"{WORKER} nodeSelector": {"beta.kubernetes.io/instance-type": "p5.48xlarge"}}),
            *(ray({f"{WORKER} nodeSelector": {name: "p5"}}) for name in FAMILIES),
            ray({f"{WORKER} nodeSelector": {FAMILIES[0]: "p99"}}),
        ),
        keeps=(
            ray({f"{WORKER} nodeSelector": {"beta.kubernetes.io/instance-type": "g5.xlarge"}}),
            *(ray({f"{WORKER} nodeSelector": {name: "g5"}}) for name in FAMILIES),
        ),
        parameters={"names": ["g5.xlarge"]},
    ),
    "pod-gpu-models": Example(
        breaks=tuple(ray({f"{WORKER} nodeSelector": {name: "h100"}}) for name in _MODELS),
        keeps=tuple(ray({f"{WORKER} nodeSelector": {name: "a10g"}}) for name in _MODELS),
        parameters={"names": ["a10g"]},
    ),
    "image-pinned": Example(
        breaks=tuple(ray({f"{IN_GROUP} image": f"a:{tag}"}) for tag in ("LATEST", "Nightly-gpu", "canary", "snapshot")),
        keeps=tuple(ray({f"{IN_GROUP} image": f"a:{tag}"}) for tag in ("head-1.2", "Release-1", "mainline")),
    ),
    "load-balancer-public": Example(
        breaks=(_served({}), _served({_INTERNAL: "false"})),
        keeps=(_served({_INTERNAL: "true"}), _served({}, "ClusterIP"), job({"spec serveService": _PUBLIC})),
    ),
    "secret-in-ray-object": Example(
        breaks=(ray({"metadata annotations": {"note": "ghp_" + "a" * 36}}),),
        keeps=(ray({"metadata annotations": {"token": "by-hand"}}),),
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
