"""Pod Security "restricted", after the Kubernetes documentation of the Pod Security Standards, item by item.

It holds of every pod that an object will become: of workloads of Kubernetes too, but for those of ``kube-system``,
and what NVIDIA's operator has on every node, which drive the nodes; Ray's are none of these. Of what KubeRay
adds, each container is judged as it writes it.
"""

from collections.abc import Iterator
from typing import Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import items, mapping, number, text
from rayform.spec.model import Listed, Spec

from ..pods import Container, Pod
from ..rule import Level, Nothing, rule
from ..shapes import texts
from ..workloads import within

_SYSTEM: Final = "kube-system"
_DRIVERS: Final = ("DaemonSet", "gpu-operator")
_SAFE_SYSCTLS: Final = frozenset(
    {
        *("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"),
        *("net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"),
        *("net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"),
        *("net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"),
    }
)
_VOLUMES: Final = frozenset(
    {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
)
_PROFILES: Final = ("RuntimeDefault", "Localhost")
_SELINUX: Final = ("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")
_APP_ARMOR: Final = "container.apparmor.security.beta.kubernetes.io/"
"""How the annotations begin that name a container's profile, as before Kubernetes 1.30."""
_PROBES: Final = (
    ("livenessProbe",),
    ("readinessProbe",),
    ("startupProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)
_BASELINE: Final = "Pod Security: baseline"
_WHY: Final = "it could leave its pod and take the node, its GPUs and its credentials"


def _judged(pod: Pod) -> bool:
    owner = pod.subject
    return pod.is_ray or (owner.namespace != _SYSTEM and (owner.kind, owner.namespace) != _DRIVERS)


class _Host(Spec):
    allowed: Listed[str] = ()
    """Of hostNetwork, hostPID and hostIPC those that pods may have."""


@rule(
    "host-namespaces",
    Pod,
    _Host,
    why=_WHY,
    remedy="remove it",
    source="Pod Security: baseline; CIS EKS 1.7: 4.2.2, 4.2.3, 4.2.4",
    fields=("hostNetwork", "hostPID", "hostIPC"),
)
def host_namespaces(pod: Pod, asked: _Host) -> Iterator[Found]:
    """A pod has its own network, processes and IPC."""
    for name in ("hostNetwork", "hostPID", "hostIPC"):
        if name not in asked.allowed and _judged(pod) and pod.spec.get(name) is True:
            yield Found(pod.at(name), f"{name} asked")


@rule(
    "host-paths",
    Pod,
    why=_WHY,
    remedy="use a volume of its own",
    source="Pod Security: baseline; NSA/CISA: pods",
    fields="volumes",
)
def host_paths(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """A pod sees no folder of its node."""
    del asked
    for index, volume in enumerate(items(pod.spec.get("volumes")) if _judged(pod) else ()):
        if volume.get("hostPath") is not None:
            yield Found(pod.at("volumes", index, "hostPath"), f"{mapping(volume.get('hostPath')).get('path')} asked")


@rule(
    "volume-kinds",
    Pod,
    why="restricted pods have configMap, csi, downwardAPI, emptyDir, ephemeral, claims, projected and secret",
    remedy="use a PersistentVolumeClaim",
    source="Pod Security: restricted",
    fields="volumes",
)
def volume_kinds(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """The volumes of a pod are of kinds that give no access to the node or a foreign network."""
    del asked
    for index, volume in enumerate(items(pod.spec.get("volumes")) if _judged(pod) else ()):
        for kind in sorted(set(volume) - _VOLUMES - {"name", "hostPath"}):
            yield Found(pod.at("volumes", index, kind), f"a volume of kind {kind} asked")


@rule("host-ports", Container, why=_WHY, remedy="use a Service", source=_BASELINE, fields="ports")
def host_ports(container: Container, asked: Nothing) -> Iterator[Found]:
    """A container opens no port of its node."""
    del asked
    for index, port in enumerate(items(container.spec.get("ports")) if _judged(container.pod) else ()):
        if number(port.get("hostPort")):
            yield Found(container.at("ports", index, "hostPort"), f"{port.get('hostPort')} asked")


@rule(
    "probe-hosts",
    Container,
    why="the kubelet would call an address of somebody else's choice, from the node's own network",
    remedy="leave host out: the pod's own address is called",
    source="Pod Security: baseline; Kubernetes: 1.34",
    fields=tuple(place[0] for place in _PROBES),
)
def probe_hosts(container: Container, asked: Nothing) -> Iterator[Found]:
    """Probes and hooks call the pod itself."""
    del asked
    for place in _PROBES if _judged(container.pod) else ():
        for way in ("httpGet", "tcpSocket"):
            host = mapping(within(container.spec, (*place, way))).get("host")
            if host:
                yield Found(container.at(*place, way, "host"), f"{host} asked for container {container.name}")


@rule(
    "privileged",
    Container,
    why=_WHY,
    remedy="remove it: GPUs need no privileges",
    source="Pod Security: baseline; CIS EKS 1.7: 4.2.1; NSA/CISA: pods",
    fields="privileged",
)
def privileged(container: Container, asked: Nothing) -> Iterator[Found]:
    """No container is privileged."""
    del asked
    if _judged(container.pod) and container.security.get("privileged") is True:
        yield Found(container.at("securityContext", "privileged"), f"asked for container {container.name}")


@rule(
    "privilege-escalation",
    Container,
    why="Ray's images let their user become root by sudo, unless this is false",
    remedy="set allowPrivilegeEscalation: false",
    source="Pod Security: restricted; CIS EKS 1.7: 4.2.5; NSA/CISA: pods",
)
def privilege_escalation(container: Container, asked: Nothing) -> Iterator[Found]:
    """No container's process may gain rights."""
    del asked
    if _judged(container.pod) and container.security.get("allowPrivilegeEscalation") is not False:
        place = container.at("securityContext", "allowPrivilegeEscalation")
        yield Found(place, f"not refused for container {container.name}")


@rule(
    "root-user",
    Container,
    why=_WHY,
    remedy="set runAsNonRoot: true and a runAsUser that is not 0; Ray's images have 1000",
    source="Pod Security: restricted; NSA/CISA: pods",
)
def root_user(container: Container, asked: Nothing) -> Iterator[Found]:
    """No container runs as root."""
    del asked
    if not _judged(container.pod):
        return
    user = container.security.get("runAsUser", container.pod.security.get("runAsUser"))
    if number(user) == 0:
        yield Found(container.at("securityContext", "runAsUser"), f"user 0 asked for container {container.name}")
    if container.security.get("runAsNonRoot", container.pod.security.get("runAsNonRoot")) is not True:
        place = container.at("securityContext", "runAsNonRoot")
        yield Found(place, f"root not refused for container {container.name}")


@rule(
    "capabilities",
    Container,
    why=_WHY,
    remedy="drop ALL, and add NET_BIND_SERVICE at most",
    source="Pod Security: restricted; NSA/CISA: pods",
)
def capabilities(container: Container, asked: Nothing) -> Iterator[Found]:
    """A container drops all capabilities, and adds none but NET_BIND_SERVICE."""
    del asked
    if not _judged(container.pod):
        return
    asked_for = mapping(container.security.get("capabilities"))
    if "ALL" not in texts(asked_for.get("drop")):
        yield Found(container.at("securityContext", "capabilities"), f"not all dropped for container {container.name}")
    if added := sorted({*texts(asked_for.get("add"))} - {"NET_BIND_SERVICE"}):
        told = f"{', '.join(added)} added to container {container.name}"
        yield Found(container.at("securityContext", "capabilities"), told)


@rule(
    "seccomp",
    Container,
    why=_WHY,
    remedy="set seccompProfile.type to RuntimeDefault",
    source="Pod Security: restricted; NSA/CISA: pods",
)
def seccomp(container: Container, asked: Nothing) -> Iterator[Found]:
    """A container's system calls are filtered."""
    del asked
    own = container.security.get("seccompProfile")
    profile = mapping(container.pod.security.get("seccompProfile") if own is None else own)
    if _judged(container.pod) and profile.get("type") not in _PROFILES:
        kind = profile.get("type") or "no profile"
        yield Found(container.at("securityContext", "seccompProfile"), f"{kind} for container {container.name}")


@rule(
    "app-armor",
    Container,
    why=_WHY,
    remedy="leave it out, or use RuntimeDefault",
    source=_BASELINE,
    fields=("appArmorProfile", "annotations"),
)
def app_armor(container: Container, asked: Nothing) -> Iterator[Found]:
    """AppArmor is not switched off."""
    del asked
    if not _judged(container.pod):
        return
    for holder in (container.security, container.pod.security):
        kind = mapping(holder.get("appArmorProfile")).get("type")
        if kind not in (None, *_PROFILES):
            yield Found(container.at("securityContext", "appArmorProfile"), f"{kind} asked for {container.name}")
    key = f"{_APP_ARMOR}{container.name}"
    before = text(mapping(container.pod.metadata.get("annotations")).get(key))
    if before and not before.startswith(("localhost/", "runtime/default")):
        yield Found((*container.pod.path, "metadata", "annotations", key), f"{before} asked for {container.name}")


@rule(
    "se-linux",
    Container,
    why=_WHY,
    remedy="leave type, user and role out",
    source=_BASELINE,
    fields="seLinuxOptions",
)
def se_linux(container: Container, asked: Nothing) -> Iterator[Found]:
    """SELinux is not loosened."""
    del asked
    for holder in (container.security, container.pod.security) if _judged(container.pod) else ():
        options = mapping(holder.get("seLinuxOptions"))
        if text(options.get("type")) not in _SELINUX or options.get("user") or options.get("role"):
            yield Found(container.at("securityContext", "seLinuxOptions"), f"loosened for container {container.name}")


@rule("proc-mount", Container, why=_WHY, remedy="leave procMount out", source=_BASELINE, fields="procMount")
def proc_mount(container: Container, asked: Nothing) -> Iterator[Found]:
    """The kernel's files are masked."""
    del asked
    if _judged(container.pod) and container.security.get("procMount") not in (None, "Default"):
        place = container.at("securityContext", "procMount")
        yield Found(place, f"{container.security.get('procMount')} asked for container {container.name}")


@rule("sysctls", Pod, why=_WHY, remedy="remove it", source=_BASELINE, fields="sysctls")
def sysctls(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """A pod changes only settings of the kernel that are its own."""
    del asked
    for index, each in enumerate(items(pod.security.get("sysctls")) if _judged(pod) else ()):
        if text(each.get("name")) not in _SAFE_SYSCTLS:
            yield Found(pod.at("securityContext", "sysctls", index), f"{each.get('name')} asked")


@rule("host-process", Container, why=_WHY, remedy="remove windowsOptions", source=_BASELINE, fields="windowsOptions")
def host_process(container: Container, asked: Nothing) -> Iterator[Found]:
    """No container is a process of a Windows node."""
    del asked
    for holder in (container.security, container.pod.security):
        if _judged(container.pod) and mapping(holder.get("windowsOptions")).get("hostProcess") is True:
            yield Found(container.at("securityContext", "windowsOptions"), f"asked for container {container.name}")


@rule(
    "read-only-root",
    Container,
    why="what breaks in could keep itself in the container's files",
    remedy="set readOnlyRootFilesystem: true, and mount emptyDirs at /tmp and the home of Ray's user",
    source="NSA/CISA: pods",
    level=Level.DISABLED,
)
def read_only_root(container: Container, asked: Nothing) -> Iterator[Found]:
    """A container cannot write to its image."""
    del asked
    if _judged(container.pod) and container.security.get("readOnlyRootFilesystem") is not True:
        place = container.at("securityContext", "readOnlyRootFilesystem")
        yield Found(place, f"writable files asked for container {container.name}")
