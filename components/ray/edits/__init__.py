"""What an edit of a Ray object will do to what runs: pure functions over the old and the new manifest."""

from .effect import Edit, Effect
from .plan import edits, silent

__all__ = ["Edit", "Effect", "edits", "silent"]
