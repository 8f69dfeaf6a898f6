"""Files that are named on the command line."""

import sys
from pathlib import Path

from rayform.components.documents import Document, DocumentError, Limits, documents

__all__ = ["read"]


def read(file: str, limits: Limits | None = None) -> tuple[Document, ...]:
    """The objects in ``file`` (``-``: standard input), YAML or JSON; whatever cannot be read is a ``DocumentError``."""
    bounds = limits or Limits()
    try:
        if file == "-":
            content = sys.stdin.buffer.read(bounds.size + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(bounds.size + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DocumentError(file, 1, f"cannot be read, {reason}; name a YAML or JSON file, or - for stdin") from error
    return documents(file, content, bounds)
