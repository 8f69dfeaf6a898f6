"""The host of Python programs, over the wire, with an executor of the tests' own."""

import json
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from lab_machine import until
from pulumi.runtime.proto import language_pb2, language_pb2_grpc
from rayform.lab.engine.programs import LanguageHost

EXECUTOR = """\
import json, os, pathlib, sys
seen = {key: os.environ[key] for key in ("PULUMI_CONFIG", "PULUMI_CONFIG_SECRET_KEYS", "VIRTUAL_ENV", "PATH")}
pathlib.Path("seen.json").write_text(json.dumps({"argv": sys.argv[1:], "executable": sys.executable, **seen}))
sys.exit(int(sys.argv[-1]))
"""
ENDLESS = "import pathlib, time; pathlib.Path('started').touch(); time.sleep(600)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose virtual environment is a folder of its own, and an executor beside it."""
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (tmp_path / "executor").write_text(EXECUTOR)
    return tmp_path


@pytest.fixture
def host(project: Path) -> LanguageHost:
    return LanguageHost("127.0.0.1:1", str(project / "executor"))


@pytest.fixture
def language(host: LanguageHost) -> Iterator[Any]:
    server = grpc.server(ThreadPoolExecutor(max_workers=2))
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield language_pb2_grpc.LanguageRuntimeStub(channel)
    server.stop(None).wait()


def info(project: Path, entry: str = "__main__.py", virtualenv: str = "venv") -> Any:
    options = Struct()
    options.update({"virtualenv": virtualenv})
    return language_pb2.ProgramInfo(
        root_directory=str(project), program_directory=str(project), entry_point=entry, options=options
    )


def run(language: Any, project: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(project)
    request = language_pb2.RunRequest(
        project="p",
        stack="s",
        pwd=str(project),
        parallel=4,
        dryRun=True,
        config={"p:a": "1"},
        configSecretKeys=["p:b"],
        monitor_address="monitor:1",
        organization="o",
        info=info(project),
        args=[str(code)],
    )
    return language.Run(request)


def test_a_program_runs_in_its_project_s_environment(
    language: Any, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = run(language, project, 0, monkeypatch)
    seen = json.loads((project / "seen.json").read_text())

    assert (answer.error, answer.bail) == ("", False)
    assert seen["executable"] == f"{project}/venv/bin/python"
    assert seen["VIRTUAL_ENV"] == f"{project}/venv"
    assert seen["PATH"].split(os.pathsep)[0] == f"{project}/venv/bin"
    assert (seen["PULUMI_CONFIG"], seen["PULUMI_CONFIG_SECRET_KEYS"]) == ('{"p:a": "1"}', '["p:b"]')


def test_the_executor_gets_what_the_official_host_gives_it(
    language: Any, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    language.Handshake(language_pb2.LanguageHandshakeRequest(engine_address="engine:1"))
    run(language, project, 0, monkeypatch)
    words = json.loads((project / "seen.json").read_text())["argv"]

    assert dict(zip(words[0:18:2], words[1:18:2], strict=True)) == {
        "--monitor": "monitor:1",
        "--engine": "engine:1",
        "--project": "p",
        "--stack": "s",
        "--pwd": str(project),
        "--dry_run": "true",
        "--parallel": "4",
        "--organization": "o",
        "--root_directory": str(project),
    }
    assert words[18:] == [f"{project}/__main__.py", "0"]


@pytest.mark.parametrize(
    ("code", "error", "bail"), [(32, "", True), (1, "Program exited with non-zero exit code: 1", False)]
)
def test_a_program_that_failed_is_told_unless_it_told_itself(
    language: Any, project: Path, monkeypatch: pytest.MonkeyPatch, code: int, error: str, *, bail: bool
) -> None:
    answer = run(language, project, code, monkeypatch)

    assert (answer.error, answer.bail) == (error, bail)


def test_a_plugin_s_words_and_code_are_passed_on(language: Any, project: Path) -> None:
    words = "import os, sys; print('out'); print(os.environ['A'], sys.argv[1:], file=sys.stderr); sys.exit(7)"
    (project / "plugin.py").write_text(words)
    request = language_pb2.RunPluginRequest(
        pwd=str(project), info=info(project, "plugin.py"), args=["x"], env=["A=b=c"]
    )
    answers = list(language.RunPlugin(request))

    assert b"".join(each.stdout for each in answers) == b"out\n"
    assert b"".join(each.stderr for each in answers) == b"b=c ['x']\n"
    assert answers[-1].exitcode == 7


def test_a_policy_pack_runs_through_the_sdk_s_runner(language: Any, project: Path) -> None:
    words = "import pulumi; print(__name__, pulumi.get_stack(), pulumi.Config('p').get('a'))"
    (project / "pack").mkdir()
    (project / "pack" / "__main__.py").write_text(words)
    told = {"PULUMI_PROJECT": "p", "PULUMI_STACK": "s", "PULUMI_DRY_RUN": "true", "PULUMI_CONFIG": '{"p:a": "1"}'}
    request = language_pb2.RunPluginRequest(
        kind="analyzer",
        pwd=str(project),
        info=info(project, "pack", sys.prefix),
        args=["engine:1"],
        env=[f"{name}={value}" for name, value in told.items()],
    )
    answers = list(language.RunPlugin(request))

    assert b"".join(each.stderr for each in answers) == b""
    assert b"".join(each.stdout for each in answers) == b"__main__ s 1\n"
    assert answers[-1].exitcode == 0


def test_a_program_that_still_runs_ends_with_its_host(language: Any, host: LanguageHost, project: Path) -> None:
    (project / "endless.py").write_text(ENDLESS)
    answers = language.RunPlugin(language_pb2.RunPluginRequest(pwd=str(project), info=info(project, "endless.py")))
    ended = threading.Thread(target=lambda: [each for each in answers if each.WhichOneof("output") == "exitcode"])
    ended.start()
    until((project / "started").exists)
    host.end()
    ended.join()

    assert not ended.is_alive()


def test_a_plugin_that_the_engine_leaves_ends(language: Any, host: LanguageHost, project: Path) -> None:
    (project / "endless.py").write_text(ENDLESS)
    call = language.RunPlugin(language_pb2.RunPluginRequest(pwd=str(project), info=info(project, "endless.py")))
    until((project / "started").exists)
    assert host.running() == 1
    call.cancel()

    until(lambda: host.running() == 0)


def test_the_host_says_what_it_has(language: Any, project: Path) -> None:
    about = language.About(language_pb2.AboutRequest(info=info(project)))
    listed = language.GetProgramDependencies(language_pb2.GetProgramDependenciesRequest(info=info(project)))
    installing = list(language.InstallDependencies(language_pb2.InstallDependenciesRequest(info=info(project))))

    assert about.executable == f"{project}/venv/bin/python"
    assert about.version == sys.version.split()[0]
    assert [each.name for each in listed.dependencies] == sorted(each.name for each in listed.dependencies)
    assert installing[0].stderr == b"The lab's language host installs no packages.\n"


def test_the_host_asks_for_nothing(language: Any) -> None:
    assert language.GetPluginInfo(Empty()).version.startswith("3.")
    assert list(language.GetRequiredPackages(language_pb2.GetRequiredPackagesRequest()).packages) == []
    assert list(language.GetRequiredPlugins(language_pb2.GetRequiredPluginsRequest()).plugins) == []
    assert list(language.RuntimeOptionsPrompts(language_pb2.RuntimeOptionsRequest()).prompts) == []
    assert language.Cancel(Empty()) == Empty()
