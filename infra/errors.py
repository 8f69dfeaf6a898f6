"""How the ground says no.

InfraError
└─ KubeconfigError  a kubeconfig that cannot reach the cluster that is meant
"""

__all__ = ["InfraError", "KubeconfigError"]


class InfraError(Exception):
    """Anything this room refuses; the text is ``subject: path: asked, possible; remedy``, a line for each."""


class KubeconfigError(InfraError):
    """A kubeconfig that cannot be read, or does not describe the cluster that is meant; never quotes its content."""

    def __init__(self, subject: str, lines: tuple[str, ...]) -> None:
        self.subject = subject
        """What refuses: the component's type and name."""
        self.lines = lines
        """Every refusal, as ``path: asked, possible; remedy``."""
        super().__init__("\n".join(f"{subject}: {line}" for line in lines))
