"""Versions of Kubernetes that EKS has, with their support (EKS release calendar), and of its add-ons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from ..answering import answers, page, wrong
from ..region import Region


@dataclass(frozen=True)
class Release:
    """A version of Kubernetes at EKS.

    Attributes:
        version: such as ``1.34``.
        patch: the version of Kubernetes itself.
        released: its first day at EKS.
        standard_until: the last day of standard support.
        extended_until: the last day of extended support.
    """

    version: str
    patch: str
    released: datetime
    standard_until: datetime
    extended_until: datetime


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


RELEASES: Final = (
    Release("1.31", "1.31.14", _day("2024-09-26"), _day("2025-11-26"), _day("2026-11-26")),
    Release("1.32", "1.32.11", _day("2025-01-23"), _day("2026-03-23"), _day("2027-03-23")),
    Release("1.33", "1.33.8", _day("2025-05-29"), _day("2026-07-29"), _day("2027-07-29")),
    Release("1.34", "1.34.4", _day("2025-10-02"), _day("2026-12-02"), _day("2027-12-02")),
    Release("1.35", "1.35.1", _day("2026-01-27"), _day("2027-03-27"), _day("2028-03-27")),
)
"""The versions, oldest first."""

DEFAULT: Final = "1.34"
"""The version of a cluster that asks for none."""

PLATFORM: Final = "eks.9"
"""What EKS calls the state of its control planes."""

IMAGE_DATE: Final = "20261105"
"""The release of node images, which follows the version of Kubernetes in theirs."""


def release(version: str) -> Release:
    """The release called ``version``; an unknown one is refused."""
    found = next((each for each in RELEASES if each.version == version), None)
    if found is None:
        raise wrong(f"unsupported Kubernetes version {version}")
    return found


def minor(version: str) -> int:
    """The second number of a version."""
    return int(version.split(".")[1])


@answers("eks", "DescribeClusterVersions")
def describe_cluster_versions(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The versions, newest first, as EKS lists them."""
    now, wanted = region.now(), asked.get("clusterVersions")
    listed = [_described(each, now) for each in reversed(RELEASES) if not wanted or each.version in wanted]
    if asked.get("defaultOnly"):
        listed = [each for each in listed if each["defaultVersion"]]
    if status := asked.get("versionStatus") or str(asked.get("status", "")).upper().replace("-", "_"):
        listed = [each for each in listed if each["versionStatus"] == status]
    return page(listed, asked, "clusterVersions")


def _described(each: Release, now: datetime) -> dict[str, Any]:
    supported = "extended-support" if now < each.extended_until else "unsupported"
    status = "standard-support" if now < each.standard_until else supported
    return {
        "clusterVersion": each.version,
        "clusterType": "eks",
        "defaultPlatformVersion": PLATFORM,
        "defaultVersion": each.version == DEFAULT,
        "releaseDate": each.released,
        "endOfStandardSupportDate": each.standard_until,
        "endOfExtendedSupportDate": each.extended_until,
        "status": status,
        "versionStatus": status.upper().replace("-", "_"),
        "kubernetesPatchVersion": each.patch,
    }
