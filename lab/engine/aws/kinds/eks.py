"""What EKS's types have in common: statuses, updates that are awaited, tags."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ..calls import Call, Properties, Step, Work
from ..errors import NotReadyError
from ..kind import Tagging, Waits

ABSENT: Final = ("ResourceNotFoundException",)
"""What EKS says of what is not there."""

_PARAMETERS: Final = {"nodeGroupName": "nodegroupName", "addonName": "addonName"}


def statuses(*pending: str, broken: str) -> Waits:
    """When something of EKS is ready; EKS's own words are the reason when it is not."""
    return Waits(
        state="status",
        ready=("ACTIVE",),
        pending=("CREATING", "UPDATING", "DELETING", *pending),
        broken=(broken,),
        why="health.issues[].join(': ', [code, message])",
    )


def tagging(arn: str) -> Tagging:
    """How tags of a type are changed whose ARN is the property ``arn``."""
    resource = {"resourceArn": f"{{{arn}}}"}
    return Tagging(
        Call("TagResource", resource, only=("tags",)),
        Call("UntagResource", resource, lambda known: {"tagKeys": known["untagged"]}, only=()),
    )


def updated(
    operation: str, said: Callable[[Work], Mapping[str, Any]], *, cluster: str = "name", parts: Sequence[str] = ()
) -> Step:
    """A step that is an update of EKS, which goes on by itself and is waited for.

    Args:
        operation: the call.
        said: what it says, beside whom it is about.
        cluster: its parameter for the cluster's name.
        parts: properties that say which part of the cluster it is about.
    """

    def step(work: Work) -> None:
        name = work.properties["name" if not parts else "clusterName"]
        whom = {_PARAMETERS[part]: work.properties[part] for part in parts}
        answer = work.ask(operation, {cluster: name, **whom, **said(work)})
        _awaited(work, {"name": name, **whom, "updateId": answer["update"]["id"]})

    return step


def _awaited(work: Work, update: Mapping[str, str]) -> None:
    for end in work.patience.looks():
        found: Properties = work.ask("DescribeUpdate", update)["update"]
        if found["status"] == "Successful":
            return
        if found["status"] != "InProgress":
            errors: Sequence[Properties] = found.get("errors") or []
            told = "; ".join(f"{each.get('errorCode')}: {each.get('errorMessage')}" for each in errors)
            raise NotReadyError(f"{found['type']} {found['status']}{f': {told}' if told else ''}")
        if end:
            raise NotReadyError(f"{end} waiting for {found['type']}")
        work.patience.say(f"Waiting for {found['type']}")
