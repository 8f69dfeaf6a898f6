"""The examples of this tree, run to their end under the recorder."""

from pathlib import Path

from aws_answers import ANSWERS
from rayform.lab.testing import Recorded, run

__all__ = ["PROGRAMS", "ran"]

PROGRAMS = sorted(file.parent for file in (Path(__file__).parents[2] / "examples").glob("*/__main__.py"))
"""The folder of each."""
CONFIG = {
    "adminRole": "arn:aws:iam::123456789012:role/deployer",
    "image": f"registry.example.com/ray:2.60.0@sha256:{'5c' * 32}",
}
"""What they ask of their stack."""


def ran(folder: Path, *, preview: bool = False) -> Recorded:
    """What an example registers, by the answers that AWS would give."""
    return run(folder, preview=preview, config=CONFIG, outputs=ANSWERS, project=folder.name)
