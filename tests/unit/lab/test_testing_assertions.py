"""Assertions about whole programs; each is shown to fail."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_kubernetes as k8s
import pytest
from rayform.lab.testing import assert_no_secret, assert_preview_agrees, assert_star, run, run_both


def config_map(name: str, data: dict[str, Any] | None = None, **options: Any) -> k8s.core.v1.ConfigMap:
    return k8s.core.v1.ConfigMap(name, data=data or {}, opts=pulumi.ResourceOptions(**options))


def chain(length: int) -> None:
    before = []
    for number in range(length):
        before = [config_map(f"link-{number}", depends_on=before)]


def failure(assertion: Callable[..., object], *arguments: object, **settings: object) -> str:
    with pytest.raises(AssertionError) as caught:
        assertion(*arguments, **settings)
    return str(caught.value)


def test_a_star_is_accepted() -> None:
    def program() -> None:
        hub = config_map("hub")
        for number in range(50):
            config_map(f"spoke-{number}", depends_on=[hub])

    assert_star(run(program), longest=1)


def test_a_chain_is_shown_link_by_link() -> None:
    urn = "urn:pulumi:stack::project::kubernetes:core/v1:ConfigMap::link-"

    assert failure(assert_star, run(lambda: chain(3)), longest=1) == (
        "depends_on: a chain of 2 asked, 1 allowed; let these wait for what they need only:\n"
        f"  {urn}0\n  {urn}1\n  {urn}2"
    )


def test_a_chain_of_the_allowed_length_is_accepted() -> None:
    assert_star(run(lambda: chain(5)))


def test_an_empty_program_is_a_star() -> None:
    assert_star(run(lambda: None))


def test_a_secret_in_its_envelope_is_accepted() -> None:
    def program() -> None:
        config_map("map", {"token": pulumi.Output.secret("hush-1")})
        pulumi.export("token", pulumi.Output.secret("hush-1"))

    assert_no_secret(run(program), "hush-1")


def test_a_secret_in_the_clear_is_named_by_path_everywhere_at_once() -> None:
    def program() -> None:
        config_map("map", {"plain": "x hush-1 y", "coded": b64encode(b"hush-1").decode(), "hush-1": "key"})
        pulumi.export("list", ["hush-1"])
        pulumi.log.info("saw hush-1")

    assert failure(assert_no_secret, run(program), "hush-1").splitlines() == [
        "secrets: 8 in the clear, none allowed; wrap the value with pulumi.Output.secret at",
        "  kubernetes:core/v1:ConfigMap map: inputs.data.coded",
        "  kubernetes:core/v1:ConfigMap map: inputs.data: a key",
        "  kubernetes:core/v1:ConfigMap map: inputs.data.plain",
        "  kubernetes:core/v1:ConfigMap map: outputs.data.coded",
        "  kubernetes:core/v1:ConfigMap map: outputs.data: a key",
        "  kubernetes:core/v1:ConfigMap map: outputs.data.plain",
        "  outputs.list[0]",
        "  logs[0]",
    ]


def test_a_secret_in_a_name_is_found() -> None:
    assert "kubernetes:core/v1:ConfigMap: name" in failure(
        assert_no_secret, run(lambda: config_map("hush-1")), "hush-1"
    )


def test_a_preview_that_shows_everything_agrees() -> None:
    recorded = run_both(lambda: config_map("map", {"id": config_map("other").id}))

    assert [resource.name for resource in recorded.resources] == ["other", "map"]
    assert recorded.preview is False


def test_what_a_preview_hides_or_promises_wrongly_is_listed() -> None:
    def program() -> None:
        first = config_map("first", {"mode": "preview" if pulumi.runtime.is_dry_run() else "update"})
        first.id.apply(lambda _id: config_map("hidden"))
        if pulumi.runtime.is_dry_run():
            config_map("ghost", {"secret": pulumi.Output.secret("x")})

    urn = "urn:pulumi:stack::project::kubernetes:core/v1:ConfigMap::"

    assert failure(run_both, program) == (
        "preview: 3 differences from the update, none allowed; register the same in both\n"
        f"  {urn}first: inputs.data.mode\n"
        f"  {urn}ghost: only in the preview\n"
        f"  {urn}hidden: not in the preview"
    )


def test_secrets_are_compared_by_what_they_hold() -> None:
    def program() -> None:
        config_map("map", {"token": pulumi.Output.secret(str(pulumi.runtime.is_dry_run()))})

    assert "map: inputs.data.token" in failure(run_both, program)


def test_two_updates_cannot_be_compared_as_preview_and_update() -> None:
    recorded = run(lambda: None)

    assert failure(assert_preview_agrees, recorded, recorded) == (
        "preview: one run with preview=True and one without asked, in that order; swap them"
    )
