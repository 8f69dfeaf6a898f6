"""What a type of resource is: a row of the table."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .calls import Properties, Step, Work, filled
from .errors import ImportIdError
from .shapes import Words


@dataclass(frozen=True, kw_only=True)
class Waits:
    """When a resource is ready.

    Attributes:
        state: the property that says.
        ready: its values for a resource that is ready.
        pending: its values for one that is waited for; any other is a failure.
        broken: its values for one that only another one can take the place of.
        why: where, in what is known of it, AWS's reasons are, as texts.
        gone: its values for one that is as good as deleted.
    """

    state: str
    ready: Sequence[str]
    pending: Sequence[str]
    broken: Sequence[str] = ()
    why: str = ""
    gone: Sequence[str] = ()


@dataclass(frozen=True)
class Change:
    """What is done when some properties change.

    Attributes:
        of: the properties.
        step: what is done.
        at_create: whether it is also done at first, for a property that is not as AWS makes it.
    """

    of: Sequence[str]
    step: Step
    at_create: bool = False


@dataclass(frozen=True)
class Tagging:
    """How tags are changed; the properties ``tags`` and ``untagged`` say which."""

    tag: Step
    untag: Step


@dataclass(frozen=True)
class Name:
    """The property by which AWS knows a resource, where the program need not give it."""

    property: str
    longest: int


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type of resource.

    Attributes:
        type: Pulumi's name of it.
        service: which service of AWS's knows it, in boto3's words.
        id: what its id is made of.
        imports: what an id is made of under which it is imported, where that differs.
        required: inputs without which there is none.
        optional: inputs that may be left out; AWS may choose them.
        defaults: what optional inputs are where nobody says.
        only: inputs that the lab's provider takes with this one value.
        outputs: properties beyond its inputs.
        replaces: paths of inputs whose change makes it another resource.
        kept: inputs that can be had later and never lost: without them it is another resource.
        name: the input that is named automatically.
        once: whether AWS has room for one of the like only, so that a replacement comes after the deletion.
        ordered: inputs that are lists whose order says something.
        maps: inputs that are mappings with keys of the user's.
        texts: properties, at any depth, that are texts to Pulumi and not to AWS.
        untold: paths of inputs that AWS does not tell again.
        words: where Pulumi's names are not AWS's.
        create: what makes it.
        looks: what tells of it; the first one whether it is there.
        written: outputs that are made of others.
        waits: when it is ready.
        changes: what is done when which inputs change, in this order.
        tagging: how its tags are changed; None for one that has none.
        unsettled: outputs that any change but of tags may change.
        delete: what deletes it.
        absent: AWS's codes for one that is not there.
        minutes: how long making, changing or deleting it may take.
    """

    type: str
    service: str
    id: str
    imports: str = ""
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    defaults: Mapping[str, Any] = field(default_factory=dict[str, Any])
    only: Mapping[str, Any] = field(default_factory=dict[str, Any])
    outputs: frozenset[str] = frozenset()
    replaces: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    name: Name | None = None
    once: bool = False
    ordered: frozenset[str] = frozenset()
    maps: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()
    words: Words = field(default_factory=dict[str, str])
    create: Sequence[Step]
    looks: Sequence[Callable[[Work], dict[str, Any] | None]]
    written: Mapping[str, str] = field(default_factory=dict[str, str])
    waits: Waits | None = None
    changes: Sequence[Change] = ()
    tagging: Tagging | None = None
    unsettled: frozenset[str] = frozenset()
    delete: Sequence[Step]
    absent: Sequence[str] = ()
    minutes: float = 10.0

    @property
    def inputs(self) -> frozenset[str]:
        """All its inputs."""
        return self.required | self.optional | frozenset(("tags", "tagsAll") if self.tagging else ())

    @property
    def known(self) -> frozenset[str]:
        """All its properties."""
        return self.inputs | self.outputs | self.written.keys()

    def identified(self, properties: Properties) -> str | None:
        """Its id, once what it is made of is known."""
        found: str | None = filled(self.id, properties)
        return found

    def of_id(self, identifier: str) -> dict[str, str]:
        """What an id tells of it."""
        for template in filter(None, (self.imports, self.id)):
            if match := re.fullmatch(_pattern(template), identifier):
                return match.groupdict()
        shown = re.sub(r"{(\w+)}", r"<\1>", self.imports or self.id)
        raise ImportIdError(f"{self.type}: {identifier} is no id of one; write {shown}")


def _pattern(template: str) -> str:
    """What an id looks like: its parts are apart by what is between them, the last one may hold that too."""
    parts = re.split(r"{(\w+)}", template)
    return "".join(f"(?P<{part}>.+?)" if index % 2 else re.escape(part) for index, part in enumerate(parts))


def names(text: str) -> frozenset[str]:
    """The names in a text, apart by spaces."""
    return frozenset(text.split())
