"""The law's rules as they would be with one module mutated, and their examples, which have to tell."""

import ast
import json
import re
from collections.abc import Mapping, Sequence
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from types import CodeType
from typing import Any

import rayform.policy.rules as real
from law_edges_more import MORE
from law_mends import MENDS
from law_places import PLACES
from rayform.policy import Judge, Rule, Subject, config
from rayform.policy.examples import EXAMPLES, Example
from rayform.policy.rule import rules_of

__all__ = ["LAWS", "is_wrong", "law_source", "listed", "tells"]

_FOLDER = Path(real.__path__[0])
_PREFIX = "law."
TOLD: dict[str, list[list[str]]] = json.loads((Path(__file__).parents[1] / "unit" / "policy" / "told.json").read_text())
"""What each example that breaks a rule is told, as the unit suite holds it."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LAWS = tuple(f"{_PREFIX}{file.stem}" for file in sorted(_FOLDER.glob("*.py")) if file.stem not in ("__init__", "every"))
"""The modules that hold the law's conditions; none imports another."""


def law_source(name: str) -> str:
    """The text of a module."""
    return (_FOLDER / f"{name.removeprefix(_PREFIX)}.py").read_text()


def tells(name: str, tree: ast.Module, place: str) -> bool:
    """Whether some example sees that something is wrong with this module; those of the place are asked first."""
    loader = _Mutated(compile(tree, f"{name}.py", "exec"))
    module = module_from_spec(ModuleSpec(f"{real.__name__}.{name.removeprefix(_PREFIX)}", loader))
    loader.exec_module(module)
    rules = sorted(rules_of(module), key=lambda rule: rule.check.__name__ != place)
    return any(is_wrong(rule) for rule in rules)


def is_wrong(rule: Rule, judge: type[Judge] = Judge) -> bool:
    """Whether some example of a rule sees that something is wrong with it, or with who judges by it."""
    example = EXAMPLES[rule.id]
    judges = _Judges(rule, example.parameters, judge)
    wanted = [*TOLD[rule.id], *([] for _ in example.keeps)]
    sides = (*example.breaks, *example.keeps)
    if any(judges.told(listed(each)) != words for each, words in zip(sides, wanted, strict=True)):
        return True
    if any(_is_beside(rule, edges, judge) for edged, edges in MORE if edged == rule.id):
        return True
    if any(not judges.places(subject) >= set(places) for named, subject, places in PLACES if named == rule.id):
        return True
    if rule.mends is None:
        return False
    return any(
        rule.mends(subject, rule.parameters.model_validate(asked)) != after for subject, asked, after in MENDS[rule.id]
    ) or any(judges.mends_wrongly(each) for side in sides for each in listed(side))


def _is_beside(rule: Rule, edges: Example, judge: type[Judge]) -> bool:
    """Whether an edge is on the wrong side of a rule."""
    judges = _Judges(rule, edges.parameters, judge)
    broken = [bool(judges.told(listed(each))) for each in (*edges.breaks, *edges.keeps)]
    return broken != [True] * len(edges.breaks) + [False] * len(edges.keeps)


def listed(subjects: Subject | Sequence[Subject]) -> Sequence[Subject]:
    """One or several as several."""
    return (subjects,) if isinstance(subjects, Subject) else subjects


class _Mutated(InspectLoader):
    """Loads a module from its code."""

    def __init__(self, code: CodeType) -> None:
        self._code = code

    def get_code(self, _fullname: str) -> CodeType:
        return self._code

    def get_source(self, _fullname: str) -> None:
        return None


class _Judges:
    """Judges one rule alone, with these parameters."""

    def __init__(self, rule: Rule, parameters: Mapping[str, Any], judge: type[Judge]) -> None:
        self._judge = judge
        asked = {rule.id: {"enforcementLevel": "mandatory", **parameters}}
        self._rule, self._config = rule, config((rule,), asked)

    def told(self, subjects: Sequence[Subject]) -> list[str]:
        """What these are told, word by word."""
        return [
            DAY.sub("a day", str(each)) for each in self._judge((self._rule,), self._config).every(subjects).verdicts
        ]

    def places(self, subject: Subject) -> set[tuple[str, str]]:
        """Where this is told to be wrong, and what is asked there."""
        report = self._judge((self._rule,), self._config).resource(subject)
        return {(each.path, each.asked) for each in report.verdicts}

    def mends_wrongly(self, subject: Subject) -> bool:
        """Whether something whole is touched, or what was mended is still broken."""
        if self._rule.mends is None or (self._rule.kinds and subject.kind not in self._rule.kinds):
            return False
        after = self._rule.mends(subject, self._config.parameters[self._rule.id])
        if not self.told([subject]):
            return after is not None
        mended = subject if after is None else Subject(subject.token, subject.urn, subject.title, after)
        return after is not None and bool(self.told([mended]))
