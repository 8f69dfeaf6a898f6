"""Look-ups: refused by name, or answered by the test."""

from collections.abc import Callable

import pulumi
import pulumi_kubernetes as k8s
import pytest
from rayform.lab.testing import Lookup, Secret, UnexpectedLookupError, run

REGION = "aws:index/getRegion:getRegion"
NAMESPACE = "kubernetes:core/v1:Namespace"


def invoke() -> None:
    pulumi.export("region", pulumi.runtime.invoke_output(REGION, {"name": "here"}).apply(lambda answer: answer["name"]))


def read() -> None:
    pulumi.export("labels", k8s.core.v1.Namespace.get("found", "ray").metadata.labels)


def reference() -> None:
    network = pulumi.StackReference("acme/network/prod")
    pulumi.export("vpc", network.require_output("vpc"))
    pulumi.export("token", network.require_output("token"))


def call() -> None:
    pulumi.export("kubeconfig", pulumi.runtime.call("eks:index:Cluster/getKubeconfig", {"role": "admin"}))


def refused(program: Callable[[], None]) -> str:
    with pytest.raises(UnexpectedLookupError) as caught:
        run(program)
    return str(caught.value)


def test_an_unexpected_invoke_is_refused_by_name() -> None:
    assert refused(invoke) == (
        "invoke aws:index/getRegion:getRegion: looked up with {'name': 'here'}, the test provides no answer; "
        "pass run(..., lookups={'aws:index/getRegion:getRegion': {...}}) or do without it"
    )


def test_an_unexpected_read_is_refused_by_name() -> None:
    assert refused(read) == (
        "read kubernetes:core/v1:Namespace: looked up with {'id': 'ray'}, the test provides no answer; "
        "pass run(..., lookups={'kubernetes:core/v1:Namespace': {...}}) or do without it"
    )


def test_an_unexpected_stack_reference_is_refused_by_name() -> None:
    assert refused(reference) == (
        "stack reference acme/network/prod: looked up with {}, the test provides no answer; "
        "pass run(..., lookups={'acme/network/prod': {...}}) or do without it"
    )


def test_an_unexpected_call_is_refused_by_name() -> None:
    assert refused(call) == (
        "call eks:index:Cluster/getKubeconfig: looked up with {'role': 'admin'}, the test provides no answer; "
        "pass run(..., lookups={'eks:index:Cluster/getKubeconfig': {...}}) or do without it"
    )


def test_an_invoke_gets_the_answer_made_from_its_arguments() -> None:
    recorded = run(invoke, lookups={REGION: lambda arguments: {"name": f"{arguments['name']}-1"}})

    assert recorded.outputs == {"region": "here-1"}
    assert recorded.lookups == (Lookup("invoke", REGION, {"name": "here"}),)


def test_a_read_gets_the_answer_and_is_recorded_as_read() -> None:
    recorded = run(read, lookups={NAMESPACE: {"metadata": {"name": "ray", "labels": {"team": "ml"}}}})
    found = recorded.one(NAMESPACE)

    assert recorded.outputs == {"labels": {"team": "ml"}}
    assert (found.read, found.id, found.name) == (True, "ray", "found")


@pytest.mark.parametrize("preview", [False, True])
def test_a_stack_reference_gives_the_other_stacks_outputs(preview: bool) -> None:
    outputs = {"vpc": "vpc-1", "token": Secret("hush")}

    recorded = run(reference, preview=preview, lookups={"acme/network/prod": outputs})

    assert recorded.outputs == {"vpc": "vpc-1", "token": Secret("hush")}


def test_a_missing_output_of_another_stack_fails_the_run() -> None:
    with pytest.raises(KeyError, match="token"):
        run(reference, lookups={"acme/network/prod": {"vpc": "vpc-1"}})


def test_a_call_gets_the_answer() -> None:
    recorded = run(call, lookups={"eks:index:Cluster/getKubeconfig": {"result": "apiVersion: v1"}})

    assert recorded.outputs == {"kubeconfig": {"result": "apiVersion: v1"}}


def test_secret_arguments_reach_the_answer_in_the_clear_and_make_the_result_secret() -> None:
    def program() -> None:
        given = {"token": pulumi.Output.secret("hush")}
        pulumi.export("answer", pulumi.runtime.invoke_output(REGION, given))

    recorded = run(program, lookups={REGION: lambda arguments: {"length": len(arguments["token"])}})

    assert recorded.outputs == {"answer": Secret({"length": 4})}


def test_a_resource_handed_over_as_a_value_keeps_its_identity() -> None:
    def program() -> None:
        namespace = k8s.core.v1.Namespace("ns", metadata={"name": "ns"})
        pulumi.export("got", pulumi.Output.from_input({"ns": namespace}).apply(lambda given: given["ns"].urn))

    assert run(program).outputs == {"got": "urn:pulumi:stack::project::kubernetes:core/v1:Namespace::ns"}
