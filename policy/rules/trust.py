"""Rights in AWS: what policies allow, and whom what one has trusts."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import Field
from rayform.components.documents import is_mapping
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, text
from rayform.spec.model import Spec

from ..rule import Nothing, rule
from ..shapes import texts
from ..subject import Subject

_ROLE: Final = "aws:iam/role:Role"
_POLICIES: Final = frozenset(
    {
        "aws:iam/policy:Policy",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/userPolicy:UserPolicy",
        "aws:iam/groupPolicy:GroupPolicy",
        "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
        _ROLE,
    }
)
_ATTACHED: Final = frozenset(
    {
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        "aws:iam/policyAttachment:PolicyAttachment",
        "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
        "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
        "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
        _ROLE,
    }
)
_TRUSTING: Final[Mapping[str, str]] = {
    _ROLE: "assumeRolePolicy",
    "aws:s3/bucket:Bucket": "policy",
    "aws:s3/bucketV2:BucketV2": "policy",
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:ecr/registryPolicy:RegistryPolicy": "policy",
    "aws:kms/key:Key": "policy",
    "aws:kms/keyPolicy:KeyPolicy": "policy",
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
}
"""Where it stands who is trusted, by type."""
_EVERY_RESOURCE: Final = re.compile(r"\*+|arn(?::[^:]*){0,4}:[*/]+")
"""Every resource, or every one of a service."""
_READING: Final = re.compile(r"[^:]*:(?:batch)?(?:get|list|describe|view|head|lookup|search|query)", re.IGNORECASE)
"""How actions begin that change nothing."""


_GRANTING: Final = re.compile(
    r"iam:(?:PassRole|(?:Attach|Put)(?:Group|Role|User)Policy|CreatePolicyVersion|SetDefaultPolicyVersion"
    r"|CreateAccessKey|(?:Create|Update)LoginProfile|UpdateAssumeRolePolicy|AddUserToGroup)|sts:AssumeRole",
    re.IGNORECASE,
)
"""Actions by which somebody comes by the rights of others."""
_HOW: Final = ("aws:securetransport", "s3:tlsversion", "aws:requestedregion", "aws:currenttime", "aws:epochtime")
"""Keys of conditions that do not say who."""
_ANYBODY: Final = re.compile(r"\*+|system:serviceaccount:\*(?::\*)?|repo:\*.*|0\.0\.0\.0/0|::/0")
"""Values of conditions that are everybody."""
_OIDC: Final = ":oidc-provider/"


@rule(
    "rights-in-aws",
    Subject,
    why="whoever has them may change or delete what belongs to others",
    remedy="name the actions and the resources",
    source="CIS EKS 1.7: 5.2.1; NSA/CISA: authorisation",
    kinds=_POLICIES,
)
def rights_in_aws(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No policy allows on every resource writing actions by a wildcard, or those that give rights."""
    del asked
    for path, each in _granted(subject):
        free = not each.get("Condition")
        broad = [
            action
            for action in _listed(each.get("Action"))
            if _writes_by_wildcard(action) or (free and _GRANTING.fullmatch(action))
        ]
        everywhere = any(map(_EVERY_RESOURCE.fullmatch, _listed(each.get("Resource"))))
        if each.get("Effect") != "Allow" or not (everywhere or each.get("NotResource") is not None):
            continue
        if broad or each.get("NotAction") is not None:
            yield Found(path, f"{', '.join(broad) or 'NotAction'} on every resource asked")


def _writes_by_wildcard(action: str) -> bool:
    return ("*" in action or "?" in action) and not _READING.match(action)


def _granted(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The statements of what a policy, or the policies within a role, allow."""
    policies: list[tuple[Path, Any]] = [((name,), subject.props.get(name)) for name in ("policy", "inlinePolicy")]
    for index, each in enumerate(items(subject.props.get("inlinePolicies"))):
        policies.append((("inlinePolicies", index, "policy"), each.get("policy")))
    for path, policy in policies:
        for index, statement in enumerate(_statements(policy)):
            yield (*path, "Statement", index), statement


def _statements(policy: Any) -> Sequence[Mapping[str, Any]]:
    if isinstance(policy, str):
        try:
            policy = json.loads(policy)
        except ValueError:
            return ()
    statements = mapping(policy).get("Statement")
    return [mapping(statements)] if isinstance(statements, dict) else items(statements)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else texts(value)


class _Broad(Spec):
    names: tuple[str, ...] = Field(default=("AdministratorAccess", "PowerUserAccess", "IAMFullAccess"))
    """Policies of AWS that allow nearly everything."""


@rule(
    "administrator-in-aws",
    Subject,
    _Broad,
    why="whoever has it has the account",
    remedy="attach a policy with the rights that are needed",
    source="CIS EKS 1.7: 5.1.3, 5.2.1; NSA/CISA: authorisation",
    kinds=_ATTACHED,
)
def administrator_in_aws(subject: Subject, broad: _Broad) -> Iterator[Found]:
    """No role has the rights of an administrator."""
    attached: list[tuple[Path, str]] = [
        ((name,), text(subject.props.get(name))) for name in ("policyArn", "managedPolicyArn")
    ]
    for name in ("managedPolicyArns", "policyArns"):
        attached += [((name, index), arn) for index, arn in enumerate(texts(subject.props.get(name)))]
    for path, arn in attached:
        name = arn.rpartition("/")[2]
        if name in broad.names or name.endswith("FullAccess"):
            yield Found(path, f"{name} asked")


@rule(
    "open-to-everybody",
    Subject,
    why="anybody with an account of AWS may use it",
    remedy="name the accounts or services in Principal, or add a Condition",
    source="CIS EKS 1.7: 5.1.2, 5.2.1; NSA/CISA: authorisation",
    kinds=frozenset(_TRUSTING),
)
def open_to_everybody(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No role, bucket, registry, key, queue, Secret or file system trusts everybody, no role every pod of a cluster."""
    del asked
    name = _TRUSTING[subject.kind]
    for index, each in enumerate(_statements(subject.props.get(name))):
        if each.get("Effect") != "Allow":
            continue
        if _is_anybody(each) and not _narrowing(each):
            yield Found((name, "Statement", index), "everybody trusted")
        elif _is_federated(each) and not any(key.endswith(":sub") for key in _narrowing(each)):
            yield Found((name, "Statement", index), "whoever its identity provider knows trusted")


def _narrowing(statement: Mapping[str, Any]) -> list[str]:
    """The keys by which the conditions of a statement say who."""
    tests = [mapping(each) for each in mapping(statement.get("Condition")).values()]
    pairs = [(key, _listed(values)) for test in tests for key, values in test.items()]
    return [key for key, values in pairs if key.lower() not in _HOW and not any(map(_ANYBODY.fullmatch, values))]


def _is_federated(statement: Mapping[str, Any]) -> bool:
    """Whether a statement is about those whom an identity provider knows, as the pods of a cluster."""
    return any(_OIDC in each for each in _listed(mapping(statement.get("Principal")).get("Federated")))


def _is_anybody(statement: Mapping[str, Any]) -> bool:
    """Whether a statement is about everybody, or everybody but a few."""
    principal = statement.get("Principal")
    named = (
        [each for value in principal.values() for each in _listed(value)]
        if is_mapping(principal)
        else _listed(principal)
    )
    return "*" in named or statement.get("NotPrincipal") is not None
