"""Who talked to whom in the network, and who was not let."""

import pulumi
import pulumi_aws as aws

from ..network_spec import NetworkSpec
from ..statements import assume_role, document, statement

__all__ = ["flow_logs"]


def flow_logs(name: str, spec: NetworkSpec, vpc: "aws.ec2.Vpc", child: pulumi.ResourceOptions) -> None:
    """Declares flow logs into a log group of their own, with the role that writes them."""
    group = aws.cloudwatch.LogGroup(
        f"{name}-flow", retention_in_days=spec.flow_log_retention_days, tags=dict(spec.tags), opts=child
    )
    role = aws.iam.Role(
        f"{name}-flow",
        assume_role_policy=assume_role("vpc-flow-logs.amazonaws.com"),
        tags=dict(spec.tags),
        opts=child,
    )
    actions = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
    aws.iam.RolePolicy(
        f"{name}-flow",
        role=role.id,
        policy=group.arn.apply(lambda arn: document(statement(actions, (arn, f"{arn}:*")))),
        opts=child,
    )
    aws.ec2.FlowLog(
        f"{name}-flow",
        vpc_id=vpc.id,
        traffic_type="ALL",
        log_destination_type="cloud-watch-logs",
        log_destination=group.arn,
        iam_role_arn=role.arn,
        max_aggregation_interval=600,
        tags={**spec.tags, "Name": f"{name}-flow"},
        opts=child,
    )
