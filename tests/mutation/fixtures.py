"""The fixtures of the rules, ready to be asked again and again."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from ray_builders import cluster_manifest, job_manifest, schedule_manifest, service_manifest
from ray_rule_case import Case
from rayform.components.ray.rules import RULES
from test_ray_overlap import GAPS
from test_ray_paths import PLACES
from test_ray_rules import CASES, EDGES

__all__ = ["kills"]

_PLACES = {"apiVersion", "kind", "metadata", "spec"}
_RULES = {rule.id: rule for rule in RULES}


class _Fixture(NamedTuple):
    """An object, the operator that meets it, and what one rule says of it, or all of them."""

    rule: str
    """The rule; empty is every one."""
    manifest: dict[str, Any]
    operator: tuple[Any, ...]
    wanted: Sequence[str] | bool
    """What is said, or whether anything is."""

    @property
    def module(self) -> str:
        """Where the rule stands."""
        return _RULES[self.rule].check.__module__.rpartition(".")[2] if self.rule else ""

    @property
    def function(self) -> str:
        """What it is called there."""
        return _RULES[self.rule].check.__name__ if self.rule else ""


@cache
def _fixtures() -> tuple[_Fixture, ...]:
    edges = (
        _Fixture(case.rule, _whole(case), _operator(case), wanted=breaks)
        for edge in EDGES
        for case, breaks in edge.cases
    )
    valid = (cluster_manifest(), job_manifest(), service_manifest(), schedule_manifest())
    plain = ("1.6.2", {"RayCronJob": True}, "")
    return (*_of_cases(), *edges, *(_Fixture("", each, plain, wanted=False) for each in valid))


def _of_cases() -> Iterator[_Fixture]:
    for case in CASES:
        rule, operator = _RULES[case.rule], _operator(case)
        yield _Fixture(
            case.rule, _whole(case), operator, [case.message] if isinstance(case.message, str) else case.message
        )
        yield _Fixture(case.rule, case.manifest(case.kept), operator, wanted=False)
        if rule.since or rule.until:
            other = ("1.6.2" if rule.since else "1.7.0", *operator[1:])
            yield _Fixture(case.rule, _whole(case), other, wanted=False)


def _whole(case: Case) -> dict[str, Any]:
    return case.manifest(case.broken)


def _operator(case: Case) -> tuple[Any, ...]:
    return case.version, dict(case.gates), case.scheduler


def kills(package: ModuleType, changed: frozenset[str], place: str) -> bool:
    """Whether some fixture of the changed modules sees that something is wrong with the package."""
    return any(not _holds(package, fixture) for fixture in _ordered(changed, place)) or not (
        _refuses(package) and _reads(package) and _spells(package)
    )


def _refuses(package: ModuleType) -> bool:
    """Whether errors stop an object, and warnings do not; for an operator that is met or assumed."""
    both = cluster_manifest(**{"spec headGroupSpec serviceType": "NodePort", "spec workerGroupSpecs 0 numOfHosts": 0})
    met = _Met("1.6.2", {}, None)
    said = [package.refusals(both, package.Operator.met(operator)) for operator in (None, met)]
    known = package.Operator.met(met._replace(batch_scheduler="volcano")) == package.Operator.assumed(
        "1.6.2", None, "volcano"
    )
    known = known and package.Operator("1.6.2", {}) == package.Operator("1.6.2", {}, "")
    return known and [[refusal.path for refusal in each] for each in said] == [["workers[gpu].num_of_hosts"]] * 2


def _reads(package: ModuleType) -> bool:
    """Whether schedules come round as often as they do."""
    cron = import_module(f"{package.__name__}.cron")
    return all(cron.shortest_gap(text) == seconds for text, seconds in GAPS)


def _spells(package: ModuleType) -> bool:
    """Whether places are called as their authors call them."""
    manifest = cluster_manifest()
    return all(package.judge.spelled(path, manifest) == words for path, words in PLACES)


class _Met(NamedTuple):
    """An operator that runs."""

    version: str
    gates: dict[str, bool]
    batch_scheduler: str | None


@cache
def _ordered(changed: frozenset[str], place: str) -> list[_Fixture]:
    """The fixtures of these modules, those of the place first."""
    own = changed - {"judge", "__init__"}
    with_rules = bool(own) and own <= {each.module for each in _fixtures()}
    concerned = [each for each in _fixtures() if not (each.rule and with_rules) or each.module in own]
    return sorted(concerned, key=lambda each: (each.function != place, each.module not in changed))


def _holds(package: ModuleType, fixture: _Fixture) -> bool:
    found = package.findings(fixture.manifest, package.Operator.assumed(*fixture.operator))
    if not all(each.path[0] in _PLACES | fixture.manifest.keys() for each in found):
        return False
    said = [str(each.refusal) for each in found if fixture.rule in ("", each.rule.id)]
    return (bool(said) if isinstance(fixture.wanted, bool) else said) == fixture.wanted
