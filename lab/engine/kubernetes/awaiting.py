"""Waiting: until an object is ready as its kind or its annotations say, or gone."""

import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from . import ready
from .api import Api, Kind
from .conditions import parsed
from .parts import Object, part

WAIT_FOR = "pulumi.com/waitFor"
SKIP_AWAIT = "pulumi.com/skipAwait"
TIMEOUT = "pulumi.com/timeoutSeconds"
DELETION_PROPAGATION = "pulumi.com/deletionPropagationPolicy"

_DEFAULT_SECONDS = 600.0
_PROPAGATION = {"background": "Background", "foreground": "Foreground", "orphan": "Orphan"}

Say = Callable[[str], None]


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


def annotations(manifest: Mapping[str, Any]) -> Mapping[str, str]:
    """The annotations of an object."""
    return part(manifest, "metadata", "annotations")


def seconds(manifest: Mapping[str, Any], custom: float) -> float:
    """How long to wait: the resource's custom timeout, else the annotation, else ten minutes."""
    return custom or float(annotations(manifest).get(TIMEOUT) or _DEFAULT_SECONDS)


def until_ready(api: Api, kind: Kind, manifest: Mapping[str, Any], timeout: float, say: Say) -> Object:
    """The object once it is ready; what is missing is said meanwhile, and is the error when time is up."""
    live: Object = dict(manifest)
    wanting = "the API server to know it"
    for seen in api.poll(kind, manifest, time.monotonic() + timeout):
        if seen is None:
            raise NotReadyError(live, ["it was deleted while it was awaited"])
        live = seen
        try:
            lacking = _missing(manifest, live)
        except ready.FailedError as error:
            raise NotReadyError(live, [str(error), *api.events(live)]) from error
        if lacking is None:
            return live
        wanting = lacking
        say(f"Waiting for {wanting}")
    raise NotReadyError(live, [f"timed out after {timeout:g} s waiting for {wanting}", *api.events(live)])


def until_gone(api: Api, kind: Kind, manifest: Mapping[str, Any], timeout: float, say: Say) -> None:
    """Return once the object, with its finalizers, is gone."""
    uid = part(manifest, "metadata").get("uid")
    finalizers: list[str] = []
    for seen in api.poll(kind, manifest, time.monotonic() + timeout):
        if seen is None or (uid and seen["metadata"]["uid"] != uid):
            return
        finalizers = seen["metadata"].get("finalizers", [])
        say("Waiting for deletion" + (f", held by {', '.join(finalizers)}" if finalizers else ""))
    held = f"; it is held by its finalizers {json.dumps(finalizers)}" if finalizers else ""
    raise StillThereError(f"timed out after {timeout:g} s waiting for deletion{held}")


def propagation(manifest: Mapping[str, Any]) -> str:
    """How dependants of a deleted object go; by default in the foreground, before it."""
    return _PROPAGATION.get(annotations(manifest).get(DELETION_PROPAGATION, "").lower(), "Foreground")


def _missing(manifest: Mapping[str, Any], live: Object) -> str | None:
    wished = annotations(manifest)
    if wished.get(SKIP_AWAIT, "").lower() == "true":
        return None
    if wait_for := wished.get(WAIT_FOR):
        return next((each.text for each in parsed(wait_for) if not each.holds(live)), None)
    return ready.missing(live)


def duration(text: str) -> float:
    """The seconds of a duration such as ``10m`` or ``1h30m``; 0 for none."""
    units = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
    return sum(float(number) * units[unit] for number, unit in re.findall(r"([\d.]+)(ms|h|m|s)", text))
