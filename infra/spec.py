"""What every description in this room is: frozen, exact about its fields, and free of Pulumi."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, Strict
from pydantic_core import CoreSchema, core_schema

__all__ = ["Count", "Flag", "Listed", "PositiveCount", "Spec", "Wire", "is_wire"]

T = TypeVar("T")


class Spec(BaseModel):
    """A plain description of a piece of ground: its fields are fixed once made, and unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True)


Count: TypeAlias = Annotated[int, Strict(), Field(ge=0)]
"""A whole number from 0; text and booleans are refused."""

PositiveCount: TypeAlias = Annotated[int, Strict(), Field(ge=1)]
"""A whole number from 1; text and booleans are refused."""

Flag: TypeAlias = Annotated[bool, Strict()]
"""True or false; text and numbers are refused."""


def is_wire(value: object) -> bool:
    """Whether the value is a Pulumi output, told without importing Pulumi."""
    # Whoever holds an output has imported the module that defines it.
    output = getattr(sys.modules.get("pulumi.output"), "Output", None)
    return output is not None and isinstance(value, output)


class _WireSchema:
    """Lets an output through where the plain value is validated."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            lambda value, plain: value if is_wire(value) else plain(value),
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda value: value),
        )


if TYPE_CHECKING:
    from pulumi import Output

    # The checkers see what a caller may pass; at run time the classes below say what is kept.
    Wire: TypeAlias = T | "Output[T]"
    Listed: TypeAlias = Sequence[T]
else:

    class Wire:
        """A value that may only be known at deploy time: the plain value, or a Pulumi output of it."""

        def __class_getitem__(cls, plain: Any) -> Any:
            return Annotated[plain, _WireSchema()]

    class Listed:
        """An ordered collection: any sequence is accepted, a tuple is kept."""

        def __class_getitem__(cls, item: Any) -> Any:
            return tuple[item, ...]
