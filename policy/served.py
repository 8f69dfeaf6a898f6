"""What Serve starts, as a RayService writes it: deployments by name, and models that Ray's own builders serve.

``ray.serve.llm`` makes a deployment of each model: a replica has a bundle for each of its devices, with one GPU where
nothing else is written, and takes a CPU of its own (Ray 2.60, ``vllm_models.py`` and ``llm_server.py``).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rayform.components.ray.rules.inline import inline
from rayform.components.ray.rules.view import items, mapping, number, text

from .amounts import quantity
from .views import Ray

__all__ = ["deployments"]

_BUILDERS: Final = "ray.serve.llm:"
_MODELS: Final = ("llm_config", "prefill_config", "decode_config")
"""What arguments of builders call a single model."""
_PARALLEL: Final = ("tensor_parallel_size", "pipeline_parallel_size")


def deployments(ray: Ray) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every deployment, with the name of its application."""
    # What cannot be read is told by the rule serve-config-yaml.
    config, _ = inline(text(ray.subject.spec.get("serveConfigV2")))
    for application in items(mapping(config).get("applications")):
        name = text(application.get("name")) or "default"
        yield from ((name, each) for each in items(application.get("deployments")))
        if text(application.get("import_path")).startswith(_BUILDERS):
            arguments = mapping(application.get("args"))
            single = [mapping(arguments.get(each)) for each in _MODELS]
            # A model may be a file, too, which is not there.
            models = filter(None, (*items(arguments.get("llm_configs")), *single))
            yield from ((name, _of_model(each)) for each in models)


def _of_model(model: Mapping[str, Any]) -> Mapping[str, Any]:
    """The deployment that a builder makes of a model."""
    named = text(mapping(model.get("model_loading_config")).get("model_id"))
    return {**mapping(model.get("deployment_config")), "name": named, "placement_group_bundles": _bundles(model)}


def _bundles(model: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    parallel = mapping(model.get("engine_kwargs"))
    devices = 1
    for each in _PARALLEL:
        devices *= number(parallel.get(each)) or 1
    placed = mapping(model.get("placement_group_config"))
    # Other devices than GPUs have a configuration of their own.
    unsaid = {"GPU": 1} if model.get("accelerator_config") is None else {}
    worker = mapping(placed.get("bundle_per_worker")) or unsaid
    together = {name: float(quantity(amount) or 0) * devices for name, amount in worker.items()}
    return [*(items(placed.get("bundles")) or [together]), {"CPU": 1}]
