"""Waiting: until an object is ready as its kind or its annotations say, or gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..provider import patience
from .api import Api, ApiError, UnreachableError
from .conditions import Missing, WaitForError, wait_for
from .parts import Object, annotation, part
from .ready import FailedError, built_in_missing

WAIT_FOR = "pulumi.com/waitFor"
SKIP_AWAIT = "pulumi.com/skipAwait"
TIMEOUT = "pulumi.com/timeoutSeconds"

_DEFAULT_SECONDS = 600.0
_SKIPS_DELETION = frozenset({"Namespace", "Pod", "DaemonSet", "Deployment", "StatefulSet", "Job"})


class NotReadyError(Exception):
    """An object exists and did not become ready.

    Attributes:
        live: the object as it was last seen.
        reasons: what was missing, and what the cluster said of it.
    """

    def __init__(self, live: Object, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.live = live
        self.reasons = reasons


class StillThereError(Exception):
    """An object was asked to go and did not."""


@dataclass(frozen=True)
class Patience(patience.Patience):
    """How a wait goes, and on which cluster."""

    api: Api


def seconds(manifest: Mapping[str, Any], custom: float) -> float:
    """How long to wait: the resource's custom timeout, else the annotation, else ten minutes."""
    annotated = annotation(manifest, TIMEOUT)
    return custom or (float(annotated) if annotated.isdecimal() else _DEFAULT_SECONDS)


def awaited(api: Api, manifest: Mapping[str, Any]) -> Missing | None:
    """What an object is awaited by: its waitFor annotation, else what its kind knows; None when nothing is awaited."""
    if annotation(manifest, SKIP_AWAIT) == "true":
        return None
    wanted = annotation(manifest, WAIT_FOR)
    return wait_for(wanted) if wanted else built_in_missing(api, manifest)


def until_ready(manifest: Mapping[str, Any], live: Object, patience: Patience) -> Object:
    """The object once it is ready; what is missing is said meanwhile, and is the error when the wait ends.

    An expression that cannot be read is refused here, where the object exists, as the official provider does.
    """
    wanting, missing = "the API server to know it", awaited(patience.api, manifest)
    if missing is None:
        return live
    try:
        for end in patience.looks():
            if end:
                raise NotReadyError(live, [f"{end} waiting for {wanting}", *_warnings(patience.api, live)])
            seen, lacking = _look(patience.api, live, missing)
            if seen is None:
                raise NotReadyError(live, ["it was deleted while it was awaited"])
            live, wanting = seen, lacking or ""
            if not wanting:
                return live
            patience.say(f"Waiting for {wanting}")
    except FailedError as error:
        raise NotReadyError(live, [str(error), *_warnings(patience.api, live)]) from error
    raise AssertionError("a wait ends with a reason")


def until_gone(manifest: Mapping[str, Any], uid: str | None, patience: Patience) -> None:
    """Return once the object, with its finalizers, is gone."""
    if annotation(manifest, SKIP_AWAIT) == "true" and manifest["kind"] in _SKIPS_DELETION:
        return
    held = ""
    for end in patience.looks():
        if end:
            raise StillThereError(f"{end} waiting for deletion{held}")
        try:
            seen = patience.api.get(manifest)
        except UnreachableError as error:
            held = f"; {error}"
            continue
        except ApiError as error:
            if error.code == 404:  # its kind has gone with it
                return
            raise
        if seen is None or (uid and seen["metadata"]["uid"] != uid):
            return
        finalizers = ", ".join(part(seen, "metadata").get("finalizers") or ())
        held = f"; finalizers might be preventing deletion ({finalizers})" if finalizers else ""
        patience.say(f"Waiting for deletion{held}")


def _look(api: Api, live: Object, missing: Missing) -> tuple[Object | None, str | None]:
    """The object now and what it lacks; a cluster that does not answer, or a path to no value, is waited for too."""
    try:
        seen = api.get(live)
        return seen, None if seen is None else missing(seen)
    except (ApiError, UnreachableError, WaitForError) as error:
        return live, str(error)


def _warnings(api: Api, live: Mapping[str, Any]) -> list[str]:
    """What the cluster says of an object that does not become ready, each once."""
    namespace = part(live, "metadata").get("namespace") or "default"
    selector = f"involvedObject.uid={live['metadata'].get('uid')},type=Warning"
    try:
        events = api.select("v1", "Event", namespace, fieldSelector=selector)
    except (ApiError, UnreachableError):
        return []
    return list(dict.fromkeys(f"[{each.get('reason')}] {each.get('message')}" for each in events))
