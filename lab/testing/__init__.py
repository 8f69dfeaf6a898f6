"""The test kit: runs a Pulumi program without an engine, to its end, and hands over everything it registered.

    recorded = run(program, outputs={"kubernetes:ray.io/v1:RayCluster": lambda inputs: {"status": {"state": "ready"}}})
    assert recorded.one("kubernetes:ray.io/v1:RayCluster", name="train").inputs["spec"]["rayVersion"] == "2.60.0"

Assertions come after the run, on plain values: nothing can be asserted inside an ``apply`` that never runs.
"""

from ..wire import UNKNOWN, Reference, Secret, Unknown
from .answers import Answer, Lookup
from .assertions import assert_no_secret, assert_preview_agrees, assert_star
from .both import run_both
from .errors import (
    DuplicateResourceError,
    EndlessProgramError,
    NoSuchResourceError,
    OutputTextError,
    RecordingError,
    SettingError,
    UnexpectedLookupError,
)
from .log import LogEntry
from .program import Program, run
from .recorded import Recorded
from .registration import Options, Registration

__all__ = [
    "UNKNOWN",
    "Answer",
    "DuplicateResourceError",
    "EndlessProgramError",
    "LogEntry",
    "Lookup",
    "NoSuchResourceError",
    "Options",
    "OutputTextError",
    "Program",
    "Recorded",
    "RecordingError",
    "Reference",
    "Registration",
    "Secret",
    "SettingError",
    "UnexpectedLookupError",
    "Unknown",
    "assert_no_secret",
    "assert_preview_agrees",
    "assert_star",
    "run",
    "run_both",
]
