"""What a node's user data tells its kubelet: ``NodeConfig`` of Amazon Linux 2023, or Bottlerocket's settings."""

import tomllib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any, cast

import yaml
from rayform.spec.quantity import millis, units


@dataclass(frozen=True)
class Kubelet:
    """What a kubelet was told, as far as it decides over what a node offers.

    Attributes:
        max_pods: the most pods; 0 is not told.
        reserved: what is kept for the kubelet, by resource, as quantities.
        eviction: what is kept free, by signal, as quantities or percentages.
        local_disks: whether images and pods' files are on local disks.
    """

    max_pods: int = 0
    reserved: Mapping[str, str] = field(default_factory=dict[str, str])
    eviction: Mapping[str, str] = field(default_factory=dict[str, str])
    local_disks: bool = False

    def left(self, offers: Mapping[str, str]) -> dict[str, str]:
        """What of ``offers`` is left to pods."""
        cpu = millis(offers["cpu"]) - millis(self.reserved.get("cpu", "0"))
        memory, disk = units(offers["memory"]), units(offers["ephemeral-storage"])
        memory -= units(self.reserved.get("memory", "0")) + _kept(
            self.eviction.get("memory.available", "100Mi"), memory
        )
        disk -= units(self.reserved.get("ephemeral-storage", "0")) + _kept(
            self.eviction.get("nodefs.available", "10%"), disk
        )
        return {**offers, "cpu": f"{cpu}m", "memory": str(memory), "ephemeral-storage": str(disk)}


def kubelet(user_data: str) -> Kubelet:
    """What ``user_data``, in base64, tells the kubelet; nothing where it tells nothing."""
    content = b64decode(user_data)
    if content.lstrip().startswith(b"["):
        return _bottlerocket(content.decode())
    told = [_nodeadm(each) for each in _node_configs(content)]
    return told[-1] if told else Kubelet()


def _node_configs(content: bytes) -> Iterator[Mapping[str, Any]]:
    for part in message_from_bytes(content).walk():
        if part.get_content_type() == "application/node.eks.aws":
            loaded: object = yaml.safe_load(cast("bytes", part.get_payload(decode=True)))
            if isinstance(loaded, dict):
                yield cast("Mapping[str, Any]", loaded).get("spec", {})


def _nodeadm(spec: Mapping[str, Any]) -> Kubelet:
    config = spec.get("kubelet", {}).get("config", {})
    storage = spec.get("instance", {}).get("localStorage", {})
    return Kubelet(
        max_pods=int(config.get("maxPods", 0)),
        reserved=config.get("kubeReserved", {}),
        eviction=config.get("evictionHard", {}),
        local_disks=storage.get("strategy") in {"RAID0", "RAID10"},
    )


def _bottlerocket(text: str) -> Kubelet:
    settings: dict[str, Any] = tomllib.loads(text).get("settings", {})
    config, commands = settings.get("kubernetes", {}), settings.get("bootstrap-commands", {})
    return Kubelet(
        max_pods=int(config.get("max-pods", 0)),
        reserved=config.get("kube-reserved", {}),
        eviction=config.get("eviction-hard", {}),
        local_disks="ephemeral-storage" in str(commands),
    )


def _kept(told: str, whole: int) -> int:
    return whole * int(told.removesuffix("%")) // 100 if told.endswith("%") else units(told)
