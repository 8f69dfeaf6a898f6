"""Judges resources: each is opened up once, for all rules together.

What a rule may do wrong is foreseen. A rule that reads what is not known is deferred. A rule that fails is broken by
whatever made it fail: an error is never a pass.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rayform.components.ray.rules import Found, Operator
from rayform.components.ray.rules.path import spelled, written
from rayform.components.ray.rules.view import Path, mapping
from rayform.components.ray.rules.yaml_words import in_yaml

from .adopted import TOGETHER, adopted
from .config import EXEMPTIONS, Config, Exemption
from .held import OfKind, Rules
from .operators import ANY, BRINGING, seen
from .pods import UNBOUNDED
from .report import Deferred, Report, Use, Verdict
from .rule import Level, Rule
from .stack import Stack
from .subject import Subject
from .unknown import NotKnownError, raw

__all__ = ["Judge"]

_Told = tuple[Rule, Subject | None, Found]


class Judge:
    """Judges by these rules under this configuration; remembers what it judged, so that sums are known at once."""

    def __init__(self, rules: Iterable[Rule], config: Config, today: dt.date | None = None) -> None:
        self.config = config
        self._today = today or dt.datetime.now(tz=dt.UTC).date()
        self._active = [each for each in rules if config.levels[each.id] is not Level.DISABLED]
        self._adopts = any(each.about == "adopted" for each in self._active)
        self._by_kind: dict[str, OfKind] = {}
        self._operator = config.operator or ANY
        self._sums: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        self._totals: dict[tuple[str, str], float] = defaultdict(float)

    def resource(self, subject: Subject) -> Report:
        """What one resource breaks, with the sums it adds to."""
        if subject.kind == BRINGING:
            self._operator = self._met(subject)
        found, deferred = self._found(subject)
        return self._report(found, {(subject.urn, subject.label, path): rules for path, rules in deferred.items()})

    def stack(self, subjects: Sequence[Subject]) -> Report:
        """What the whole breaks that no single resource shows, and exemptions that have expired."""
        found: list[_Told] = []
        waits: dict[Path, list[str]] = defaultdict(list)
        rules = [(rule, self.config.parameters[rule.id]) for rule in self._active if rule.about == "stack"]
        self._run(rules, Stack(subjects), lambda rule, each: found.append((rule, *each)), waits)
        report = self._report(found, {("", "the stack", path): names for path, names in waits.items()})
        return Report([*report.verdicts, *self._expired()], report.deferred, report.uses)

    def every(self, subjects: Sequence[Subject]) -> Report:
        """What each of these resources and all of them together break."""
        parts = [*map(self.resource, _apart(subjects)), self.stack(subjects)]
        return Report(
            [verdict for part in parts for verdict in part.verdicts],
            [deferred for part in parts for deferred in part.deferred],
            [use for part in parts for use in part.uses],
        )

    def _found(self, subject: Subject) -> tuple[list[_Told], dict[Path, list[str]]]:
        found: list[_Told] = []
        waits: dict[Path, list[str]] = defaultdict(list)
        held = self._held(subject.kind)

        def tell(rule: Rule, each: Found) -> None:
            found.append((rule, subject, each))

        for views, rules in held.views:
            try:
                opened = list(views(subject))
            except NotKnownError as error:
                waits[error.path] += [rule.id for rule, _ in rules.rules]
                continue
            for view in opened:
                self._run(rules.of(view), view, tell, waits)
        if subject.is_ray and self._adopts:
            self._adopted(subject, tell, waits)
        if held.tallies:
            self._added(held.tallies, subject, tell, waits)
        return found, waits

    def _met(self, subject: Subject) -> Operator:
        """The operator that is known now, which a Deployment before Ray's objects brings."""
        try:
            return self.config.operator or seen(subject) or self._operator
        except NotKnownError:
            return self._operator

    def _adopted(self, subject: Subject, tell: Callable[[Rule, Any], None], waits: dict[Path, list[str]]) -> None:
        """Tell what a Ray object breaks of Ray's own rules, and what waits."""
        levels = self.config.levels
        try:
            for rule, each in adopted(subject, self._operator):
                if levels[rule.id] is Level.DISABLED:
                    continue
                if isinstance(each, Found):
                    tell(rule, each)
                elif rule.id not in waits[each]:
                    waits[each].append(rule.id)
        except Exception as error:  # noqa: BLE001 - as below
            if levels.get(TOGETHER.id) is not Level.DISABLED:
                tell(TOGETHER, _failed(subject, error))

    def _run(self, rules: Rules, view: Any, tell: Callable[[Rule, Any], None], waits: dict[Path, list[str]]) -> None:
        """Tell all that rules find in a view, and what they wait for."""
        for rule, parameters in rules:
            try:
                for each in rule.check(view, parameters):
                    tell(rule, each)
            except NotKnownError as error:
                if rule.id not in waits[error.path]:
                    waits[error.path].append(rule.id)
            except Exception as error:  # noqa: BLE001 - whatever it is, the rule did not find the resource in order
                tell(rule, _failed(view, error))

    def _added(
        self, tallies: Rules, subject: Subject, tell: Callable[[Rule, Any], None], waits: dict[Path, list[str]]
    ) -> None:
        """Add up what a resource brings, and tell of the sums that it takes past their most."""
        added: dict[tuple[str, str], tuple[Rule, float]] = {}

        def add(rule: Rule, each: Any) -> None:
            if isinstance(each, Found):
                tell(rule, each)
            else:
                key = rule.id, each[0]
                added[key] = rule, each[1] + (added[key][1] if key in added else 0)

        self._run(tallies, subject, add, waits)
        for key, (rule, amount) in added.items():
            place = self._sums[key]
            self._totals[key] += amount - place.get(subject.urn, 0)
            place[subject.urn] = amount
            allowed: Any = self.config.parameters[rule.id]
            most: float = allowed.most
            if amount > 0 and self._totals[key] > most:
                asked = f"{_number(amount)} here make {_number(self._totals[key])} {key[1]} asked"
                tell(rule, Found((), asked, f"at most {_number(most)}: {rule.why}"))

    def _held(self, kind: str) -> OfKind:
        if kind not in self._by_kind:
            self._by_kind[kind] = OfKind(kind, [(rule, self.config.parameters[rule.id]) for rule in self._active])
        return self._by_kind[kind]

    def _report(
        self,
        found: Iterable[_Told],
        waits: Mapping[tuple[str, str, Path], Sequence[str]],
    ) -> Report:
        verdicts: list[Verdict] = []
        uses: list[Use] = []
        for rule, subject, each in found:
            verdict = self._verdict(rule, subject, each)
            exemption = self._exemption(verdict, subject)
            if exemption is None:
                verdicts.append(verdict)
            else:
                uses.append(Use(exemption, verdict.urn, verdict))
        deferred = [Deferred(tuple(rules), urn, label, written(path)) for (urn, label, path), rules in waits.items()]
        return Report(verdicts, deferred, uses)

    def _verdict(self, rule: Rule, subject: Subject | None, found: Found) -> Verdict:
        level, possible = self.config.levels.get(rule.id, rule.level), found.possible or rule.why
        remedy = found.remedy or rule.remedy
        if subject is None:
            return Verdict(rule.id, level, "", "the stack", "resources", found.asked, possible, remedy)
        words = [*(subject.secrets.hidden(told, found.path) for told in (found.asked, possible)), remedy]
        if subject.is_ray and not subject.is_typed:
            words = list(map(in_yaml, words))
        return Verdict(rule.id, level, subject.urn, subject.label, _place(subject, found.path), *words)

    def _exemption(self, verdict: Verdict, subject: Subject | None) -> Exemption | None:
        names = (verdict.urn, verdict.subject, *((subject.title, subject.name) if subject else ()))
        return next(
            (
                each
                for each in self.config.exemptions
                if each.expires >= self._today and each.covers(verdict.rule, *names)
            ),
            None,
        )

    def _expired(self) -> Iterator[Verdict]:
        for each in self.config.exemptions:
            if each.expires < self._today:
                asked, possible = f"expired on {each.expires}", f"it no longer holds ({each.reason})"
                place, remedy = f"{each.rule} of {each.resource}", "mend what it let pass and remove it, or renew it"
                yield Verdict(EXEMPTIONS, Level.MANDATORY, "", EXEMPTIONS, place, asked, possible, remedy)


def _apart(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """Each as something of its own: objects that the API server will name are as many as there are of them."""
    for number, subject in enumerate(subjects):
        metadata = raw(mapping(raw(subject.props).get("metadata")))
        nameless = bool(subject.api) and "generateName" in metadata and not metadata.get("name")
        yield replace(subject, urn=f"{subject.urn}{number}") if nameless else subject


def _place(subject: Subject, path: Path) -> str:
    if not path:
        return "as a whole"
    if not (subject.is_ray and subject.is_typed):
        return written(path)
    # What is not known beside it stops nobody who only tells of the place.
    return spelled(path, subject.props if subject.plain is None else subject.plain)


def _number(value: float) -> str:
    if value >= UNBOUNDED:
        return "endless"
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"


def _failed(view: Any, error: Exception) -> Any:
    # The error's own words may hold what must not be shown.
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    line = place.tb_lineno if place else 0
    told = Found((), f"{type(error).__name__} in the rule, line {line}", "it could not be judged", "report this")
    return (None, told) if isinstance(view, Stack) else told
