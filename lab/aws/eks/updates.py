"""Updates: what changes a cluster, a node group or an add-on, and is asked about until it is done."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ..answering import answers, page, unique
from ..errors import AwsError
from ..faults import Fault
from ..region import Region
from .store import Cluster, Described, cluster


def begin(
    region: Region,
    owner: Cluster,
    what: Described,
    kind: str,
    params: Mapping[str, Any],
    seconds: float,
    finish: Callable[[], float | None],
) -> dict[str, Any]:
    """Begin an update of ``what``: it is UPDATING, then ``finish`` changes it, a fault on order fails it, or it goes.

    ``finish`` may put itself off, as an entry of the agenda does. The answer is that of the operation that asked.
    """
    name = _name(what)
    if what["status"] not in {"ACTIVE", "DEGRADED", "UPDATE_FAILED", "CREATE_FAILED"}:
        raise AwsError(
            "ResourceInUseException", f"{name or owner.name} is {what['status']}; wait until it is ACTIVE", 409
        )
    update: Described = {
        "id": unique(),
        "status": "InProgress",
        "type": kind,
        "params": [{"type": key, "value": _text(value)} for key, value in params.items()],
        "createdAt": region.now(),
        "errors": [],
    }
    owner.updates[update["id"]] = (update, name)
    what["status"] = "UPDATING"
    region.agenda.after(seconds, partial(_end, what, update, finish, region.failure))
    return {"update": dict(update)}


def _end(what: Described, update: Described, finish: Callable[[], float | None], failure: Fault | None) -> float | None:
    if what["status"] != "UPDATING":  # it is being deleted, and soon there is nothing to change
        update["status"] = "Cancelled"
        return None
    if failure:
        update["status"] = "Failed"
        update["errors"] = [{"errorCode": failure.code, "errorMessage": failure.message}]
        # What is of a cluster says that it is not as asked; a cluster goes on as it was.
        what["status"] = "UPDATE_FAILED" if "addonName" in what else "ACTIVE"
        return None
    if (again := finish()) is not None:
        return again
    what["status"], update["status"] = "ACTIVE", "Successful"
    return None


@answers("eks", "DescribeUpdate")
def describe_update(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One update."""
    found = cluster(region, asked["name"]).updates.get(asked["updateId"])
    if found is None or found[1] != _about(asked):
        raise AwsError("ResourceNotFoundException", f"No update found for ID: {asked['updateId']}", 404)
    return {"update": found[0]}


@answers("eks", "ListUpdates")
def list_updates(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The ids of the updates of a cluster, or of a node group or add-on of it."""
    known = cluster(region, asked["name"]).updates
    return page([key for key, (_, name) in known.items() if name == _about(asked)], asked, "updateIds")


def _about(asked: Mapping[str, Any]) -> str:
    return str(asked.get("nodegroupName") or asked.get("addonName") or "")


def _name(what: Mapping[str, Any]) -> str:
    return str(what.get("nodegroupName") or what.get("addonName") or "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
