"""How much an operator needs for the fleet it looks after."""

from math import ceil

__all__ = ["operator_size"]

PODS = 500
"""Ray pods that one share carries: KubeRay's Helm chart says 500 pods need about 500 MB."""
MEMORY_MIB = 512
"""Memory of one share, the limit in KubeRay's Helm chart."""
CPU_MILLIS = 100
"""CPU of one share, the limit in KubeRay's Helm chart."""


def operator_size(expected_ray_pods: int, reconcile_concurrency: int) -> dict[str, str]:
    """CPU and memory for that many Ray pods: memory follows the pods, CPU the pods or, if more, the concurrency.

    Never less than the 100m and 512Mi of KubeRay's Helm chart.
    """
    shares = max(1, ceil(expected_ray_pods / PODS))
    return {"cpu": f"{CPU_MILLIS * max(shares, reconcile_concurrency)}m", "memory": f"{MEMORY_MIB * shares}Mi"}
