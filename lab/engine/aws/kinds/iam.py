"""Identities: roles, what they may do, and whose tokens are believed."""

from typing import Any, Final

from ..calls import Call, Look, Properties
from ..kind import Change, Kind, Name, Tagging, names

_ABSENT: Final = ("NoSuchEntity", "NoSuchEntityException")
_ROLE: Final = {"RoleName": "{name}"}


def _untagged(known: Properties) -> dict[str, Any]:
    return {"TagKeys": known["untagged"]}


ROLE = Kind(
    type="aws:iam/role:Role",
    service="iam",
    id="{name}",
    required=names("assumeRolePolicy"),
    optional=names("description maxSessionDuration name path"),
    defaults={"maxSessionDuration": 3600, "path": "/"},
    outputs=names("arn createDate uniqueId"),
    replaces=names("name path"),
    name=Name("name", 64),
    words={"name": "RoleName", "assumeRolePolicy": "AssumeRolePolicyDocument", "uniqueId": "RoleId"},
    create=(Call("CreateRole"),),
    looks=(Look(Call("GetRole", only=("name",)), "role"),),
    changes=(
        Change(
            ("assumeRolePolicy",),
            Call(
                "UpdateAssumeRolePolicy",
                only=("name", "assumeRolePolicy"),
                words={"assumeRolePolicy": "PolicyDocument"},
            ),
        ),
        Change(
            ("description", "maxSessionDuration"),
            Call("UpdateRole", only=("name", "description", "maxSessionDuration")),
        ),
    ),
    tagging=Tagging(Call("TagRole", only=("name", "tags")), Call("UntagRole", _ROLE, _untagged, only=())),
    delete=(Call("DeleteRole", only=("name",)),),
    absent=_ABSENT,
)

_OF_THE_ROLE: Final = ("role", "name")

ROLE_POLICY = Kind(
    type="aws:iam/rolePolicy:RolePolicy",
    service="iam",
    id="{role}:{name}",
    required=names("policy role"),
    optional=names("name"),
    replaces=names("name role"),
    name=Name("name", 128),
    words={"name": "PolicyName", "policy": "PolicyDocument", "role": "RoleName"},
    create=(Call("PutRolePolicy"),),
    looks=(Look(Call("GetRolePolicy", only=_OF_THE_ROLE), "@"),),
    changes=(Change(("policy",), Call("PutRolePolicy")),),
    delete=(Call("DeleteRolePolicy", only=_OF_THE_ROLE),),
    absent=_ABSENT,
)

_ATTACHED: Final = ("role", "policyArn")

ROLE_POLICY_ATTACHMENT = Kind(
    type="aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    service="iam",
    id="{role}/{policyArn}",
    required=names("policyArn role"),
    replaces=names("policyArn role"),
    once=True,
    words={"role": "RoleName"},
    create=(Call("AttachRolePolicy", only=_ATTACHED),),
    looks=(
        Look(
            Call("ListAttachedRolePolicies", only=("role",)),
            lambda known: f"attachedPolicies[?policyArn=='{known['policyArn']}'] | [0].{{policyArn: policyArn}}",
        ),
    ),
    untold=names("role"),
    delete=(Call("DetachRolePolicy", only=_ATTACHED),),
    absent=_ABSENT,
)


OIDC_PROVIDER = Kind(
    type="aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    service="iam",
    id="{arn}",
    required=names("clientIdLists url"),
    only={"clientIdLists": ["sts.amazonaws.com"]},
    outputs=names("thumbprintLists"),
    replaces=names("url"),
    once=True,
    words={"arn": "OpenIDConnectProviderArn", "clientIdLists": "ClientIDList", "thumbprintLists": "ThumbprintList"},
    create=(
        Call(
            "CreateOpenIDConnectProvider",
            only=("url", "clientIdLists", "tags"),
            learns={"arn": "arn"},
        ),
    ),
    looks=(
        Look(
            Call("GetOpenIDConnectProvider", only=("arn",)),
            "merge(@, {url: join('', ['https://', url])})",  # AWS tells it without the scheme
        ),
    ),
    written={"arn": "{arn}"},
    tagging=Tagging(
        Call("TagOpenIDConnectProvider", only=("arn", "tags")),
        Call("UntagOpenIDConnectProvider", {"OpenIDConnectProviderArn": "{arn}"}, _untagged, only=()),
    ),
    delete=(Call("DeleteOpenIDConnectProvider", only=("arn",)),),
    absent=_ABSENT,
)
