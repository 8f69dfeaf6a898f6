"""What comes after what."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import pulumi

__all__ = ["Others", "after"]

Others: TypeAlias = pulumi.Input[Sequence[pulumi.Input[pulumi.Resource]] | pulumi.Resource] | None
"""What an object comes after, as ``depends_on`` takes it."""


def after(others: Iterable[object], opts: pulumi.ResourceOptions | None) -> Others:
    """What an object comes after: these others, as far as they are resources, and what ``opts`` say."""
    given = [each for each in others if isinstance(each, pulumi.Resource)]
    # What a component depends on does not reach its children by itself.
    if opts is None or opts.depends_on is None:
        return given
    asked = pulumi.ResourceOptions(depends_on=opts.depends_on)
    return pulumi.ResourceOptions.merge(asked, pulumi.ResourceOptions(depends_on=given)).depends_on
