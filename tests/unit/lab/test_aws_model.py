"""Every answer of the lab's own, held against botocore's models: nothing unknown, nothing missing, nothing lost."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from aws_journey import journey
from aws_room import Cloud
from botocore.model import ListShape, MapShape, Shape, StructureShape
from rayform.lab.aws.handlers import HANDLERS
from rayform.lab.aws.wire import Call, faults

Answers = dict[tuple[str, str], list[tuple[Mapping[str, Any], Any]]]

ABSENT = {
    "Cluster": {
        "clientRequestToken": "AWS does not say it again",
        "computeConfig": "EKS Auto Mode only",
        "connectorConfig": "connected clusters only",
        "controlPlaneScalingConfig": "provisioned control planes only",
        "id": "Outposts only",
        "kubeApiServerConfig": "where it is configured",
        "kubeControllerManagerConfig": "where it is configured",
        "kubeSchedulerConfig": "where it is configured",
        "outpostConfig": "Outposts only",
        "remoteNetworkConfig": "hybrid nodes only",
        "storageConfig": "EKS Auto Mode only",
        "zonalShiftConfig": "where it is configured",
    },
    "Nodegroup": {
        "remoteAccess": "SSH only",
        "warmPoolConfig": "warm pools only",
    },
    "Addon": {"marketplaceInformation": "add-ons of the marketplace only", "serviceAccountRoleArn": "IRSA only"},
    "AccessEntry": {},
    "PodIdentityAssociation": {
        "externalId": "with a target role only",
        "policy": "session policies only",
        "targetRoleArn": "roles of other accounts only",
    },
    "Update": {"cancellation": "cancelled updates only"},
    "PlacementGroup": {
        "LinkedGroupId": "groups that are linked only",
        "Operator": "groups of AWS's own services only",
        "ParentGroupId": "groups that are linked only",
        "PartitionCount": "the strategy partition only",
        "SpreadLevel": "the strategy spread only",
    },
}
"""Members that the lab never answers, each with why AWS would not either."""


@pytest.fixture(scope="module")
def answers() -> Answers:
    """What every operation of the lab's own answered on a journey that calls them all, with its shape."""
    heard: Answers = {}
    spoken = Call.answer

    def listening(call: Call, content: Mapping[str, Any]) -> Any:
        heard.setdefault((call.service, call.operation), []).append((content, call.model.output_shape))
        return spoken(call, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Call, "answer", listening)
        journey(Cloud())
    return heard


FORWARDING = {
    ("autoscaling", "CreateOrUpdateTags"),
    ("autoscaling", "DeleteTags"),
    ("ec2", "DeleteSecurityGroup"),
    ("ec2", "DeleteSubnet"),
    ("ec2", "DetachInternetGateway"),
}
"""Operations that the lab looks at, and moto answers."""


def test_the_journey_calls_every_operation(answers: Answers) -> None:
    assert set(HANDLERS) - set(answers) == FORWARDING


def test_no_answer_has_a_member_that_is_unknown_missing_or_of_another_type(answers: Answers) -> None:
    wrong = {
        key: report for key, each in answers.items() for content, shape in each if (report := faults(content, shape))
    }

    assert wrong == {}


def test_every_word_of_an_answer_is_one_that_aws_uses(answers: Answers) -> None:
    found = [
        f"{key}: {path} {word!r}"
        for key, each in answers.items()
        for content, shape in each
        if shape
        for path, word, words in enumerated(content, shape, "")
        if word not in words
    ]

    assert found == []


@pytest.mark.parametrize("name", sorted(ABSENT))
def test_what_is_described_is_complete(answers: Answers, name: str) -> None:
    seen: set[str] = set()
    members: set[str] = set()
    for each in answers.values():
        for content, shape in each:
            for thing, its_shape in structures(content, shape):
                if its_shape.name == name:
                    seen |= set(thing)
                    members = set(its_shape.members)

    assert members - seen == set(ABSENT[name])


def enumerated(content: Any, shape: Shape, path: str) -> Iterator[tuple[str, str, list[str]]]:
    """Every text that the model has a list of words for: where it is, itself, the list."""
    if words := getattr(shape, "enum", None):
        yield path, content, words
    for inner, its_shape, step in parts(content, shape):
        yield from enumerated(inner, its_shape, f"{path}.{step}")


def structures(content: Any, shape: Shape | None) -> Iterator[tuple[Mapping[str, Any], StructureShape]]:
    if shape is None:
        return
    if isinstance(shape, StructureShape):
        yield content, shape
    for inner, its_shape, _ in parts(content, shape):
        yield from structures(inner, its_shape)


def parts(content: Any, shape: Shape) -> Iterator[tuple[Any, Shape, str]]:
    if isinstance(shape, StructureShape):
        yield from ((content[name], shape.members[name], name) for name in content)
    elif isinstance(shape, ListShape):
        yield from ((each, shape.member, str(index)) for index, each in enumerate(content))
    elif isinstance(shape, MapShape):
        yield from ((value, shape.value, str(key)) for key, value in content.items())
