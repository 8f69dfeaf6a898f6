"""The Kubernetes cluster of EKS."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as k8s
from rayform.spec.refusal import require

from ..eks_kubeconfig import eks_kubeconfig
from ..eks_spec import EksClusterSpec, address_refusals, cluster_refusals, foreign_refusals, zone_refusals
from .addons import AFTER_NODES, BEFORE_NODES, addons
from .auto_mode import admitted, auto_mode
from .existing_eks import ExistingEksCluster
from .host import EksHost
from .network import NetworkLike
from .pool import NodePool
from .roles import control_plane_role, key_policy, node_role

__all__ = ["EksCluster"]

LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
"""All the kinds of logs that a control plane writes."""


class EksCluster(pulumi.ComponentResource):
    """A control plane of EKS with its add-ons, its system nodes, and the provider that reaches it.

    It is in the order that works: log group and key, control plane, who may use it, add-ons that nodes need, system
    nodes, add-ons that need nodes, storage class. What depends on the component waits for all of these.

    Args:
        name: Name of the cluster, in this program and at EKS.
        spec: What it is like; an impossible one is refused with every reason.
        network: Where it stands.
        opts: Resource options of the component.

    Raises:
        RefusedError: The cluster cannot be.
    """

    existing = ExistingEksCluster
    """One that somebody else made: ``EksCluster.existing("theirs", host=EksHost(…))``."""

    name: str
    """Name of the cluster, in this program and at EKS."""
    provider: k8s.Provider
    """The provider that reaches it."""
    kubeconfig: pulumi.Output[str]
    """Its kubeconfig, without any secret: it asks AWS for a token each time."""
    host: EksHost
    """What pools of nodes need to know to join."""
    system_pool: NodePool
    """The nodes of add-ons and operators."""
    arn: pulumi.Output[str]
    """Its ARN."""
    oidc_issuer: pulumi.Output[str]
    """The issuer of its service accounts' tokens."""
    ends: Sequence[pulumi.Resource]
    """What is there last of it; who waits for these waits for all that it needs."""

    def __init__(
        self, name: str, spec: EksClusterSpec, *, network: NetworkLike, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        here = (*zone_refusals(len(network.private_subnet_ids)), *address_refusals(spec, network.address_plan))
        foreign = foreign_refusals(spec, pulumi.Config("aws").get("region"))
        require(f"EksCluster {name}", (*cluster_refusals(name, spec), *here, *foreign))
        super().__init__("rayform:infra:EksCluster", name, {}, opts)
        self.name, self.spec = name, spec
        self._network = network
        nodes = node_role(f"{name}-nodes", spec.tags, self._child())
        self._cluster = self._control_plane()
        self.arn = self._cluster.arn
        self.oidc_issuer = self._cluster.identities[0]["oidcs"][0]["issuer"]
        self._entries = self._access()
        before = addons(name, spec, BEFORE_NODES, self._cluster.name, self, [self._cluster])
        self.host = EksHost(
            cluster_name=self._cluster.name,
            version=spec.version,
            network=network,
            node_role_arn=nodes.arn,
            security_group_id=self._cluster.vpc_config.cluster_security_group_id,
            tags=spec.tags,
            auto_role_name=self._auto_role(),
            before_nodes=(*before, *nodes.attached),
        )
        self.system_pool = NodePool(
            f"{name}-system", spec.system_pool, cluster=self, opts=pulumi.ResourceOptions(parent=self)
        )
        after = addons(name, spec, AFTER_NODES, self._cluster.name, self, [self.system_pool.node_group])
        self._reached()
        self.ends = [*self.system_pool.ends, *after, self._storage(after)]
        if spec.oidc_provider:
            aws.iam.OpenIdConnectProvider(
                f"{name}-oidc",
                url=self.oidc_issuer,
                client_id_lists=["sts.amazonaws.com"],
                tags=dict(spec.tags),
                opts=self._child(),
            )
        self.register_outputs({"arn": self.arn, "kubeconfig": self.kubeconfig})

    def _child(self, *depends_on: pulumi.Resource) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, depends_on=list(depends_on))

    def _key(self) -> pulumi.Input[str]:
        if self.spec.kms_key_arn is not None:
            return self.spec.kms_key_arn
        return aws.kms.Key(
            f"{self.name}-secrets",
            description=f"Secrets of the cluster {self.name}",
            enable_key_rotation=True,
            deletion_window_in_days=30,
            tags=dict(self.spec.tags),
            opts=self._child(),
        ).arn

    def _control_plane(self) -> "aws.eks.Cluster":
        name, spec, network = self.name, self.spec, self._network
        # The control plane would make this group itself, to be kept for ever.
        logs = aws.cloudwatch.LogGroup(
            f"{name}-logs",
            name=f"/aws/eks/{name}/cluster",
            retention_in_days=spec.log_retention_days,
            tags=dict(spec.tags),
            opts=self._child(),
        )
        role = control_plane_role(f"{name}-control-plane", spec.tags, self._child(), auto_mode=spec.auto_mode)
        key = self._key()
        use = key_policy(f"{name}-secrets", role, key, self._child())
        # A network of ours has routes that nodes need and its ids do not name.
        made = [network] if isinstance(network, pulumi.Resource) else []
        return aws.eks.Cluster(
            f"{name}-cluster",
            name=name,
            version=spec.version,
            role_arn=role.arn,
            access_config={"authentication_mode": "API", "bootstrap_cluster_creator_admin_permissions": False},
            bootstrap_self_managed_addons=False,
            deletion_protection=spec.deletion_protection,
            enabled_cluster_log_types=LOGS,
            encryption_config={"provider": {"key_arn": key}, "resources": ["secrets"]},
            **auto_mode(spec),
            upgrade_policy={"support_type": "EXTENDED" if spec.extended_support else "STANDARD"},
            vpc_config={
                "subnet_ids": list(network.private_subnet_ids),
                "endpoint_private_access": True,
                "endpoint_public_access": bool(spec.public_access_cidrs),
                "public_access_cidrs": list(spec.public_access_cidrs) or None,
            },
            tags=dict(spec.tags),
            opts=pulumi.ResourceOptions.merge(
                self._child(logs, use, *role.attached, *made),
                # The preview of a destroy stops at it; AWS refuses only once everything on the cluster has gone.
                pulumi.ResourceOptions(protect=spec.deletion_protection or None),
            ),
        )

    def _auto_role(self) -> pulumi.Output[str] | None:
        """The role of nodes that Auto Mode launches, let into the cluster."""
        return admitted(self.name, self.spec, self._cluster.name, self._child()) if self.spec.auto_mode else None

    def _access(self) -> list[pulumi.Resource]:
        """Who may do everything; the rest is for roles and bindings inside the cluster."""
        made: list[pulumi.Resource] = []
        for index, admin in enumerate(self.spec.admins):
            entry = aws.eks.AccessEntry(
                f"{self.name}-admin-{index}",
                cluster_name=self._cluster.name,
                principal_arn=admin,
                tags=dict(self.spec.tags),
                opts=self._child(),
            )
            made.append(
                aws.eks.AccessPolicyAssociation(
                    f"{self.name}-admin-{index}",
                    cluster_name=self._cluster.name,
                    principal_arn=admin,
                    policy_arn="arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                    access_scope={"type": "cluster"},
                    opts=self._child(entry),
                )
            )
        return made

    def _reached(self) -> None:
        cluster = self._cluster
        # The ids make whoever uses the kubeconfig wait until this program may use the cluster.
        entered = [entry.id for entry in self._entries if isinstance(entry, pulumi.CustomResource)]
        parts = pulumi.Output.all(
            cluster.name, cluster.region, cluster.endpoint, cluster.certificate_authority.data, *entered
        )
        self.kubeconfig = parts.apply(
            lambda known: eks_kubeconfig(
                name=known[0], region=known[1], endpoint=known[2], certificate_authority=known[3]
            )
        )
        self.provider = k8s.Provider(
            f"{self.name}-provider",
            kubeconfig=self.kubeconfig,
            cluster_identifier=cluster.arn,
            # What controllers on the system nodes make at AWS, such as load balancers, goes while these are there.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[*self._entries, self.system_pool.node_group]),
        )

    def _storage(self, driver: Sequence[pulumi.Resource]) -> pulumi.Resource:
        return k8s.storage.v1.StorageClass(
            f"{self.name}-gp3",
            metadata={
                "name": "gp3",
                "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
            },
            provisioner="ebs.csi.aws.com",
            parameters={"type": "gp3", "encrypted": "true"},
            volume_binding_mode="WaitForFirstConsumer",
            allow_volume_expansion=True,
            reclaim_policy="Delete",
            opts=pulumi.ResourceOptions(parent=self, provider=self.provider, depends_on=list(driver)),
        )
