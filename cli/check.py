"""``rayform check``: what the operator, Ray or Kubernetes would refuse of a file, before anybody applies it."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rayform.components.documents import Document, DocumentError
from rayform.components.ray.rules import Operator
from rayform.policy import of_manifest
from rayform.spec.refusal import RayformError

from . import law
from .commands import Commands
from .files import read
from .operators import add_options, chosen
from .verdicts import Verdict, is_ray, verdicts

_UNREADABLE = 2


def add_parser(commands: Commands) -> None:
    """Declare ``rayform check``."""
    parser = commands.add_parser(
        "check",
        help="check Ray objects in YAML or JSON files by every rule",
        description="Check Ray objects in YAML or JSON files, as the operator, Ray and Kubernetes would. "
        "Exit code: 0 clean, 1 something is refused, 2 something cannot be read.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a YAML or JSON file, or - for standard input")
    add_options(parser)
    parser.add_argument("--policy", metavar="POLICY", help=f"judge every object by a policy too: {law.PRESET}")
    parser.add_argument("--json", action="store_true", help="print one JSON array of everything found")
    parser.add_argument("--strict", action="store_true", help="let warnings fail too")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        operator = chosen(options)
    except RayformError as error:
        print(f"rayform: {error}", file=sys.stderr)
        return _UNREADABLE
    unreadable: list[DocumentError] = []
    documents = list(_documents(options.files, unreadable))
    if options.policy and not unreadable:
        return _by_policy(documents, options)
    objects = list(filter(is_ray, documents))
    found = [verdict for document in objects for verdict in verdicts(document, operator)]
    if options.json:
        print(json.dumps([verdict._asdict() for verdict in found], indent=2))
    else:
        _show(found, objects, operator)
    for problem in unreadable:
        print(f"rayform: {problem}", file=sys.stderr)
    if unreadable:
        return _UNREADABLE
    return _refused(options, found)


def _refused(options: argparse.Namespace, found: list[Verdict]) -> int:
    return int(any(options.strict or verdict.severity == "error" for verdict in found))


def _by_policy(documents: list[Document], options: argparse.Namespace) -> int:
    """Judge every object by the law, of which Ray's own rules are a part."""
    subjects = [replace(of_manifest(each.value), urn=f"{each.file}:{each.line_of(())}") for each in documents]
    files = [each.urn for each in subjects]
    return law.told(law.judged(subjects, options.policy), len(subjects), as_json=options.json, files=files)


def _documents(files: Iterable[str], unreadable: list[DocumentError]) -> Iterator[Document]:
    for file in files:
        try:
            yield from read(file)
        except DocumentError as error:
            unreadable.append(error)


def _show(found: list[Verdict], objects: list[Document], operator: Operator) -> None:
    for verdict in found:
        print(verdict)
    errors = sum(verdict.severity == "error" for verdict in found)
    amounts = f"{_counted(errors, 'error')}, {_counted(len(found) - errors, 'warning')}"
    print(f"{amounts} in {_counted(len(objects), 'Ray object')} (KubeRay {operator.version})")


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
