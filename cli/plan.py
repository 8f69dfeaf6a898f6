"""``rayform plan``: how what a stack runs is packed on its pools, and what that costs, before anything is paid for."""

import argparse
import sys
from pathlib import Path
from typing import Any

from rayform.components.documents import ComposerError, Limits, is_mapping, parsed
from rayform.infra.instances import prices
from rayform.infra.quotas import vcpus_at_most
from rayform.spec.refusal import RayformError, RefusedError
from rayform.stacks import StackSettings
from rayform.stacks.ground import pool_specs
from rayform.stacks.settings import read_settings
from rayform.stacks.verdict import verdict

from .commands import Commands
from .plan_picture import picture
from .plan_table import quotas, table

_UNREADABLE = 2


class UnreadableError(RayformError):
    """A settings file that cannot be read, or that is none."""


def add_parser(commands: Commands) -> None:
    """Declare ``rayform plan``."""
    parser = commands.add_parser(
        "plan",
        help="nodes, GPUs and hourly cost of a stack, before anything is paid for",
        description="Pack what a stack runs on its pools. Exit code: 0 it fits, 1 something is refused, "
        "2 the file cannot be read.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a stack's settings, such as stacks/Pulumi.prod.yaml")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="also draw the nodes, with what is on each, as SVG")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        stack, settings, region = _settings(options.file)
    except UnreadableError as error:
        print(f"rayform: {error}", file=sys.stderr)
        return _UNREADABLE
    found = verdict(stack, settings, region)
    if settings.ground is None:
        print(f"{options.file}: no ground in these settings, and so no pools to pack")
    elif found.fit.pools:
        listed = prices()
        print("\n".join(table(found.fit.pools)))
        print("\n".join(quotas(vcpus_at_most(pool_specs(stack, settings.ground)), settings.ground.quotas)))
        print(f"On-demand prices of nodes in {listed.region} on {listed.date}; spot nodes cost less.")
        if options.svg:
            _write(options.svg, picture(stack, found.fit.pools))
    for warning in found.warnings:
        print(f"warning: {warning}")
    for refusal in found.refusals:
        print(f"error: {refusal}")
    return int(bool(found.refusals))


def _settings(file: Path) -> tuple[str, StackSettings, str | None]:
    """The stack that a file is of, its settings, and the region of its AWS provider."""
    try:
        read = parsed(file.read_text(encoding="utf-8"), Limits())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableError(f"{file}: cannot be read, {reason}; name a stack's Pulumi.<stack>.yaml") from error
    except ComposerError as error:
        raise UnreadableError(f"{file}:{error.line}: {error.problem}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{file}: it is no text; name a stack's Pulumi.<stack>.yaml") from error
    config: Any = read.get("config") if is_mapping(read) else None
    if not is_mapping(config) or "rayform:settings" not in config:
        raise UnreadableError(f"{file}: it has no config.rayform:settings; name a stack's Pulumi.<stack>.yaml")
    stack = file.stem.partition(".")[2] or file.stem
    try:
        return stack, read_settings(config["rayform:settings"]), config.get("aws:region")
    except RefusedError as error:
        raise UnreadableError("\n".join(f"{file}: {line}" for line in str(error).splitlines())) from None


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RayformError(f"--svg: {file} cannot be written, {reason}; give a file in a folder of yours") from error
