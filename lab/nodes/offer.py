"""What a real node offers, kept with its lab."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..errors import LabError
from ..paths import write_private
from .shape import Taint

_FILE = "offer.json"


@dataclass(frozen=True)
class Offer:
    """What a real node offers beside the machine's own processors and memory.

    Attributes:
        gpus: how many GPUs it says it has (4 by default); pods that ask for them are scheduled, and find none.
        gpu_resource: the extended resource by which GPUs are counted.
        labels: in addition to the well-known ones.
        taints: what its pods must tolerate.
    """

    gpus: int = 4
    gpu_resource: str = "nvidia.com/gpu"
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType[str, str]({}))
    taints: tuple[Taint, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no node can have."""
        if self.gpus < 0:
            raise LabError(f"Offer: gpus: {self.gpus} asked, 0 is the least; give 0 or more")


def keep(state: Path, offer: Offer) -> None:
    """Let the node of the lab in ``state`` offer this from now on."""
    content = {**vars(offer), "labels": dict(offer.labels), "taints": [asdict(taint) for taint in offer.taints]}
    write_private(state / _FILE, json.dumps(content))


def kept(state: Path) -> Offer:
    """What the node of the lab in ``state`` offers; the default where nothing was kept."""
    try:
        content: dict[str, Any] = json.loads((state / _FILE).read_bytes())
    except (FileNotFoundError, ValueError):
        return Offer()
    content["taints"] = tuple(Taint(**taint) for taint in content["taints"])
    return Offer(**content)
