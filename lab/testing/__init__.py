"""The test kit: runs a Pulumi program without an engine, to its end, and hands over everything it registered.

    recorded = run(program, outputs={"kubernetes:ray.io/v1:RayCluster": lambda inputs: {"status": {"state": "ready"}}})
    assert recorded.one("kubernetes:ray.io/v1:RayCluster", name="train").inputs["spec"]["rayVersion"] == "2.60.0"

Assertions come after the run, on plain values: nothing can be asserted inside an ``apply`` that never runs.
"""

from .answers import Answer, Lookup
from .errors import (
    DuplicateResourceError,
    NoSuchResourceError,
    RecordingError,
    SettingError,
    UnexpectedLookupError,
)
from .program import Program, run
from .recorded import LogEntry, Recorded
from .registration import Options, Registration
from .values import UNKNOWN, Reference, Secret, Unknown

__all__ = [
    "UNKNOWN",
    "Answer",
    "DuplicateResourceError",
    "LogEntry",
    "Lookup",
    "NoSuchResourceError",
    "Options",
    "Program",
    "Recorded",
    "RecordingError",
    "Reference",
    "Registration",
    "Secret",
    "SettingError",
    "UnexpectedLookupError",
    "Unknown",
    "run",
]
