"""What the recorder refuses.

RecordingError
├─ UnexpectedLookupError   the program asked the engine for something that the test did not provide
├─ DuplicateResourceError  two resources with one URN
├─ NoSuchResourceError     the test asked for one resource, and there is none, or there are several
├─ OutputTextError         the program made text of an output
├─ EndlessProgramError     the program waits for something that never comes
└─ SettingError            an argument of ``run`` that cannot be meant
"""


class RecordingError(Exception):
    """Base of everything that the test kit itself refuses; errors of the program pass through untouched."""


class UnexpectedLookupError(RecordingError):
    """The program looked something up that the test did not provide."""

    def __init__(self, kind: str, key: str, arguments: object) -> None:
        self.kind = kind
        """``invoke``, ``call``, ``read``, ``exists`` or ``stack reference``."""
        self.key = key
        """The function's token, the resource's type, or the stack's name: what ``lookups`` wants as key."""
        self.arguments = arguments
        """What the program asked with."""
        super().__init__(
            f"{kind} {key}: looked up with {arguments!r}, the test provides no answer; "
            f"pass run(..., lookups={{{key!r}: {{...}}}}) or do without it"
        )


class DuplicateResourceError(RecordingError):
    """The program registered two resources of the same type, name and parent."""

    def __init__(self, urn: str) -> None:
        self.urn = urn
        """The URN that was registered twice."""
        super().__init__(f"{urn}: registered twice, the engine takes a URN once; give one of the two another name")


class NoSuchResourceError(RecordingError):
    """Exactly one resource was asked for, and the program registered none or several such."""

    def __init__(self, asked: str, found: tuple[str, ...], registered: tuple[str, ...]) -> None:
        self.found = found
        """URNs of the resources that fit."""
        listed = "\n".join(f"  {urn}" for urn in found or registered) or "  (nothing)"
        kind = "they are" if found else "registered were"
        super().__init__(f"{asked}: {len(found)} registered, exactly one asked; {kind}\n{listed}")


class OutputTextError(RecordingError):
    """The program put an output into a string, which yields a warning's text instead of the value."""

    def __init__(self) -> None:
        super().__init__(
            "str(output): text of an output asked, its value is not known yet; use pulumi.Output.format or .apply"
        )


class EndlessProgramError(RecordingError):
    """The program waits for a value that nobody will give it."""

    def __init__(self) -> None:
        super().__init__(
            "program: its end asked, it waits for a value that nobody gives; "
            "look for an awaitable or deferred output that is never resolved"
        )


class SettingError(RecordingError):
    """An argument of ``run`` that cannot be meant."""
