"""What Serve starts, by what its configuration says."""

import json
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final

from law_reading import Reading
from rayform.policy import of_manifest
from rayform.policy.views import ray_of

__all__ = ["SERVED"]

_CPU: Final = {"CPU": 1}


def _started(*applications: Mapping[str, Any]) -> Callable[[ModuleType], Any]:
    text = json.dumps({"applications": list(applications)})
    service = of_manifest({"apiVersion": "ray.io/v1", "kind": "RayService", "spec": {"serveConfigV2": text}})
    return lambda module: list(module.deployments(ray_of(service)))


def _built(**arguments: Any) -> Callable[[ModuleType], Any]:
    return _started({"import_path": "ray.serve.llm:build_openai_app", "args": arguments})


def _made(*bundles: Mapping[str, Any], name: str = "", **more: Any) -> tuple[str, Mapping[str, Any]]:
    return "default", {"name": name, "placement_group_bundles": [*bundles, _CPU], **more}


_LLAMA: Final = {"model_loading_config": {"model_id": "llama"}, "deployment_config": {"num_replicas": 2}}
_PARALLEL: Final = {"engine_kwargs": {"tensor_parallel_size": 4, "pipeline_parallel_size": 2}}

SERVED: Final = (
    Reading("served", _started({"name": "a", "deployments": [{"name": "d"}]}), [("a", {"name": "d"})]),
    Reading("served", _started({"deployments": [{}]}), [("default", {})]),
    Reading("served", _started({"import_path": "a:b", "args": {"llm_configs": [_LLAMA]}}), []),
    Reading("served", _built(llm_configs=[_LLAMA, "b.yaml"]), [_made({"GPU": 1}, name="llama", num_replicas=2)]),
    *(
        Reading("served", _built(**{each: _PARALLEL}), [_made({"GPU": 8})])
        for each in ("llm_config", "prefill_config", "decode_config")
    ),
    Reading("served", _built(llm_config={"accelerator_config": {"kind": "cpu"}, **_PARALLEL}), [_made({})]),
    Reading(
        "served",
        _built(llm_config={"placement_group_config": {"bundle_per_worker": {"GPU": 2, "CPU": "x"}}, **_PARALLEL}),
        [_made({"GPU": 16, "CPU": 0})],
    ),
    Reading(
        "served",
        _built(llm_config={"placement_group_config": {"bundles": [{"GPU": 1}, {"CPU": 2}]}, **_PARALLEL}),
        [_made({"GPU": 1}, {"CPU": 2})],
    ),
)
"""Each of them."""
