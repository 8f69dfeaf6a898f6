"""What is said to AWS about one resource, one call at a time."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import jmespath

from ..provider.patience import Patience
from .errors import AwsError
from .session import Session
from .shapes import Words, answer, parameters

_FIELD = re.compile(r"{(\w+)}")

_PROPAGATION_SECONDS = 120.0
"""How long AWS may take to know everywhere what it was told somewhere."""

Properties = Mapping[str, Any]
"""Properties in Pulumi's words."""


@dataclass
class Work:
    """One resource while it is worked on.

    Attributes:
        session: where AWS is.
        service: which of its services knows the resource.
        words: where Pulumi's names are not AWS's.
        properties: all that is known of the resource; steps add what they learn.
        before: what was known of it before, at an update.
        patience: how long it may take, and who hears of it.
    """

    session: Session
    service: str
    words: Words
    properties: dict[str, Any]
    patience: Patience
    before: Properties = field(default_factory=dict[str, Any])

    def ask(self, operation: str, given: Mapping[str, Any], service: str = "", words: Words | None = None) -> Any:
        """One call with parameters in AWS's words; its answer in Pulumi's."""
        service = service or self.service
        said = self.session.call(service, operation, given, self.patience)
        for each in said.get("Unsuccessful") or ():
            raise AwsError(operation, each["Error"]["Code"], each["Error"]["Message"])
        return answer(self.session.output_shape(service, operation), said, words or self.words)


Step = Callable[[Work], Any]
"""One step on the way; it may learn properties."""


@dataclass(frozen=True)
class Call:
    """A step that is one call: it says what the call has parameters for, and what is fixed.

    Attributes:
        operation: the call.
        fixed: parameters in AWS's words; ``{name}`` is that property, and what is not known is left out.
        also: more parameters, made of the properties.
        only: the properties that it says; None says all that the call has parameters for.
        words: more names that differ, for this call only.
        inside: parameters that hold the resource's own properties.
        tagged: the resource's type in EC2's words, where the call tags what it makes.
        learns: properties, each with where in the answer it is.
        retried: parts of errors by which AWS says that something it needs is not there yet, or still there.
        tolerated: codes of errors that mean that there is nothing to do.
        service: the service, where it is not the resource's own.
    """

    operation: str
    fixed: Mapping[str, Any] = field(default_factory=dict[str, Any])
    also: Callable[[Properties], Mapping[str, Any]] = lambda _: {}
    only: Sequence[str] | None = None
    words: Words = field(default_factory=dict[str, str])
    inside: Sequence[str] = ()
    tagged: str = ""
    learns: Mapping[str, str] = field(default_factory=dict[str, str])
    retried: Sequence[str] = ()
    tolerated: Sequence[str] = ()
    service: str = ""

    def __call__(self, work: Work) -> Any:
        """Makes the call."""
        given = self.parameters(work)
        patience = replace(work.patience, seconds=min(work.patience.seconds, _PROPAGATION_SECONDS))
        for end in patience.looks():
            try:
                said = work.ask(self.operation, given, self.service, {**work.words, **self.words})
            except AwsError as error:
                if error.code in self.tolerated:
                    return None
                if end or not any(part in str(error) for part in self.retried):
                    raise
                work.patience.say(f"Waiting: {error.message}")
            else:
                learned = {name: jmespath.search(path, said) for name, path in self.learns.items()}
                work.properties.update({name: value for name, value in learned.items() if value is not None})
                return said
        raise AssertionError("the last try ends it")

    def parameters(self, work: Work) -> dict[str, Any]:
        """What the call says."""
        service = self.service or work.service
        shape = work.session.input_shape(service, self.operation)
        words, known = {**work.words, **self.words}, work.properties
        said = {name: known.get(name) for name in (known if self.only is None else self.only)}
        given = parameters(shape, said, words)
        given |= {name: parameters(cast("Any", shape.members[name]), said, words) for name in self.inside}
        if self.tagged and (tags := known.get("tags")):
            listed = [{"Key": key, "Value": value} for key, value in tags.items()]
            given["TagSpecifications"] = [{"ResourceType": self.tagged, "Tags": listed}]
        return {**given, **cast("dict[str, Any]", filled(self.fixed, known)), **self.also(known)}


@dataclass(frozen=True)
class Look:
    """A call that tells about a resource, and where in its answer, in Pulumi's words, that stands."""

    call: Call
    path: str | Callable[[Properties], str]

    def __call__(self, work: Work) -> dict[str, Any] | None:
        """What it tells; None where there is nothing."""
        path = self.path if isinstance(self.path, str) else self.path(work.properties)
        found: dict[str, Any] | None = jmespath.search(path, self.call(work))
        return found


def filled(fixed: Any, known: Properties) -> Any:
    """Fixed parameters with the properties that they name; None where one is not known."""
    if isinstance(fixed, str):
        if whole := _FIELD.fullmatch(fixed):
            return known.get(whole[1])
        names: list[str] = _FIELD.findall(fixed)
        unknown = any(known.get(name) is None for name in names)
        return None if unknown else fixed.format_map(known)
    if isinstance(fixed, Mapping):
        inside = {key: filled(item, known) for key, item in cast("Properties", fixed).items()}
        return {key: item for key, item in inside.items() if item is not None}
    if isinstance(fixed, list | tuple):
        listed = [filled(item, known) for item in cast("Sequence[Any]", fixed)]
        return [item for item in listed if item is not None]
    return fixed
