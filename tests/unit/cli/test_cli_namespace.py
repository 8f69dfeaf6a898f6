"""What is read of a live namespace when the API server asks for patience."""

from typing import Any

import httpx2
import pytest
from lightkube.core.exceptions import ApiError
from rayform.cli import namespace
from rayform.cli.namespace import _listed


class Server:
    """An API server that answers so often with a code before it lists what there is."""

    def __init__(self, code: int, times: int) -> None:
        self.code = code
        self.times = times

    def list(self, _resource: object, **_: Any) -> list[str]:
        self.times -= 1
        if self.times >= 0:
            answer = httpx2.Response(self.code, json={"message": "later", "code": self.code})
            raise ApiError(httpx2.Request("GET", "https://server"), answer)
        return ["one"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(namespace, "_PAUSE_SECONDS", 0)


@pytest.mark.parametrize("code", [429, 503])
def test_what_is_not_ready_yet_is_asked_for_again(code: int) -> None:
    assert _listed(Server(code, 14), "pods", "default") == ["one"]


@pytest.mark.parametrize(("code", "times"), [(429, 15), (403, 1)])
def test_what_stays_so_is_told(code: int, times: int) -> None:
    with pytest.raises(ApiError):
        _listed(Server(code, times), "pods", "default")


def test_a_kind_that_is_not_there_has_no_objects() -> None:
    assert _listed(Server(404, 1), "pods", "default") == []


def test_a_kind_whose_group_is_not_there_has_no_objects() -> None:
    class Bare:
        def list(self, _resource: object, **_: Any) -> list[str]:
            request = httpx2.Request("GET", "https://server")
            httpx2.Response(404, text="404 page not found", request=request).raise_for_status()
            return ["one"]

    assert _listed(Bare(), "rayclusters", "default") == []
