"""What keeps a destroy from anything, with or without a preview.

The engine ends last what everything stands on: a control plane that is protected stops it when all that was on it has
gone. It ends first what stands on all the others, and where that cannot go, neither can they.
"""

from collections.abc import Iterable

import pulumi

__all__ = ["DestroyLock"]


class DestroyLock(pulumi.ComponentResource):
    """While it is locked, a destroy stops before the first of these resources goes, though nobody previewed it.

    An update may still change them, and end those that its program no longer declares. To destroy them all, unlock it
    with one update first; taken out of the program while it is locked, it stops that update.

    Args:
        name: Name of the lock.
        over: What is locked: components with all their parts, and resources.
        locked: Whether it is.
        opts: Resource options of the component.
    """

    def __init__(
        self,
        name: str,
        over: Iterable[pulumi.Resource],
        *,
        locked: bool = True,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        # Unlocked it stands on nothing, so that each of them can be a target by itself.
        kept = pulumi.ResourceOptions(protect=locked, depends_on=list(over) if locked else None)
        super().__init__("rayform:infra:DestroyLock", name, {}, pulumi.ResourceOptions.merge(opts, kept))
        self.register_outputs({})
