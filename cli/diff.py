"""``rayform diff``: what changing one file of Ray objects into another does to what runs."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rayform.components.documents import DocumentError
from rayform.components.ray.edits import Edit, Effect, edits
from rayform.components.ray.rules import Operator
from rayform.components.ray.rules.yaml_words import in_yaml
from rayform.components.versions import KUBERAY_DEFAULT
from rayform.spec.refusal import UnsupportedVersionError

from .commands import Commands
from .files import read
from .verdicts import is_ray

_UNREADABLE = 2


def add_parser(commands: Commands) -> None:
    """Declare ``rayform diff``."""
    parser = commands.add_parser(
        "diff",
        help="what an edit of Ray objects does to what runs",
        description="Say of every changed field whether it is live, recreates pods, doubles GPUs or is ignored. "
        "Exit code: 0 all of it takes effect, 1 some is refused or ignored, 2 a file cannot be read.",
    )
    parser.add_argument("old", metavar="OLD", help="a YAML or JSON file as it is")
    parser.add_argument("new", metavar="NEW", help="the same as it is to be, or - for standard input")
    parser.add_argument(
        "--kuberay", metavar="VERSION", help="the operator's version (default: the one rayform installs)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON array of every change")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        version = Operator.assumed(options.kuberay or KUBERAY_DEFAULT).version
        old, new = _objects(options.old), _objects(options.new)
    except (DocumentError, UnsupportedVersionError) as error:
        print(f"rayform: {error}", file=sys.stderr)
        return _UNREADABLE
    found = list(_edits(old, new, version))
    if options.json:
        print(json.dumps([{"object": name, **_row(edit)} for name, edit in found], indent=2))
    else:
        for name, edit in found:
            print(f"{name}: {replace(edit, why=in_yaml(edit.why))}")
    return int(any(edit.effect in {Effect.IGNORED, Effect.REFUSED} for _, edit in found))


def _objects(file: str) -> dict[str, Mapping[str, Any]]:
    return {f"{document.kind} {document.name}": document.value for document in read(file) if is_ray(document)}


def _edits(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], kuberay: str
) -> Iterator[tuple[str, Edit]]:
    for name in dict.fromkeys((*old, *new)):
        if name not in new:
            yield name, Edit("", Effect.LIVE, "it is deleted, and its pods with it")
        elif name not in old:
            yield name, Edit("", Effect.LIVE, "it is created")
        else:
            yield from ((name, edit) for edit in edits(old[name], new[name], kuberay=kuberay))


def _row(edit: Edit) -> dict[str, str]:
    return {"path": edit.path, "effect": edit.effect.value, "why": in_yaml(edit.why)}
