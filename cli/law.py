"""What the law says of resources, on the command line."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from rayform.policy import RULES, Judge, Level, Report, Subject, Use, Verdict, read_config

__all__ = ["PRESET", "judged", "told"]

_SEALED = "sealed in the export ('pulumi stack export --show-secrets' has it)"
"""Why something is not known here: files and live objects hold everything."""
PRESET = "dev, stage, prod, or a JSON file of levels, parameters and exemptions"
"""What a policy may be, in the words of the help."""


def judged(subjects: Sequence[Subject], policy: str) -> Report:
    """What these resources, each and together, break of a policy."""
    return Judge(RULES, read_config(RULES, policy)).every(subjects)


def told(report: Report, count: int, *, as_json: bool, files: Collection[str] = ()) -> int:
    """Print a report; returns the exit code: 1 where an update would stop, or something could not be judged.

    ``files`` are URNs that say in which file an object stands, and at which line.
    """
    places = {urn: f"{urn}: " for urn in files}
    if as_json:
        print(json.dumps([*map(_described, report.verdicts), *_waiting(report), *map(_used, report.uses)], indent=2))
    else:
        for verdict in report.verdicts:
            print(f"{places.get(verdict.urn, '')}{verdict.level}: {verdict}")
        for each in report.deferred:
            print(f"note: {each.subject}: {each.path} is {_SEALED}; so not judged: {', '.join(each.rules)}")
        for use in report.uses:
            print(f"note: {use}")
        print(_summary(report.verdicts, count))
    return int(report.stops or bool(report.deferred))


def _described(verdict: Verdict) -> dict[str, Any]:
    return {**verdict._asdict(), "level": verdict.level.value}


def _waiting(report: Report) -> Iterable[dict[str, Any]]:
    return ({"rule": each.rules, "level": "unknown", "urn": each.urn, "path": each.path} for each in report.deferred)


def _used(use: Use) -> dict[str, Any]:
    reason = {"reason": use.exemption.reason, "expires": use.exemption.expires.isoformat()}
    return {**_described(use.verdict), "level": "exempted", **reason}


def _summary(verdicts: Sequence[Verdict], count: int) -> str:
    told = sum(verdict.level is Level.ADVISORY for verdict in verdicts)
    return f"{len(verdicts) - told} mandatory, {told} advisory in {count} resources"
