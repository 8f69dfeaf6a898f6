"""What the test provides: outputs of resources and answers to look-ups."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast

from ..wire import Secret
from .errors import SettingError, UnexpectedLookupError

Answer: TypeAlias = Mapping[str, Any] | Callable[[dict[str, Any]], Mapping[str, Any]]
"""A mapping of properties, or a function of what was asked that yields one; ``Secret`` leaves stay secret."""

STACK_REFERENCE: Final = "pulumi:pulumi:StackReference"
"""Type token of a reference to another stack."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Something that the program asked for."""

    kind: str
    """``invoke``, ``call``, ``read``, ``exists`` or ``stack reference``."""
    key: str
    """The function's token, the resource's type, or the other stack's name."""
    arguments: dict[str, Any]
    """What it was asked with; for a resource, its ``id`` is among them."""

    @classmethod
    def of_read(cls, token: str, identity: str, inputs: dict[str, Any]) -> "Lookup":
        """The look-up behind a read."""
        if token == STACK_REFERENCE:
            return cls("stack reference", identity, {})
        return cls("read", token, inputs | {"id": identity})


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one run, and what was looked up."""

    outputs: Mapping[str, Answer]
    lookups: Mapping[str, Answer]
    asked: list[Lookup] = field(default_factory=list[Lookup])

    def of_resource(self, token: str, inputs: dict[str, Any]) -> Mapping[str, Any]:
        """What a resource of that type has beyond its inputs."""
        return _given(f"outputs[{token}]", self.outputs.get(token, {}), inputs)

    def require_known(self, tokens: AbstractSet[str]) -> None:
        """Refuses outputs of a type that the program, which registers ``tokens``, spells otherwise."""
        registered = {_alike(token): token for token in tokens - self.outputs.keys()}
        for token in self.outputs.keys() - tokens:
            if meant := registered.get(_alike(token)):
                raise SettingError(f"outputs: {token} asked, the program registers {meant}; write it so")

    def of_lookup(self, lookup: Lookup) -> Mapping[str, Any]:
        """The answer to a look-up; one that the test does not provide is refused by name."""
        self.asked.append(lookup)
        if lookup.key not in self.lookups:
            raise UnexpectedLookupError(lookup.kind, lookup.key, lookup.arguments)
        answer = _given(f"lookups[{lookup.key}]", self.lookups[lookup.key], lookup.arguments)
        if lookup.kind == "stack reference":
            return _stack_outputs(lookup.key, answer)
        return {**lookup.arguments, **answer} if lookup.kind == "read" else answer


def _given(where: str, answer: Answer, asked: dict[str, Any]) -> Mapping[str, Any]:
    given = cast("object", answer(dict(asked)) if callable(answer) else answer)
    if not isinstance(given, Mapping):
        raise SettingError(f"{where}: {given!r} answered, it is a mapping of properties; give one, {{}} for nothing")
    return cast("Mapping[str, Any]", given)


def _alike(token: str) -> tuple[str, ...]:
    """What stays of a type token without its version and case: ``aws:ec2/vpc:Vpc`` is often called ``aws:ec2:Vpc``."""
    return tuple(part.partition("/")[0].lower() for part in token.split(":"))


def _stack_outputs(stack: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """A stack reference's properties, in the engine's shape."""
    secret = [name for name, value in outputs.items() if isinstance(value, Secret)]
    return {"name": stack, "outputs": dict(outputs), "secretOutputNames": secret}
