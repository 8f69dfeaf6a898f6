"""How a resource of any kind is made, looked at, changed and deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import jmespath

from ..provider.asked import InitError, Outcome
from .agreement import spelled, texted
from .calls import Properties, Step, Work, filled
from .errors import AwsError, NotReadyError, StillThereError
from .kind import Kind

# What is in use is let go by others of the same update, sooner or later.
_IN_USE = (
    "DependencyViolation",
    "DeleteConflict",
    "InvalidIPAddress.InUse",
    "InvalidPlacementGroup.InUse",
    "ResourceInUse",
    "ResourceInUseException",
    "OperationNotPermitted",
)


def create(kind: Kind, work: Work) -> Outcome:
    """Makes one and waits until it is ready; what was made and is not ready is remembered."""
    first, *further = kind.create
    first(work)
    try:
        for step in further:
            step(work)
        _settled(kind, work)
        for change in kind.changes:
            if change.at_create and any(work.properties.get(name) is not None for name in change.of):
                change.step(work)
                _settled(kind, work)
        return _seen(kind, work)
    except (AwsError, NotReadyError) as error:
        remembered = Outcome(str(kind.identified(work.properties)), _remembered(kind, work))
        raise InitError(remembered, [str(error)]) from error


def update(kind: Kind, work: Work, changed: frozenset[str]) -> Outcome:
    """Changes what is to be changed, one after another."""
    for change in kind.changes:
        if changed & set(change.of):
            change.step(work)
            _settled(kind, work)
    if kind.tagging and "tagsAll" in changed:
        _retagged(kind, work)
    return _seen(kind, work)


def look(kind: Kind, work: Work) -> dict[str, Any] | None:
    """What AWS tells of one; None where there is none."""
    found: dict[str, Any] = {}
    for first, each in ((index == 0, one) for index, one in enumerate(kind.looks)):
        try:
            told = each(work)
        except AwsError as error:
            if error.code in kind.absent:
                return None
            raise
        if first and (told is None or (kind.waits and told.get(kind.waits.state) in kind.waits.gone)):
            return None
        found |= {name: texted(value, kind.texts) for name, value in (told or {}).items() if value is not None}
        work.properties |= {name: value for name, value in found.items() if name not in kind.inputs}
    return found


def outputs(kind: Kind, work: Work, found: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be remembered of one, in the words of who wanted it."""
    wanted = work.properties
    live = {
        name: spelled(value, wanted.get(name), ordered=name in kind.ordered)
        for name, value in found.items()
        if name in kind.known
    }
    for path in kind.untold:
        live = _put(live, wanted, path.split("."))
    return {**live, **_written(kind, {**wanted, **found}), **_tags(kind, wanted, found)}


def delete(kind: Kind, work: Work) -> None:
    """Deletes one and waits until it is gone."""
    try:
        for step in kind.delete:
            _let_go(work, step)
    except AwsError as error:
        if error.code in kind.absent or look(kind, work) is None:
            return
        raise
    if kind.delete:
        _gone(kind, work)


def _let_go(work: Work, step: Step) -> None:
    """Does a step of a deletion once nothing is in its way any more."""
    for end in work.patience.looks():
        try:
            step(work)
        except AwsError as error:
            if end or error.code not in _IN_USE:
                raise
            work.patience.say(f"Waiting: {error.message}")
        else:
            return


def _gone(kind: Kind, work: Work) -> None:
    for end in work.patience.looks():
        if (found := look(kind, work)) is None:
            return
        state = found.get(kind.waits.state) if kind.waits else None
        if kind.waits and state not in {*kind.waits.pending, *kind.waits.ready}:
            raise StillThereError(f"{state} waiting for deletion{_reasons(kind, found)}")
        if end:
            raise StillThereError(f"{end} waiting for deletion")
        work.patience.say("Waiting for deletion")


def _settled(kind: Kind, work: Work) -> None:
    """Returns once it is ready."""
    waits = kind.waits
    if waits is None:
        return
    for end in work.patience.looks():
        found = look(kind, work)
        state = (found or {}).get(waits.state)
        if state in waits.ready:
            work.patience.say("")
            return
        if found is not None and state not in waits.pending:
            raise NotReadyError(f"{state}{_reasons(kind, found)}")
        if end:
            raise NotReadyError(f"{end} waiting for {waits.ready[0]}, it is {state}{_reasons(kind, found or {})}")
        work.patience.say(f"Waiting for {waits.ready[0]}: {state}")


def _reasons(kind: Kind, found: Properties) -> str:
    told: Sequence[str] | None = jmespath.search(kind.waits.why, found) if kind.waits and kind.waits.why else None
    return f": {'; '.join(told)}" if told else ""


def _seen(kind: Kind, work: Work) -> Outcome:
    for end in work.patience.looks():
        if (found := look(kind, work)) is not None:
            return Outcome(str(kind.identified(work.properties)), outputs(kind, work, found))
        if end:
            raise NotReadyError(f"{end} waiting for AWS to know it")
    raise AssertionError("a wait ends with a reason")


def _remembered(kind: Kind, work: Work) -> dict[str, Any]:
    """What is known of one that is not as it should be."""
    hasty = replace(work, patience=replace(work.patience, seconds=0.0))
    try:
        found = look(kind, hasty)
    except AwsError:
        found = None
    known = {name: value for name, value in work.properties.items() if name in kind.known}
    return {**known, **(outputs(kind, work, found) if found else {})}


def _put(live: Properties, wanted: Properties, steps: Sequence[str]) -> dict[str, Any]:
    """What is, with what is wanted at the end of ``steps``."""
    step, further = steps[0], steps[1:]
    if wanted.get(step) is None:
        return dict(live)
    return {**live, step: _put(live.get(step) or {}, wanted[step], further) if further else wanted[step]}


def _written(kind: Kind, known: Properties) -> dict[str, Any]:
    """Outputs that are made of others."""
    made = {name: filled(template, known) for name, template in kind.written.items()}
    return {name: value for name, value in made.items() if value is not None}


def _tags(kind: Kind, wanted: Properties, found: Properties) -> dict[str, Any]:
    """All tags, and those that the program gave: the provider's own are not among them, nor AWS's."""
    if kind.tagging is None:
        return {}
    there: Mapping[str, str] = found.get("tags") or {}
    every = {key: value for key, value in there.items() if not key.startswith("aws:")}
    defaults: Properties = wanted.get("defaultTags") or {}
    given: Properties = wanted.get("givenTags") or {}
    own = {key: value for key, value in every.items() if key in given or defaults.get(key) != value}
    return {"tags": own, "tagsAll": every} if own or given else {"tagsAll": every}


def _retagged(kind: Kind, work: Work) -> None:
    before: Properties = work.before.get("tagsAll") or {}
    now: Properties = work.properties.get("tags") or {}
    gone = [key for key in before if key not in now]
    if kind.tagging and gone:
        work.properties["untagged"] = gone
        kind.tagging.untag(work)
    if kind.tagging and now:
        kind.tagging.tag(work)
