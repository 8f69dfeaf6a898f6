"""The parts of a lab that weigh much, imported only when a lab is touched: whoever only tests needs none of them."""

from pathlib import Path
from typing import TYPE_CHECKING

from .errors import LabError
from .kind import Nodes

if TYPE_CHECKING:
    from lightkube import Client

    from .aws.service import SimulatedAwsProcess
    from .controlplane import ControlPlane
    from .nodes.provider import NodeProvider
    from .nodes.real import RealNode
    from .nodes.simulated import SimulatedNodes


def control_plane(state: Path) -> "ControlPlane":
    """The control plane in ``state``; without the ``lab`` extra a :class:`LabError`."""
    try:
        from .controlplane import ControlPlane  # noqa: PLC0415 - brings cryptography, an extra
    except ModuleNotFoundError as error:
        raise LabError(f"lab: needs the package {error.name}; run \"pip install 'rayform[lab]'\"") from error
    return ControlPlane(state)


def provider(nodes: Nodes, state: Path, *, bare: bool = False) -> "NodeProvider":
    """The nodes of that kind in ``state``; simulated ones are none to begin with when it is ``bare``."""
    return real(state) if nodes is Nodes.REAL else simulated(state, bare=bare)


def simulated(state: Path, *, bare: bool = False) -> "SimulatedNodes":
    """The simulated nodes in ``state``."""
    from .nodes.simulated import SimulatedNodes  # noqa: PLC0415 - brings the Kubernetes client

    return SimulatedNodes(state, bare=bare)


def aws(state: Path) -> "SimulatedAwsProcess":
    """The simulated AWS in ``state``."""
    from .aws.service import SimulatedAwsProcess  # noqa: PLC0415 - brings the control plane

    return SimulatedAwsProcess(state)


def client(kubeconfig: Path) -> "Client":
    """A Kubernetes client as the administrator."""
    from .client import client as made  # noqa: PLC0415 - brings the Kubernetes client

    return made(kubeconfig)


def real(state: Path) -> "RealNode":
    """The real node in ``state``."""
    from .nodes.real import RealNode  # noqa: PLC0415 - brings what only Linux has

    return RealNode(state)
