"""Amounts in words, and what requirements of nodes allow, read by themselves."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

from law_reading import Reading, called
from rayform.policy import Subject
from rayform.policy.examples.example import kube

__all__ = ["AMOUNTS"]

_WORDS: Final = {
    "nvidia.com/gpu": "2 GPUs",
    "nvidia.com/mig-1g.5gb": "2 MIG slices",
    "google.com/tpu": "2 TPU chips",
    "cloud-tpus.google.com/v3": "2 TPU cores",
    "aws.amazon.com/neuroncore": "2 Neuron cores",
    "aws.amazon.com/neuron": "2 Neuron devices",
    "habana.ai/gaudi": "2 Gaudi cards",
    "huawei.com/Ascend910": "2 NPUs",
    "deviceclass.resource.kubernetes.io/a": "2 devices",
}
_QUANTITIES: Final = (("1k", 1000), (2, 2), (True, None), (None, None), ([], None), ({}, None), ("x", None))
_TYPE: Final = "node.kubernetes.io/instance-type"
_MAKES: Final = "karpenter.k8s.aws/instance-"


def _requiring(key: str, operator: str, *values: str) -> Callable[[ModuleType], Any]:
    """Which of a few types a requirement allows."""
    few = {"key": _TYPE, "operator": "In", "values": ["m5.large", "g5.xlarge", "g5.12xlarge", "p5.48xlarge", "zz.x"]}
    return lambda module: module.types_of([few, {"key": key, "operator": operator, "values": list(values)}])


def _types(*names: str) -> list[str]:
    return [name for name in ("g5.12xlarge", "g5.xlarge", "m5.large", "p5.48xlarge", "zz.x") if name in names]


_EVERY: Final = _types("m5.large", "g5.xlarge", "g5.12xlarge", "p5.48xlarge", "zz.x")
_ALLOWED: Final[tuple[tuple[str, str, tuple[str, ...], list[str]], ...]] = (
    ("gpu-count", "Gt", ("3",), _types("g5.12xlarge", "p5.48xlarge")),
    ("gpu-count", "Gt", ("4",), _types("p5.48xlarge")),
    ("gpu-count", "Lt", ("4",), _types("g5.xlarge")),
    ("gpu-count", "Lt", ("1",), []),
    ("gpu-count", "Gt", (), _types("g5.xlarge", "g5.12xlarge", "p5.48xlarge")),
    ("gpu-count", "Gt", ("many",), _types("g5.xlarge", "g5.12xlarge", "p5.48xlarge")),
    ("gpu-count", "Gt", ("0", "9"), _types("g5.xlarge", "g5.12xlarge", "p5.48xlarge")),
    ("gpu-count", "Lt", (), []),
    ("gpu-count", "In", ("4",), _types("g5.12xlarge")),
    ("gpu-count", "Exists", (), _types("g5.xlarge", "g5.12xlarge", "p5.48xlarge")),
    ("gpu-name", "Exists", (), _types("g5.xlarge", "g5.12xlarge", "p5.48xlarge")),
    ("gpu-name", "DoesNotExist", (), _types("m5.large", "zz.x")),
    ("gpu-count", "DoesNotExist", (), _types("m5.large", "zz.x")),
    ("gpu-manufacturer", "In", ("nvidia",), _types("g5.xlarge", "g5.12xlarge", "p5.48xlarge")),
    ("gpu-manufacturer", "DoesNotExist", (), _types("m5.large", "zz.x")),
    ("gpu-manufacturer", "NotIn", ("nvidia",), _types("m5.large", "zz.x")),
    ("gpu-name", "In", ("a10g",), _types("g5.xlarge", "g5.12xlarge")),
    ("family", "In", ("g5",), _types("g5.xlarge", "g5.12xlarge")),
    ("family", "NotIn", ("g5", "p5"), _types("m5.large", "zz.x")),
    ("category", "In", ("p", "m"), _types("m5.large", "p5.48xlarge")),
    ("category", "DoesNotExist", (), _types("zz.x")),
    ("category", "Other", ("x",), _EVERY),
    ("other", "In", ("x",), _EVERY),
)
_REQUIRED: Final = "requiredDuringSchedulingIgnoredDuringExecution"
_TERM: Final = {
    "matchExpressions": [
        {"key": _TYPE, "operator": "NotIn", "values": ["m5.large"]},
        {"key": _TYPE, "operator": "In", "values": ["g5.xlarge"]},
        {"key": "other", "operator": "In", "values": ["c5.large"]},
    ]
}
_AFFINE: Final = {"affinity": {"nodeAffinity": {_REQUIRED: {"nodeSelectorTerms": [{}, _TERM]}}}}


def _named() -> Subject:
    """A policy that opens a port by its name, with an end that names cannot have."""
    return kube("NetworkPolicy", {"spec ingress": [{"ports": [{"port": "client", "endPort": 10001}]}]})


_AMOUNTS: Final = (
    *(Reading("amounts", called("counted", {name: 2}), words) for name, words in _WORDS.items()),
    *(Reading("amounts", called("quantity", value), number) for value, number in _QUANTITIES),
    Reading("amounts", called("counted", {"nvidia.com/gpu": 1}), "1 GPU"),
    Reading("amounts", called("counted", {"nvidia.com/gpu": 1, "google.com/tpu": 1}), "2 accelerators"),
    Reading("amounts", called("counted", {"nvidia.com/gpu": 1, "google.com/tpu": 0}), "1 GPU"),
    Reading("amounts", called("named", ()), "GPU"),
    Reading(
        "amounts",
        called("accelerators", {"nvidia.com/gpu": "-3", "google.com/tpu": "x"}, {}),
        dict[str, int].fromkeys(("nvidia.com/gpu", "google.com/tpu"), 0),
    ),
    Reading("amounts", called("accelerators", {"cpu": 3, "a/fpga": 2, "a/gpu": 1}, {"a/gpu": "2"}), {"a/gpu": 2}),
)
_REQUIREMENTS: Final = (
    *(
        Reading("requirements", _requiring(f"{_MAKES}{key}", operator, *values), found)
        for key, operator, values, found in _ALLOWED
    ),
    Reading("requirements", _requiring("eks.amazonaws.com/instance-family", "In", "p5"), _types("p5.48xlarge")),
    Reading(
        "requirements",
        lambda module: (
            "g7.2xlarge"
            in module.types_of([{"key": f"{_MAKES}gpu-name", "operator": "In", "values": ["rtx-pro-4500"]}])
        ),
        found=True,
    ),
    Reading("requirements", called("types_of", [{"key": "other", "operator": "In", "values": ["a"]}]), []),
    Reading("requirements", called("types_of", [{"key": _TYPE, "operator": "In", "values": ["zz.x"]}]), ["zz.x"]),
    Reading(
        "requirements",
        lambda module: module.types_of([{"key": f"{_MAKES}family", "operator": "In", "values": ["p5"]}]),
        ["p5.48xlarge", "p5.4xlarge"],
    ),
    Reading("requirements", lambda module: [values for _, values in module.required(_AFFINE, _TYPE)], [["g5.xlarge"]]),
    Reading(
        "requirements",
        lambda module: [place for place, _ in module.required({"nodeSelector": {_TYPE: "a"}, **_AFFINE}, _TYPE)],
        [("nodeSelector", _TYPE), ("affinity", "nodeAffinity", _REQUIRED, "nodeSelectorTerms", 1)],
    ),
)
_REACH: Final = (
    Reading("reach", called("ray_port", 52365), "the dashboard agent"),
    Reading("reach", called("ray_port", []), ""),
    Reading("reach", lambda module: list(module.let_in(_named())), [(0, ["Ray Client"])]),
)
AMOUNTS: Final = (*_AMOUNTS, *_REQUIREMENTS, *_REACH)
"""Each of them."""
