"""A stack on the ground that it brings, on simulated AWS: what is done there, in what order, and what is left."""

import json
import signal
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

import boto3
from lightkube.generic_resource import create_namespaced_resource
from lightkube.resources.core_v1 import Node
from patience import until
from rayform.lab import Lab, Silent
from rayform.lab.aws import Control, aws_environment
from stack_programs import described
from stack_room import Project, Ran

RayCluster = create_namespaced_resource("ray.io", "v1", "RayCluster", "rayclusters")


@dataclass
class Ground:
    """A lab with simulated AWS, and the project of a stack on it."""

    lab: Lab
    project: Project
    said: list[str] = field(default_factory=list[str])

    @property
    def events(self) -> Path:
        """What the engine wrote down of the last command."""
        return self.project.folder / f"events-{len(self.said)}.json"

    @property
    def control(self) -> Control:
        """The control of simulated AWS."""
        return Control(aws_environment(self.lab.state)["AWS_ENDPOINT_URL"])

    def client(self, service: str) -> Any:
        """A client of simulated AWS."""
        known = aws_environment(self.lab.state)
        return cast("Any", boto3).client(
            service,
            endpoint_url=known["AWS_ENDPOINT_URL"],
            region_name=known["AWS_REGION"],
            aws_access_key_id=known["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=known["AWS_SECRET_ACCESS_KEY"],
        )

    def run(self, *arguments: str) -> Ran:
        """One command of the engine, which is remembered with all it says."""
        self.said.append("")
        log = ("--event-log", str(self.events)) if arguments[0] in {"up", "refresh", "destroy"} else ()
        ran = self.project.run(*arguments, *log)
        self.said[-1] = ran.output
        return ran

    def up(self, *flags: str, **changes: Any) -> dict[str, int]:
        """Deploy it, with other settings at these paths than it had last."""
        self.change(**changes)
        self.run("up", "--yes", "--skip-preview", "--diff", *flags).succeeded()
        return self.project.changes()

    def change(self, **changes: Any) -> None:
        """Give settings at these paths, whose steps are joined by two underscores, other values."""
        settings = json.loads(json.dumps(self.project.settings))
        for path, value in changes.items():
            *above, last = path.split("__")
            part = settings
            for step in above:
                part = part[step]
            part[last] = value
        self.project.settings = settings
        self.project.write(settings=settings)

    def secret(self, name: str, value: str) -> None:
        """Give the stack a secret."""
        self.project.run("config", "set", "--secret", f"rayform:{name}", stdin=value).succeeded()

    def done(self, act: Callable[[], object], *about: str) -> list[str]:
        """What was changed at AWS by ``act``, in its order: the operations, with what these members of theirs say."""
        known = len(self.control.journal())
        act()
        return [
            " ".join([each["call"].partition(".")[2], *(each[name] for name in about if name in each)])
            for each in self.control.journal()[known:]
        ]

    def killed(
        self,
        text: str,
        call: str,
        *arguments: str,
        by: signal.Signals = signal.SIGKILL,
        alone: Collection[str] = (),
    ) -> str:
        """Run a command and end it once it says ``text`` and AWS has answered ``call``; all that it said.

        With ``alone`` only while these are under way, and once AWS has answered the call for each of them.
        """
        known = len(self.control.journal())

        def answered() -> bool:
            return sum(each["call"] == call for each in self.control.journal()[known:]) >= max(len(alone), 1)

        wait = partial(until, answered, f"{call} is answered")
        return self.project.killed_while(text, *arguments, by=by, wait=wait, alone=alone)

    def group(self, pool: str) -> str:
        """The name that EKS has for the node group of a pool."""
        (name,) = [
            each
            for each in self.client("eks").list_nodegroups(clusterName=self.project.stack)["nodegroups"]
            if each.startswith(f"{pool}-nodes")
        ]
        return str(name)

    def described(self, pool: str) -> Mapping[str, Any]:
        """The node group of a pool."""
        eks, names = self.client("eks"), {"clusterName": self.project.stack, "nodegroupName": self.group(pool)}
        found: Mapping[str, Any] = eks.describe_nodegroup(**names)["nodegroup"]
        return found

    def ray(self, name: str = "ray") -> Mapping[str, Any]:
        """A Ray cluster as the control plane has it."""
        with self.lab.client() as client:
            found: Mapping[str, Any] = client.get(RayCluster, name, namespace="ray")
            return found

    def scaled(self, pool: str, count: int) -> None:
        """Let a pool have as many nodes, as an autoscaler does, and wait for them."""
        (made,) = self.described(pool)["resources"]["autoScalingGroups"]
        self.client("autoscaling").set_desired_capacity(AutoScalingGroupName=made["name"], DesiredCapacity=count)
        until(lambda: len(self.nodes(pool)) == count, f"{pool} has {count} nodes")

    def balancers(self) -> list[str]:
        """The load balancers that are there."""
        found = self.client("elbv2").describe_load_balancers()["LoadBalancers"]
        return [str(each["LoadBalancerName"]) for each in found]

    def nodes(self, pool: str) -> dict[str, str]:
        """The nodes of a pool by name, with the zone of each."""
        zone = "topology.kubernetes.io/zone"
        with self.lab.client() as client:
            found: list[Any] = list(client.list(Node, labels={"rayform/pool": pool}))
        return {node.metadata.name: node.metadata.labels[zone] for node in found}

    def ended(self) -> list[str]:
        """The types of the resources that the last command ended, in the order in which they were gone."""
        told = map(json.loads, self.events.read_text().splitlines())
        outputs = [each["resOutputsEvent"]["metadata"] for each in told if "resOutputsEvent" in each]
        return [str(each["type"]) for each in outputs if each["op"] == "delete"]

    def written(self) -> dict[str, bytes]:
        """Everything that was written of it, but into the store of the control plane, and all that was said."""
        places = (self.lab.state, self.project.folder)
        files = [file for place in places for file in sorted(place.rglob("*")) if file.is_file()]
        kept = {str(file): file.read_bytes() for file in files if self.lab.state / "etcd" not in file.parents}
        return {**kept, **{f"command {index}": text.encode() for index, text in enumerate(self.said)}}


@contextmanager
def grounded(home: Path, stack: str) -> Generator[Ground]:
    """A lab with simulated AWS for the block, and a stack of this tree that is to be deployed on it."""
    lab = Lab(stack, state_home=home, aws=True)
    try:
        lab.up(Silent())
        project = Project(lab, home / "project", settings=described(stack)["rayform:settings"], stack=stack)
        project.environment["PULUMI_DEBUG_COMMANDS"] = "true"  # for the event log
        yield Ground(lab, project)
    finally:
        lab.down(Silent())
