"""What can be seen of a lab outside its state folder, under names that no other lab has."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Marks:
    """The names of one lab's things in the kernel.

    Attributes:
        netns: the network namespace, under ``/var/run/netns``.
        link: the host's end of the cable into it.
        cgroup: the parent of its containers' cgroups.
    """

    netns: str
    link: str
    cgroup: str


def marks(state: Path) -> Marks:
    """The names of the lab in ``state``; labs of the same name under other state homes have others."""
    unique = hashlib.sha256(str(state).encode()).hexdigest()[:8]
    name = f"rayform-{state.name}-{unique}"
    return Marks(netns=name, link=f"rayform{unique}", cgroup=name)
