"""What comes after what.

After a deletion that failed, the engine walks every path from what failed to whatever it stands on, one by one
(``markAsDependency`` in ``pkg/resource/graph`` of 3.259), and Pulumi takes a component for all of its parts: whoever
waits for each of them where the last would do has millions of such paths, and a destroy that does not end.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import pulumi

__all__ = ["Others", "Staged", "after", "stages"]

Others: TypeAlias = pulumi.Input[Sequence[pulumi.Input[pulumi.Resource]] | pulumi.Resource] | None
"""What an object comes after, as ``depends_on`` takes it."""


@runtime_checkable
class Staged(Protocol):
    """A component that knows which of its parts are there last."""

    @property
    def ends(self) -> Sequence[pulumi.Resource]:
        """Those parts: when they are there, so are all others that somebody may need."""
        ...


def after(others: Iterable[object], opts: pulumi.ResourceOptions | None) -> Others:
    """What an object comes after: these others, as far as they are resources, and what ``opts`` say."""
    given = stages(others)
    # What a component depends on does not reach its children by itself.
    if opts is None or opts.depends_on is None:
        return given
    asked = pulumi.ResourceOptions(depends_on=opts.depends_on)
    return pulumi.ResourceOptions.merge(asked, pulumi.ResourceOptions(depends_on=given)).depends_on


def stages(others: Iterable[object]) -> list[pulumi.Resource]:
    """What is there last of these others, as far as they are resources."""
    return [
        last
        for each in others
        if isinstance(each, pulumi.Resource)
        for last in (each.ends if isinstance(each, Staged) else (each,))
    ]
