"""``rayform check``: what the operator, Ray or Kubernetes would refuse of a file, before anybody applies it."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from rayform.components.documents import Document, DocumentError
from rayform.components.ray.rules import BATCH_SCHEDULERS, Operator
from rayform.spec.refusal import RayformError

from .commands import Commands
from .files import read
from .verdicts import Verdict, is_ray, verdicts

_UNREADABLE = 2
_SWITCH = {"true": True, "false": False}


def add_parser(commands: Commands) -> None:
    """Declare ``rayform check``."""
    parser = commands.add_parser(
        "check",
        help="check Ray objects in YAML or JSON files by every rule",
        description="Check Ray objects in YAML or JSON files, as the operator, Ray and Kubernetes would. "
        "Exit code: 0 clean, 1 something is refused, 2 something cannot be read.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a YAML or JSON file, or - for standard input")
    parser.add_argument(
        "--kuberay", metavar="VERSION", help="the operator's version (default: the one rayform installs)"
    )
    parser.add_argument(
        "--gate",
        action="append",
        default=[],
        type=_gate,
        metavar="NAME=BOOL",
        help="a feature gate of the operator that is set (default: as the version has it)",
    )
    parser.add_argument(
        "--batch-scheduler",
        choices=BATCH_SCHEDULERS,
        help="the scheduler of whole clusters that the operator works with",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON array of everything found")
    parser.add_argument("--strict", action="store_true", help="let warnings fail too")
    parser.set_defaults(run=_run)


def _gate(text: str) -> tuple[str, bool]:
    name, _, switch = text.partition("=")
    if not name or switch not in _SWITCH:
        raise argparse.ArgumentTypeError(f"{text!r} is no gate; write NAME=true or NAME=false")
    return name, _SWITCH[switch]


def _run(options: argparse.Namespace) -> int:
    try:
        operator = _operator(options)
    except RayformError as error:
        print(f"rayform: {error}", file=sys.stderr)
        return _UNREADABLE
    unreadable: list[DocumentError] = []
    objects = [document for document in _documents(options.files, unreadable) if is_ray(document)]
    found = [verdict for document in objects for verdict in verdicts(document, operator)]
    if options.json:
        print(json.dumps([verdict._asdict() for verdict in found], indent=2))
    else:
        _show(found, objects, operator)
    for problem in unreadable:
        print(f"rayform: {problem}", file=sys.stderr)
    if unreadable:
        return _UNREADABLE
    return int(any(options.strict or verdict.severity == "error" for verdict in found))


def _operator(options: argparse.Namespace) -> Operator:
    plain = Operator.assumed(options.kuberay) if options.kuberay else Operator.assumed()
    gates = dict(options.gate)
    if strange := sorted(gates.keys() - plain.gates.keys()):
        known = ", ".join(sorted(plain.gates))
        raise RayformError(f"--gate {strange[0]}: KubeRay {plain.version} has no such gate; it has {known}")
    return Operator(plain.version, {**plain.gates, **gates}, options.batch_scheduler or "")


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
