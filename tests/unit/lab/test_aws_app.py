"""Simulated AWS as a whole: moto behind it, faults before it, its control beside it."""

import pytest
from aws_room import Cloud
from botocore.exceptions import ClientError


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


def said(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, str, int]:
    response = error.value.response
    return response["Error"]["Code"], response["Error"]["Message"], response["ResponseMetadata"]["HTTPStatusCode"]


def test_moto_answers_what_the_lab_does_not(cloud: Cloud) -> None:
    vpc = cloud.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
    role = cloud.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"]

    assert vpc["VpcId"].startswith("vpc-")
    assert role["Arn"] == "arn:aws:iam::123456789012:role/r"


def test_aws_own_policies_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    cloud = Cloud()
    arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"

    assert cloud.client("iam").get_policy(PolicyArn=arn)["Policy"]["Arn"] == arn


def test_what_nobody_simulates_is_refused_by_name(cloud: Cloud) -> None:
    with pytest.raises(ClientError) as caught:
        cloud.client("ec2").describe_spot_datafeed_subscription()

    code, message, status = said(caught)
    assert (code, status) == ("UnsupportedOperation", 400)
    assert "describe_spot_datafeed_subscription" in message


def test_the_nth_call_fails_and_no_other(cloud: Cloud) -> None:
    fault = {"service": "ec2", "operation": "CreateVpc", "nth": 2, "code": "VpcLimitExceeded", "message": "full"}
    assert cloud.control("PUT", "faults", [fault])[0] == 200
    ec2 = cloud.client("ec2")
    ec2.create_vpc(CidrBlock="10.0.0.0/16")
    with pytest.raises(ClientError) as caught:
        ec2.create_vpc(CidrBlock="10.1.0.0/16")
    ec2.create_vpc(CidrBlock="10.2.0.0/16")

    assert said(caught) == ("VpcLimitExceeded", "full", 400)
    assert cloud.control("GET", "faults")[1] == [{**fault, "met": 3, "struck": 1}]
    assert cloud.control("GET", "calls")[1] == {"ec2.CreateVpc": 3, "ec2.CreateVpc VpcLimitExceeded": 1}


def test_half_of_all_calls_are_throttled_and_the_same_half_each_time(cloud: Cloud) -> None:
    def outcomes() -> list[bool]:
        cloud.control("PUT", "faults", [{"rate": 0.5, "code": "ThrottlingException"}])
        return [survived(cloud) for _ in range(40)]

    first = outcomes()
    assert 10 < sum(first) < 30
    assert outcomes() == first


def survived(cloud: Cloud) -> bool:
    try:
        cloud.client("logs").describe_log_groups()
    except ClientError as error:
        return error.response["Error"]["Code"] != "ThrottlingException"
    return True


def test_a_fault_may_mean_one_thing_only_and_end_after_some_times(cloud: Cloud) -> None:
    fault = {"service": "iam", "where": {"RoleName": "ray-*"}, "times": 1, "code": "ServiceFailure", "status": 500}
    cloud.control("PUT", "faults", [fault])
    iam = cloud.client("iam")
    iam.create_role(RoleName="other", AssumeRolePolicyDocument="{}")
    with pytest.raises(ClientError) as caught:
        iam.create_role(RoleName="ray-1", AssumeRolePolicyDocument="{}")
    iam.create_role(RoleName="ray-2", AssumeRolePolicyDocument="{}")

    assert said(caught) == ("ServiceFailure", "asked for by the lab's script", 500)


def test_faults_end_when_they_are_deleted(cloud: Cloud) -> None:
    cloud.control("PUT", "faults", [{"code": "ThrottlingException"}])

    assert cloud.control("DELETE", "faults") == (200, [])
    assert survived(cloud)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"service": "esk"}, "service: 'esk' asked; give a name as boto3.client takes it"),
        ({"service": "eks", "operation": "Create"}, "operation: eks has no 'Create'; see its API reference"),
        ({"later": True}, "code: nothing can fail later without one; give AWS's code"),
        ({"rate": 2}, "faults[0][rate]: Input should be less than or equal to 1"),
        ({"often": 2}, "faults[0][often]: Extra inputs are not permitted"),
    ],
)
def test_a_wrong_script_is_refused_and_the_one_before_stays(cloud: Cloud, fault: object, reason: str) -> None:
    cloud.control("PUT", "faults", [{"service": "sts", "code": "Down"}])
    status, told = cloud.control("PUT", "faults", [fault])

    assert status == 400
    assert reason in told["error"]
    assert [each["code"] for each in cloud.control("GET", "faults")[1]] == ["Down"]


def test_time_stands_still_runs_and_leaps(cloud: Cloud) -> None:
    began = cloud.control("GET", "clock")[1]["now"]

    assert cloud.control("GET", "clock")[1]["now"] == began
    assert cloud.control("POST", "clock", {"advance": 3600})[1]["now"] > began
    assert cloud.control("POST", "clock", {"speed": 10})[1]["speed"] == 10


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"speed": -1}, "clock.speed: -1 asked; give a number, 0 or more"),
        ({"hours": 1}, "clock: hours asked; there are speed and advance"),
        ([], "an object is expected"),
    ],
)
def test_a_wrong_time_is_refused(cloud: Cloud, asked: object, reason: str) -> None:
    assert cloud.control("POST", "clock", asked) == (400, {"error": reason})


def test_an_unknown_control_is_refused_with_those_there_are(cloud: Cloud) -> None:
    reason = "GET /_lab/weather: is not there; there are calls, clock, faults, journal, leftovers, token"

    assert cloud.control("GET", "weather") == (404, {"error": reason})
