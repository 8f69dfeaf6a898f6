"""What ``rayform explain`` says of the law's own rules, and of what is configured beside them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules.yaml_words import in_yaml
from rayform.policy import BESIDE_RULES, PACKS, RULES, Judge, Rule, Subject, config
from rayform.policy.examples import EXAMPLES, Example, valid

from .readable import indented

__all__ = ["LAW", "explained"]

LAW: Final = {**{rule.id: rule for pack in PACKS.values() for rule in pack}, "ray-rules": None, **BESIDE_RULES}
"""What can be explained: rules, and what a policy configures beside them, by name."""
_MISSING: Final = object()
_MARK: Final = "not-written"
_NAMES: Final = ("name", "groupName")
"""What items of lists are known by."""


def explained(name: str) -> Iterator[str]:
    """All there is to say of one of them, line by line."""
    if name in BESIDE_RULES:
        words, parameters = BESIDE_RULES[name]
        yield f"{name}, configured beside the rules of a policy"
        yield f"\n  {words}\n"
        yield from _parameters(parameters.model_json_schema())
        return
    rule = next(each for each in RULES if each.id == name)
    yield f"{rule.id}, {rule.level.value} unless a policy says otherwise"
    yield f"\n  {rule.condition}\n"
    for word, text in _facts(rule):
        yield f"{word:<8}{text}"
    yield from _parameters(rule.parameters.model_json_schema())
    if rule.id in EXAMPLES:
        yield from _examples(rule, EXAMPLES[rule.id])


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "why", rule.why
    yield "do", in_yaml(rule.remedy)
    if rule.kinds:
        yield "about", ", ".join(sorted(rule.kinds))
    yield "source", rule.source
    if rule.mends is not None:
        yield "mends", "what breaks it, where its level is remediate"


def _parameters(schema: Mapping[str, Any]) -> Iterator[str]:
    for name, each in schema.get("properties", {}).items():
        default = f" (default: {json.dumps(each['default'])})" if "default" in each else ""
        yield f"{'set':<8}{name}: {each.get('description', '').rstrip('.').replace('``', '')}{default}"


def _examples(rule: Rule, example: Example) -> Iterator[str]:
    breaks, keeps = _pair(example)
    given = ", ".join(f"{name}: {json.dumps(value)}" for name, value in example.parameters.items())
    where = f", with {given}" if given else ""
    yield f"\nbreaks it{where}:\n"
    yield _written(breaks, keeps)
    yield from (f"  {each}" for each in _said(rule, example, breaks))
    yield f"\nkeeps it{where}:\n"
    yield _written(keeps, breaks).rstrip()


def _pair(example: Example) -> tuple[Sequence[Subject], Sequence[Subject]]:
    """One that breaks the rule and one that keeps it, about the same things where there are such."""
    breaks, keeps = ([_listed(each) for each in side] for side in (example.breaks, example.keeps))
    alike = [(one, other) for one in breaks for other in keeps if _tokens(one) == _tokens(other)]
    return alike[0] if alike else (breaks[0], keeps[0])


def _listed(subjects: Subject | Sequence[Subject]) -> Sequence[Subject]:
    return [subjects] if isinstance(subjects, Subject) else subjects


def _tokens(subjects: Sequence[Subject]) -> Sequence[str]:
    return [each.token for each in subjects]


def _said(rule: Rule, example: Example, subjects: Sequence[Subject]) -> Iterator[str]:
    asked = {"all": "disabled", rule.id: {"enforcementLevel": "mandatory", **example.parameters}}
    for verdict in Judge(RULES, config(RULES, asked)).every(subjects).verdicts:
        yield str(verdict).removesuffix(f" [{rule.id}]")


def _written(subjects: Sequence[Subject], others: Sequence[Subject]) -> str:
    return "\n".join(_resource(subject, others) for subject in subjects)


def _resource(subject: Subject, others: Sequence[Subject]) -> str:
    """What of a resource is otherwise than in the other example, or in a sound one."""
    kind = "kind" if subject.token.startswith("kubernetes:") else "type"
    beside = [each for each in others if each.token == subject.token][:1]
    differs = _differs(subject.props, [valid(subject), *(each.props for each in beside)])
    told = {kind: subject.kind, "named": subject.title, **(differs if is_mapping(differs) else {})}
    if subject.options is not None:
        told["declared"] = {"protect": subject.options.protect}
    # A null with a remark: what is not written is seen, and reads as nothing.
    return re.sub(rf"\b{_MARK}\b", "# not written", indented(told))


def _differs(one: Any, others: Sequence[Any]) -> Any:
    """The parts of something that are otherwise in one of the others; ``_MISSING`` where there is none."""
    if all(one == other for other in others):
        return _MISSING
    if one is _MISSING:
        return _MARK
    if is_mapping(one) and all(map(is_mapping, others)):
        return _entries(one, others)
    if is_sequence(one) and all(map(is_sequence, others)):
        places = zip_longest(one, *others, fillvalue=_MISSING)
        return [differs for item, *rest in places if (differs := _differs(item, rest)) is not _MISSING]
    return one


def _entries(one: Mapping[Any, Any], others: Sequence[Mapping[Any, Any]]) -> dict[str, Any]:
    names = dict.fromkeys(str(name) for each in (one, *others) for name in each)
    found = {name: _differs(one.get(name, _MISSING), [each.get(name, _MISSING) for each in others]) for name in names}
    known = {name: one[name] for name in _NAMES if name in one}
    return known | {name: value for name, value in found.items() if value is not _MISSING}
