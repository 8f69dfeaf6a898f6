"""The AWS provider under the real engine, on simulated AWS."""

import pytest
from provider_room import Stack

pytestmark = pytest.mark.engine


def test_aws_s_own_words_are_the_error(aws_stack: Stack) -> None:
    refused = aws_stack.up("""
import pulumi_aws as aws
vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16")
one, other = (aws.ec2.Subnet(f"s{index}", vpc_id=vpc.id, cidr_block="10.0.0.0/24") for index in range(2))
""")

    assert refused.code != 0
    assert "CreateSubnet: InvalidSubnet.Conflict: The CIDR '10.0.0.0/24' conflicts with another subnet" in refused.said
    assert aws_stack.destroy().code == 0
