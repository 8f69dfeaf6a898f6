"""What of accelerators, or of Ray, stands anywhere in an object of others: asked for, reached for, or in a text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from rayform.components.documents import DocumentError, documents, is_mapping
from rayform.components.ray.rules.view import Path, items, text

from .amounts import is_accelerator, quantity
from .parameters import Names
from .shapes import decoded
from .words import outermost

__all__ = [
    "INJECTED",
    "MOUNTED",
    "NO_DEVICE",
    "READ",
    "SHARES",
    "VISIBLE",
    "asked",
    "hints",
    "in_manifest",
    "in_text",
    "is_offer",
    "says_none",
    "shares",
]

VISIBLE: Final = (
    "NVIDIA_VISIBLE_DEVICES",
    "AMD_VISIBLE_DEVICES",
    "ASCEND_VISIBLE_DEVICES",
    "AWS_NEURON_VISIBLE_DEVICES",
    "HABANA_VISIBLE_DEVICES",
    "MTHREADS_VISIBLE_DEVICES",
)
"""Variables by which runtimes of containers show devices, whatever is in the limits."""
NO_DEVICE: Final = ("", "none", "void")
"""What they say, in small letters, where none is wanted."""
_NONE: Final = frozenset(NO_DEVICE)
MOUNTED: Final = "/var/run/nvidia-container-devices"
"""Below this, NVIDIA's runtime takes the paths of volumes for devices."""
INJECTED: Final = "cdi.k8s.io/"
"""How annotations begin that name devices."""
SHARES: Final = ("gpu-fraction", "gpu-memory")
"""Annotations by which schedulers of Run:ai give a part of a GPU that stands in no limits."""
_SHOWING: Final[Mapping[str, str]] = {"runtimeClassName": "nvidia", "mountPath": MOUNTED}
"""How begins what shows devices to a container that asks for none."""
_DEVICES: Final = re.compile(r"/dev/?(?:(?<=/)(?:accel|dri|kfd|neuron|nvidia)[\w/-]*)?")
"""Where a node has its devices, and accelerators among them."""
READ: Final = frozenset({"annotations", "description", "message", "summary"})
"""Under these stands what people read."""
_OFFERS: Final = frozenset(
    {
        "/Node",
        "/ResourceQuota",
        "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
        "apiextensions.k8s.io/CustomResourceDefinition",
        "karpenter.sh/NodePool",
        "policies.kyverno.io/ValidatingPolicy",
        "scheduling.run.ai/Queue",
        "scheduling.volcano.sh/Queue",
        "templates.gatekeeper.sh/ConstraintTemplate",
    }
)
"""Kinds that name accelerators and ask for none."""
_BY_CLAIM: Final = "devices by claim"
_NUMBER: Final = re.compile(
    r"(?:num|max|request(?:ed)?|(?:[\w-]+\.)*resource\.)?_?gpus?"
    r"(?:[_.]?(?:amount|count|limit|number|devices_?request|per_?\w+))?|tensor_?parallel_?size",
    re.IGNORECASE,
)
"""What numbers of GPUs stand under, in objects of others."""
_NUMBERED: Final = ("value", "number", "count")
"""Where such a number stands, where it has a mapping of its own."""
_LATER: Final = re.compile(r"\{\{|\$[({]")
"""Stands for an amount that somebody fills in."""
_QUOTAS: Final = ("limits.", "requests.")
"""How names of a quota begin."""
_SELECTING: Final = frozenset({"labels", "matchLabels", "nodeLabels", "nodeSelector", "selector"})
"""Under these the same names are labels."""
_AMOUNTS: Final = frozenset({"limits", "requests"})
_CONTAINED: Final = frozenset({*_AMOUNTS, "resourceClaims"})
"""Under these stands in a manifest what containers ask for."""
_ANY: Final = Names(names=("*",))
_RAY: Final = "ray.io/"
_JUDGED: Final = "validate"
"""Under this stands in Kyverno's policies what others are held to."""
_A_RAY: Final = re.compile(r"apiVersion[\"'\\]*\s*:\s*[\"'\\]*ray\.io/")
_AMOUNT: Final = re.compile(
    r"(?<![\w.-])([\w-]+\.[\w.-]+/[\w.-]+)(?:[\"'\\]+\]?\s*[:=]\s*[\"'\\]*|:\s+[\"']?|=)(?:[1-9]|\{\{|\$[({])"
)
"""A name and a number, or what will be one, as YAML, JSON, CEL and command lines have them."""
_POINTER: Final = re.compile(r"(?<![\w.-])([\w.-]+)~1([\w.-]+)")
"""A name as JSON patches have it."""
_NAME: Final = re.compile(r"(?<![\w.-])([\w-]+\.[\w.-]+/[\w.-]+)")
_PROFILE: Final = re.compile(r"((?:nvidia|amd|intel)-gpu-[\w-]+|google-tpu-[\w-]+):([1-9]\d*)")
"""How KubeAI's profiles of accelerators are asked for."""
_HINTS: Final = (
    *("gpu", "npu", "tpu", "xpu", "nvidia", "amd.com", "habana", "neuron", "ascend"),
    *(
        "device",
        "resourceclaim",
        "hostpath",
        "cdi.k8s.io/",
        "tensor",
        "limits",
        "requests",
        "binarydata",
        "contentbase64",
    ),
)
"""Where none of these stands, accelerators are not asked for, unless in base 64."""


def hints(whole: str, texts: Iterable[str]) -> bool:
    """Whether words show that a look at every place is worth it: all in small letters, and the texts among them."""
    # Labels are called so too; a Ray cluster is asked for by a text.
    return any(map(whole.__contains__, _HINTS)) or (_RAY in whole and any(_RAY in each for each in texts))


def is_offer(group: str, kind: str) -> bool:
    """Whether a kind names accelerators and asks for none."""
    return f"{group.removeprefix('core')}/{kind}" in _OFFERS


def says_none(entry: Mapping[str, Any]) -> bool:
    """Whether a variable of a container says that it wants no device."""
    return entry.get("valueFrom") is None and text(entry.get("value")).strip().lower() in NO_DEVICE


def shares(name: str) -> bool:
    """Whether an annotation gives devices, or a part of one, that stand in no limits."""
    return name.startswith(INJECTED) or name in SHARES


def in_text(words: str) -> str:
    """What of devices, or of Ray, a text asks for that will be an object or a patch of one; empty is nothing."""
    if _A_RAY.search(words):
        return "a Ray object in a text"
    named = [each for each in _AMOUNT.findall(words) if not each.startswith(_QUOTAS)]
    named += ["/".join(each) for each in _POINTER.findall(words)]
    return next((f"{each} in a text" for each in named if is_accelerator(each)), "")


def in_manifest(words: str) -> str:
    """What of devices, or of Ray, the objects in a text ask for; empty is nothing, or a text that is no objects."""
    if not hints(words.lower(), (words,)):
        return ""
    try:
        objects = [each for each in documents("", words.encode()) if not is_offer(_group(each.value), each.kind)]
    except DocumentError:
        return ""
    if any(text(each.value.get("apiVersion")).startswith(_RAY) for each in objects):
        return "a Ray object in a text"
    found = (each for one in objects for each in asked(one.value, in_text))
    return next((f"{what} in a text" for path, what in found if _CONTAINED & set(path)), "")


def _group(manifest: Mapping[str, Any]) -> str:
    return text(manifest.get("apiVersion")).rpartition("/")[0]


def asked(
    whole: Any, read: Callable[[str], str], others: Names = _ANY, *, reached: bool = False
) -> Iterator[tuple[Path, str]]:
    """Where accelerators are asked for, the outermost place of each, and what is asked.

    ``read`` says what a text asks for. ``others`` are extended resources that are no accelerators, where every other
    one may be one. Devices that are ``reached`` for otherwise than by an amount are told only where that is wanted.
    """

    def what(path: Path, value: Any) -> str:
        if _JUDGED in path:
            return ""
        found = (_whole(value) if is_mapping(value) else "") or _entry(path, value) or _amount(path, value, others)
        found = found or (_reached(path, value) if reached else "")
        return found or ("" if READ & set(path) else read(text(value)))

    return outermost(whole, what)


def _whole(value: Mapping[str, Any]) -> str:
    """What a mapping is, or asks for, by several of its entries together."""
    if text(value.get("apiVersion")).startswith(_RAY):
        return text(value.get("kind")) or "a Ray object"
    name = text(value.get("name"))
    return f"{value['quantity']} {name}" if is_accelerator(name) and quantity(value.get("quantity")) else ""


def _entry(path: Path, value: Any) -> str:
    """What an entry asks for by its name, in its own words."""
    read = _BY_NAME.get(str(path[-1]))
    return "" if read is None else read(value)


def _reached(path: Path, value: Any) -> str:
    """What devices a runtime of containers is made to show."""
    name, words = str(path[-1]), text(value)
    if is_mapping(value) and value.get("name") in VISIBLE:
        return "" if says_none(value) else f"{value['name']}={value.get('value')}"
    if name in VISIBLE and words and not {words.strip().lower(), decoded(words).lower()} & _NONE:
        return f"{name}={words}"
    if name in _SHOWING and words.startswith(_SHOWING[name]):
        return words
    if name == "path" and "hostPath" in path and _DEVICES.fullmatch(words):
        return f"{words} of the node"
    return "devices by annotation" if "annotations" in path and shares(name) else ""


def _amount(path: Path, value: Any, others: Names) -> str:
    """How much of an accelerator an entry asks for."""
    name = str(path[-1])
    if name.startswith(_QUOTAS):
        return ""
    by_name = is_accelerator(name) or ("/" in name and bool(_AMOUNTS & set(path)) and not others.has(name))
    if not by_name and (_SELECTING & set(path) or not _NUMBER.fullmatch(name)):
        return ""
    number = _number(value)
    amount = quantity(number)
    wanted = bool(_LATER.search(text(number))) if amount is None else amount > 0
    return f"{number} {name}" if wanted and (by_name or amount is not None) else ""


def _number(value: Any) -> Any:
    """The number that stands under a name, or in the mapping there, unless that is switched off."""
    if not is_mapping(value):
        return value
    return None if value.get("enabled") is False else next((value[each] for each in _NUMBERED if each in value), None)


def _claims(value: Any) -> str:
    return _BY_CLAIM if items(value) else ""


def _guests(value: Any) -> str:
    """What devices of a KubeVirt machine are called."""
    return next((each for one in items(value) if (each := text(one.get("deviceName")))), "")


def _assigned(value: Any) -> str:
    """Of what Gatekeeper assigns, the accelerator."""
    return next(filter(is_accelerator, _NAME.findall(text(value))), "")


def _profile(value: Any) -> str:
    found = _PROFILE.fullmatch(text(value))
    return f"{found.group(2)} {found.group(1)}" if found else ""


def _processes(value: Any) -> str:
    return "a process for each GPU" if value == "gpu" else ""


_BY_NAME: Final[Mapping[str, Callable[[Any], str]]] = {
    "resourceClaims": _claims,
    "draResources": _claims,
    "deviceClassName": lambda value: _BY_CLAIM if value else "",
    "gpus": _guests,
    "hostDevices": _guests,
    "location": _assigned,
    "resourceProfile": _profile,
    "numProcPerNode": _processes,
    "nprocPerNode": _processes,
}
"""By the name of an entry: what its value asks for."""
