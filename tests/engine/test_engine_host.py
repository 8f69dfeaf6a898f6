"""Programs as the engine runs them: their configuration, their errors, their dynamic resources."""

import pytest
from provider_room import Stack

pytestmark = pytest.mark.engine

DYNAMIC = """\
from pulumi.dynamic import CreateResult, Resource, ResourceProvider


class Echo(ResourceProvider):
    def create(self, props):
        return CreateResult("made", {**props, "twice": props["word"] * 2})


class Word(Resource):
    twice: pulumi.Output[str]

    def __init__(self, name, word):
        super().__init__(Echo(), name, {"word": word, "twice": None})


pulumi.export("twice", Word("word", "ab").twice)
"""


def test_a_refusal_is_shown_without_a_traceback(stack: Stack) -> None:
    done = stack.preview(
        "from rayform.components import WorkerGroup\n\n"
        'pulumi.export("group", WorkerGroup(name="gpu", cpu="lots", gpus=-1).model_dump())\n'
    )

    assert done.code != 0
    assert "error: WorkerGroup gpu: cpu: 'lots' asked, it is no Kubernetes quantity; write a number and" in done.text
    assert "WorkerGroup gpu: gpus: -1 asked, it is 0 or more; raise it" in done.text
    assert "Traceback" not in done.text


def test_any_other_error_shows_where_it_happened_in_the_program(stack: Stack) -> None:
    done = stack.preview("def broken():\n    raise ValueError('odd')\n\n\nbroken()\n")

    assert done.code != 0
    assert "ValueError: odd" in done.text
    assert "__main__.py" in done.text
    assert "runpy" not in done.text


def test_a_program_reads_its_configuration_secrets_included(stack: Stack) -> None:
    stack.run("config", "set", "word", "open")
    stack.run("config", "set", "--secret", "hidden", "not-to-be-seen")
    done = stack.up(
        "config = pulumi.Config()\n"
        'pulumi.export("word", config.require("word"))\n'
        'pulumi.export("length", len(config.require("hidden")))\n'
        'pulumi.export("hidden", config.require_secret("hidden"))\n'
    )

    assert done.code == 0, done.text
    assert 'word  : "open"' in done.text
    assert "length: 14" in done.text
    assert "hidden: [secret]" in done.text
    assert "not-to-be-seen" not in done.text


def test_dynamic_resources_find_the_project_s_interpreter(stack: Stack) -> None:
    done = stack.up(DYNAMIC)

    assert done.code == 0, done.text
    assert 'twice: "abab"' in done.text


def test_the_engine_warns_of_no_plugin(stack: Stack) -> None:
    done = stack.up(DYNAMIC + 'Thing("core/v1:ConfigMap", "x", data={})\n')

    assert "warning" not in done.text
