"""Rules of how pods are placed: tolerations, affinity, spread."""

from collections.abc import Iterator, Mapping
from typing import Any

from rayform.spec.names import is_label_key, is_label_value

from .rule import Found, rule
from .view import Path, PodView, items, known, listed, mapping, number, text

_REQUIRED, _PREFERRED = (f"{each}DuringSchedulingIgnoredDuringExecution" for each in ("required", "preferred"))
_ANY, _NONE, _ONE = ("In", "NotIn"), ("Exists", "DoesNotExist"), ("Gt", "Lt")
_MOST_WEIGHT = 100
_TAKES = "In and NotIn take values, Exists and DoesNotExist none, Gt and Lt one number"
_Place = tuple[Path, Mapping[str, Any]]


@rule(
    "toleration-form",
    PodView,
    "kubernetes",
    about="tolerations",
    possible="keys and values are those of labels",
    remedy="write {key, operator: Exists, effect} or {key, value, effect}",
)
def toleration_form(pod: PodView) -> list[Found]:
    """Tolerations are of a form that matches taints."""
    return [found for path, each in pod.named("tolerations") for found in _of_toleration(pod.in_spec(*path), each)]


def _of_toleration(path: Path, toleration: Mapping[str, Any]) -> Iterator[Found]:
    key, value = text(toleration.get("key")), text(toleration.get("value"))
    exists = toleration.get("operator") == "Exists"
    if key and not is_label_key(key):
        yield Found((*path, "key"), f"{key!r} asked")
    if not key and not exists:
        yield Found(path, "no key asked", "every taint is tolerated with the operator Exists alone")
    if value and exists:
        yield Found((*path, "value"), f"{value!r} asked with Exists", "Exists takes no value")
    elif not is_label_value(value):
        yield Found((*path, "value"), f"{value!r} asked")
    if toleration.get("tolerationSeconds") is not None and toleration.get("effect") != "NoExecute":
        yield Found((*path, "tolerationSeconds"), "asked without NoExecute", "only an eviction can wait")


@rule(
    "affinity-form",
    PodView,
    "kubernetes",
    about="affinity",
    possible="the API server takes terms that a scheduler can follow",
    remedy="write such a term",
)
def affinity_form(pod: PodView) -> list[Found]:
    """Affinity is written so that a scheduler can follow it."""
    affinity = mapping(pod.spec.get("affinity"))
    if not affinity:
        return []
    path = pod.in_spec("affinity")
    return [*_of_nodes(mapping(affinity.get("nodeAffinity")), (*path, "nodeAffinity")), *_of_pods(affinity, path)]


def _of_nodes(affinity: Mapping[str, Any], path: Path) -> Iterator[Found]:
    required = affinity.get(_REQUIRED)
    terms = [*_each(mapping(required), "nodeSelectorTerms", (*path, _REQUIRED))]
    if isinstance(required, dict) and not terms:
        yield Found((*path, _REQUIRED), "no term asked", "what is required has a term, and no node has none")
    for place, preference in _each(affinity, _PREFERRED, path):
        yield from _weight(place, preference)
        terms.append(((*place, "preference"), mapping(preference.get("preference"))))
    for place, term in terms:
        for list_name in ("matchExpressions", "matchFields"):
            yield from _expressions(term, list_name, place, (*_ANY, *_NONE, *_ONE))


def _of_pods(affinity: Mapping[str, Any], path: Path) -> Iterator[Found]:
    for name in ("podAffinity", "podAntiAffinity"):
        part = mapping(affinity.get(name))
        terms = [*_each(part, _REQUIRED, (*path, name))]
        for place, preferred in _each(part, _PREFERRED, (*path, name)):
            yield from _weight(place, preferred)
            terms.append(((*place, "podAffinityTerm"), mapping(preferred.get("podAffinityTerm"))))
        for place, term in terms:
            yield from _near(term, place)
            yield from _selector(term, place)


def _selector(term: Mapping[str, Any], path: Path) -> Iterator[Found]:
    yield from _expressions(
        mapping(term.get("labelSelector")), "matchExpressions", (*path, "labelSelector"), (*_ANY, *_NONE)
    )


def _near(term: Mapping[str, Any], path: Path) -> Iterator[Found]:
    if known(term.get("topologyKey")) == "":
        yield Found((*path, "topologyKey"), "nothing asked", "places are told apart by a label of nodes")


def _each(part: Mapping[str, Any], name: str, path: Path) -> Iterator[_Place]:
    return (((*path, name, index), each) for index, each in enumerate(items(part.get(name))))


def _weight(path: Path, preferred: Mapping[str, Any]) -> Iterator[Found]:
    weight = number(preferred.get("weight"))
    if weight is not None and not 1 <= weight <= _MOST_WEIGHT:
        yield Found((*path, "weight"), f"{weight} asked", f"a weight is 1 to {_MOST_WEIGHT}")


def _expressions(part: Mapping[str, Any], name: str, path: Path, operators: tuple[str, ...]) -> Iterator[Found]:
    for place, expression in _each(part, name, path):
        operator, values = text(expression.get("operator")), len(listed(expression.get("values")))
        if operator and operator not in operators:
            yield Found((*place, "operator"), f"{operator!r} asked", f"{', '.join(operators)} are known here")
        elif (operator in _ANY and not values) or (operator in _NONE and values) or (operator in _ONE and values != 1):
            yield Found((*place, "values"), f"{values} asked with {operator}", _TAKES)


@rule(
    "spread-form",
    PodView,
    "kubernetes",
    about="topologySpreadConstraints",
    possible="pods are spread by 1 or more",
    remedy="write such a constraint",
)
def spread_form(pod: PodView) -> list[Found]:
    """Constraints of topology spread are written so that a scheduler can follow them."""
    return [
        found for path, each in pod.named("topologySpreadConstraints") for found in _of_spread(pod.in_spec(*path), each)
    ]


def _of_spread(path: Path, spread: Mapping[str, Any]) -> Iterator[Found]:
    for name in ("maxSkew", "minDomains"):
        asked = number(spread.get(name))
        if asked is not None and asked < 1:
            yield Found((*path, name), f"{asked} asked")
    if spread.get("minDomains") is not None and spread.get("whenUnsatisfiable") == "ScheduleAnyway":
        yield Found((*path, "minDomains"), "asked with ScheduleAnyway", "only DoNotSchedule can wait for places")
    yield from (*_near(spread, path), *_selector(spread, path))
