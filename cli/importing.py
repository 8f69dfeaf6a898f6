"""``rayform import``: a file of Ray objects as the Python program that declares them."""

import argparse
import sys
from collections.abc import Iterator

from rayform.components.documents import Document, DocumentError
from rayform.components.ray.reading import Place, reading
from rayform.components.ray.rules import Operator
from rayform.components.ray.rules.path import written
from rayform.spec.refusal import RayformError

from .commands import Commands
from .files import read
from .operators import add_options, chosen
from .program import Declared, program
from .secrets_in import secrets_in
from .verdicts import is_ray, verdicts

_UNREADABLE = 2


def add_parser(commands: Commands) -> None:
    """Declare ``rayform import``."""
    parser = commands.add_parser(
        "import",
        help="turn a YAML or JSON file of Ray objects into a Python program",
        description="Print the Pulumi program that declares the Ray objects of a file, and tell on standard error what "
        "is not in it. Exit code: 0 all of it works, 1 something is refused, 2 the file cannot be read.",
    )
    parser.add_argument("file", metavar="FILE", help="a YAML or JSON file, or - for standard input")
    add_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        operator, found = chosen(options), read(options.file)
    except (RayformError, DocumentError) as error:
        print(f"rayform: {error}", file=sys.stderr)
        return _UNREADABLE
    objects: list[Declared] = []
    refused = False
    for document in found:
        declared, errors = _declared(document, operator)
        objects += declared
        refused = refused or bool(errors)
        for line in (*errors, *_notes(document)):
            print(line, file=sys.stderr)
    print(program(objects, _properties(options, operator)), end="")
    return int(refused)


def _properties(options: argparse.Namespace, operator: Operator) -> dict[str, object]:
    asked = {"gates": dict(options.gate), "batch_scheduler": operator.batch_scheduler}
    return {"version": operator.version, **{name: value for name, value in asked.items() if value}}


def _declared(document: Document, operator: Operator) -> tuple[list[Declared], list[str]]:
    """What is declared of a document, and why something is refused: now, or when the program runs."""
    if not is_ray(document):
        return [], []
    spec, _, unsaid = reading(document.value)
    errors = [_line(document, place, "error", f"{refusal}") for place, refusal in unsaid]
    # What generateName asks for ends in a dash.
    name = document.name.rstrip("-.")
    if not name:
        errors.append(
            _line(document, ("metadata",), "error", "metadata.name: nothing asked, an object has one; write it")
        )
    if spec is None or not name:
        return [], errors
    broken = [str(verdict) for verdict in verdicts(document, operator) if verdict.severity == "error"]
    return [Declared(document.kind, name, spec)], broken


def _notes(document: Document) -> Iterator[str]:
    if not is_ray(document):
        yield _line(document, (), "note", "not imported, as it is none of Ray's; declare it with pulumi_kubernetes")
        return
    for place in reading(document.value).left_out:
        yield _line(document, place, "note", f"{written(place)}: left out, as a program does not write it")
    for place in secrets_in(document.value):
        advice = "a secret in plain text; keep it in a Secret, and write SecretKey"
        yield _line(document, place, "warning", f"{written(place)}: {advice}")


def _line(document: Document, place: Place, severity: str, message: str) -> str:
    where = f"{document.file}:{document.line_of(place)}"
    return f"{where}: {severity}: {document.kind} {document.name}: {message}"
