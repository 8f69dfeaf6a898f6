"""Runs a Pulumi program to its end against the recorder."""

import asyncio
import contextvars
import json
import runpy
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from inspect import isawaitable
from pathlib import Path
from typing import Any, TypeAlias, cast

from pulumi.runtime import set_all_config
from pulumi.runtime.settings import ROOT, SETTINGS, Settings, configure
from pulumi.runtime.stack import run_in_stack

from . import loop
from .answers import Answer, Answers
from .errors import SettingError
from .leftovers import Unbegun
from .log import Log
from .monitor import Monitor
from .recorded import Recorded
from .urns import Urns

Program: TypeAlias = Callable[[], object] | Path
"""A function, a coroutine function, or the path of a program (a file, or a folder with ``__main__.py``)."""


def run(
    program: Program,
    *,
    preview: bool = False,
    config: Mapping[str, Any] | None = None,
    secrets: tuple[str, ...] = (),
    outputs: Mapping[str, Answer] | None = None,
    lookups: Mapping[str, Answer] | None = None,
    project: str = "project",
    stack: str = "stack",
) -> Recorded:
    """Runs ``program`` to its end and returns everything it told the engine.

    Whatever the program raises, also inside ``apply``, comes out of here unchanged. Nothing is left behind: two runs do
    not see each other, nor a ``set_mocks`` of the caller.

    Args:
        program: What to run.
        preview: Run as the preview of a first update: ids and all outputs that are not inputs are unknown.
        config: Stack configuration. A key without a colon gets the project's name before it; a value that is not text
            is written as JSON, as ``pulumi config set`` does.
        secrets: Keys of ``config`` that are secret.
        outputs: What resources have beyond their inputs, by type token; ``id`` among them sets the id, which otherwise
            is ``<name>-id``.
        lookups: Answers to what the program looks up: by function token, by type token for ``X.get(…)``, by full name
            for stack references (``"organization/project/stack"``). Anything else is refused by name.
        project: Name of the project.
        stack: Name of the stack.
    """
    _require_program(program)
    settings = _Run(Answers(outputs or {}, lookups or {}), preview, project, stack)
    keys = {_key(key, project): value for key, value in (config or {}).items()}
    secret_keys = [_key(key, project) for key in secrets]
    if unknown := [key for key in secret_keys if key not in keys]:
        raise SettingError(f"secrets: {', '.join(unknown)} asked, not among the keys of config; add them there")
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in keys.items()}

    def work() -> Recorded:
        set_all_config(texts, secret_keys)
        return settings.record(program)

    # A thread and a context of its own: the SDK keeps its state in context variables and in the thread's event loop.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="rayform-program") as thread:
        return thread.submit(contextvars.copy_context().run, work).result()


def _require_program(program: object) -> None:
    if not callable(program) and not (isinstance(program, Path) and program.exists()):
        remedy = "give a function, or the pathlib.Path of a program that is there"
        raise SettingError(f"program: {program!r} asked, it is neither a function nor a program's path; {remedy}")


def _key(key: str, project: str) -> str:
    return key if ":" in key else f"{project}:{key}"


@dataclass(frozen=True, slots=True)
class _Run:
    answers: Answers
    preview: bool
    project: str
    stack: str

    def record(self, program: Program) -> Recorded:
        monitor = Monitor(self.answers, self.preview, Urns(self.project, self.stack))
        log = Log(monitor.refusals)
        configure(
            Settings(
                project=self.project,
                stack=self.stack,
                monitor=monitor,
                engine=log,
                dry_run=self.preview,
                organization="organization",
                legacy_apply_enabled=False,
            )
        )
        ROOT.set(None)
        lost: list[Exception] = []
        with asyncio.Runner(loop_factory=loop.new) as runner:
            runner.get_loop().set_exception_handler(lambda _loop, context: lost.extend(_exception(context)))
            unbegun = Unbegun()
            runner.get_loop().set_task_factory(unbegun.task)
            runner.run(_to_the_end(program, unbegun))
        if unseen := [*monitor.refusals, *lost]:
            raise unseen[0]
        self.answers.require_known({registration.type for registration in monitor.registrations.values()})
        return self._recorded(monitor, log)

    def _recorded(self, monitor: Monitor, log: Log) -> Recorded:
        return Recorded(
            resources=tuple(
                registration
                if registration.custom or urn not in monitor.registered_outputs
                else replace(registration, outputs=monitor.registered_outputs[urn])
                for urn, registration in monitor.registrations.items()
            ),
            outputs=monitor.registered_outputs.get(monitor.stack_urn, {}),
            logs=tuple(log.entries),
            lookups=tuple(self.answers.asked),
            hooks=tuple(monitor.hooks),
            transforms=tuple(monitor.transforms),
            preview=self.preview,
        )


async def _to_the_end(program: Program, unbegun: Unbegun) -> None:
    failures: list[BaseException] = []

    async def guarded() -> None:
        try:
            result = _start(program)
            if isawaitable(result):
                await result
            await _settled()
        except BaseException as error:
            failures.append(error)
            raise

    try:
        await run_in_stack(guarded)
    except BaseException:
        unbegun.close()
        raise
    finally:
        # What the program itself raised comes before what its registrations met on the way down.
        if failures:
            raise failures[0]


async def _settled() -> None:
    """Waits until all outputs are there, or one has failed; what is left, and the failure, is the SDK's to see to.

    Alone it waits for one output after the other, each time with all that are left: of twice the resources it would
    take four times as long.
    """
    settings: Any = SETTINGS
    while (outputs := cast("list[asyncio.Task[Any]]", list(settings.outputs))) and not any(map(_failed, outputs)):
        await asyncio.wait(outputs, return_when=asyncio.FIRST_EXCEPTION)


def _failed(output: asyncio.Task[Any]) -> bool:
    return output.done() and (output.cancelled() or output.exception() is not None)


def _exception(context: dict[str, Any]) -> list[Exception]:
    """The exception of a task that nobody awaited; the loop would only print it."""
    return [error] if isinstance(error := context.get("exception"), Exception) else []


def _start(program: Program) -> Awaitable[object] | object:
    if isinstance(program, Path):
        return runpy.run_path(str(program), run_name="__main__")
    return program()
