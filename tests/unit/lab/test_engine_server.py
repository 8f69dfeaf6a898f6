"""The provider as the engine talks to it, over the wire."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from engine_cluster import Cluster, refusal
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import engine_pb2_grpc, provider_pb2, provider_pb2_grpc, status_pb2
from rayform.lab.engine.kubernetes import provider as module
from rayform.lab.engine.kubernetes.api import UnreachableError
from rayform.lab.engine.kubernetes.provider import Kubernetes
from rayform.lab.engine.provider.server import Server
from rayform.lab.wire import Secret, decode_properties, encode_properties

URN = "urn:pulumi:s::p::a:b:C$kubernetes:core/v1:ConfigMap::thing"
MAP = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "default"}}


class Log(engine_pb2_grpc.EngineServicer):
    """The engine's side: writes down what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def Log(self, request: Any, context: Any) -> Empty:  # noqa: N802 - the protocol's name
        del context
        assert request.ephemeral
        self.said.append(request.message)
        return Empty()


def served(add: Any, servicer: Any) -> tuple[grpc.Server, str]:
    server = grpc.server(ThreadPoolExecutor(max_workers=2))
    add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, f"127.0.0.1:{port}"


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def provider(cluster: Cluster, log: Log, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(module, "connect", lambda *_: (cluster.api, "team"))
    engine, address = served(engine_pb2_grpc.add_EngineServicer_to_server, log)
    server, mine = served(provider_pb2_grpc.add_ResourceProviderServicer_to_server, Server(address, Kubernetes()))
    with grpc.insecure_channel(mine) as channel:
        yield provider_pb2_grpc.ResourceProviderStub(channel)
    server.stop(None).wait()
    engine.stop(None).wait()


def create(provider: Any, urn: str = URN, **inputs: Any) -> Any:
    return provider.Create(provider_pb2.CreateRequest(urn=urn, properties=encode_properties({**MAP, **inputs})))


def configure(provider: Any, **given: Any) -> Any:
    return provider.Configure(provider_pb2.ConfigureRequest(args=encode_properties(given)))


def test_the_handshake_promises_what_is_kept(provider: Any) -> None:
    answer = provider.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address="x"))

    assert (answer.accept_secrets, answer.accept_resources, answer.accept_outputs) == (True, False, False)
    assert provider.GetPluginInfo(Empty()).version == "4.34.2"
    assert configure(provider).supportsPreview


def test_options_that_are_not_possible_fail_the_check(provider: Any) -> None:
    news = encode_properties({"renderYamlToDirectory": "out"})
    answer = provider.CheckConfig(provider_pb2.CheckRequest(news=news))

    assert [failure.property for failure in answer.failures] == ["renderYamlToDirectory"]


def test_another_cluster_replaces_the_provider(provider: Any) -> None:
    olds, news = (encode_properties({"clusterIdentifier": each}) for each in "ab")
    answer = provider.DiffConfig(provider_pb2.DiffRequest(olds=olds, news=news))

    assert list(answer.replaces) == list(answer.diffs) == ["clusterIdentifier"]


def test_a_check_names_and_places_the_object(provider: Any) -> None:
    configure(provider)
    checked = provider.Check(provider_pb2.CheckRequest(urn=URN, randomSeed=b"seed"))
    again = provider.Check(provider_pb2.CheckRequest(urn=URN, randomSeed=b"seed"))
    metadata = decode_properties(checked.inputs)["metadata"]

    assert metadata["name"].startswith("thing-")
    assert metadata["namespace"] == "team"
    assert again == checked


def test_the_user_s_way_of_naming_is_used(provider: Any) -> None:
    options = provider_pb2.CheckRequest.AutonamingOptions
    proposed = options(proposed_name="as-wished", mode=options.PROPOSE)
    checked = provider.Check(provider_pb2.CheckRequest(urn=URN, autonaming=proposed))
    with pytest.raises(grpc.RpcError) as refused:
        provider.Check(provider_pb2.CheckRequest(urn=URN, autonaming=options(mode=options.DISABLE)))

    assert decode_properties(checked.inputs)["metadata"]["name"] == "as-wished"
    assert refused.value.details() == "metadata.name: missing, and automatic naming is disabled; give one"


def test_a_difference_is_told_by_path(provider: Any) -> None:
    olds = encode_properties({**MAP, "data": {"a": "1"}, "__inputs": {**MAP, "data": {"a": "1"}}})
    request = provider_pb2.DiffRequest(urn=URN, olds=olds, news=encode_properties({**MAP, "data": {"b": "1"}}))
    answer = provider.Diff(request)

    kinds = {path: (each.kind, each.inputDiff) for path, each in answer.detailedDiff.items()}
    detail = provider_pb2.PropertyDiff
    assert kinds == {"data.a": (detail.DELETE_REPLACE, True), "data.b": (detail.ADD_REPLACE, False)}
    assert list(answer.replaces) == ["data.a", "data.b"]
    assert answer.deleteBeforeReplace


def test_a_secret_comes_back_sealed(provider: Any, cluster: Cluster) -> None:
    made = create(provider, data=Secret({"a": "x"}))
    outputs = decode_properties(made.properties)

    assert made.id == "default/a"
    assert outputs["data"] == outputs["__inputs"]["data"] == Secret({"a": "x"})
    assert cluster.objects["/api/v1/namespaces/default/configmaps/a"]["data"] == {"a": "x"}


def test_what_is_read_updated_and_deleted_is_the_same_object(provider: Any, cluster: Cluster) -> None:
    made = create(provider, data={"a": "1"})
    news = encode_properties({**MAP, "data": {"a": "2"}})
    updated = provider.Update(provider_pb2.UpdateRequest(urn=URN, id=made.id, olds=made.properties, news=news))
    found = provider.Read(provider_pb2.ReadRequest(urn=URN, id=made.id, properties=updated.properties, inputs=news))
    provider.Delete(provider_pb2.DeleteRequest(urn=URN, id=made.id, properties=found.properties))

    assert found.id == "default/a"
    assert decode_properties(found.inputs)["data"] == {"a": "2"}
    assert cluster.objects == {}
    assert provider.Read(provider_pb2.ReadRequest(urn=URN, id=made.id, properties=found.properties)).id == ""


def test_what_was_made_and_is_not_ready_is_handed_over_with_the_failure(provider: Any) -> None:
    failed = {"type": "Failed", "status": "True", "reason": "Broken", "message": "it broke"}
    urn = "urn:pulumi:s::p::kubernetes:batch/v1:Job::job"
    with pytest.raises(grpc.RpcError) as refused:
        create(provider, urn, apiVersion="batch/v1", kind="Job", status={"conditions": [failed]})

    assert refused.value.details() == "default/a exists, but is not ready: [Broken] it broke"
    trailing = dict(refused.value.trailing_metadata())
    detail = status_pb2.Status.FromString(trailing["grpc-status-details-bin"]).details[0]
    kept = provider_pb2.ErrorResourceInitFailed()
    assert detail.Unpack(kept)
    assert (kept.id, list(kept.reasons)) == ("default/a", ["[Broken] it broke"])


def test_the_server_s_refusal_is_the_engine_s_error(provider: Any, cluster: Cluster) -> None:
    cluster.refuse = lambda each: refusal(422, "Invalid", "spec.x: wrong") if each.method == "POST" else None
    with pytest.raises(grpc.RpcError) as refused:
        create(provider)

    assert refused.value.details() == "spec.x: wrong"


def test_a_cancelled_wait_ends_and_keeps_what_was_made(provider: Any, log: Log) -> None:
    metadata = {**MAP["metadata"], "annotations": {"pulumi.com/waitFor": "condition=Ready"}}  # type: ignore[dict-item]  # a literal
    provider.Cancel(Empty())
    with pytest.raises(grpc.RpcError) as refused:
        create(provider, metadata=metadata)

    assert refused.value.details().endswith("cancelled waiting for condition=Ready")
    assert log.said == ["Waiting for condition=Ready"]


@pytest.fixture
def unreachable(provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    del provider  # which has a cluster of its own before

    def fail(*_: object) -> None:
        raise UnreachableError("nobody there")

    monkeypatch.setattr(module, "connect", fail)


@pytest.mark.usefixtures("unreachable")
def test_a_cluster_that_is_not_there_yet_does_not_fail_a_preview(provider: Any) -> None:
    properties = encode_properties(MAP)
    checked = provider.Check(provider_pb2.CheckRequest(urn=URN, news=properties))
    planned = provider.Create(provider_pb2.CreateRequest(urn=URN, properties=properties, preview=True))
    update = provider_pb2.UpdateRequest(urn=URN, olds=properties, news=properties, preview=True)

    assert decode_properties(checked.inputs) == MAP
    assert planned.properties == provider.Update(update).properties == properties


@pytest.mark.usefixtures("unreachable")
def test_a_cluster_that_is_gone_fails_by_name(provider: Any) -> None:
    for call in (
        lambda: create(provider),
        lambda: provider.Read(provider_pb2.ReadRequest(urn=URN, id="a")),
        lambda: provider.Delete(provider_pb2.DeleteRequest(urn=URN, id="a")),
    ):
        with pytest.raises(grpc.RpcError) as refused:
            call()
        assert refused.value.details() == "configured Kubernetes cluster is unreachable: nobody there"


@pytest.mark.usefixtures("unreachable")
def test_objects_of_a_cluster_that_is_gone_are_forgotten_or_left_on_request(provider: Any) -> None:
    read = provider_pb2.ReadRequest(urn=URN, id="default/a", properties=encode_properties(MAP))
    configure(provider, skipUpdateUnreachable=True)
    left = provider.Read(read)
    configure(provider, deleteUnreachable=True)

    assert left.id == "default/a"
    assert provider.Read(read).id == ""
    provider.Delete(provider_pb2.DeleteRequest(urn=URN, id="default/a"))


@pytest.mark.parametrize(
    ("method", "message", "told"),
    [
        (
            "Invoke",
            provider_pb2.InvokeRequest(tok="helm:template"),
            "helm:template: the lab's provider has no such function",
        ),
        ("Construct", provider_pb2.ConstructRequest(type="v4:Chart"), "v4:Chart: the lab's provider has no components"),
    ],
)
def test_what_only_the_official_provider_can_do_is_refused(provider: Any, method: str, message: Any, told: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        getattr(provider, method)(message)

    assert refused.value.details() == f"{told}; install the official plugin for that"
