"""Ways to services of AWS that stay inside the network."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from ..network_spec import NetworkSpec

__all__ = ["endpoints"]


def endpoints(
    name: str,
    spec: NetworkSpec,
    vpc: "aws.ec2.Vpc",
    subnet_ids: Sequence[pulumi.Output[str]],
    tables: Sequence[pulumi.Output[str]],
    child: pulumi.ResourceOptions,
) -> None:
    """Declares the gateway endpoint of S3, and the interface endpoints asked for."""
    aws.ec2.VpcEndpoint(
        f"{name}-s3",
        vpc_id=vpc.id,
        service_name=_service(vpc, "s3"),
        vpc_endpoint_type="Gateway",
        route_table_ids=list(tables),
        tags={**spec.tags, "Name": f"{name}-s3"},
        opts=child,
    )
    if not spec.endpoints:
        return
    group = _open_to_the_network(name, spec, vpc, child)
    for service in spec.endpoints:
        role = service.replace(".", "-")
        aws.ec2.VpcEndpoint(
            f"{name}-{role}",
            vpc_id=vpc.id,
            service_name=_service(vpc, service),
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            subnet_ids=list(subnet_ids),
            security_group_ids=[group.id],
            tags={**spec.tags, "Name": f"{name}-{role}"},
            opts=child,
        )


def _open_to_the_network(
    name: str, spec: NetworkSpec, vpc: "aws.ec2.Vpc", child: pulumi.ResourceOptions
) -> "aws.ec2.SecurityGroup":
    group = aws.ec2.SecurityGroup(
        f"{name}-endpoints",
        description="HTTPS from the network to its endpoints",
        vpc_id=vpc.id,
        tags={**spec.tags, "Name": f"{name}-endpoints"},
        opts=child,
    )
    for index, cidr in enumerate(filter(None, (spec.cidr, spec.pod_cidr))):
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-endpoints-{index}",
            security_group_id=group.id,
            description="HTTPS from the network",
            cidr_ipv4=cidr,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            tags=dict(spec.tags),
            opts=child,
        )
    return group


def _service(vpc: "aws.ec2.Vpc", service: str) -> pulumi.Output[str]:
    return pulumi.Output.concat("com.amazonaws.", vpc.region, ".", service)
