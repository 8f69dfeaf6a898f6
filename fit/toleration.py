"""Whether a pod may be on nodes with taints, judged as the scheduler does.

Matching after the Kubernetes documentation, "Taints and Tolerations": no key is any key, no effect any effect, and
Equal where no operator is named.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .manifest import items
from .placement import Placement
from .taint import Taint

__all__ = ["untolerated"]


def untolerated(pod: Mapping[str, Any], pool: Placement) -> Iterator[Taint]:
    """Taints of the pool that keep the pod off its nodes."""
    tolerations = items(pod, "tolerations")
    for taint in pool.taints:
        if taint.effect != "PreferNoSchedule" and not any(_tolerates(one, taint) for one in tolerations):
            yield taint


def _tolerates(toleration: Mapping[str, Any], taint: Taint) -> bool:
    key, effect = toleration.get("key") or None, toleration.get("effect") or None
    if key not in (None, taint.key) or effect not in (None, taint.effect):
        return False
    return toleration.get("operator") == "Exists" or (toleration.get("value") or "") == (taint.value or "")
