"""How the CRDs' resource says no.

RayformError
└─ CrdsError            the CRDs cannot be had, or cannot be applied
   └─ UnreachableError  the API server does not answer
"""

from rayform.spec.refusal import RayformError

__all__ = ["CrdsError", "UnreachableError"]


class CrdsError(RayformError):
    """The CRDs cannot be had, or cannot be applied; the text is ``path: asked, possible; remedy``."""

    def __init__(self, path: str, asked: str, possible: str, remedy: str) -> None:
        self.path = path
        """The property of the resource that it is about."""
        super().__init__(f"{path}: {asked}, {possible}; {remedy}")


class UnreachableError(CrdsError):
    """The API server does not answer, or nobody knows where it is."""
