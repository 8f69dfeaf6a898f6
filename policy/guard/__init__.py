"""The law within the cluster: what CEL can express of it is judged by the API server, and kubectl cannot go around it.

For each rule one ValidatingAdmissionPolicy with its binding, all with one ConfigMap of parameters; and for each
namespace a ResourceQuota and a LimitRange. What CEL cannot express is listed by name.
"""

import typing as _typing

from rayform.spec.door import door as _door

if _typing.TYPE_CHECKING:
    from .component import ClusterGuard
    from .every import EXPRESSED, UNEXPRESSED
    from .spec import ClusterGuardSpec

__all__ = ["EXPRESSED", "UNEXPRESSED", "ClusterGuard", "ClusterGuardSpec"]

__getattr__, __dir__ = _door(
    __name__,
    {
        ".component": ("ClusterGuard",),
        ".every": ("EXPRESSED", "UNEXPRESSED"),
        ".spec": ("ClusterGuardSpec",),
    },
)
