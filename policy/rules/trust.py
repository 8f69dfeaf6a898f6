"""Rights in AWS: what policies allow, and whom what one has trusts."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import Field
from rayform.components.documents import is_mapping
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, text
from rayform.spec.model import Spec

from ..rule import Level, Nothing, rule
from ..shapes import texts
from ..statements import HOW, ROLE, listed, statements, tests
from ..subject import Subject

_POLICIES: Final = frozenset(
    {
        "aws:iam/policy:Policy",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/userPolicy:UserPolicy",
        "aws:iam/groupPolicy:GroupPolicy",
        "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
        ROLE,
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
        ROLE,
    }
)
_TRUSTING: Final[Mapping[str, str]] = {
    ROLE: "assumeRolePolicy",
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
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
    "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
    "aws:glacier/vault:Vault": "accessPolicy",
    "aws:opensearch/domain:Domain": "accessPolicies",
    "aws:s3/accessPoint:AccessPoint": "policy",
    "aws:secretsmanager/secret:Secret": "policy",
}
"""Where it stands who is trusted, by type."""
_WITHIN: Final = ("vpcConfiguration", "vpcOptions")
"""What keeps a bucket's access point, and a domain of OpenSearch, within a network, whomever they trust."""
_GIVEN: Final[Mapping[str, tuple[str, str]]] = {
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission": ("group", "all"),
    "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": ("accountId", "all"),
    "aws:lambda/permission:Permission": ("principal", "*"),
}
"""What is given to one by a field, and how that calls everybody."""
_SERVICE: Final = "aws:ec2/vpcEndpointService:VpcEndpointService"
_CALLERS: Final = ("functionUrlAuthType", "principalOrgId", "sourceAccount", "sourceArn")
"""What of a function's permission says further who."""
_EVERY_RESOURCE: Final = re.compile(r"\*+|arn(?::[^:]*){0,4}:[*/]+")
"""Every resource, or every one of a service."""
_READING: Final = re.compile(
    r"[^:]*:(?:batch)?(?:check|conditioncheck|describe|estimate|filter|get|head|list|lookup|preview|query|scan|search"
    r"|select|simulate|test|validate|view)|kms:(?:decrypt|encrypt|generatedatakey|reencrypt)|pricing:",
    re.IGNORECASE,
)
"""How actions begin that change nothing."""
_EVERY_ROLE: Final = re.compile(r"arn:[^:]*:iam::[^:]*:(?:group|policy|role|user)/[*/]+")
"""Every role, user, group or policy of an account."""
_OF_ROLES: Final = ("iam:", "sts:")
"""How actions begin that are about those."""

_GRANTING: Final = re.compile(
    r"iam:(?:PassRole|(?:Attach|Put)(?:Group|Role|User)Policy|CreatePolicyVersion|SetDefaultPolicyVersion"
    r"|CreateAccessKey|(?:Create|Update)LoginProfile|UpdateAssumeRolePolicy|AddUserToGroup"
    r"|(?:Delete|Put)(?:Role|User)PermissionsBoundary)|sts:AssumeRole"
    r"|eks:(?:AssociateAccessPolicy|(?:Create|Update)AccessEntry)|ssm:(?:SendCommand|StartSession)",
    re.IGNORECASE,
)
"""Actions by which somebody comes by the rights of others."""
_FULL: Final = re.compile(r"FullAccess(?:_v\d+|V\d+)?$")
"""How AWS calls policies that allow everything of a service."""
_SECRETS: Final = re.compile(
    r"secretsmanager:(?:Batch)?Get(?:SecretValue|\*)|ssm:GetParameter(?:s|sByPath|History|\*|s\*)?|kms:Decrypt",
    re.IGNORECASE,
)
"""Actions that tell what is kept from others."""
_WRITES: Final = re.compile(
    r"s3:(?:Delete|Put)\w+|dynamodb:(?:BatchWrite|Delete|Put|Update)\w+|sqs:(?:Delete|Purge|Send)\w+"
    r"|secretsmanager:(?:Delete|Put|Update)\w+|lambda:(?:Create|Delete|Update)\w+|rds:(?:Delete|Modify)\w+"
    r"|kms:(?:DisableKey|PutKeyPolicy|ScheduleKeyDeletion)|cloudformation:(?:Create|Delete|Update)Stack\w*"
    r"|eks:(?:Delete|Update)\w+|ec2:(?:Run|Terminate)Instances|iam:(?:Create(?!Service)|Delete(?!Service)|Detach)\w+",
    re.IGNORECASE,
)
"""Actions that change what has a name, and so may be allowed by that name."""
_ANYBODY: Final = re.compile(r"\*+|system:serviceaccount:\*(?::.*)?|repo:\*.*|0\.0\.0\.0/0|::/0")
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
        if each.get("Effect") != "Allow":
            continue
        everywhere = _is_everywhere(each)
        broad = [action for action in listed(each.get("Action")) if _is_broad(action, each, everywhere=everywhere)]
        if broad or (everywhere and each.get("NotAction") is not None):
            yield Found(path, f"{', '.join(broad) or 'NotAction'} on every resource asked")


def _is_broad(action: str, statement: Mapping[str, Any], *, everywhere: bool) -> bool:
    """Whether a statement allows too much by an action, on everything or on all that the action is about."""
    of_roles = action.lower().startswith(_OF_ROLES)
    if not everywhere and not (of_roles and any(map(_EVERY_ROLE.fullmatch, listed(statement.get("Resource"))))):
        return False
    return _writes_by_wildcard(action) or (bool(_GRANTING.fullmatch(action)) and _is_free(statement))


def _is_everywhere(statement: Mapping[str, Any]) -> bool:
    named = any(map(_EVERY_RESOURCE.fullmatch, listed(statement.get("Resource"))))
    return named or statement.get("NotResource") is not None


def _is_free(statement: Mapping[str, Any]) -> bool:
    """Whether no condition says more than how one asks."""
    return all(test.key in HOW for test in tests(statement))


def _writes_by_wildcard(action: str) -> bool:
    return ("*" in action or "?" in action) and not _READING.match(action)


def _granted(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The statements of what a policy, or the policies within a role, allow."""
    policies: list[tuple[Path, Any]] = [((name,), subject.props.get(name)) for name in ("policy", "inlinePolicy")]
    for index, each in enumerate(items(subject.props.get("inlinePolicies"))):
        policies.append((("inlinePolicies", index, "policy"), each.get("policy")))
    for path, policy in policies:
        for index, statement in enumerate(statements(policy)):
            yield (*path, "Statement", index), statement


@rule(
    "secrets-in-aws",
    Subject,
    why="whoever has it reads what everybody keeps in the account",
    remedy="name the secrets, the parameters and the keys in Resource",
    source="CIS EKS 1.7: 5.2.1; NSA/CISA: secrets",
    level=Level.ADVISORY,
    kinds=_POLICIES,
)
def secrets_in_aws(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No policy lets somebody read all secrets of an account."""
    del asked
    yield from _freely(subject, _SECRETS)


def _freely(subject: Subject, actions: re.Pattern[str]) -> Iterator[Found]:
    """What a policy allows of these actions on every resource, on no condition."""
    for path, each in _granted(subject):
        allowed = list(filter(actions.fullmatch, listed(each.get("Action"))))
        if allowed and each.get("Effect") == "Allow" and _is_everywhere(each) and _is_free(each):
            yield Found(path, f"{', '.join(allowed)} on every resource asked")


@rule(
    "writes-in-aws",
    Subject,
    why="what belongs to others may be changed, or nodes made that no ceiling counts",
    remedy="name the resources, or add a Condition such as on aws:ResourceTag",
    source="CIS EKS 1.7: 5.2.1; NSA/CISA: authorisation",
    level=Level.ADVISORY,
    kinds=_POLICIES,
)
def writes_in_aws(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No policy lets somebody change everything of a service, where what is changed has a name."""
    del asked
    yield from _freely(subject, _WRITES)


class _Broad(Spec):
    names: tuple[str, ...] = Field(
        default=(
            *("AdministratorAccess", "AdministratorAccess-Amplify", "AdministratorAccess-AWSElasticBeanstalk"),
            *("DatabaseAdministrator", "NetworkAdministrator", "SystemAdministrator"),
            *("PowerUserAccess", "IAMFullAccess"),
        )
    )
    """Policies of AWS that allow nearly everything, of all or of what many have."""


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
        if name in broad.names or _FULL.search(name):
            yield Found(path, f"{name} asked")


@rule(
    "open-to-everybody",
    Subject,
    why="anybody with an account of AWS may use it",
    remedy="name the accounts or services in Principal, or add a Condition",
    source="CIS EKS 1.7: 5.1.2, 5.2.1; NSA/CISA: authorisation",
    kinds=frozenset({*_TRUSTING, *_GIVEN, _SERVICE}),
)
def open_to_everybody(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No role, bucket, registry, key, queue, Secret or file system trusts everybody, no role every pod of a cluster."""
    del asked
    if subject.kind not in _TRUSTING:
        yield from _given(subject)
        return
    name = _TRUSTING[subject.kind]
    for index, each in enumerate(() if any(map(subject.props.get, _WITHIN)) else statements(subject.props.get(name))):
        if each.get("Effect") != "Allow":
            continue
        if _is_anybody(each) and not _narrowing(each, known=False):
            yield Found((name, "Statement", index), "everybody trusted")
        elif _is_federated(each) and not any(key.endswith(":sub") for key in _narrowing(each, known=True)):
            yield Found((name, "Statement", index), "whoever its identity provider knows trusted")


def _given(subject: Subject) -> Iterator[Found]:
    """What a field gives to everybody."""
    if subject.kind == _SERVICE:
        if "*" in texts(subject.props.get("allowedPrincipals")) and subject.props.get("acceptanceRequired") is False:
            yield Found(("allowedPrincipals",), "* trusted, and nobody asked")
        return
    name, everybody = _GIVEN[subject.kind]
    if subject.props.get(name) == everybody and not any(map(subject.props.get, _CALLERS)):
        yield Found((name,), f"{everybody} trusted")


def _narrowing(statement: Mapping[str, Any], *, known: bool) -> list[str]:
    """The keys by which the conditions of a statement say who: a few, and, where not all are known, only they."""
    saying = [each for each in tests(statement) if not each.negates and (known or not each.passes_the_unknown)]
    return [each.key for each in saying if each.key not in HOW and not any(map(_ANYBODY.fullmatch, each.values))]


def _is_federated(statement: Mapping[str, Any]) -> bool:
    """Whether a statement is about those whom an identity provider knows, as the pods of a cluster."""
    return any(_OIDC in each for each in listed(mapping(statement.get("Principal")).get("Federated")))


def _is_anybody(statement: Mapping[str, Any]) -> bool:
    """Whether a statement is about everybody, or everybody but a few."""
    principal = statement.get("Principal")
    named = (
        [each for value in principal.values() for each in listed(value)] if is_mapping(principal) else listed(principal)
    )
    return "*" in named or statement.get("NotPrincipal") is not None
