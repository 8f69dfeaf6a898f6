"""``rayform explain``: one rule, why it is there, and an example on either side of it."""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from rayform.components.ray.rules import RULES, Rule, findings
from rayform.components.ray.rules.yaml_words import in_yaml

from .commands import Commands
from .examples import EXAMPLES, Example
from .explain_law import LAW, explained
from .kinds import kinds
from .readable import indented
from .verdicts import RAYS_WORD

_RAYS_WORD = f"""{RAYS_WORD}, an error, or a warning where the service runs another minor version of Ray

  Ray's own schema takes the Serve configuration.

why     Ray refuses the configuration when the operator hands it over, and the service never answers
do      mend what Ray names; without rayform[ray] installed beside rayform nobody asks Ray
about   RayService
source  Ray's ServeDeploySchema, as the Ray that is installed here has it"""
_LISTS = "'rayform rules' lists them, with --policy those of the law"
_SOURCES = {
    "rayform": "rayform: neither the operator nor Kubernetes checks it",
    "kubelet": "the node, when the pod is on it",
    "kubernetes": "Kubernetes, when the operator makes the pods",
    "kueue": "Kueue, which admits what names a queue of its own",
    "ray": "Ray, when the cluster is up",
}


def add_parser(commands: Commands) -> None:
    """Declare ``rayform explain``."""
    parser = commands.add_parser(
        "explain",
        help="say why a rule is there, with an example that fails and one that passes",
        description="Say what a rule demands and why, with an example that fails and one that passes.",
    )
    parser.add_argument(
        "rule", metavar="RULE", help="the rule, as 'rayform rules' or 'rayform rules --policy' lists it"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    known = {rule.id: rule for rule in RULES}
    if options.rule == RAYS_WORD:
        print(_RAYS_WORD)
        return 0
    if options.rule in LAW:
        print("\n".join(explained(options.rule)))
        return 0
    if options.rule not in known:
        near = get_close_matches(str(options.rule), [*known, *LAW], n=3)
        advice = f"meant is perhaps {', '.join(near)}" if near else _LISTS
        print(f"rayform: {options.rule}: there is no such rule; {advice}", file=sys.stderr)
        return 1
    print("\n".join(_explained(known[options.rule], EXAMPLES[options.rule])))
    return 0


def _explained(rule: Rule, example: Example) -> Iterator[str]:
    yield f"{rule.id}, {'an error' if rule.severity.value == 'error' else 'a warning'}"
    yield f"\n  {in_yaml(rule.condition.replace('``', ''))}\n"
    for word, text in _facts(rule):
        yield f"{word:<8}{in_yaml(text)}"
    yield f"\nfails{_placed(example.schedulers[0])}:\n"
    yield indented(example.written(example.fails))
    yield from (f"  {line}" for line in _said(rule, example))
    yield f"\npasses{_with(example.passes_with)}{_placed(example.schedulers[1])}:\n"
    yield indented(example.written(example.passes)).rstrip()


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "why", rule.possible
    yield "do", rule.remedy
    yield "about", ", ".join(kinds(rule))
    yield "source", _source(rule.source)
    if rule.since or rule.until:
        yield "holds", f"since KubeRay {rule.since}" if rule.since else f"before KubeRay {rule.until}"
    if rule.gate:
        yield "gate", rule.gate
    if rule.acceptable:
        yield "accept", f"annotate the object with rayform/accepts: {rule.id}, where it is meant"


def _source(source: str) -> str:
    if numbers := re.findall(r"\d+", source if source.startswith("operator") else ""):
        return f"the operator's own validation, rule {', '.join(numbers)} of its order"
    if source.startswith("crd"):
        return "the CustomResourceDefinition"
    return _SOURCES.get(source, "the operator, while it runs")


def _said(rule: Rule, example: Example) -> Iterator[str]:
    for finding in findings(example.whole(example.fails), example.operator):
        if finding.rule.id == rule.id:
            yield in_yaml(f"{finding.refusal.asked}, {finding.refusal.possible}; {finding.refusal.remedy}")


def _with(gates: Mapping[str, bool]) -> str:
    return "".join(f", with the gate {name} {'on' if on else 'off'}" for name, on in gates.items())


def _placed(scheduler: str) -> str:
    return f", with the operator's batch scheduler {scheduler}" if scheduler else ""
