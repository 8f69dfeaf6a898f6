"""Every rule of the law, by what it keeps."""

from types import ModuleType
from typing import Final

from ..rule import Rule, rules_of
from . import (
    counted,
    disclosed,
    eks,
    exposure,
    ground,
    hidden,
    injected,
    jobs,
    later,
    limits,
    networks,
    pod_security,
    pools,
    rbac,
    reliability,
    serve,
    sizes,
    spend,
    stores,
    trust,
    uncounted,
    whole,
    workloads,
)

__all__ = ["PACKS", "RULES"]


def _of(*modules: ModuleType) -> tuple[Rule, ...]:
    return tuple(each for module in modules for each in rules_of(module))


PACKS: Final = {
    "limits": _of(limits, sizes, counted, hidden, uncounted, later, jobs, serve),
    "spend": _of(spend, pools),
    "security": _of(
        *(pod_security, workloads, injected, disclosed, exposure, rbac, eks, ground, stores, networks, trust),
    ),
    "reliability": _of(reliability, whole),
}
"""Rules by what they keep."""

RULES: Final = tuple(each for pack in PACKS.values() for each in pack)
"""Every rule of the law's own; Ray's rules are adopted beside them."""
