"""Schedules as the operator reads them: five fields of cron, or a word such as ``@daily``."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .golang import duration, integer

__all__ = ["CronError", "Times", "times"]

_BLANKS = re.compile("[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_DAY = 24 * 60 * 60
_WORDS = {
    "@yearly": 365 * _DAY,
    "@annually": 365 * _DAY,
    "@monthly": 28 * _DAY,
    "@weekly": 7 * _DAY,
    "@daily": _DAY,
    "@midnight": _DAY,
    "@hourly": 60 * 60,
}
"""Words for schedules, with the seconds between two rounds at least."""
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class CronError(ValueError):
    """A text that is no schedule; the message says what would be one."""


@dataclass(frozen=True)
class _Field:
    name: str
    least: int
    most: int
    names: Mapping[str, int]


def _named(least: int, names: str) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(names.split(), least)}


_FIELDS = (
    _Field("minute", 0, 59, {}),
    _Field("hour", 0, 23, {}),
    _Field("day of the month", 1, 31, {}),
    _Field("month", 1, 12, _named(1, "jan feb mar apr may jun jul aug sep oct nov dec")),
    _Field("day of the week", 0, 6, _named(0, "sun mon tue wed thu fri sat")),
)


@dataclass(frozen=True)
class Times:
    """When a schedule comes round: the numbers of each field, and whether the two of days are open."""

    minutes: frozenset[int]
    """Minutes of the hour."""
    hours: frozenset[int]
    """Hours of the day."""
    days: frozenset[int]
    """Days of the month."""
    months: frozenset[int]
    """Months, January is 1."""
    weekdays: frozenset[int]
    """Days of the week, Sunday is 0."""
    any_day: bool
    """Whether the field of days of the month is open."""
    any_weekday: bool
    """Whether the field of days of the week is open."""

    @property
    def never(self) -> bool:
        """Whether no such time will ever come, such as on 30 February."""
        if not (self.minutes and self.hours and self.months):
            return True
        dated = any(day <= _LONGEST_MONTHS[month - 1] for month in self.months for day in self.days)
        if self.any_day or self.any_weekday:
            return not (dated and self.weekdays)
        return not (dated or self.weekdays)


def times(text: str) -> Times | None:
    """When a schedule comes round; None for a word such as ``@daily``, which always does.

    Raises:
        CronError: the operator would refuse it.
    """
    if text.startswith("@"):
        if text in _WORDS or (text.startswith("@every ") and duration(text.removeprefix("@every ")) is not None):
            return None
        raise CronError(f"words are {', '.join(_WORDS)}, and @every with an amount of time such as 1h30m")
    parts = [part for part in _BLANKS.split(text) if part]
    if len(parts) != len(_FIELDS):
        raise CronError(
            f"a schedule has 5 fields ({', '.join(field.name for field in _FIELDS)}), here are {len(parts)}"
        )
    found = [_numbers(part, field) for part, field in zip(parts, _FIELDS, strict=True)]
    minutes, hours, days, months, weekdays = (numbers for numbers, _ in found)
    return Times(minutes, hours, days, months, weekdays, any_day=found[2][1], any_weekday=found[4][1])


def shortest_gap(text: str) -> int:
    """Seconds between two rounds of a schedule that are nearest to each other, or more; 0 is not known.

    Raises:
        CronError: the operator would refuse it.
    """
    found = times(text)
    if found is None:
        return _WORDS.get(text) or (duration(text.removeprefix("@every ")) or 0) // 10**9
    starts = sorted(60 * (60 * hour + minute) for hour in found.hours for minute in found.minutes)
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    follows = found.any_weekday or any((day + 1) % 7 in found.weekdays for day in found.weekdays)
    if starts and found.any_day and follows:
        gaps.append(starts[0] + _DAY - starts[-1])
    return min(gaps, default=0)


def runs_at_once(text: str, seconds: int) -> int:
    """How many runs of a schedule there may be at once, where each may take so long; 1 where nobody knows.

    Raises:
        CronError: the operator would refuse it.
    """
    gap = shortest_gap(text)
    return max(-(-seconds // gap), 1) if gap else 1


def _numbers(text: str, field: _Field) -> tuple[frozenset[int], bool]:
    """The numbers of a field, and whether it is open (``*`` or ``?``)."""
    ranges = [_range(part, field) for part in dict.fromkeys(text.split(",")) if part]
    return frozenset(number for numbers, _ in ranges for number in numbers), any(is_open for _, is_open in ranges)


def _range(text: str, field: _Field) -> tuple[Sequence[int], bool]:
    bounds, *steps = text.split("/")
    first, *lasts = bounds.split("-")
    is_open = first in ("*", "?")
    if len(steps) > 1 or (len(lasts) > 1 and not is_open):
        raise CronError(f"{text} in the field {field.name} is neither a number nor a range such as 1-5 or */10")
    step = _number(steps[0], field, {}) if steps else 1
    low = field.least if is_open else _number(first, field, field.names)
    high = next(_ends(lasts, field, is_open=is_open), field.most if is_open or steps else low)
    if not field.least <= low <= high <= field.most or step == 0:
        raise CronError(f"the field {field.name} goes from {field.least} to {field.most} in steps of 1 or more")
    return range(low, high + 1, step), is_open and step == 1


def _ends(lasts: Sequence[str], field: _Field, *, is_open: bool) -> Iterator[int]:
    # Go's parser does not look at what follows "*-".
    if lasts and not is_open:
        yield _number(lasts[0], field, field.names)


def _number(text: str, field: _Field, names: Mapping[str, int]) -> int:
    number = names.get(text.lower(), integer(text))
    if number is None or number < 0:
        known = f" nor one of {', '.join(names)}" if names else ""
        raise CronError(
            f"{text or 'nothing'} in the field {field.name} is {'neither a' if names else 'no'} number{known}"
        )
    return number
