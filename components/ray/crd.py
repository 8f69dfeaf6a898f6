"""What the CRDs call the fields of specs; declared once, for writing, reading and telling of them alike."""

from collections.abc import Mapping
from functools import cache
from sys import intern

__all__ = ["IRREGULAR", "Names", "crd_name", "named"]

Names = Mapping[str, str]
"""Names in the CRDs by field."""

IRREGULAR: Names = {
    "autoscaling": "enableInTreeAutoscaling",
    "head": "headGroupSpec",
    "runtime_env": "runtimeEnvYAML",
    "submitter": "submitterPodTemplate",
    "workers": "workerGroupSpecs",
}
"""Fields of clusters and jobs that the CRDs call by other words."""


@cache
def crd_name(field: str) -> str:
    """The name of a field in camelCase: ``min_replicas`` is ``minReplicas``."""
    first, *rest = field.split("_")
    # One text for each name: looked up ever again by the rules.
    return intern(first + "".join(word.capitalize() for word in rest))


def named(*fields: str) -> Names:
    """Fields with their names in camelCase."""
    return {field: crd_name(field) for field in fields}
