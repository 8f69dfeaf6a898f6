"""Rules of the Ingress that the operator makes for the dashboard."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any

from rayform.spec.names import is_subdomain

from .rule import Found, rule
from .view import ClusterView, Path, items, known, listed, mapping

_ANY = "*."


@rule(
    "ingress-form",
    ClusterView,
    "kubernetes",
    about="ingressOptions",
    since="1.7",
    possible="the API server refuses the Ingress that the operator makes of it, or it never answers",
    remedy="write hosts as ray.example.com or *.example.com, a path from / on, and the name of a Secret",
)
def ingress_form(cluster: ClusterView) -> list[Found]:
    """The Ingress has a host and a path that there can be, and certificates for what it answers to."""
    options, path = mapping(cluster.head.group.get("ingressOptions")), cluster.head.at("ingressOptions")
    host, below = known(options.get("host")), known(options.get("path"))
    found = [Found((*path, "host"), f"{host!r} asked")] if host and not _is_host(host) else []
    if below and not below.startswith("/"):
        found.append(Found((*path, "path"), f"{below!r} asked"))
    for index, each in enumerate(items(options.get("tls"))):
        found += _of_certificate((*path, "tls", index), each, host)
    return found


def _of_certificate(path: Path, certificate: Mapping[str, Any], host: str | None) -> Iterator[Found]:
    for index, named in enumerate(map(known, listed(certificate.get("hosts")))):
        if named is not None and not _is_host(named):
            yield Found((*path, "hosts", index), f"{named!r} asked")
        elif named is not None and host and not _covers(named, host):
            why, remedy = "the Ingress answers to its host alone", "name that host, or leave host out"
            yield Found((*path, "hosts", index), f"{named!r} asked with host {host!r}", why, remedy)
    secret = known(certificate.get("secretName"))
    if secret and not is_subdomain(secret):
        yield Found((*path, "secretName"), f"{secret!r} asked")


def _is_host(asked: str) -> bool:
    return is_subdomain(asked.removeprefix(_ANY)) and not _is_address(asked)


def _is_address(asked: str) -> bool:
    try:
        return bool(ip_address(asked))
    except ValueError:
        return False


def _covers(named: str, host: str) -> bool:
    """Whether a certificate of a name, or of any name below a domain, is one of the host."""
    return named == host or (named.startswith(_ANY) and named[len(_ANY) :] == host.partition(".")[2])
