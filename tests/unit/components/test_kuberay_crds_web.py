"""Files from an address."""

from collections.abc import Generator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from kuberay_files import NAMES, checksums, crd, written
from rayform.components.kuberay.crds import golang
from rayform.components.kuberay.crds.source import REPOSITORY, crd_files
from rayform.components.kuberay.crds.web import is_address, page

FILES = {name: crd(name) for name in NAMES}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """A web server that holds the files."""
    monkeypatch.setenv("RAYFORM_CACHE", str(tmp_path / "cache"))
    folder = written(tmp_path / "mirror", FILES)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_gives_the_files(mirror: str) -> None:
    assert crd_files("1.6.2", checksums(FILES), f"{mirror}/") == FILES


def test_a_missing_page_is_told_with_its_status(mirror: str) -> None:
    with pytest.raises(OSError, match=r"^http://127\.0\.0\.1:\d+/none answers 404 File not found$"):
        page(f"{mirror}/none")


def test_what_no_web_server_says_is_told() -> None:
    with pytest.raises(
        OSError, match=r"^http://127\.0\.0\.1:9/x does not answer \(\[Errno 111\] Connection refused\)$"
    ):
        page("http://127.0.0.1:9/x")


@pytest.mark.parametrize(
    ("text", "address"), [("https://a/b", True), ("http://a", True), ("/a/b", False), ("file:///a", False)]
)
def test_an_address_is_told_from_a_folder(text: str, *, address: bool) -> None:
    assert is_address(text) is address


def test_the_repository_is_upstreams_at_the_tag() -> None:
    assert REPOSITORY.format(version="1.6.2") == (
        "https://raw.githubusercontent.com/ray-project/kuberay/v1.6.2/ray-operator/config/crd/bases"
    )


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"GOMODCACHE": "/a", "GOPATH": "/b"}, "/a"),
        ({"GOPATH": "/b"}, "/b/pkg/mod"),
        ({"HOME": "/c"}, "/c/go/pkg/mod"),
    ],
)
def test_gos_cache_is_found_as_go_finds_it(
    variables: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GOMODCACHE", "GOPATH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert golang.module_cache("1.6.2") == (
        Path(folder) / "github.com/ray-project/kuberay/ray-operator@v1.6.2/config/crd/bases"
    )
