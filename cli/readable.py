"""YAML as a person would write it, set in beneath a heading."""

from collections.abc import Mapping
from typing import Any

import yaml

__all__ = ["indented"]


def indented(fragment: Mapping[str, Any]) -> str:
    """A fragment in YAML, each line set in by two spaces."""
    text: str = yaml.dump(fragment, Dumper=_Readable, sort_keys=False, default_flow_style=False, width=100)
    return "".join(f"  {line}\n" for line in text.splitlines())


class _Readable(yaml.SafeDumper):
    """Writes texts of several lines as such, and what is there twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Names for parts that recur help nobody who reads."""
        del data
        return True


def _text(_: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Readable.add_representer(str, _text)
