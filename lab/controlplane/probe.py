"""Asking the API server whether it is ready, and waiting for it."""

import ssl
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import LabError
from .pki import Pair

_POLL_SECONDS = 0.1
_ANSWER_SECONDS = 5.0


class Probe:
    """Asks an API server as the holder of ``user``; proxies of the environment are not used."""

    def __init__(self, server: str, authority: Path, user: Pair) -> None:
        self._where = urlsplit(server).netloc
        self._tls = ssl.create_default_context(cafile=str(authority))
        self._tls.load_cert_chain(user.certificate, user.key)

    def answer(self, path: str) -> tuple[int, str]:
        """The status and text of ``GET path``; status 0 with the reason when nobody answers."""
        connection = HTTPSConnection(self._where, context=self._tls, timeout=_ANSWER_SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
        except (OSError, HTTPException) as error:
            return 0, str(error)
        finally:
            connection.close()

    def wait(self, path: str, seconds: float, check: Callable[[], None]) -> None:
        """Wait until ``GET path`` is 200; ``check`` runs between tries and raises when waiting is in vain."""
        deadline = time.monotonic() + seconds
        while True:
            status, text = self.answer(path)
            if status == 200:
                return
            check()
            if time.monotonic() > deadline:
                said = f"{status}: {text.strip()}" if status else text
                remedy = "look into 'rayform lab logs kube-apiserver', or give the machine more time"
                raise LabError(f"kube-apiserver: {path} has not answered after {seconds:.0f} s ({said}); {remedy}")
            time.sleep(_POLL_SECONDS)
