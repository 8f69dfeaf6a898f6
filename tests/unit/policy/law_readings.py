"""What the rules read by, read by itself."""

from typing import Final

from law_readings_amounts import AMOUNTS
from law_readings_nodes import NODES
from law_readings_served import SERVED
from law_readings_views import VIEWS
from law_readings_words import WORDS

__all__ = ["READINGS"]

READINGS: Final = (*AMOUNTS, *NODES, *SERVED, *VIEWS, *WORDS)
"""Each of them."""
