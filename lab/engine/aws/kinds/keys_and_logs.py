"""Keys that encrypt, and groups of logs."""

from typing import Final

from ..calls import Call, Look, Work
from ..kind import Change, Kind, Name, Tagging, Waits, names

_KEY: Final = {"KeyId": "{keyId}"}


def _rotated(work: Work) -> None:
    way = "Enable" if work.properties.get("enableKeyRotation") else "Disable"
    Call(f"{way}KeyRotation", _KEY, only=())(work)


KEY = Kind(
    type="aws:kms/key:Key",
    service="kms",
    id="{keyId}",
    optional=names("deletionWindowInDays description enableKeyRotation"),
    defaults={"enableKeyRotation": False},
    outputs=names("arn customerMasterKeySpec isEnabled keyId keyUsage multiRegion"),
    untold=names("deletionWindowInDays"),
    words={"customerMasterKeySpec": "KeySpec", "isEnabled": "Enabled"},
    create=(Call("CreateKey", only=("description", "tags"), learns={"keyId": "keyMetadata.keyId"}),),
    looks=(
        Look(Call("DescribeKey", _KEY, only=()), "keyMetadata"),
        Look(Call("GetKeyRotationStatus", _KEY, only=()), "{enableKeyRotation: keyRotationEnabled}"),
        Look(Call("ListResourceTags", _KEY, only=()), "{tags: tags}"),
    ),
    waits=Waits(state="keyState", ready=("Enabled",), pending=("Creating",), gone=("PendingDeletion",)),
    changes=(
        Change(("description",), Call("UpdateKeyDescription", only=("keyId", "description"))),
        Change(("enableKeyRotation",), _rotated, at_create=True),
    ),
    tagging=Tagging(
        Call("TagResource", only=("keyId", "tags")),
        Call("UntagResource", _KEY, lambda known: {"TagKeys": known["untagged"]}, only=()),
    ),
    delete=(
        Call(
            "ScheduleKeyDeletion",
            only=("keyId", "deletionWindowInDays"),
            words={"deletionWindowInDays": "PendingWindowInDays"},
        ),
    ),
    absent=("NotFoundException",),
)

_GROUP: Final = {"resourceArn": "{arn}"}


def _kept(work: Work) -> None:
    """Says for how long logs are kept; no days are for ever."""
    if work.properties.get("retentionInDays"):
        Call("PutRetentionPolicy", only=("name", "retentionInDays"))(work)
    else:
        Call("DeleteRetentionPolicy", only=("name",))(work)


LOG_GROUP = Kind(
    type="aws:cloudwatch/logGroup:LogGroup",
    service="logs",
    id="{name}",
    optional=names("name retentionInDays"),
    defaults={"retentionInDays": 0},
    outputs=names("arn logGroupClass"),
    replaces=names("name"),
    name=Name("name", 512),
    words={"name": "logGroupName"},
    create=(Call("CreateLogGroup", only=("name", "tags")),),
    looks=(
        Look(
            Call("DescribeLogGroups", {"logGroupNamePrefix": "{name}"}, only=()),
            # Elsewhere than in policies the ARN goes without what AWS has behind it.
            lambda known: (
                f"logGroups[?name=='{known['name']}'].merge(@, "
                f"{{arn: logGroupArn || join('', ['arn:{known['partition']}:logs:{known['region']}:"
                f"{known['accountId']}:log-group:', name]), retentionInDays: retentionInDays || `0`}}) | [0]"
            ),
        ),
        Look(Call("ListTagsForResource", _GROUP, only=()), "{tags: tags}"),
    ),
    changes=(Change(("retentionInDays",), _kept, at_create=True),),
    tagging=Tagging(
        Call("TagResource", _GROUP, only=("tags",)),
        Call("UntagResource", _GROUP, lambda known: {"tagKeys": known["untagged"]}, only=()),
    ),
    delete=(Call("DeleteLogGroup", only=("name",)),),
    absent=("ResourceNotFoundException",),
)
