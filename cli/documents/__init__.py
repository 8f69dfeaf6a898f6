"""Files of Kubernetes objects: YAML or JSON, one object or many, from any hand, read within bounds and with lines."""

from .errors import DocumentError
from .limits import Limits
from .reading import Document, documents, read

__all__ = ["Document", "DocumentError", "Limits", "documents", "read"]
