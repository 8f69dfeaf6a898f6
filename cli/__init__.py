"""The counter: the ``rayform`` command. It talks to people; what it does lives in the other rooms."""

from .main import main

__all__ = ["main"]
