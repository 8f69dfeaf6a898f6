"""A value of an object that is worked out when it is first asked for.

``functools.cached_property`` takes a lock for every value in Python 3.11, which costs more than most values here.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

__all__ = ["lazy"]

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - used as a decorator, like property
    """Makes a method a value that is kept."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> "lazy[T]": ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> "T | lazy[T]":
        if owner is None:
            return self
        # The owner's own dictionary is asked first from now on.
        value = owner.__dict__[self._name] = self._work(owner)
        return value
