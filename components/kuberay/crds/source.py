"""Where the CRD files come from; each is compared with its checksum before anybody reads it."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from . import cache
from .errors import CrdsError
from .golang import downloaded, module_cache
from .web import is_address, page

__all__ = ["REPOSITORY", "crd_files"]

REPOSITORY = "https://raw.githubusercontent.com/ray-project/kuberay/v{version}/ray-operator/config/crd/bases"
"""Upstream's files at the tag of a version."""

Read = Callable[[str], bytes]
"""What yields a file by its name."""


def crd_files(version: str, checksums: Mapping[str, str], source: str | None) -> dict[str, bytes]:
    """The files of that version by name: from the cache, or else from the source, which then fills the cache.

    Raises:
        CrdsError: a file cannot be had, or is not the one that its checksum stands for.
    """
    kept = {name: cache.kept(checksum) for name, checksum in sorted(checksums.items())}
    files = {name: content for name, content in kept.items() if content is not None}
    missing = {name: checksums[name] for name in kept if name not in files}
    obtained = _obtained(version, missing, source) if missing else {}
    for content in obtained.values():
        cache.store(content)
    return files | obtained


def _obtained(version: str, checksums: Mapping[str, str], source: str | None) -> dict[str, bytes]:
    tried: list[str] = []
    for place, read in _places(version, source):
        try:
            return {name: _checked(name, read(name), checksum) for name, checksum in checksums.items()}
        except (OSError, ValueError) as error:
            tried.append(f"{place}: {error}")
    asked = f"{', '.join(checksums)} of KubeRay {version} asked"
    possible = f"nobody gives what the checksums stand for ({'; '.join(tried)})"
    raise CrdsError("source", asked, possible, "name a folder or an address that holds these files of that version")


def _checked(name: str, content: bytes, checksum: str) -> bytes:
    if (found := sha256(content).hexdigest()) != checksum:
        raise ValueError(f"{name} has sha256 {found}, {checksum} is expected")
    return content


def _places(version: str, source: str | None) -> Iterator[tuple[str, Read]]:
    """Where to look, one after the other; a source that is named is the only one."""
    if source is not None:
        yield source, _reader(source)
        return
    yield "Go's module cache", lambda name: (module_cache(version) / name).read_bytes()
    yield "Go's module proxy", lambda name: (downloaded(version) / name).read_bytes()
    repository = REPOSITORY.format(version=version)
    yield repository, _reader(repository)


def _reader(source: str) -> Read:
    if is_address(source):
        return lambda name: page(f"{source.rstrip('/')}/{name}")
    return lambda name: (Path(source).expanduser() / name).read_bytes()
