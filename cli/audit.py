"""``rayform audit``: what of a stack or a namespace that is there breaks a policy."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from rayform.policy import Subject, of_export, of_manifest
from rayform.spec.refusal import RayformError

from . import law
from .commands import Commands
from .namespace import objects


def add_parser(commands: Commands) -> None:
    """Declare ``rayform audit``."""
    parser = commands.add_parser(
        "audit",
        help="judge a deployed stack or a live namespace by a policy",
        description="Judge what is deployed by a policy: a stack, exported by 'pulumi stack export --file FILE', or "
        "the objects of a namespace. Exit code: 0 nothing mandatory is broken, 1 something is, or could not be judged.",
    )
    parser.add_argument("export", nargs="?", metavar="FILE", help="an exported stack")
    parser.add_argument("--namespace", metavar="NAME", help="a namespace of the cluster that the kubeconfig names")
    parser.add_argument("--policy", default="prod", metavar="POLICY", help=f"{law.PRESET} (default: prod)")
    parser.add_argument("--json", action="store_true", help="print one JSON array of everything found")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if bool(options.export) == bool(options.namespace):
        raise RayformError("audit: a file or --namespace asked, one of the two is possible; name one")
    subjects = list(_exported(options.export) if options.export else _live(options.namespace))
    return law.told(law.judged(subjects, options.policy), len(subjects), as_json=options.json)


def _exported(file: str) -> Iterator[Subject]:
    try:
        export: Any = json.loads(Path(file).read_bytes())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RayformError(f"{file}: cannot be read, {reason}; use 'pulumi stack export'") from error
    except (ValueError, RecursionError) as error:
        raise RayformError(f"{file}: not JSON; use 'pulumi stack export'") from error
    stack = cast("dict[str, Any]", export) if isinstance(export, dict) else {}
    if "deployment" not in stack:
        raise RayformError(f"{file}: no stack is in it; use 'pulumi stack export'")
    return of_export(stack)


def _live(namespace: str) -> Iterator[Subject]:
    return map(of_manifest, objects(namespace))
