"""How instances are launched, and what groups of them are told."""

from collections.abc import Mapping
from typing import Any, Final

from ..calls import Call, Look, Properties, Work
from ..kind import Change, Kind, Name, Waits, names
from ..shapes import parameters
from .ec2 import described, tagging

PLACEMENT_GROUP = Kind(
    type="aws:ec2/placementGroup:PlacementGroup",
    service="ec2",
    id="{name}",
    required=names("strategy"),
    optional=names("name"),
    outputs=names("placementGroupId"),
    replaces=names("name strategy"),
    name=Name("name", 255),
    words={"name": "GroupName", "placementGroupId": "GroupId"},
    create=(Call("CreatePlacementGroup", only=("name", "strategy"), tagged="placement-group"),),
    looks=(described("DescribePlacementGroups", "placementGroups[0]", GroupNames="name"),),
    written={"arn": "arn:{partition}:ec2:{region}:{accountId}:placement-group/{name}"},
    waits=Waits(state="state", ready=("available",), pending=("pending", "deleting"), gone=("deleted",)),
    tagging=tagging("placementGroupId"),
    delete=(Call("DeletePlacementGroup", only=("name",)),),
    absent=("InvalidPlacementGroup.Unknown",),
)

_DATA: Final = (
    "blockDeviceMappings",
    "capacityReservationSpecification",
    "imageId",
    "instanceMarketOptions",
    "instanceType",
    "metadataOptions",
    "networkInterfaces",
    "placement",
    "tagSpecifications",
    "userData",
    "vpcSecurityGroupIds",
)
_TEMPLATE: Final = {"LaunchTemplateId": "{launchTemplateId}"}
_WORDS: Final = {
    "name": "LaunchTemplateName",
    "defaultVersion": "DefaultVersionNumber",
    "latestVersion": "LatestVersionNumber",
    "securityGroups": "Groups",
    "vpcSecurityGroupIds": "SecurityGroupIds",
}


def _data(work: Work) -> Mapping[str, Any]:
    """What the template says of instances, as EC2 writes it."""
    shape: Any = work.session.input_shape("ec2", "CreateLaunchTemplate").members["LaunchTemplateData"]
    said = {name: work.properties.get(name) for name in _DATA}
    return {"LaunchTemplateData": parameters(shape, said, _WORDS)}


def _version(work: Work) -> None:
    """Makes a new version of the template, which is the default one where that is asked for."""
    known = work.properties
    described = {"VersionDescription": known["description"]} if known.get("description") else {}
    identity = {"LaunchTemplateId": known["launchTemplateId"]}
    made = work.ask("CreateLaunchTemplateVersion", {**identity, **described, **_data(work)})
    if known.get("updateDefaultVersion"):
        number = str(made["launchTemplateVersion"]["versionNumber"])
        work.ask("ModifyLaunchTemplate", {**identity, "DefaultVersion": number})


def _template(work: Work) -> None:
    create = Call(
        "CreateLaunchTemplate",
        only=("name", "description"),
        also=lambda _: _data(work),
        words={"description": "VersionDescription"},
        learns={"launchTemplateId": "launchTemplate.launchTemplateId"},
    )
    create(work)


def _tags(work: Work) -> dict[str, Any]:
    """The template's own tags, asked for where moto, too, tells them as they are now."""
    asked = {"Filters": [{"Name": "resource-id", "Values": [work.properties["launchTemplateId"]]}]}
    return {"tags": {each["key"]: each["value"] for each in work.ask("DescribeTags", asked)["tags"]}}


LAUNCH_TEMPLATE = Kind(
    type="aws:ec2/launchTemplate:LaunchTemplate",
    service="ec2",
    id="{launchTemplateId}",
    optional=names(f"{' '.join(_DATA)} description name updateDefaultVersion"),
    outputs=names("defaultVersion latestVersion"),
    replaces=names("name"),
    name=Name("name", 128),
    texts=names("deleteOnTermination encrypted"),
    untold=names("updateDefaultVersion"),
    words=_WORDS,
    # In the call that makes it, moto would take the template's own tags for those of instances.
    create=(_template, tagging("launchTemplateId").tag),
    looks=(
        described(
            "DescribeLaunchTemplates",
            "launchTemplates[0].{name: name, defaultVersion: defaultVersion, latestVersion: latestVersion}",
            LaunchTemplateIds="launchTemplateId",
        ),
        Look(
            Call("DescribeLaunchTemplateVersions", {**_TEMPLATE, "Versions": ["$Latest"]}, only=()),
            "launchTemplateVersions[*].merge(launchTemplateData, {description: versionDescription}) | [0]",
        ),
        _tags,
    ),
    written={"arn": "arn:{partition}:ec2:{region}:{accountId}:launch-template/{launchTemplateId}"},
    changes=(Change((*_DATA, "description"), _version),),
    tagging=tagging("launchTemplateId"),
    unsettled=names("defaultVersion latestVersion"),
    delete=(Call("DeleteLaunchTemplate", only=("launchTemplateId",)),),
    absent=("InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateId.NotFoundException"),
)


def _told(work: Work) -> None:
    known = work.properties
    tag = {
        "ResourceId": known["autoscalingGroupName"],
        "ResourceType": "auto-scaling-group",
        "Key": known["tag"]["key"],
        "Value": known["tag"]["value"],
        "PropagateAtLaunch": known["tag"]["propagateAtLaunch"],
    }
    work.ask("CreateOrUpdateTags", {"Tags": [tag]})
    known["key"] = tag["Key"]


def _one_tag(known: Properties) -> dict[str, Any]:
    names = {"auto-scaling-group": known["autoscalingGroupName"], "key": known["key"]}
    return {"Filters": [{"Name": name, "Values": [value]} for name, value in names.items()]}


def _that_tag(known: Properties) -> dict[str, Any]:
    group = {"ResourceId": known["autoscalingGroupName"], "ResourceType": "auto-scaling-group"}
    return {"Tags": [{**group, "Key": known["key"]}]}


AUTOSCALING_TAG = Kind(
    type="aws:autoscaling/tag:Tag",
    service="autoscaling",
    id="{autoscalingGroupName},{key}",
    required=names("autoscalingGroupName tag"),
    replaces=names("autoscalingGroupName tag.key"),
    create=(_told,),
    looks=(
        Look(
            Call("DescribeTags", also=_one_tag, only=()),
            "tags[0].{autoscalingGroupName: resourceId,"
            " tag: {key: key, value: value, propagateAtLaunch: propagateAtLaunch}}",
        ),
    ),
    changes=(Change(("tag",), _told),),
    delete=(Call("DeleteTags", also=_that_tag, only=()),),
    absent=(),
)
