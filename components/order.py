"""What comes after what."""

from collections.abc import Iterable

import pulumi

__all__ = ["after"]


def after(others: Iterable[object], opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
    """Options of an object that comes after these others, as far as they are resources, and after what ``opts`` say."""
    # What a component depends on does not reach its children by itself.
    asked = pulumi.ResourceOptions(depends_on=opts.depends_on if opts else None)
    given = pulumi.ResourceOptions(depends_on=[each for each in others if isinstance(each, pulumi.Resource)])
    return pulumi.ResourceOptions.merge(asked, given)
