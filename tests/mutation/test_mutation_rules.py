"""Some mutants of the rules, drawn by a fixed chance, are told from them; ``make mutants`` asks of every one."""

import ast
import importlib

import pytest
from equivalents import EQUIVALENT
from law import LAWS
from mutants import mutants
from package import NAMES, loaded, source
from rayform.components.ray import rules
from readings import READINGS, reading_source, tells_reading
from run import LEAST, LEAST_OF_LAW, judge

EVERY, CHANCE = 0.015, 0.05
"""The share that is drawn, and how much less of it may be told than of all of them."""
SEED = 20261126


def test_of_the_mutants_that_are_drawn_nearly_all_are_told() -> None:
    outcome = judge(EVERY, SEED)
    assert outcome.share >= LEAST - CHANCE, outcome.survivors
    assert outcome.killed > 25


def test_of_the_laws_mutants_that_are_drawn_most_are_told() -> None:
    outcome = judge(2 * EVERY, SEED, LAWS)
    assert outcome.share >= LEAST_OF_LAW - CHANCE, outcome.survivors
    assert outcome.killed > 25


def test_the_rules_themselves_are_not_taken_for_a_mutant() -> None:
    with loaded("gcs", ast.parse(source("gcs"))) as package:
        assert package is not rules
        assert [rule.id for rule in package.RULES] == [rule.id for rule in rules.RULES]


def test_what_the_law_reads_by_is_told_when_it_is_wrong_and_let_be_when_not() -> None:
    whole = reading_source("policy.reach")
    open_to_none = whole.replace('"namespaceSelector") == {}', '"namespaceSelector") != {}')

    assert open_to_none != whole
    assert not tells_reading("policy.reach", ast.parse(whole))
    assert tells_reading("policy.reach", ast.parse(open_to_none))


def test_whoever_imports_the_package_afterwards_gets_the_real_one() -> None:
    with loaded("view", ast.parse(source("view"))):
        pass
    assert importlib.import_module(rules.__name__) is rules


@pytest.mark.parametrize(
    ("was", "are_now"),
    [
        ("x = a < b", ["a >= b", "a <= b"]),
        ("x = a in b", ["a not in b"]),
        ("x = a and b", ["a or b", "b", "a"]),
        ("x = not a", ["a"]),
        ("x = a + 1", ["a - 1", "2", "0"]),
        ("x = True", ["False"]),
        ("x = any(a)", ["all(a)"]),
        ("x = 'a'", ["'a~'"]),
        ("if a: pass", ["True", "False"]),
        ("X = ('a', 'b')", ["('b',)", "('a',)", "'a~'", "'b~'"]),
        ("X = {'a': b, 'c': d}", ["{'c': d}", "{'a': b}", "'a~'", "'c~'"]),
        ("x = rule('a', b, since='1.7', remedy='c')", ["since=''"]),
        ("x = rule('a', b, fields='c', remedy='d')", ["'c~'"]),
        ("x = Found(a, 'b')", []),
        ("def f():\n    'a'", []),
    ],
)
def test_each_way_of_being_wrong_is_tried(was: str, are_now: list[str]) -> None:
    assert [mutant.is_now for mutant in mutants(was)] == are_now


def test_a_tree_is_mended_before_the_next_mutant_is_made() -> None:
    source = "x = a < b and c"
    whole = [ast.unparse(mutant.tree) for mutant in mutants(source)]
    assert len(set(whole)) == len(whole)
    assert source not in whole


def test_a_mutant_that_nobody_could_tell_is_still_one() -> None:
    known = {f"{name}.{mutant}" for name in NAMES for mutant in mutants(source(name))}
    known |= {f"{name}.{mutant}" for name in READINGS for mutant in mutants(reading_source(name))}
    assert set(EQUIVALENT) - known == set()
