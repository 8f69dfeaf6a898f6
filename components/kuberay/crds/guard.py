"""What may not happen to CRDs that objects depend on."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from rayform.spec.refusal import Refusal

from ...versions import KUBERAY, number
from .server import Live

__all__ = ["downgrade", "refusals"]


def refusals(version: str, live: Mapping[str, Live], versions: Mapping[str, AbstractSet[str]]) -> Iterator[Refusal]:
    """Why these CRDs cannot take the place of those in the cluster; ``versions`` are the API versions each one has."""
    applied = {crd.version for crd in live.values() if crd.version is not None}
    yield from downgrade(version, max(applied, key=number, default=version))
    for name, crd in live.items():
        if gone := [stored for stored in crd.stored if stored not in versions[name]]:
            asked = f"{name} without {', '.join(gone)} asked"
            remedy = f"write each of them anew, then drop {', '.join(gone)} from the CRD's status.storedVersions"
            yield Refusal("version", asked, "objects of it may lie in storage in that form", remedy)


def downgrade(version: str, applied: str) -> Iterator[Refusal]:
    """Why older CRDs cannot follow newer ones; versions with the very same files follow each other freely."""
    if number(version) >= number(applied) or _files(version) == _files(applied):
        return
    reason = f"{applied} is applied, and objects may hold what {version} would drop"
    yield Refusal(
        "version", f"{version} asked", reason, f"keep {applied} (crds_version={applied!r} beside an older operator)"
    )


def _files(version: str) -> Mapping[str, str]:
    known = KUBERAY.get(version)
    return known.crds if known else {version: ""}
