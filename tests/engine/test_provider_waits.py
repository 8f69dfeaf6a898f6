"""Waiting: for what was made to be ready, for what was deleted to be gone, and what an end in the middle leaves."""

import os
import re
import signal
from collections.abc import Callable
from typing import IO

import pytest
from lightkube import ApiError, Client
from lightkube.resources.core_v1 import ConfigMap
from patience import SECONDS, until
from provider_room import Stack

pytestmark = pytest.mark.engine

PATH = "{.data.ready}"
WAIT = f"jsonpath={PATH}=yes"
MUTABLE = 'mutable = pulumi.ProviderResource("kubernetes", "mutable", {"enableConfigMapMutable": True})\n'


def awaited(name: str, opts: str = "", **annotations: str) -> str:
    metadata = {"name": name, "annotations": {"pulumi.com/waitFor": WAIT, **annotations}}
    return (
        MUTABLE
        + f'Thing("core/v1:ConfigMap", "it", metadata={metadata}, data={{}}, opts=options(provider=mutable{opts}))\n'
    )


def make_ready(cluster: Client, name: str) -> None:
    cluster.patch(ConfigMap, name, {"data": {"ready": "yes"}}, namespace="default")


def exists(cluster: Client, name: str) -> Callable[[], bool]:
    def there() -> bool:
        try:
            cluster.get(ConfigMap, name, namespace="default")
        except ApiError:
            return False
        return True

    return there


def release(cluster: Client, name: str) -> None:
    cluster.patch(ConfigMap, name, {"metadata": {"finalizers": None}}, namespace="default")


def being_deleted(cluster: Client, name: str) -> bool:
    metadata = cluster.get(ConfigMap, name, namespace="default").metadata
    return bool(metadata and metadata.deletionTimestamp)


def said_until(stream: IO[str] | None, text: str) -> bool:
    """Read lines until one has ``text``; whether one had."""
    assert stream
    return any(text in line for line in stream)


def test_an_object_that_is_not_ready_in_time_is_kept_and_awaited_again(stack: Stack, cluster: Client) -> None:
    late = awaited("late", **{"pulumi.com/timeoutSeconds": "2"})
    first = stack.up(late)
    kept = stack.resources()["it"]
    make_ready(cluster, "late")
    second = stack.up(late)

    assert first.code != 0
    assert PATH in first.said, "while it is awaited, what for"
    assert "timed out" in first.text
    assert ["timed out" in why for why in kept["initErrors"]] == [True]
    assert second.code == 0, second.text
    assert second.steps == {"it": ["update"]}
    assert "initErrors" not in stack.resources()["it"]


def test_a_custom_timeout_wins_over_the_annotation(stack: Stack) -> None:
    timeouts = ', custom_timeouts=pulumi.CustomTimeouts(create="1s")'
    stack.program(awaited("hasty", timeouts, **{"pulumi.com/timeoutSeconds": "86400"}))
    waiting = stack.start("up", "--yes", "--skip-preview")
    said, _ = waiting.communicate(timeout=SECONDS)  # nobody is as patient as the annotation

    assert waiting.returncode != 0
    assert "timed out" in said


def test_what_is_not_to_be_awaited_is_not(stack: Stack) -> None:
    assert stack.up(awaited("careless", **{"pulumi.com/skipAwait": "true"})).code == 0


def test_a_job_that_fails_is_told_at_once_with_its_reason(stack: Stack) -> None:
    template = {
        "spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "a"}], "nodeSelector": {"no": "where"}}
    }
    job = f'Thing("batch/v1:Job", "job", spec={{"activeDeadlineSeconds": 1, "template": {template}}})\n'
    done = stack.up(job)

    assert done.code != 0
    assert "[DeadlineExceeded] Job was active longer than specified deadline" in done.text


def test_a_workload_waits_for_its_pods_and_a_service_for_its_workload(stack: Stack) -> None:
    labels = {"app": "web"}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "a", "image": "a"}]}}
    spec = {"replicas": 2, "selector": {"matchLabels": labels}, "template": template}
    program = (
        f'Thing("apps/v1:Deployment", "web", spec={spec})\n'
        f'Thing("core/v1:Service", "front", spec={{"selector": {labels}, "ports": [{{"port": 80}}]}})\n'
    )
    done = stack.up(program)

    assert done.code == 0, done.text
    assert stack.resources()["web"]["outputs"]["status"]["readyReplicas"] == 2
    assert stack.up(program).steps == {}


def held(name: str, **annotations: str) -> str:
    metadata = {"name": name, "finalizers": ["room.test/held"], "annotations": annotations}
    return f'Thing("core/v1:ConfigMap", "held", metadata={metadata}, data={{}})\n'


def test_a_deletion_waits_for_finalizers(stack: Stack, cluster: Client) -> None:
    stack.up(held("held"))
    destroying = stack.start("destroy", "--yes", "--skip-preview")
    until(lambda: being_deleted(cluster, "held"), "it is asked to go")
    remembered = "held" in stack.resources()
    release(cluster, "held")
    rest, _ = destroying.communicate()

    assert remembered
    assert destroying.returncode == 0, rest
    assert not exists(cluster, "held")()
    assert stack.resources() == {}


def test_a_deletion_that_is_held_too_long_names_the_finalizers(stack: Stack, cluster: Client) -> None:
    stack.up(held("stuck", **{"pulumi.com/timeoutSeconds": "1"}))
    failed = stack.destroy()
    kept = stack.resources()
    release(cluster, "stuck")

    assert failed.code != 0
    assert "timed out" in failed.text
    # The garbage collector's own finalizer may still stand behind it.
    assert re.search(r"finalizers might be preventing deletion \(room\.test/held[,)]", failed.text)
    assert list(kept) == ["held"]
    assert stack.destroy().code == 0


def test_an_interrupt_ends_the_wait_and_keeps_what_was_made(stack: Stack, cluster: Client) -> None:
    stack.program(awaited("patient"))
    waiting = stack.start("up", "--yes", "--skip-preview")
    heard = said_until(waiting.stdout, PATH)
    os.kill(waiting.pid, signal.SIGINT)
    rest, _ = waiting.communicate()

    assert heard
    assert waiting.returncode != 0
    kept = stack.resources()["it"]
    assert kept["id"] == "default/patient"
    assert ["cancel" in why for why in kept["initErrors"]] == [True], rest
    make_ready(cluster, "patient")
    assert stack.up(awaited("patient")).steps == {"it": ["update"]}


def test_an_engine_that_is_killed_leaves_no_process_and_can_go_on(stack: Stack, cluster: Client) -> None:
    stack.program(awaited("orphan"))
    waiting = stack.start("up", "--yes", "--skip-preview")
    heard = said_until(waiting.stdout, PATH)
    os.killpg(waiting.pid, signal.SIGKILL)
    waiting.communicate()  # ends when every plugin, which holds the pipe, has ended

    assert heard
    assert exists(cluster, "orphan")()
    stack.run("cancel", "--yes")
    make_ready(cluster, "orphan")
    adopted = stack.up(awaited("orphan", ', import_="default/orphan"'))
    assert "it" in adopted.steps
