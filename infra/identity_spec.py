"""What a workload may do at AWS, described by what it is for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import Field
from rayform.spec.model import Listed, Spec
from rayform.spec.refusal import Refusal

from .statements import statement
from .tags import tag_refusals

__all__ = [
    "Grant",
    "PullRepository",
    "ReadBucket",
    "ReadSecret",
    "WorkloadIdentitySpec",
    "WriteBucket",
    "identity_refusals",
    "statements",
]

_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ACCOUNT: Final = re.compile(r"[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?")
_NAMESPACE: Final = re.compile(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?")


class ReadBucket(Spec):
    """Reads objects of a bucket of S3."""

    kind: Literal["read_bucket"] = "read_bucket"
    """What tells grants apart in settings."""
    bucket: str
    """The name of the bucket."""
    prefix: str = ""
    """What the objects' keys begin with; empty is all objects."""


class WriteBucket(Spec):
    """Reads, writes and deletes objects of a bucket of S3."""

    kind: Literal["write_bucket"] = "write_bucket"
    """What tells grants apart in settings."""
    bucket: str
    """The name of the bucket."""
    prefix: str = ""
    """What the objects' keys begin with; empty is all objects."""


class PullRepository(Spec):
    """Pulls images of a repository of ECR."""

    kind: Literal["pull_repository"] = "pull_repository"
    """What tells grants apart in settings."""
    repository_arn: str
    """The ARN of the repository."""


class ReadSecret(Spec):
    """Reads a secret of Secrets Manager."""

    kind: Literal["read_secret"] = "read_secret"
    """What tells grants apart in settings."""
    secret_arn: str
    """The ARN of the secret."""


Grant = Annotated[ReadBucket | WriteBucket | PullRepository | ReadSecret, Field(discriminator="kind")]
"""One thing that a workload may do."""


class WorkloadIdentitySpec(Spec):
    """A role that the pods of a service account take, and that may do what is granted and nothing else."""

    namespace: str
    """The namespace of the service account."""
    service_account: str
    """The service account; it need not exist yet."""
    grants: Listed[Grant] = ()
    """What the workload may do."""
    tags: Mapping[str, str] = Field(default_factory=dict)
    """AWS tags of the role."""


def statements(grants: Sequence[Grant]) -> list[dict[str, Any]]:
    """The statements that allow what is granted, and nothing else."""
    found = [one for grant in grants for one in _statements(grant)]
    return [one for index, one in enumerate(found) if one not in found[:index]]


LONGEST_NAME: Final = 47
"""Characters of an identity's name: a role has 64 (IAM User Guide), its ending and Pulumi's suffix take 17."""


def identity_refusals(name: str, spec: WorkloadIdentitySpec) -> Iterator[Refusal]:
    """Why there can be no such identity of that name."""
    if len(name) > LONGEST_NAME:
        possible = f"IAM takes 64 characters, {64 - LONGEST_NAME} of them for what the role's name adds"
        yield Refusal("name", f"{name} asked", possible, f"use at most {LONGEST_NAME}")
    if _NAMESPACE.fullmatch(spec.namespace) is None:
        remedy = "use at most 63 lower case letters, digits and dashes"
        yield Refusal("namespace", f"{spec.namespace!r} asked", "it is no name of a namespace", remedy)
    if _ACCOUNT.fullmatch(spec.service_account) is None:
        remedy = "use lower case letters, digits, dashes and dots"
        yield Refusal("service_account", f"{spec.service_account!r} asked", "it is no name of one", remedy)
    for index, grant in enumerate(spec.grants):
        yield from _grant_refusals(f"grants[{index}]", grant)
    yield from tag_refusals(spec.tags)


def _grant_refusals(path: str, grant: Grant) -> Iterator[Refusal]:
    if isinstance(grant, ReadBucket | WriteBucket):
        if _BUCKET.fullmatch(grant.bucket) is None:
            remedy = "write the bucket's name alone, without s3:// or a path"
            yield Refusal(f"{path}.bucket", f"{grant.bucket!r} asked", "it is no name of a bucket", remedy)
        if "*" in grant.prefix or grant.prefix.startswith("/"):
            remedy = "write what keys begin with, such as models/"
            yield Refusal(f"{path}.prefix", f"{grant.prefix!r} asked", "it is no beginning of a key", remedy)
        return
    field, service = (
        ("repository_arn", "ecr") if isinstance(grant, PullRepository) else ("secret_arn", "secretsmanager")
    )
    arn: str = getattr(grant, field)
    if not arn.startswith("arn:") or arn.split(":")[2:3] != [service] or "*" in arn:
        remedy = f"write one, arn:aws:{service}:<region>:<account>:…"
        yield Refusal(f"{path}.{field}", f"{arn!r} asked", f"it is no ARN of one thing of {service}", remedy)


def _statements(grant: Grant) -> Iterator[dict[str, Any]]:
    match grant:
        case ReadBucket() | WriteBucket():
            arn = f"arn:aws:s3:::{grant.bucket}"
            condition = {"StringLike": {"s3:prefix": [f"{grant.prefix}*"]}} if grant.prefix else None
            yield statement(("s3:ListBucket",), (arn,), condition)
            writes = ("s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
            actions = ("s3:GetObject", *(writes if isinstance(grant, WriteBucket) else ()))
            yield statement(actions, (f"{arn}/{grant.prefix}*",))
        case PullRepository():
            # The token is for the whole registry; what it opens is the next statement's.
            yield statement(("ecr:GetAuthorizationToken",), ("*",))
            actions = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability")
            yield statement(actions, (grant.repository_arn,))
        case ReadSecret():
            yield statement(("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"), (grant.secret_arn,))
