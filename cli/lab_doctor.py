"""``rayform lab doctor``: what the lab needs, where it comes from, what is missing, and the command that mends it."""

import argparse
import sys

from rayform.lab import Console, Nodes, default_nodes
from rayform.lab.toolchain import Finding, Purpose, examine, prepare

from .commands import Commands


def add_parser(lab: Commands) -> None:
    """Declare ``rayform lab doctor``."""
    doctor = lab.add_parser("doctor", help="what the lab needs and what is missing", description=__doc__)
    doctor.add_argument(
        "--for",
        dest="purpose",
        choices=[each.value for each in Purpose],
        help="what it is needed for (default: real nodes where they are possible, else simulated ones)",
    )
    doctor.add_argument("--build", action="store_true", help="install, download and build what is missing first")
    doctor.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    default = Purpose.REAL if default_nodes() is Nodes.REAL else Purpose.SIMULATED
    purpose = Purpose(options.purpose or default)
    if options.build:
        prepare(purpose, Console())
    findings = examine(purpose)
    for finding in findings:
        print(_line(finding))
    missing = [finding for finding in findings if finding.remedy]
    if missing:
        print(f"{len(missing)} of {len(findings)} are missing", file=sys.stderr)
    return int(bool(missing))


def _line(finding: Finding) -> str:
    mark = "missing" if finding.remedy else "ok"
    remedy = f"\n{'':<9}{finding.remedy}" if finding.remedy else ""
    return f"{mark:<9}{finding.name}: {finding.state}{remedy}"
