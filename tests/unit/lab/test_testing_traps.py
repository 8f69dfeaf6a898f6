"""What goes wrong with other mocks: each of these is a green test there and an error here."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Never

import pulumi
import pulumi_kubernetes as k8s
import pytest
from rayform.lab.testing import (
    DuplicateResourceError,
    EndlessProgramError,
    NoSuchResourceError,
    OutputTextError,
    Recorded,
    UnexpectedLookupError,
    loop,
    run,
)


def namespace(name: str = "ns", **options: Any) -> k8s.core.v1.Namespace:
    return k8s.core.v1.Namespace(name, metadata={"name": name}, opts=pulumi.ResourceOptions(**options))


class MeantError(Exception):
    pass


def fail(_value: object) -> Never:
    raise MeantError("inside apply")


@pytest.mark.parametrize("preview", [False, True])
def test_an_assertion_inside_apply_fails_the_run_even_when_nobody_returns_it(preview: bool) -> None:
    def program() -> None:
        namespace().metadata.name.apply(fail)

    with pytest.raises(MeantError, match="inside apply"):
        run(program, preview=preview)


def test_an_apply_on_an_unknown_value_shows_as_a_missing_resource() -> None:
    def program() -> None:
        namespace().id.apply(lambda known: namespace(f"of-{known}"))

    assert [resource.name for resource in run(program, preview=True).resources] == ["ns"]
    assert [resource.name for resource in run(program).resources] == ["ns", "of-ns-id"]


def test_an_apply_deep_in_a_chain_is_run_before_the_run_returns() -> None:
    def program() -> None:
        output = namespace().id
        for _ in range(20):
            output = output.apply(lambda value: asyncio.sleep(0, value))
        output.apply(lambda _value: namespace("last"))

    assert run(program).one(name="last").id == "last-id"


def test_an_error_of_the_program_comes_out_unchanged() -> None:
    def program() -> Never:
        namespace()
        raise pulumi.RunError("settings: no pools asked, at least one needed; add one")

    with pytest.raises(pulumi.RunError, match="settings: no pools asked"):
        run(program)


def test_the_error_of_the_program_comes_before_what_its_registrations_met() -> None:
    def program() -> Never:
        namespace().metadata.name.apply(fail)
        namespace()
        raise ValueError("first cause")

    with pytest.raises(ValueError, match="first cause"):
        run(program)


def test_an_error_in_an_answer_comes_out_unchanged() -> None:
    with pytest.raises(MeantError, match="inside apply"):
        run(namespace, outputs={"kubernetes:core/v1:Namespace": fail})


def test_a_task_that_nobody_awaits_fails_the_run() -> None:
    async def lost() -> Never:
        raise MeantError("lost")

    async def program() -> None:
        task = asyncio.ensure_future(lost())
        await asyncio.sleep(0)
        del task

    with pytest.raises(MeantError, match="lost"):
        run(program)


def test_a_program_that_waits_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "GRACE_SECONDS", 0.01)

    def program() -> None:
        namespace()
        pulumi.export("never", pulumi.Output.from_input(asyncio.Future()))

    with pytest.raises(EndlessProgramError) as caught:
        run(program)

    assert str(caught.value) == (
        "program: its end asked, it waits for a value that nobody gives; "
        "look for an awaitable or deferred output that is never resolved"
    )


def test_two_resources_with_one_urn_are_refused() -> None:
    def program() -> None:
        namespace()
        namespace()

    with pytest.raises(DuplicateResourceError) as caught:
        run(program)

    assert str(caught.value) == (
        "urn:pulumi:stack::project::kubernetes:core/v1:Namespace::ns: registered twice, the engine takes a URN once; "
        "give one of the two another name"
    )


def test_text_made_of_an_output_is_refused_where_it_is_made() -> None:
    def program() -> None:
        namespace(f"of-{namespace().id}")

    with pytest.raises(OutputTextError) as caught:
        run(program)

    assert str(caught.value) == (
        "str(output): text of an output asked, its value is not known yet; use pulumi.Output.format or .apply"
    )
    assert "program" in [entry.name for entry in caught.traceback]


def test_a_refusal_that_the_program_swallows_still_fails_the_run() -> None:
    async def program() -> None:
        try:
            await pulumi.runtime.invoke_async("aws:index/getRegion:getRegion", {})
        except UnexpectedLookupError:
            pulumi.export("region", "guessed")

    with pytest.raises(UnexpectedLookupError):
        run(program)


def test_asking_for_one_resource_lists_what_there_is() -> None:
    recorded = run(lambda: (namespace("a"), namespace("b")))

    with pytest.raises(NoSuchResourceError) as caught:
        recorded.one("kubernetes:core/v1:Secret", name="a")

    assert str(caught.value) == (
        "kubernetes:core/v1:Secret a: 0 registered, exactly one asked; registered were\n"
        "  urn:pulumi:stack::project::kubernetes:core/v1:Namespace::a\n"
        "  urn:pulumi:stack::project::kubernetes:core/v1:Namespace::b"
    )


def test_several_resources_are_not_one() -> None:
    recorded = run(lambda: (namespace("a"), namespace("b")))

    with pytest.raises(NoSuchResourceError, match="2 registered, exactly one asked; they are\n"):
        recorded.one("kubernetes:core/v1:Namespace")


def test_runs_do_not_see_each_other() -> None:
    def first() -> None:
        namespace()
        pulumi.export("first", 1)
        pulumi.runtime.register_resource_transform(lambda _args: None)

    run(first, config={"a": "1"}, project="one")
    second = run(lambda: pulumi.export("a", pulumi.Config().get("a", "unset")), project="two")

    assert (second.resources, second.outputs, second.transforms) == ((), {"a": "unset"}, ())


def test_a_failed_run_leaves_nothing_behind() -> None:
    with pytest.raises(MeantError):
        run(lambda: fail(None))

    assert run(namespace).one().name == "ns"


def test_a_run_that_fails_inside_another_leaves_that_one_alone() -> None:
    def around() -> None:
        outer = namespace("outer")
        with pytest.raises(MeantError):
            run(lambda: namespace("inner").metadata.name.apply(fail))
        pulumi.export("name", outer.metadata.name)

    recorded = run(around)

    assert recorded.outputs == {"name": "outer"}
    assert [resource.name for resource in recorded.resources] == ["outer"]


def test_a_run_inside_a_running_event_loop_works() -> None:
    async def caller() -> Recorded:
        return run(namespace)

    # In a thread, since the loop's end would leave this one without a loop for the tests that come after.
    with ThreadPoolExecutor(max_workers=1) as thread:
        recorded = thread.submit(asyncio.run, caller()).result()

    assert recorded.one().name == "ns"


def test_a_run_inside_a_mocked_test_leaves_the_mocks_alone() -> None:
    before = pulumi.get_project()

    assert run(lambda: pulumi.export("project", pulumi.get_project()), project="other").outputs == {"project": "other"}
    assert pulumi.get_project() == before
