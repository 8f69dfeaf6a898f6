"""How strictly, and with which numbers: one form for the policy pack, the constructors, the counter and the cluster.

It is the form of ``pulumi up --policy-pack-config``: by rule a level, or ``enforcementLevel`` and parameters; ``all``
is the level of every rule that is not named. ``exemptions`` carries ``entries``: which rule need not hold of which
resource, why, and until when. ``operator`` says which KubeRay will meet Ray's objects.
"""

import datetime as dt
import fnmatch
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pydantic import Field
from rayform.components.documents import is_mapping
from rayform.components.ray.rules import Operator
from rayform.spec.model import Listed, Spec
from rayform.spec.refusal import Refusal, RefusedError, UnsupportedVersionError

from .rule import Level, Rule

__all__ = [
    "BESIDE_RULES",
    "EXEMPTIONS",
    "OPERATOR",
    "PRESETS",
    "Config",
    "Exemption",
    "Exemptions",
    "Met",
    "config",
    "read_config",
]

EXEMPTIONS: Final = "exemptions"
"""The name under which exemptions are configured, and reported."""
OPERATOR: Final = "operator"
"""The name under which the KubeRay operator is configured."""
PRESETS: Final = ("dev", "prod", "stage")
"""Configurations that come with rayform."""
_ALL: Final = "all"
_LEVEL: Final = "enforcementLevel"
_NO_RULES: Final = (_ALL, EXEMPTIONS, OPERATOR)


class Exemption(Spec):
    """One rule that need not hold of some resources for some time."""

    rule: str = Field(min_length=1)
    """The rule's id."""
    resource: str = Field(min_length=1)
    """The resource: its URN, its name, or ``Kind name``; ``*`` and ``?`` stand for what they do in file names. A name
    may be given to another resource too: where that matters, write the URN."""
    reason: str = Field(min_length=8)
    """Why, for whoever reads the report."""
    expires: dt.date
    """The last day on which it holds, ``YYYY-MM-DD``."""

    def covers(self, rule_id: str, *names: str) -> bool:
        """Whether it is about this rule and a resource of these names."""
        return rule_id == self.rule and any(fnmatch.fnmatchcase(name, self.resource) for name in names)


class Exemptions(Spec):
    """The parameters of ``exemptions``."""

    entries: Listed[Exemption] = ()
    """Every exemption."""


class Met(Spec):
    """The parameters of ``operator``: the KubeRay operator that runs, or will."""

    version: str = ""
    """Its version; empty is what is deployed beside, else any."""
    gates: dict[str, bool] = Field(default_factory=dict[str, bool])
    """Feature gates that were set on it; the others are as its version has them."""


BESIDE_RULES: Final[Mapping[str, tuple[str, type[Spec]]]] = {
    EXEMPTIONS: ("Exemptions are used until the day they end.", Exemptions),
    OPERATOR: ("The KubeRay operator that meets Ray's objects is the one that is named here.", Met),
}
"""What is configured beside the rules, by name: what that means, and its parameters."""


class Config:
    """Levels, parameters and exemptions, ready for judging."""

    def __init__(
        self,
        levels: Mapping[str, Level],
        parameters: Mapping[str, Spec],
        exemptions: Iterable[Exemption] = (),
        operator: Operator | None = None,
    ) -> None:
        self.levels = levels
        """By rule."""
        self.parameters = parameters
        """By rule."""
        self.exemptions = tuple(exemptions)
        """As they are written, expired ones too."""
        self.operator = operator
        """The KubeRay operator that will meet Ray's objects; None is not said."""


def config(rules: Iterable[Rule], asked: Mapping[str, Any] | None = None, default: Level | None = None) -> Config:
    """The configuration that is asked for; ``default`` is the level of what is not named, None is each rule's own.

    Raises:
        RefusedError: something asked for is not known, or is no such value; every reason.
    """
    known, wanted = {each.id: each for each in rules}, dict(asked or {})
    wrong = [_unknown(name, known) for name in wanted if name not in known and name not in _NO_RULES]
    # The engine sends it on as if it were a rule.
    level = _level(_ALL, _split(wanted.get(_ALL))[0], wrong) or default
    levels = {each.id: level or each.level for each in known.values()}
    parameters: dict[str, Spec] = {each.id: _defaults(each.parameters) for each in known.values()}
    for name in known.keys() & wanted.keys():
        own, values = _split(wanted[name])
        levels[name] = _level(name, own, wrong) or levels[name]
        parameters[name] = _valid(name, known[name].parameters, values, wrong) or parameters[name]
    _, values = _split(wanted.get(EXEMPTIONS))
    exempt = _valid(EXEMPTIONS, Exemptions, values, wrong)
    entries = exempt.entries if isinstance(exempt, Exemptions) else ()
    wrong += [_unknown(each.rule, known) for each in entries if each.rule not in known]
    met = _met(_split(wanted[OPERATOR])[1], wrong) if OPERATOR in wanted else None
    if wrong:
        raise RefusedError("policy", wrong)
    return Config(levels, parameters, entries, met)


def read_config(rules: Iterable[Rule], source: str) -> Config:
    """The configuration of a preset's name, or of a JSON file.

    Raises:
        RefusedError: it cannot be read, or says what is not known.
    """
    try:
        if source in PRESETS:
            text = files(__package__ or "").joinpath("presets", f"{source}.json").read_text(encoding="utf-8")
        else:
            text = Path(source).read_text(encoding="utf-8")
        asked = json.loads(text)
    except (OSError, ValueError) as error:
        possible = f"a policy is {', '.join(PRESETS)}, or a file of JSON"
        raise RefusedError("policy", [Refusal(source, type(error).__name__, possible, "name one of these")]) from error
    return config(rules, asked)


def _met(values: Mapping[str, Any], wrong: list[Refusal]) -> Operator | None:
    asked = _valid(OPERATOR, Met, values, wrong)
    if not isinstance(asked, Met) or not asked.version:
        return None
    try:
        return Operator.assumed(asked.version, asked.gates)
    except UnsupportedVersionError as error:
        wrong.append(Refusal(OPERATOR, "asked", str(error), "choose one of these"))
        return None


@cache
def _defaults(parameters: type[Spec]) -> Spec:
    return parameters()


def _split(value: Any) -> tuple[Any, Mapping[str, Any]]:
    if is_mapping(value):
        return value.get(_LEVEL), {name: each for name, each in value.items() if name != _LEVEL}
    return value, {}


def _level(name: str, value: Any, wrong: list[Refusal]) -> Level | None:
    if value is None or value in tuple(Level):
        return None if value is None else Level(value)
    wrong.append(Refusal(name, f"level {value!r} asked", f"levels are {', '.join(Level)}", "choose one of these"))
    return None


def _valid(name: str, parameters: type[Spec], values: Mapping[str, Any], wrong: list[Refusal]) -> Spec | None:
    try:
        # JSON's own types: a date is a text there, a list stands for every sequence.
        return parameters.model_validate_json(json.dumps(values))
    except RefusedError as error:
        wrong += [replace(each, path=f"{name}.{each.path}") for each in error.refusals]
        return None


def _unknown(name: str, known: Iterable[str]) -> Refusal:
    del known
    return Refusal(name, "asked", "there is no such rule", "choose one that 'rayform rules --policy' lists")
