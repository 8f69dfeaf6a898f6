"""``rayform rules``: everything that must hold of Ray's objects, in a list."""

import argparse
import json
from typing import Any

from rayform.components.ray.rules import RULES, Rule
from rayform.components.ray.rules.yaml_words import in_yaml
from rayform.policy import RULES as LAW
from rayform.policy import Rule as LawRule
from rayform.policy.guard import UNEXPRESSED

from .commands import Commands
from .kinds import kinds
from .standards import page


def add_parser(commands: Commands) -> None:
    """Declare ``rayform rules``."""
    parser = commands.add_parser(
        "rules",
        help="list the rules",
        description="List the rules that 'rayform check' and the components apply; 'rayform explain RULE' tells more.",
    )
    parser.add_argument("--policy", action="store_true", help="list the rules of the law, Ray's own among them")
    parser.add_argument("--standards", action="store_true", help="print a page of CIS, Pod Security and NSA/CISA items")
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.standards:
        print("\n".join(page()))
        return 0
    if options.policy:
        return _law(as_json=options.json)
    if options.json:
        print(json.dumps([_described(rule) for rule in RULES], indent=2))
        return 0
    width = max(len(rule.id) for rule in RULES)
    for rule in RULES:
        print(f"{rule.id:<{width}}  {rule.severity.value:<7}  {in_yaml(rule.condition.replace('``', ''))}")
    return 0


def _law(*, as_json: bool) -> int:
    if as_json:
        print(json.dumps([_of_the_law(rule) for rule in LAW], indent=2))
        return 0
    width = max(len(rule.id) for rule in LAW)
    for each in LAW:
        parameters = ", ".join(each.parameters.model_fields)
        told = in_yaml(f"{each.condition.replace('``', '').rstrip('.')}; {each.remedy}")
        print(f"{each.id:<{width}}  {each.level:<9}  {told}{f' [{parameters}]' if parameters else ''}")
    return 0


def _of_the_law(each: LawRule) -> dict[str, Any]:
    return {
        "id": each.id,
        "level": each.level.value,
        "kinds": sorted(each.kinds),
        "condition": each.condition,
        "why": each.why,
        "remedy": each.remedy,
        "source": each.source,
        "parameters": each.parameters.model_json_schema().get("properties", {}),
        "mends": each.mends is not None,
        "admission": each.id not in UNEXPRESSED,
    }


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "kinds": kinds(rule),
        "condition": rule.condition,
        "possible": rule.possible,
        "remedy": rule.remedy,
        "source": rule.source,
        "since": rule.since,
        "until": rule.until,
        "gate": rule.gate,
        "acceptable": rule.acceptable,
    }
