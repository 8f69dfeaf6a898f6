"""Which rules of the law keep which item of a standard, as a page."""

from collections import defaultdict
from collections.abc import Iterator

from rayform.policy import RULES, Rule

__all__ = ["page"]

_STANDARDS = ("CIS EKS 1.7", "Pod Security", "NSA/CISA")
_BEYOND = {
    "CIS EKS 1.7": {
        "3.1, 3.2.3, 3.2.5-3.2.9": "files and flags of the kubelets, which the image of a node brings",
        "4.1.4": "which people may make pods: no resource says who is a person",
        "4.4.2": "whether Secrets are kept elsewhere: no resource says where its value came from",
    },
    "Pod Security": {},
    "NSA/CISA": {
        "threat detection": "what watches while it runs: no resource is known to be one",
    },
}
"""Items that no rule keeps, and why not."""


def page() -> Iterator[str]:
    """A page of Markdown: each item of each standard with the rules that keep it, or why none does."""
    yield "# What the law keeps of which standard"
    for standard in _STANDARDS:
        yield f"\n## {standard}\n\n| item | rules |\n|---|---|"
        for item, rules in sorted(_items(standard).items()):
            yield f"| {item} | {', '.join(sorted(rules))} |"
        yield from (f"| {item} | none: {why} |" for item, why in _BEYOND[standard].items())


def _items(standard: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for rule in RULES:
        for item in _named(rule, standard):
            found[item].append(rule.id)
    return found


def _named(rule: Rule, standard: str) -> Iterator[str]:
    """The items of a standard in a rule's source: ``CIS EKS 1.7: 4.2.1, 4.2.2; NSA/CISA: pods``."""
    for part in rule.source.split("; "):
        name, colon, items = part.partition(": ")
        if colon and name == standard:
            yield from items.split(", ")
