"""A page of the web."""

from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

__all__ = ["is_address", "page"]

SECONDS = 30
"""How long the other side may be silent."""
MOST_BYTES = 32 * 1024 * 1024
"""What is read at most; KubeRay's largest CRD file has 1.4 MB."""


def is_address(source: str) -> bool:
    """Whether a source is an address of the web, and no folder."""
    return source.startswith(("https://", "http://"))


def page(address: str) -> bytes:
    """What is at that address, proxies of the environment included.

    Raises:
        OSError: nothing could be had.
    """
    request = Request(address, headers={"User-Agent": "rayform"})  # noqa: S310  only what is_address accepts comes here
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  likewise
            content: bytes = answer.read(MOST_BYTES)
    except HTTPError as error:
        error.close()
        raise OSError(f"{address} answers {error.code} {error.reason}") from None
    except (URLError, HTTPException) as error:
        raise OSError(f"{address} does not answer ({getattr(error, 'reason', error)})") from None
    return content
