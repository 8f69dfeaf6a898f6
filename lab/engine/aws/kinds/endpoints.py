"""Ways to AWS's services, and the record of traffic."""

from collections.abc import Sequence
from typing import Any, Final

from ..calls import Call, Work
from ..kind import Change, Kind, Waits, names
from .ec2 import arn, described, tagging

_MEMBERS: Final = ("routeTableIds", "securityGroupIds", "subnetIds")


def _members(work: Work) -> None:
    """Says which route tables, groups and subnets come and go, and whether names are private."""
    known, before = work.properties, work.before
    said: dict[str, Any] = {"VpcEndpointId": known["vpcEndpointId"]}
    for name in _MEMBERS:
        was: Sequence[str] = before.get(name) or []
        now: Sequence[str] = known.get(name) or []
        stem = name[:1].upper() + name[1:]
        said[f"Add{stem}"] = [each for each in now if each not in was]
        said[f"Remove{stem}"] = [each for each in was if each not in now]
    if known.get("privateDnsEnabled") != before.get("privateDnsEnabled"):
        said["PrivateDnsEnabled"] = known.get("privateDnsEnabled")
    work.ask("ModifyVpcEndpoint", {key: value for key, value in said.items() if value not in ([], None)})


ENDPOINT = Kind(
    type="aws:ec2/vpcEndpoint:VpcEndpoint",
    service="ec2",
    id="{vpcEndpointId}",
    required=names("vpcId"),
    optional=names("serviceName vpcEndpointType privateDnsEnabled routeTableIds securityGroupIds subnetIds"),
    defaults={"vpcEndpointType": "Gateway"},
    outputs=names("networkInterfaceIds ownerId requesterManaged state"),
    replaces=names("serviceName vpcEndpointType vpcId"),
    create=(Call("CreateVpcEndpoint", tagged="vpc-endpoint", learns={"vpcEndpointId": "vpcEndpoint.vpcEndpointId"}),),
    looks=(
        described(
            "DescribeVpcEndpoints",
            "vpcEndpoints[*].merge(@, {securityGroupIds: groups[].groupId}) | [0]",
            VpcEndpointIds="vpcEndpointId",
        ),
    ),
    written=arn("vpc-endpoint", "vpcEndpointId"),
    waits=Waits(
        state="state",
        ready=("available", "pendingAcceptance"),
        pending=("pending", "deleting"),
        gone=("deleted",),
    ),
    changes=(Change((*_MEMBERS, "privateDnsEnabled"), _members),),
    tagging=tagging("vpcEndpointId"),
    delete=(Call("DeleteVpcEndpoints", {"VpcEndpointIds": ["{vpcEndpointId}"]}, only=()),),
    absent=("InvalidVpcEndpointId.NotFound", "InvalidVpcEndpoint.NotFound"),
)

FLOW_LOG = Kind(
    type="aws:ec2/flowLog:FlowLog",
    service="ec2",
    id="{flowLogId}",
    optional=names("iamRoleArn logDestination logDestinationType maxAggregationInterval trafficType vpcId"),
    defaults={"logDestinationType": "cloud-watch-logs", "maxAggregationInterval": 600},
    replaces=names("iamRoleArn logDestination logDestinationType maxAggregationInterval trafficType vpcId"),
    once=True,
    words={"iamRoleArn": "DeliverLogsPermissionArn"},
    create=(
        Call(
            "CreateFlowLogs",
            {"ResourceIds": ["{vpcId}"], "ResourceType": "VPC"},
            tagged="vpc-flow-log",
            learns={"flowLogId": "flowLogIds[0]"},
            retried=("Unable to assume given IAM role",),
        ),
    ),
    looks=(described("DescribeFlowLogs", "flowLogs[*].merge(@, {vpcId: resourceId}) | [0]", FlowLogIds="flowLogId"),),
    written={"arn": "arn:{partition}:ec2:{region}:{accountId}:vpc-flow-log/{flowLogId}"},
    tagging=tagging("flowLogId"),
    delete=(Call("DeleteFlowLogs", {"FlowLogIds": ["{flowLogId}"]}, only=()),),
    absent=("InvalidFlowLogId.NotFound",),
)
