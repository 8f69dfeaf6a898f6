"""What ``make judge`` makes of what is registered at AWS."""

import pulumi_aws as aws
import pytest
from argued import OF_AWS
from checkov import Answer, Finding
from judged_aws import MUST, Ground, of_answer
from judging import of_grounds
from rayform.lab.testing import run
from terraform import terraform

LOGS = Finding("CKV_AWS_158", "Log groups have a key", "main", "aws_cloudwatch_log_group.prod-logs")
OPEN = Finding("CKV_AWS_38", "No public endpoint", "main", "aws_eks_cluster.prod-cluster")
HCL = """\
resource "aws_launch_template" "nodes" {
block_device_mappings {
device_name = "/dev/xvda"
ebs {
encrypted = "true"
}
}
metadata_options {
http_tokens = "required"
}
vpc_security_group_ids = ["sg-1"]
}

resource "aws_subnet" "zone" {
cidr_block = "10.0.0.0/24"
map_public_ip_on_launch = false
vpc_id = aws_vpc.net.id
}

resource "aws_vpc" "net" {
cidr_block = "10.0.0.0/16"
tags = {"Name" = "$${net}"}
}
"""


def program() -> None:
    net = aws.ec2.Vpc("net", cidr_block="10.0.0.0/16", tags={"Name": "${net}"})
    aws.ec2.Subnet("zone", cidr_block="10.0.0.0/24", map_public_ip_on_launch=False, vpc_id=net.id)
    aws.ec2.LaunchTemplate(
        "nodes",
        block_device_mappings=[{"device_name": "/dev/xvda", "ebs": {"encrypted": "true"}}],
        metadata_options={"http_tokens": "required"},
        vpc_security_group_ids=["sg-1"],
    )


def test_what_is_registered_is_written_as_terraform_has_it() -> None:
    assert terraform(run(program)) == HCL


def test_a_module_that_nobody_translates_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="sqs"):
        terraform(run(lambda: aws.sqs.Queue("queue")))


def test_what_is_argued_of_a_resource_is_not_left() -> None:
    ground = of_answer("prod", Answer([LOGS, OPEN], MUST))

    assert ground.left == [OPEN]
    assert {each.check for each in ground.used} == {"CKV_AWS_158"}


def test_what_nobody_argued_is_told() -> None:
    ground = Ground("prod", MUST, [OPEN], frozenset(OF_AWS))

    assert of_grounds([ground]) == ["prod: aws_eks_cluster.prod-cluster: CKV_AWS_38 No public endpoint"]


def test_a_check_that_was_not_asked_is_told() -> None:
    ground = Ground("prod", MUST - {"CKV_AWS_58"}, [], frozenset(OF_AWS))

    assert of_grounds([ground]) == ["prod: CKV_AWS_58: nothing passes it"]


def test_an_argument_about_aws_that_nothing_needs_is_told() -> None:
    told = of_grounds([Ground("prod", MUST, [], frozenset())])

    assert told == [f"{each.check} of {each.where}: argued, and nothing needs it" for each in OF_AWS]
    assert len(told) > 0
