"""What a workload may do at AWS."""

import pulumi
import pulumi_aws as aws
from rayform.spec.refusal import require

from ..identity_spec import WorkloadIdentitySpec, identity_refusals, statements
from ..statements import document
from .host import HostsPools
from .roles import POD_TRUST

__all__ = ["WorkloadIdentity"]


class WorkloadIdentity(pulumi.ComponentResource):
    """A role for the pods of one service account, by EKS Pod Identity, that may do what is granted and nothing else.

    Args:
        name: Name in this program.
        spec: Whose it is and what it may do; an impossible one is refused with every reason.
        cluster: The cluster of the service account.
        opts: Resource options of the component.

    Raises:
        RefusedError: There can be no such identity.
    """

    role_arn: pulumi.Output[str]
    """The ARN of the role."""
    service_account: str
    """The service account whose pods take it."""

    def __init__(
        self,
        name: str,
        spec: WorkloadIdentitySpec,
        *,
        cluster: HostsPools,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        require(f"WorkloadIdentity {name}", identity_refusals(name, spec))
        super().__init__("rayform:infra:WorkloadIdentity", name, {}, opts)
        tags, child = {**cluster.host.tags, **spec.tags}, pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(f"{name}-workload", assume_role_policy=POD_TRUST, tags=tags, opts=child)
        if spec.grants:
            allowed = document(*statements(spec.grants))
            aws.iam.RolePolicy(f"{name}-grants", role=role.id, policy=allowed, opts=child)
        aws.eks.PodIdentityAssociation(
            f"{name}-association",
            cluster_name=cluster.host.cluster_name,
            namespace=spec.namespace,
            service_account=spec.service_account,
            role_arn=role.arn,
            tags=tags,
            opts=child,
        )
        self.role_arn, self.service_account = role.arn, spec.service_account
        self.register_outputs({"roleArn": role.arn})
