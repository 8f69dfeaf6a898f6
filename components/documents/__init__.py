"""YAML and JSON from any hand: read within bounds, as Kubernetes' own tools read it, with the line of everything."""

from .composer import ComposerError
from .errors import DocumentError
from .limits import Limits
from .reading import Document, documents, parsed
from .shapes import is_mapping, is_sequence

__all__ = ["ComposerError", "Document", "DocumentError", "Limits", "documents", "is_mapping", "is_sequence", "parsed"]
