"""What Checkov finds and rayform keeps, each with the reason; a reason that nothing needs fails ``make judge``."""

from fnmatch import fnmatchcase
from typing import NamedTuple

__all__ = ["OF_AWS", "OF_PODS", "Argument"]


class Argument(NamedTuple):
    """Why a check need not pass."""

    check: str
    """Checkov's id."""
    where: str
    """Of what: the source and the role of a pod, or a resource of AWS; ``*`` and ``?`` as in file names."""
    why: str
    """The reason."""

    def covers(self, check: str, where: str) -> bool:
        """Whether it is about this finding."""
        return check == self.check and fnmatchcase(where, self.where)


OF_PODS = (
    Argument(
        "CKV_K8S_8",
        "* head",
        "the autoscaler beside the head, whose probes no field of the CRD sets; Ray's own container has both",
    ),
    Argument(
        "CKV_K8S_9",
        "* head",
        "the autoscaler beside the head, whose probes no field of the CRD sets; it answers nobody",
    ),
    Argument(
        "CKV_K8S_15",
        "*",
        "a tag with Ray's version is not moved, and Always would make each start of a worker depend on the registry; "
        "by digest, which the rule image-digest asks for, it does not arise",
    ),
    Argument(
        "CKV_K8S_35",
        "*",
        "the operator gives Ray its token as a variable; who may read it in the pod may ask Ray to run code anyway",
    ),
    Argument(
        "CKV_K8S_38",
        "* head",
        "the autoscaler sets the number of workers by the Kubernetes API; heads without it get no token",
    ),
    Argument(
        "CKV_K8S_43",
        "*",
        "which digest a registry has is known to whoever has the registry: image takes one, and the rule image-digest "
        "asks for it",
    ),
    Argument(
        "CKV_K8S_21",
        "README.md *",
        "what names no namespace goes to that of its provider; examples and stacks name theirs",
    ),
    Argument(
        "CKV2_K8S_6",
        "README.md *",
        "a program of a document shows one thing; examples and stacks close their namespaces",
    ),
)
"""Of the pods that Ray objects become; each of the same checks is taken from upstream's samples too."""
OF_AWS = (
    Argument(
        "CKV_AWS_158",
        "aws_cloudwatch_log_group.*",
        "CloudWatch encrypts every log group by a key of its own; with one of ours, logs are lost with the key",
    ),
    Argument(
        "CKV_AWS_338",
        "aws_cloudwatch_log_group.dev-*",
        "logs of a cluster for trying things are kept for a month; the stack prod keeps them for a year",
    ),
    Argument(
        "CKV2_AWS_64",
        "aws_kms_key.*-secrets",
        "without a policy of its own a key has the one that leaves everything to IAM, which is what we want of it",
    ),
)
"""Of what is registered at AWS, by the stacks ``dev`` and ``prod``."""
