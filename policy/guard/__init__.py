"""The law within the cluster: what CEL can express of it is judged by the API server, and kubectl cannot go around it.

For each rule one ValidatingAdmissionPolicy with its binding, all with one ConfigMap of parameters; and for each
namespace a ResourceQuota and a LimitRange. What CEL cannot express is listed by name.
"""

from .component import ClusterGuard
from .every import EXPRESSED, UNEXPRESSED
from .spec import ClusterGuardSpec

__all__ = ["EXPRESSED", "UNEXPRESSED", "ClusterGuard", "ClusterGuardSpec"]
