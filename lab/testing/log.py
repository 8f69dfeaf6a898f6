"""The engine's log service: keeps what the program logs."""

from dataclasses import dataclass, field
from typing import Final

from pulumi.runtime.proto import engine_pb2

from .errors import OutputTextError

SEVERITIES: Final = {engine_pb2.INFO: "info", engine_pb2.WARNING: "warning", engine_pb2.ERROR: "error"}
"""Log severities by name; debug messages are the SDK's own and are not kept."""
OUTPUT_TEXT: Final = "Calling __str__ on an Output"
"""How the SDK's warning begins when a program makes text of an output."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A message that the program logged; debug messages are left out."""

    severity: str
    """``info``, ``warning`` or ``error``; with the real engine an error fails the update."""
    message: str
    """The text."""
    urn: str | None
    """URN of the resource it concerns."""


@dataclass(slots=True)
class Log:
    """Takes log messages."""

    refusals: list[Exception]
    entries: list[LogEntry] = field(default_factory=list[LogEntry])

    def Log(self, request: engine_pb2.LogRequest) -> None:
        """Keeps a message; the SDK's warning about an output in a string becomes an error where the string is made."""
        if request.severity not in SEVERITIES:
            return
        if request.message.startswith(OUTPUT_TEXT):
            self.refusals.append(OutputTextError())
            raise self.refusals[-1]
        self.entries.append(LogEntry(SEVERITIES[request.severity], request.message, request.urn or None))

    def RequirePulumiVersion(
        self, _request: engine_pb2.RequirePulumiVersionRequest
    ) -> engine_pb2.RequirePulumiVersionResponse:
        """Accepts any required version: there is no engine whose version could be wrong."""
        return engine_pb2.RequirePulumiVersionResponse()
