"""What a stack registers at AWS, judged by Checkov's checks of Terraform."""

from collections.abc import Sequence
from dataclasses import dataclass

from argued import OF_AWS, Argument
from checkov import Answer, Checkov, Finding
from stack_programs import deployed
from terraform import terraform

__all__ = ["MUST", "STACKS", "Ground", "judged_ground", "of_answer"]

STACKS = ("dev", "prod")
"""The stacks with a ground of their own."""
MUST = frozenset(
    {
        *("CKV_AWS_37", "CKV_AWS_38", "CKV_AWS_39", "CKV_AWS_58", "CKV_AWS_339"),  # the cluster
        *("CKV_AWS_79", "CKV_AWS_100", "CKV_AWS_341"),  # its nodes
        *("CKV_AWS_7", "CKV_AWS_33"),  # the key of its Secrets
        *("CKV_AWS_130", "CKV2_AWS_11", "CKV2_AWS_12", "CKV2_AWS_19"),  # the network
    }
)
"""Checks that have something to say here: one that nothing passes was not asked."""


@dataclass(frozen=True)
class Ground:
    """What was found of a stack's ground."""

    stack: str
    """The stack."""
    passed: frozenset[str]
    """Checks that something passed."""
    left: list[Finding]
    """What no argument covers."""
    used: frozenset[Argument]
    """Arguments that were needed."""


def judged_ground(checkov: Checkov, stack: str) -> Ground:
    """What Checkov finds at AWS of a stack of the tree."""
    return of_answer(stack, checkov.answer("terraform", {"main.tf": terraform(deployed(stack))}))


def of_answer(stack: str, answer: Answer, arguments: Sequence[Argument] = OF_AWS) -> Ground:
    """What an answer leaves when everything that is argued is taken from it."""
    covered = [(each, [one for one in arguments if one.covers(each.check, each.resource)]) for each in answer.failed]
    left = [each for each, arguing in covered if not arguing]
    return Ground(stack, answer.passed, left, frozenset(one for _, arguing in covered for one in arguing))
