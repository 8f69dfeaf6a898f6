"""Where a command declares itself."""

from argparse import ArgumentParser
from typing import Protocol


class Commands(Protocol):
    """What ``ArgumentParser.add_subparsers`` gives; argparse's own class has no public name."""

    def add_parser(
        self,
        name: str,
        *,
        help: str | None = None,  # noqa: A002 - argparse's own word
        description: str | None = None,
    ) -> ArgumentParser:
        """Add the command ``name``: ``help`` stands in the list of commands, ``description`` above its own options."""
        ...
