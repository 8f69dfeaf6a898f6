"""One provider of AWS, as it was configured."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...wire import UNKNOWN
from ..provider.asked import Asked, InitError, Outcome, UnsupportedError
from ..provider.difference import Comparison
from ..provider.patience import Patience
from ..provider.secrecy import plain, veiled
from . import lifecycle
from .agreement import declared, spelled
from .calls import Work
from .checking import checked, compared, refusals, wanted_now
from .errors import AwsError, ImportIdError, NotReadyError, StillThereError
from .functions import FUNCTIONS
from .kind import Kind
from .kinds.table import KINDS
from .session import Session
from .settings import Settings, moved, refused
from .settings import settings as read_settings

VERSION = "7.51.1"
"""The version of pulumi-aws whose documented behaviour is followed."""


class Aws:
    """A provider of one region's resources."""

    version = VERSION
    expected = (AwsError, ImportIdError, NotReadyError, StillThereError)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.configure({})

    def refused(self, settings: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Options that the lab's provider does not have."""
        return refused(settings)

    def moved(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """Which settings differ, and which of them lead elsewhere."""
        return moved(old, new)

    def configure(self, settings: Mapping[str, Any]) -> None:
        """Remember how AWS is reached; whether it can be is seen at the first use."""
        self._settings: Settings = read_settings(settings)
        self._sessions: dict[str, Session] = {}

    def check(self, asked: Asked) -> tuple[Mapping[str, Any], Sequence[tuple[str, str]]]:
        """Complete the inputs of a resource, refuse what cannot be."""
        kind = _kind(asked)
        return checked(kind, asked, self._settings.default_tags), tuple(refusals(kind, asked))

    def compare(self, asked: Asked) -> Comparison:
        """Compare what is wanted of a resource with what is known of it."""
        return compared(_kind(asked), asked)

    def create(self, asked: Asked) -> Outcome:
        """Make a resource; at preview only say what is known of it already."""
        kind = _kind(asked)
        if asked.preview:
            unknown = dict.fromkeys(kind.known - asked.inputs.keys(), UNKNOWN)
            return Outcome("", {**unknown, **self._place(asked), **asked.inputs})
        return self._told(asked, lambda: lifecycle.create(kind, self._work(kind, asked, plain(asked.inputs))))

    def update(self, asked: Asked) -> Outcome:
        """Change a resource; at preview only say what is known already."""
        kind, changed = _kind(asked), self._changed(asked)
        if asked.preview:
            unknown = dict.fromkeys(kind.unsettled if changed - {"tags", "tagsAll"} else (), UNKNOWN)
            return Outcome("", {**asked.state, **unknown, **asked.inputs})
        properties = {**plain(asked.state), **wanted_now(kind, asked), **kind.of_id(asked.id)}
        work = self._work(kind, asked, properties)
        try:
            return self._told(asked, lambda: lifecycle.update(kind, work, changed))
        except NotReadyError as error:
            remembered = Outcome(asked.id, {**asked.state, **asked.inputs}, asked.inputs)
            raise InitError(remembered, [str(error)]) from error

    def read(self, asked: Asked) -> Outcome | None:
        """Look at a resource, and say which inputs would make it so."""
        kind, imported = _kind(asked), not asked.inputs
        work = self._work(kind, asked, {**plain(asked.state), **plain(asked.inputs), **kind.of_id(asked.id)})
        work = replace(work, patience=replace(work.patience, seconds=120.0))
        if (found := lifecycle.look(kind, work)) is None:
            return None
        outputs = {**lifecycle.outputs(kind, work, found), **self._place(asked)}
        identifier = kind.identified({**work.properties, **found}) or asked.id
        wanted = plain(asked.inputs)
        inputs = _imported(kind, outputs) if imported else _found(kind, outputs, wanted)
        return Outcome(identifier, veiled(outputs, asked.inputs), veiled(inputs, asked.inputs))

    def delete(self, asked: Asked) -> None:
        """Delete a resource and wait until it is gone."""
        kind = _kind(asked)
        lifecycle.delete(kind, self._work(kind, asked, {**plain(asked.state), **kind.of_id(asked.id)}))

    def invoke(self, token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Call one of the functions that rayform calls."""
        if token not in FUNCTIONS:
            raise UnsupportedError(token, "such function")
        given = plain(arguments)
        return FUNCTIONS[token](self._session(given), given)

    def _told(self, asked: Asked, made: Any) -> Outcome:
        """What came of it, with the region, and secrets where the inputs have them."""
        try:
            outcome: Outcome = made()
        except InitError as error:
            kept = error.outcome
            sealed = replace(kept, outputs=self._sealed(asked, kept.outputs), inputs=asked.inputs)
            raise InitError(sealed, error.reasons) from error
        return replace(outcome, outputs=self._sealed(asked, outcome.outputs))

    def _sealed(self, asked: Asked, outputs: Mapping[str, Any]) -> dict[str, Any]:
        return veiled({**outputs, **self._place(asked)}, asked.inputs)

    def _changed(self, asked: Asked) -> frozenset[str]:
        return frozenset(str(each.steps[0]) for each in compared(_kind(asked), asked).differences)

    def _place(self, asked: Asked) -> dict[str, str]:
        """The region, which only IAM's resources do not have."""
        return {} if _kind(asked).service == "iam" else {"region": self._session(plain(asked.inputs)).region}

    def _session(self, properties: Mapping[str, Any]) -> Session:
        region = str(properties.get("region") or "")
        with self._lock:
            place = self._settings.place
            made = Session(replace(place, region=region) if region else place)
            return self._sessions.setdefault(region, made)

    def _work(self, kind: Kind, asked: Asked, properties: Mapping[str, Any]) -> Work:
        session = self._session(properties)
        given: Mapping[str, str] = properties.get("tags") or {}
        every: Mapping[str, str] = properties.get("tagsAll") or given
        tags = {"tags": every, "givenTags": given, "defaultTags": self._settings.default_tags} if kind.tagging else {}
        return Work(
            session=session,
            service=kind.service,
            words=kind.words,
            properties={
                **properties,
                **tags,
                "region": session.region,
                "accountId": session.account,
                "partition": "aws",
            },
            patience=Patience(asked.timeout or kind.minutes * 60, asked.say, asked.cancelled),
            before=plain(asked.state),
        )


def _kind(asked: Asked) -> Kind:
    if asked.token not in KINDS:
        raise UnsupportedError(asked.token, "such resource")
    return KINDS[asked.token]


def _found(kind: Kind, outputs: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs as they would have to be for what is there."""
    inputs: dict[str, Any] = {}
    for name, value in wanted.items():
        if name not in kind.inputs or name in kind.untold:
            inputs[name] = value
        elif name in outputs:
            live = spelled(outputs[name], value, ordered=name in kind.ordered)
            whole = name in kind.maps or name in {"tags", "tagsAll"}
            inputs[name] = live if whole else declared(live, value)
    return inputs


def _imported(kind: Kind, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of a resource that was made elsewhere: what AWS tells of them and is not what it would be anyway."""
    empty: tuple[Any, ...] = (None, "", [], {})
    return {
        name: outputs[name]
        for name in sorted(kind.inputs & outputs.keys())
        if name in kind.required or (outputs[name] not in empty and outputs[name] != kind.defaults.get(name))
    }
