"""What every description is: frozen, exact about its fields, and free of Pulumi."""

import ast
import inspect
import itertools
import sys
import textwrap
from collections.abc import Sequence
from contextvars import ContextVar
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Strict,
    ValidationError,
    ValidatorFunctionWrapHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema, from_json

from .refusal import Refusal, RefusedError, UnfitError

__all__ = ["Count", "Flag", "Large", "Listed", "PositiveCount", "Rank", "Spec", "Wire", "each_once", "is_wire", "words"]

T = TypeVar("T")
_made: ContextVar[type[BaseModel] | None] = ContextVar("_made", default=None)
"""The spec whose fields are looked at just now."""


class Spec(BaseModel):
    """A plain description: its fields are fixed once made, and unknown ones are refused.

    Raises:
        RefusedError: fields that are none, or hold what they do not take; every one of them, by its path.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        # A program pays only for the specs it uses.
        defer_build=True,
        # An input may hold a secret; an error names the field, never the value.
        hide_input_in_errors=True,
    )

    if not TYPE_CHECKING:  # the checkers see the fields as what it takes

        def __init__(self, /, **fields: Any) -> None:
            try:
                self.__pydantic_validator__.validate_python(fields, self_instance=self)
            except ValidationError as error:
                raise _refused(error, type(self), fields) from None

        # It does what pydantic's own does, which need not call it for a spec within another.
        __init__.__pydantic_base_init__ = True

        def __setattr__(self, name: str, value: Any) -> None:
            why = Refusal(name, "another value asked", "a spec stays as it was made", "make another")
            raise RefusedError(type(self).__name__, [why])

    @classmethod
    def read(cls, given: Any) -> Self:
        """The spec of a mapping, for whom the places of what is wrong are more than words.

        Raises:
            ValidationError: with each place, see ``rayform.spec.shape``.
        """
        made: Self = cls.__pydantic_validator__.validate_python(given)
        return made

    @classmethod
    def model_validate(cls, obj: Any, **how: Any) -> Self:
        """The spec of a mapping; refused as when it is made of fields."""
        try:
            return super().model_validate(obj, **how)
        except ValidationError as error:
            raise _refused(error, cls, obj) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **how: Any) -> Self:
        """The spec of a JSON text; refused as when it is made of fields."""
        try:
            return super().model_validate_json(json_data, **how)
        except ValidationError as error:
            raise _refused(error, cls, from_json(json_data)) from None

    @classmethod
    def model_rebuild(cls, **how: Any) -> bool | None:
        """Makes what reads the fields; pydantic calls it when the first of its kind is described."""
        token = _made.set(cls)
        try:
            return super().model_rebuild(**how)
        finally:
            _made.reset(token)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if _made.get() is cls or "kind" in cls.model_fields:  # by which a union tells it from others
            return handler(source)

        def fields(value: Any) -> tuple[dict[str, Any], None, set[str]]:
            read = cls.read(value)
            return vars(read), None, read.model_fields_set

        # Within another spec it is known by its class alone, and its fields are nobody's business until one comes as a
        # mapping: the specs that a pod may have and does not are most of what the first pod would cost a program.
        mapping = core_schema.custom_error_schema(
            core_schema.dict_schema(), custom_error_type="model_type", custom_error_context={"class_name": cls.__name__}
        )
        return core_schema.model_schema(
            cls,
            core_schema.chain_schema([mapping, core_schema.no_info_plain_validator_function(fields)]),
            serialization=core_schema.simple_ser_schema("any"),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        cls.model_rebuild()
        schema = handler.resolve_ref_schema(handler(cls.__pydantic_core_schema__))
        for name, text in words(cls).items():
            schema.get("properties", {}).get(name, {}).setdefault("description", text)
        return schema


def _refused(error: ValidationError, spec: type[Spec], given: object) -> RefusedError:
    # What finds words for it is loaded when something is wrong.
    refused: RefusedError = import_module(".shape", __package__).refused(error, spec, given)
    return refused


def words(spec: type[Spec]) -> dict[str, str]:
    """What each field of a spec means: the docstring below it, the nearest class's first."""
    found: dict[str, str] = {}
    for owner in reversed(spec.__mro__):
        if issubclass(owner, Spec) and owner is not Spec:
            found |= _own_words(owner)
    return found


def _own_words(owner: type[Spec]) -> dict[str, str]:
    # Read from the source when asked: pydantic's use_attribute_docstrings does so at every import, for half its time.
    lines = [
        line
        for tree in ast.parse(textwrap.dedent(inspect.getsource(owner))).body
        for line in ast.iter_child_nodes(tree)
    ]
    pairs = itertools.pairwise(lines)
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairs
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


_MOST = 2**31 - 1

Count: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=_MOST)]
"""A whole number from 0, of 32 bits as Kubernetes counts; text and booleans are refused."""

PositiveCount: TypeAlias = Annotated[int, Strict(), Field(ge=1, le=_MOST)]
"""A whole number from 1, of 32 bits; text and booleans are refused."""

Large: TypeAlias = Annotated[int, Strict(), Field(ge=0, lt=2**63)]
"""A whole number from 0, of 64 bits, such as bytes and users; text and booleans are refused."""

Rank: TypeAlias = Annotated[int, Strict(), Field(ge=-_MOST - 1, le=_MOST)]
"""A whole number of 32 bits, less than 0 too; text and booleans are refused."""

Flag: TypeAlias = Annotated[bool, Strict()]
"""True or false; text and numbers are refused."""


def is_wire(value: object) -> bool:
    """Whether the value is a Pulumi output, told without importing Pulumi."""
    # Nobody can hold an output before the module that defines it was imported.
    output = getattr(sys.modules.get("pulumi.output"), "Output", None)
    return output is not None and isinstance(value, output)


class _WireSchema:
    """Lets an output pass where the plain value is validated."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = handler(source)
        serialization = core_schema.plain_serializer_function_ser_schema(lambda value: value)
        if plain != core_schema.str_schema():
            return core_schema.no_info_wrap_validator_function(_or_wire, plain, serialization=serialization)
        # Most wires are texts without a rule of their own: these never leave pydantic's core.
        wire = core_schema.no_info_plain_validator_function(_wire)
        either = core_schema.union_schema([plain, wire], mode="left_to_right", custom_error_type="string_type")
        return core_schema.json_or_python_schema(plain, either, serialization=serialization)


def _or_wire(value: Any, plain: ValidatorFunctionWrapHandler) -> Any:
    return value if value.__class__ is not str and is_wire(value) else plain(value)


def _wire(value: Any) -> Any:
    if not is_wire(value):
        raise ValueError("neither a text nor an output")
    return value


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


def each_once(*fields: str) -> AfterValidator:
    """Refuses a list two of whose items agree in these fields, or are the same where none is named."""

    def check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(items) < 2:
            return items
        known = [tuple(getattr(item, field) for field in fields) or (item,) for item in items]
        twice = [each for index, each in enumerate(known) if each in known[:index]]
        if twice:
            raise UnfitError(f"{' '.join(map(str, twice[0]))} asked twice", "each can be there once", "give it once")
        return items

    return AfterValidator(check)
