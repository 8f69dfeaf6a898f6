"""One resource of every type, with every input that the provider takes, and edits of each that can be edited."""

from aws_cases_eks import EKS
from aws_cases_network import NETWORK
from aws_cases_parts import REST

CASES = {case.type.rpartition(":")[2]: case for case in (*NETWORK, *REST, *EKS)}
"""By the name of the type."""
