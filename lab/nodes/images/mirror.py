"""Where this machine gets its Debian (or Ubuntu) packages from, as its own apt says."""

import platform
from dataclasses import dataclass
from pathlib import Path

from ...errors import LabError
from ..command import attempt

_LISTED_MIRROR = "mirror+file:"


@dataclass(frozen=True)
class Mirror:
    """An archive of packages.

    Attributes:
        url: its address.
        suite: the release that this machine runs, such as ``bookworm``.
        components: the parts of the archive that this machine uses.
    """

    url: str
    suite: str
    components: tuple[str, ...]


def suite() -> str:
    """The release that this machine runs, such as ``bookworm``."""
    try:
        codename = platform.freedesktop_os_release().get("VERSION_CODENAME")
    except OSError:
        codename = None
    if not codename:
        remedy = "make images on such a machine, or use simulated nodes"
        raise LabError(f"images: made of Debian packages, and this machine is no Debian or Ubuntu; {remedy}")
    return codename


def mirror() -> Mirror:
    """The archive from which this machine's apt installs its own release."""
    listing = attempt(
        "apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"
    )
    found = chosen(listing.stdout, suite())
    if found is None:
        remedy = "add it to /etc/apt/sources.list.d, run 'apt-get update' and run the command again"
        raise LabError(f"images: apt has no archive of {suite()}, the release that this machine runs; {remedy}")
    return found


def proxy() -> dict[str, str]:
    """The environment in which other programs reach the archive through apt's own proxy; empty without one."""
    answer = attempt("apt-config", "shell", "address", "Acquire::http::Proxy").stdout.strip()
    address = answer.removeprefix("address=").strip("'\"")
    return {"http_proxy": address} if address and address != "DIRECT" else {}


def chosen(listing: str, release: str) -> Mirror | None:
    """The archive of ``release`` in apt's ``listing`` of address, release and component per line."""
    rows = [row for line in listing.splitlines() if len(row := line.split()) == 3 and row[1] == release]
    if not rows:
        return None
    url = rows[0][0]
    components = dict.fromkeys(row[2] for row in rows if row[0] == url)
    return Mirror(_plain(url), release, tuple(components))


def _plain(url: str) -> str:
    if not url.startswith(_LISTED_MIRROR):
        return url
    lines = Path(url.removeprefix(_LISTED_MIRROR).rstrip("/")).read_text().splitlines()
    return next((line.split()[0] for line in lines if line.strip() and not line.startswith("#")), url)
