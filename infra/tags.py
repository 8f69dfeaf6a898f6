"""Tags as AWS takes them, wherever they are written: they flow to everything, so the strictest service decides.

Limits after "Building your tagging strategy" in the guide Tagging AWS Resources, and the pattern of ``Tag`` in the IAM
API reference, which is the narrowest of those met here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rayform.spec.refusal import Refusal

__all__ = ["POOL_TAG", "joined_refusals", "tag_refusals"]

POOL_TAG: Final = "rayform:pool"
"""The tag that says which pool something is of."""

MOST: Final = 50
"""Tags that a resource takes."""

OURS: Final = 3
"""Tags that a resource has besides: its name, its pool or role, and who manages it."""

_KEY: Final = re.compile(r"[\w .:/=+@-]{1,128}")
_VALUE: Final = re.compile(r"[\w .:/=+@-]{0,256}")
_SET_HERE: Final = ("Name", POOL_TAG)


def tag_refusals(tags: Mapping[str, str]) -> Iterator[Refusal]:
    """Tags that some service of AWS refuses, or that would be written over."""
    allowed = "letters, digits, spaces and _.:/=+-@"
    seen: dict[str, str] = {}
    for key, value in tags.items():
        path = f"tags[{key}]"
        if _KEY.fullmatch(key) is None:
            yield Refusal(path, "asked", f"keys of tags are 1 to 128 {allowed}", "shorten or rename it")
        if key.lower().startswith("aws:"):
            yield Refusal(path, "asked", "keys that begin with aws: are AWS's own", "rename it")
        if key in _SET_HERE:
            yield Refusal(path, "asked", "each resource has one of its own by that key", "take it out")
        yield from _cased(path, key, seen)
        if _VALUE.fullmatch(value) is None:
            yield Refusal(path, "asked", f"values of tags are at most 256 {allowed}", "shorten or reword it")
    if len(tags) > MOST - OURS:
        possible = f"AWS takes {MOST} of a resource, and {OURS} are set here"
        yield Refusal("tags", f"{len(tags)} asked", possible, "remove some")


def joined_refusals(tags: Mapping[str, str], others: Mapping[str, str], whose: str) -> Iterator[Refusal]:
    """Tags that are too many beside others of the same resources, or that differ from one of these by case alone."""
    seen = {key.lower(): key for key in others}
    for key in tags:
        yield from _cased(f"tags[{key}]", key, seen)
    together = len({*tags, *others})
    if max(len(tags), len(others)) <= MOST - OURS < together:
        possible = f"beside {whose} {len(others)} that makes {together}, AWS takes {MOST}, and {OURS} are set here"
        yield Refusal("tags", f"{len(tags)} asked", possible, "remove some")


def _cased(path: str, key: str, seen: dict[str, str]) -> Iterator[Refusal]:
    """A key that is there in other letters: IAM, where the tags go too, tells no upper case from lower."""
    other = seen.setdefault(key.lower(), key)
    if other != key:
        yield Refusal(
            path, "asked", f"{other} is asked too, and IAM does not tell keys apart by case", "choose one of them"
        )
