"""A whole cluster on this machine: made, looked at and removed as one."""

import contextlib
import json
import re
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from . import parts, processes
from .aws import AWS
from .errors import LabError
from .kind import Nodes, default_nodes
from .locks import locked
from .nodes.offer import Offer
from .nodes.shape import NodeShape
from .paths import state_home, write_private
from .progress import Progress
from .removal import remove
from .status import LabStatus, component_status

if TYPE_CHECKING:
    from lightkube import Client

_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?")


class Lab:
    """A Kubernetes cluster of this machine's own; several live side by side under different names.

    Attributes:
        name: lower case letters, digits and dashes, at most 32.
        state: the folder of everything that belongs to it, private to its owner.
        kubeconfig: the administrator's kubeconfig, there once the lab is up.
    """

    def __init__(
        self,
        name: str = "default",
        nodes: Nodes | None = None,
        state_home: Path | None = None,
        *,
        aws: bool | None = None,
    ) -> None:
        """Name a lab, running or not; ``nodes`` are those it has when it is up, else simulated by default.

        With ``aws`` it has simulated AWS, and no nodes but those of node groups; None is what it has, else nothing.
        """
        if not _NAME.fullmatch(name):
            raise LabError(f"lab name: {name!r} asked; give lower case letters, digits and dashes, at most 32")
        self.name = name
        self.state = _labs(state_home) / name
        self.kubeconfig = self.state / "kubeconfig"
        self._asked = nodes
        self._asked_aws = aws
        self._record = self.state / "lab.json"
        self._lock = self.state.with_name(f"{name}.lock")

    @classmethod
    def all(cls, state_home: Path | None = None) -> "tuple[Lab, ...]":
        """Every lab that has state, by name."""
        folders = sorted(path.name for path in _labs(state_home).glob("*") if path.is_dir())
        return tuple(cls(name, state_home=state_home) for name in folders if _NAME.fullmatch(name))

    @property
    def nodes(self) -> Nodes:
        """What the lab has when it exists, else what was asked, else simulated ones."""
        return self._recorded() or self._asked or Nodes.SIMULATED

    @property
    def aws(self) -> bool:
        """Whether the lab has simulated AWS when it exists, else whether it was asked for."""
        record = self._read_record()
        return bool(record.get("aws")) if "nodes" in record else bool(self._asked_aws)

    def up(self, progress: Progress) -> None:
        """Make the lab run and be ready: what runs as wanted is left alone, what has died is started again."""
        with self._locked(f"starting lab {self.name}", progress):
            recorded = self._recorded()
            if recorded and self._asked and recorded is not self._asked:
                remedy = f"run 'rayform lab down --name {self.name}' first, or choose another name"
                raise LabError(f"lab {self.name}: {self._asked} nodes asked, it has {recorded} ones; {remedy}")
            if damage := self._damage():
                raise LabError(damage)
            self._require_aws()
            nodes, aws, plane = self.nodes, self.aws, parts.control_plane(self.state)
            plane.prepare(progress)
            write_private(self._record, json.dumps({"name": self.name, "nodes": nodes, "aws": aws}))
            provider = parts.provider(nodes, self.state, bare=aws)
            ground = provider.prepare(progress)
            plane.up(progress, bind_address=ground.address, netns=ground.netns)
            provider.up(plane, progress)
            if aws:
                parts.aws(self.state).up(plane, progress)

    def down(self, progress: Progress) -> None:
        """End everything of the lab, in whatever state it is, and remove its folder."""
        with self._locked(f"ending lab {self.name}", progress):
            # Nodes leave traces in the kernel that outlive a lost folder.
            with progress.step(f"ending lab {self.name}") if self.state.exists() else contextlib.nullcontext():
                self._end(progress)
            processes.stop_strays(self.state)
            remove(self.state)

    def status(self) -> LabStatus:
        """How the lab is; one that does not exist is a :class:`LabError`."""
        plane = parts.control_plane(self._existing())
        damage = self._damage()
        expected = () if damage else self._expected()
        more = (name for name in processes.names(self.state) if name not in expected)
        components = tuple(component_status(self.state, name) for name in (*expected, *more))
        return LabStatus(self.name, self.nodes, self.state, plane.ready(), components, damage)

    def logs(self, component: str, lines: int = 200) -> str:
        """The last ``lines`` lines that ``component`` wrote; an unknown one is refused with those there are."""
        self._existing()
        if not processes.log_path(self.state, component).exists():
            known = ", ".join(sorted(path.stem for path in (self.state / "logs").glob("*.log"))) or "none yet"
            raise LabError(f"{component}: lab {self.name} has no such log; there are: {known}")
        return processes.tail(self.state, component, lines)

    def add_nodes(self, shape: NodeShape, progress: Progress) -> None:
        """Make exactly the nodes of ``shape`` be there and ready; other shapes' nodes are left alone."""
        if self.nodes is Nodes.REAL:
            remedy = "use a lab with simulated nodes"
            raise LabError(f"lab {self.name}: more nodes asked, it has one real node, as the machine is one; {remedy}")
        parts.simulated(self._existing()).add(parts.control_plane(self.state), shape, progress)

    def offer(self, offer: Offer, progress: Progress) -> None:
        """Let the real node offer these GPUs, labels and taints, and no longer what it offered before."""
        if self.nodes is not Nodes.REAL:
            remedy = "use 'add_nodes', which takes any shape"
            raise LabError(f"lab {self.name}: an offer of the real node asked, it has simulated ones; {remedy}")
        parts.real(self._existing()).offer(parts.control_plane(self.state), offer, progress)

    def client(self) -> "Client":
        """A Kubernetes client that may do everything, to be closed (``with lab.client() as client``)."""
        return parts.client(self._existing() / self.kubeconfig.name)

    @contextlib.contextmanager
    def _locked(self, purpose: str, progress: Progress) -> Generator[None]:
        try:
            with locked(self._lock, purpose, progress):
                try:
                    yield
                finally:
                    if not self.state.exists():
                        self._lock.unlink(missing_ok=True)
        finally:
            with contextlib.suppress(OSError):  # other labs are there
                self.state.parent.rmdir()

    def _end(self, progress: Progress) -> None:
        # A folder whose record is lost may have had any kind that this user can have.
        recorded = self._recorded()
        for nodes in (recorded,) if recorded else dict.fromkeys((Nodes.SIMULATED, default_nodes())):
            parts.provider(nodes, self.state).down(progress)
        for name in reversed(processes.names(self.state)):
            processes.stop(self.state, name)

    def _existing(self) -> Path:
        if not self.state.exists():
            raise LabError(f"lab {self.name}: is not up; run 'rayform lab up --name {self.name}'")
        return self.state

    def _expected(self) -> tuple[str, ...]:
        from_plane = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")
        from_nodes = parts.provider(self.nodes, self.state).components()
        return (*from_plane, *from_nodes, *((AWS,) if self.aws else ()))

    def _damage(self) -> str:
        """Why the lab can only be ended; empty when it can be mended."""
        if self._recorded() or not self.state.exists() or not any(self.state.iterdir()):
            return ""
        lost = f"{self._record.name} is lost or broken, so nobody knows which nodes it has"
        return f"lab {self.name}: {lost}; run 'rayform lab down --name {self.name}', then up again"

    def _require_aws(self) -> None:
        down = f"run 'rayform lab down --name {self.name}' first, or choose another name"
        if self._asked_aws and self.nodes is Nodes.REAL:
            remedy = down if self._recorded() else "ask for simulated nodes"
            raise LabError(f"lab {self.name}: simulated AWS asked, its instances are simulated nodes; {remedy}")
        if self._recorded() and self._asked_aws not in {None, self.aws}:
            asked, has = ("with", "without") if self._asked_aws else ("without", "with")
            raise LabError(f"lab {self.name}: asked {asked} simulated AWS, it was made {has} it; {down}")

    def _recorded(self) -> Nodes | None:
        try:
            return Nodes(self._read_record()["nodes"])
        except (ValueError, KeyError):
            return None

    def _read_record(self) -> dict[str, Any]:
        try:
            record: Any = json.loads(self._record.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return cast("dict[str, Any]", record) if isinstance(record, dict) else {}


def _labs(home: Path | None) -> Path:
    return (home or state_home()).absolute() / "labs"
