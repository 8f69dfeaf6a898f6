"""The provider's manners: previews, secrets, tags, failures, endings."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from aws_provider_ground import CLUSTER, NODES, ROLE, SUBNET, TRUST, VPC, Ground
from aws_provider_room import Engine, simulated
from botocore.config import Config
from rayform.lab.aws.app import SimulatedAws
from rayform.lab.aws.faults import script
from rayform.lab.engine.aws import session
from rayform.lab.engine.aws.errors import AwsError, ImportIdError
from rayform.lab.engine.provider.asked import InitError, UnsupportedError
from rayform.lab.engine.provider.secrecy import masked
from rayform.lab.wire import UNKNOWN, Secret

SENTINEL = "aHVudGVyMi1zZW50aW5lbC0="


@pytest.fixture(scope="module")
def cloud() -> Iterator[SimulatedAws]:
    with pytest.MonkeyPatch.context() as patch, simulated() as (aws, endpoint):
        for name, value in (("ENDPOINT_URL", endpoint), ("ACCESS_KEY_ID", "any"), ("SECRET_ACCESS_KEY", "none")):
            patch.setenv(f"AWS_{name}", value)
        patch.setenv("AWS_REGION", "us-east-1")
        yield aws


@pytest.fixture
def engine(cloud: SimulatedAws) -> Iterator[Engine]:
    yield Engine()
    cloud.script = script(b"[]")


def faults(cloud: SimulatedAws, text: str) -> None:
    cloud.script = script(text.encode())


def test_a_preview_asks_nobody_and_knows_what_can_be_known(cloud: SimulatedAws, engine: Engine) -> None:
    before = sum(cloud.calls.values())
    inputs = engine.checked(SUBNET, "s", {"vpcId": UNKNOWN, "cidrBlock": "10.0.0.0/24", "tags": {"a": UNKNOWN}})
    planned = engine.provider.create(engine.asked(SUBNET, "s", inputs=inputs, preview=True))

    assert (planned.id, planned.outputs["arn"], planned.outputs["vpcId"]) == ("", UNKNOWN, UNKNOWN)
    assert (planned.outputs["cidrBlock"], planned.outputs["region"]) == ("10.0.0.0/24", "us-east-1")
    assert planned.outputs["tagsAll"] is UNKNOWN
    assert sum(cloud.calls.values()) == before


def test_an_unknown_change_replaces_where_a_known_one_would(engine: Engine) -> None:
    vpc = engine.create(VPC, cidrBlock="10.0.0.0/16")
    subnet = engine.create(SUBNET, vpcId=vpc.id, cidrBlock="10.0.0.0/24")

    assert [each.path for each in engine.compare(subnet, vpcId=UNKNOWN).replaces] == ["vpcId"]
    assert engine.compare(subnet, mapPublicIpOnLaunch=True).replaces == []


def test_a_null_says_nothing_however_deep_it_lies(engine: Engine) -> None:
    network = {"subnetIds": ["subnet-1"], "publicAccessCidrs": None}
    tags = Secret({"a": None, "b": "1"})
    inputs = engine.checked(CLUSTER, "c", {"roleArn": "role", "vpcConfig": network, "tags": tags})
    assert inputs["vpcConfig"] == {"subnetIds": ["subnet-1"]}
    assert inputs["tags"] == Secret({"b": "1"})


def test_the_name_that_was_made_stays_and_makes_room_for_a_successor(engine: Engine) -> None:
    role = engine.create(ROLE, "worker", assumeRolePolicy=TRUST)
    named = engine.create(ROLE, "worker", assumeRolePolicy=TRUST, name="fixed")

    assert role.id.startswith("worker-")
    assert len(role.id) == len("worker-") + 7
    assert engine.compare(role).differences == []
    assert not engine.compare(role, path="/other/").delete_first
    assert engine.compare(named, path="/other/").delete_first


def test_tags_of_the_provider_are_on_everything_and_not_the_program_s(engine: Engine) -> None:
    engine.provider.configure({"defaultTags": '{"tags": {"owner": "ml", "team": "all"}}'})
    vpc = engine.create(VPC, cidrBlock="10.0.0.0/16", tags={"team": "ray"})
    found = engine.read(vpc)

    assert found is not None
    assert found.outputs["tagsAll"] == {"owner": "ml", "team": "ray"}
    assert found.outputs["tags"] == {"team": "ray"}
    engine.provider.configure({"defaultTags": {"tags": {"owner": "else"}}})
    assert [each.path for each in engine.compare(vpc).differences] == ["tagsAll.owner"]


def test_secrets_come_back_sealed_and_are_in_no_message(engine: Engine) -> None:
    given = {"userData": Secret(SENTINEL), "imageId": "ami-12c6146b"}
    template = engine.create("aws:ec2/launchTemplate:LaunchTemplate", **given)
    found = engine.read(template)
    with pytest.raises(AwsError) as refused:
        engine.create(SUBNET, vpcId=Secret(SENTINEL), cidrBlock="10.0.0.0/24")

    assert template.outputs["userData"] == Secret(SENTINEL)
    assert found is not None
    assert found.outputs["userData"] == found.inputs["userData"] == Secret(SENTINEL)
    assert SENTINEL not in masked(str(refused.value), {"vpcId": Secret(SENTINEL)})


def test_throttling_of_every_other_call_is_survived(cloud: SimulatedAws, engine: Engine) -> None:
    faults(cloud, '[{"rate": 0.5, "code": "Throttling", "status": 400}]')
    role = engine.create(ROLE, "throttled", assumeRolePolicy=TRUST, tags={"a": "b"})
    engine.delete(role)

    assert engine.read(role) is None
    assert any(name.endswith(" Throttling") for name in cloud.calls)


def test_throttling_of_what_is_asked_for_no_resource_is_survived_too(
    cloud: SimulatedAws, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_CONFIG", Config(retries={"total_max_attempts": 1}))
    thrice = {"times": 3, "code": "Throttling", "status": 400}
    faults(cloud, json.dumps([{**thrice, "service": service} for service in ("sts", "ec2")]))
    zones = engine.provider.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {})
    vpc = engine.create(VPC, cidrBlock="10.0.0.0/16")

    assert "us-east-1a" in zones["names"]
    assert ":123456789012:vpc/" in vpc.outputs["arn"]
    assert [each["struck"] for each in cloud.script.told()] == [3, 3]


def test_a_node_group_that_fails_is_told_with_aws_s_reason_and_replaced(
    cloud: SimulatedAws, engine: Engine, ground: Ground
) -> None:
    reason = '"AsgInstanceLaunchFailures", "message": "We currently do not have sufficient g5.xlarge capacity"'
    given = group(ground)
    faults(cloud, f'[{{"service": "eks", "operation": "CreateNodegroup", "later": true, "code": {reason}}}]')
    with pytest.raises(InitError) as failed:
        engine.create(NODES, "gpu", **given)

    told = "CREATE_FAILED: AsgInstanceLaunchFailures: We currently do not have sufficient g5.xlarge capacity"
    assert failed.value.reasons == [told]
    kept = failed.value.outcome
    assert (kept.id, kept.outputs["status"]) == (f"{ground.cluster}:named", "CREATE_FAILED")
    asked = engine.asked(NODES, "gpu", id=kept.id, state=kept.outputs, inputs=kept.inputs, before=kept.inputs)
    found = engine.provider.compare(asked)
    assert ([each.path for each in found.replaces], found.delete_first) == (["status"], True)
    engine.provider.delete(engine.asked(NODES, "gpu", id=kept.id, state=kept.outputs))


@pytest.fixture(scope="module")
def ground(cloud: SimulatedAws) -> Ground:
    del cloud  # which is there before
    return Ground(Engine())


def group(ground: Ground) -> Mapping[str, Any]:
    return {
        "clusterName": ground.cluster,
        "nodeGroupName": "named",
        "nodeRoleArn": ground.node_role(),
        "subnetIds": [ground.subnet(0)],
        "scalingConfig": {"minSize": 1, "maxSize": 1, "desiredSize": 1},
    }


def test_a_cancelled_wait_ends_and_keeps_what_was_made(cloud: SimulatedAws, engine: Engine, ground: Ground) -> None:
    given = group(ground)
    cloud.clock.run(0)
    engine.cancelled.set()
    with pytest.raises(InitError) as ended:
        engine.create(NODES, "late", **{**given, "nodeGroupName": "late"})
    cloud.clock.run(100_000)

    assert ended.value.reasons == ["cancelled waiting for ACTIVE, it is CREATING"]
    assert ended.value.outcome.id == f"{ground.cluster}:late"


def test_what_the_lab_does_not_have_is_refused_by_name(engine: Engine) -> None:
    inputs = {"vpcId": "vpc-1", "ipv6Native": True}
    _, failures = engine.provider.check(engine.asked(SUBNET, "s", inputs=inputs))
    with pytest.raises(UnsupportedError, match="aws:s3/bucket:Bucket: the lab's provider has no such resource"):
        engine.create("aws:s3/bucket:Bucket")
    with pytest.raises(ImportIdError, match="no id of one; write <routeTableId>_<destinationCidrBlock>"):
        engine.provider.read(engine.asked("aws:ec2/route:Route", "r", id=""))

    assert failures == (
        ("ipv6Native", "the lab's provider does not have it; leave it out, or install the official plugin"),
    )


def test_aws_itself_is_never_talked_to(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    with pytest.raises(AwsError, match="talks to simulated AWS only; set AWS_ENDPOINT_URL, or install the official"):
        session.Session(session.Place()).call("ec2", "DescribeVpcs", {})
    del engine


def test_functions_tell_zones_and_where_types_are_offered(engine: Engine) -> None:
    zones = engine.provider.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {"state": "available"})
    wanted = {"locationType": "availability-zone", "filters": [{"name": "instance-type", "values": ["g5.xlarge"]}]}
    offered = engine.provider.invoke("aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings", wanted)

    assert zones["names"][:2] == ["us-east-1a", "us-east-1b"]
    assert set(offered["locations"]) <= set(zones["names"])
    assert set(offered["instanceTypes"]) == {"g5.xlarge"}
