"""The Analyzer protocol: what the engine asks, over gRPC, and what it is told."""

from collections.abc import Iterator, Mapping
from threading import Thread
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc
from rayform.policy import RULES, Subject
from rayform.policy.analyzer.serve import server
from rayform.policy.examples.example import kube, ray
from rayform.policy.examples.places import GROUP, IN_GROUP

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE = "4dabf18193072939515e22adb298388d"
TOO_MANY = {f"{GROUP} maxReplicas": 33}
LEVELS = {"advisory": 0, "mandatory": 1, "disabled": 2, "remediate": 3}


def secret(value: Any) -> dict[str, Any]:
    return {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "value": value}


@pytest.fixture
def engine() -> Iterator[Any]:
    with server() as serving:
        thread = Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        host, port = serving.server_address[:2]
        with grpc.insecure_channel(f"{host}:{port}") as channel:
            yield analyzer_pb2_grpc.AnalyzerStub(channel)
        serving.shutdown()
        thread.join()


def request(subject: Subject) -> Any:
    made = analyzer_pb2.AnalyzeRequest(type=subject.token, urn=subject.urn, name=subject.title)
    made.properties.update(dict(subject.props))
    return made


def configure(engine: Any, asked: Mapping[str, Mapping[str, Any]]) -> None:
    made = {}
    for name, values in asked.items():
        properties = struct_pb2.Struct()
        properties.update({key: value for key, value in values.items() if key != "level"})
        made[name] = analyzer_pb2.PolicyConfig(enforcementLevel=LEVELS[values["level"]], properties=properties)
    engine.Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=made))


def told(response: Any) -> dict[str, int]:
    return {each.policyName: each.enforcementLevel for each in response.diagnostics}


def test_every_rule_is_a_policy_with_its_level_and_the_schema_of_its_parameters(engine: Any) -> None:
    info = engine.GetAnalyzerInfo(empty_pb2.Empty())
    policies = {each.name: each for each in info.policies}

    assert policies.keys() == {each.id for each in RULES} | {"exemptions", "operator"}
    assert policies["gpus-per-group"].enforcementLevel == LEVELS["mandatory"]
    assert policies["gpus-per-group"].configSchema.properties["most"]["default"] == 64
    assert policies["namespace-quota"].policy_type == analyzer_pb2.POLICY_TYPE_STACK
    assert "$ref" not in str(policies["exemptions"].configSchema)


def test_a_resource_is_judged_and_numbers_are_whole(engine: Any) -> None:
    diagnostic = next(
        each for each in engine.Analyze(request(ray(TOO_MANY))).diagnostics if each.policyName == "gpus-per-group"
    )

    assert diagnostic.enforcementLevel == LEVELS["mandatory"]
    assert diagnostic.urn == ray().urn
    assert diagnostic.message.startswith(
        "RayCluster train: spec.workerGroupSpecs[0].maxReplicas: 2 GPUs for each of 33 pods asked"
    )


def test_an_unknown_is_told_at_preview_and_stops_an_update(engine: Any) -> None:
    unknown = request(ray({f"{GROUP} maxReplicas": UNKNOWN}))
    engine.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(dry_run=True))
    preview = engine.Analyze(unknown)
    engine.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(dry_run=False))
    update = engine.Analyze(unknown)

    assert LEVELS["mandatory"] not in told(preview).values()
    assert any("maxReplicas is not known before it is deployed" in each.message for each in preview.diagnostics)
    assert LEVELS["mandatory"] in told(update).values()


def test_secrets_are_judged_and_not_told(engine: Any) -> None:
    hidden = request(ray({f"{IN_GROUP} image": secret("registry.internal/hush:latest"), **TOO_MANY}))
    response = engine.Analyze(hidden)

    assert {"image-pinned", "gpus-per-group"} <= told(response).keys()
    assert "hush" not in str(response)


def test_many_calls_at_once_and_long_ones_are_answered(engine: Any) -> None:
    long = request(kube("Namespace", {"metadata annotations": {"note": "x" * 3_000_000}}))
    asked = [long, *[request(ray(TOO_MANY)) for _ in range(20)]]
    answers = [each.result() for each in [engine.Analyze.future(each) for each in asked]]

    assert [told(answer) for answer in answers] == [told(engine.Analyze(each)) for each in asked]


def test_what_the_pack_cannot_do_is_said(engine: Any) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        engine.Cancel(empty_pb2.Empty())

    assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED


def test_a_configuration_that_cannot_be_is_refused_with_its_reasons(engine: Any) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        configure(engine, {"gpus-per-pod": {"level": "mandatory", "most": -1}})

    assert "gpus-per-pod.most: -1 asked, it is 0 or more; raise it" in str(refused.value)


def test_what_the_engine_says_of_all_rules_is_taken(engine: Any) -> None:
    levels = {each.id: {"level": "disabled"} for each in RULES}
    configure(engine, {**levels, "all": {"level": "disabled"}, "gpus-per-group": {"level": "advisory"}})

    assert told(engine.Analyze(request(ray(TOO_MANY)))) == {"gpus-per-group": LEVELS["advisory"]}


def test_a_stack_is_judged_as_a_whole(engine: Any) -> None:
    listed = [
        analyzer_pb2.AnalyzerResource(type=each.type, urn=each.urn, name=each.name, properties=each.properties)
        for each in (request(ray()), request(kube("ResourceQuota", {"spec hard requests.nvidia.com/gpu": "1"})))
    ]
    response = engine.AnalyzeStack(analyzer_pb2.AnalyzeStackRequest(resources=listed))

    assert told(response)["quota-holds"] == LEVELS["mandatory"]


def mended(engine: Any, subject: Subject) -> list[Any]:
    return list(engine.Remediate(request(subject)).remediations)


def test_nothing_is_mended_unless_it_is_asked_for(engine: Any) -> None:
    assert mended(engine, ray({"metadata labels": {}})) == []


def test_what_is_mended_keeps_secrets_and_unknowns(engine: Any) -> None:
    configure(engine, {"labels-required": {"level": "remediate", "names": ["owner"], "values": {"owner": "ml"}}})
    edits = {"metadata labels": {"team": "x"}, f"{IN_GROUP} image": secret("hush"), "spec rayVersion": UNKNOWN}
    (remedy,) = mended(engine, ray(edits))
    properties = remedy.properties

    assert properties["metadata"]["labels"]["owner"] == "ml"
    assert properties["metadata"]["labels"]["team"] == "x"
    assert properties["spec"]["rayVersion"] == UNKNOWN
    image = properties["spec"]["workerGroupSpecs"][0]["template"]["spec"]["containers"][0]["image"]
    assert image["value"] == "hush"
    assert SIGNATURE in image


def test_a_secret_is_not_mended_but_refused(engine: Any) -> None:
    configure(engine, {"labels-required": {"level": "remediate", "names": ["owner"], "values": {"owner": "ml"}}})
    hidden = ray({"metadata labels": secret({"team": "x"})})

    assert mended(engine, hidden) == []
    assert told(engine.Analyze(request(hidden)))["labels-required"] == LEVELS["mandatory"]


def test_two_mendings_are_both_done(engine: Any) -> None:
    labels = {"level": "remediate", "names": ["owner"], "values": {"owner": "ml"}}
    configure(engine, {"labels-required": labels, "job-time-to-live": {"level": "remediate", "most_seconds": 60}})
    from_the_start = {"metadata labels": {}, "spec ttlSecondsAfterFinished": 9000}
    remedies = {each.policyName: each.properties for each in mended(engine, kube("RayJob", from_the_start))}
    last = list(remedies.values())[-1]

    assert remedies.keys() == {"labels-required", "job-time-to-live"}
    assert last["metadata"]["labels"]["owner"] == "ml"
    assert last["spec"]["ttlSecondsAfterFinished"] == 60


def test_limits_that_are_mended_leave_secrets_and_unknowns_beside_them(engine: Any) -> None:
    configure(engine, {"container-limits": {"level": "remediate", "cpu": "2"}})
    env = [{"name": "TOKEN", "value": secret("hush")}]
    edits = {f"{IN_GROUP} resources limits": {"memory": "64Gi"}, f"{IN_GROUP} env": env, f"{IN_GROUP} image": UNKNOWN}
    (remedy,) = mended(engine, ray({**edits, f"{IN_GROUP} resources requests": {}}))
    container = remedy.properties["spec"]["workerGroupSpecs"][0]["template"]["spec"]["containers"][0]

    assert dict(container["resources"]["limits"]) == {"memory": "64Gi", "cpu": "2"}
    assert SIGNATURE in container["env"][0]["value"]
    assert container["image"] == UNKNOWN
