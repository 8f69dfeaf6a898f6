"""What runs in a pod and as whom: images, identities."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pydantic import Field
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.inline import inline
from rayform.components.ray.rules.view import items, mapping, text
from rayform.spec.model import Listed, Spec

from ..parameters import Names, names
from ..pods import Container, Pod
from ..requirements import required
from ..rule import Level, Nothing, rule
from ..statements import ACCOUNT, ROLE, statements, tests
from ..subject import Subject
from ..views import JOBS, Ray
from ..words import places

_FLOATING: Final = (
    *("latest", "nightly", "master", "main", "dev", "edge", "stable"),
    *("canary", "develop", "snapshot", "trunk"),
)
_HUB: Final = "docker.io"
_ADDON: Final = "aws:eks/addon:Addon"
_IDENTITY: Final = "aws:eks/podIdentityAssociation:PodIdentityAssociation"
_ACCOUNTS: Final = "system:serviceaccounts:"
"""How the group begins that every account of a namespace is in."""


@lru_cache(maxsize=256)
def _parts(image: str) -> tuple[str, str, str]:
    """Registry, tag and digest of an image."""
    name, _, digest = image.partition("@")
    first, slash, _ = name.partition("/")
    remote = bool(slash) and ("." in first or ":" in first or first == "localhost")
    last = name.rpartition("/")[2]
    return (first if remote else _HUB), last.partition(":")[2], digest


@rule(
    "image-pinned",
    Container,
    names(*_FLOATING),
    why="what such a tag names changes between the head and a worker that starts later",
    remedy="name a version, or a digest",
    source="NSA/CISA: images",
)
def image_pinned(container: Container, floating: Names) -> Iterator[Found]:
    """Images are named by a version, not by a tag that moves."""
    image = container.image
    _, tag, digest = _parts(image)
    if not image or digest:
        return
    moving = [each for each in floating.names if each == tag.lower() or tag.lower().startswith(f"{each}-")]
    if not tag or moving:
        yield Found(container.at("image"), f"{image} asked", "it has no tag, which is latest" if not tag else "")


@rule(
    "image-digest",
    Container,
    why="only a digest names the same bytes for ever",
    remedy="add @sha256: and the digest",
    source="NSA/CISA: images",
    level=Level.DISABLED,
)
def image_digest(container: Container, asked: Nothing) -> Iterator[Found]:
    """Images are named by their digest."""
    del asked
    image = container.image
    if image and not _parts(image)[2].startswith("sha256:"):
        yield Found(container.at("image"), f"{image} asked")


@rule(
    "image-registry",
    Container,
    names("*"),
    why="other registries are not scanned, or not reached from here",
    remedy="push it to one of these",
    source="NSA/CISA: images; CIS EKS 1.7: 5.1.4",
)
def image_registry(container: Container, allowed: Names) -> Iterator[Found]:
    """Images come from registries, or folders of one, that are allowed."""
    image = container.image
    registry = _parts(image)[0]
    path = image if image.startswith(f"{registry}/") else f"{registry}/{image}"
    if image and not (allowed.has(registry) or allowed.has(path)):
        yield Found(container.at("image"), f"{image} asked", f"registries are {', '.join(allowed.names)}")


@rule(
    "image-at-run-time",
    Ray,
    why="no rule of images holds it to a version or a registry, and each task may bring another",
    remedy="make it the image of a group's container",
    source="Ray: image_uri and container of runtime environments; NSA/CISA: images",
    level=Level.ADVISORY,
    kinds=JOBS | {"RayService"},
)
def image_at_run_time(ray: Ray, asked: Nothing) -> Iterator[Found]:
    """A runtime environment, of a job or of what Serve runs, brings no image of its own."""
    del asked
    written = {
        (*ray.job_path, "runtimeEnvYAML"): text(ray.job.get("runtimeEnvYAML")),
        ("spec", "serveConfigV2"): text(ray.subject.spec.get("serveConfigV2")),
    }
    for path, words in written.items():
        for place, value in places(inline(words)[0]) if "image" in words else ():
            if text(value) and (place[-1] == "image_uri" or place[-2:] == ("container", "image")):
                yield Found(path, f"{value} asked")


class _Account(Spec):
    names: Listed[str] = ("", "default")
    """Accounts that are nobody's own."""


@rule(
    "service-account",
    Pod,
    _Account,
    why="what one pod of the namespace is given, all of them have",
    remedy="give it a ServiceAccount of its own, or set automountServiceAccountToken: false",
    source="CIS EKS 1.7: 4.1.5; NSA/CISA: authorisation",
)
def service_account(pod: Pod, shared: _Account) -> Iterator[Found]:
    """A Ray pod that may call Kubernetes does so under an account of its own."""
    # The operator gives an autoscaled head an account of its own.
    own_of_head = pod.role == "head" and any(each.name == "autoscaler" for each in pod.containers)
    if not pod.is_ray or own_of_head or not pod.template or pod.spec.get("automountServiceAccountToken") is False:
        return
    if text(pod.spec.get("serviceAccountName")) in shared.names:
        yield Found(pod.at("serviceAccountName"), "the namespace's own account asked, with its token")


@rule(
    "token-mounted",
    Pod,
    why="code of any user runs there, and would speak to Kubernetes with it",
    remedy="set automountServiceAccountToken: false",
    source="CIS EKS 1.7: 4.1.6; NSA/CISA: authorisation",
    level=Level.ADVISORY,
)
def token_mounted(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """Workers, which never call Kubernetes, have no token for it."""
    del asked
    if pod.role == "group" and pod.spec.get("automountServiceAccountToken") is not False:
        yield Found(pod.at("automountServiceAccountToken"), f"the token of an account asked for group {pod.name}")


@rule(
    "node-named",
    Pod,
    why="it goes past the scheduler, and with that past taints, affinities and whoever waits for the place",
    remedy="select nodes by a label: nodeSelector",
    source="Kubernetes: assigning pods to nodes",
    fields=("nodeName", "affinity"),
)
def node_named(pod: Pod, asked: Nothing) -> Iterator[Found]:
    """No pod names its node, but one that is there already, which the scheduler gave one."""
    del asked
    if "status" in pod.subject.props:
        return
    if name := text(pod.spec.get("nodeName")):
        yield Found(pod.at("nodeName"), f"{name} asked")
    for place, names_asked in required(pod.spec, "metadata.name", "matchFields"):
        asked_for = f"{', '.join(names_asked)} asked"
        yield Found(
            pod.at(*place, "matchFields"), asked_for, "nobody knows what a node of this name is, and for how long"
        )


@rule(
    "host-path-volumes",
    Subject,
    why="whichever pod claims it sees a folder of its node, whatever Pod Security says of the pod",
    remedy="use a CSI driver, or local for disks of the node",
    source="Kubernetes: RBAC good practices; NSA/CISA: pods",
    kinds=frozenset({"PersistentVolume"}),
)
def host_path_volumes(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No volume that pods may claim is a folder of a node."""
    del asked
    if subject.spec.get("hostPath") is not None:
        yield Found(("spec", "hostPath"), f"{mapping(subject.spec.get('hostPath')).get('path')} asked")


class _Namespaces(Spec):
    names: Listed[str] = Field(default=("default", "kube-system", "kube-public", "kube-node-lease"))
    """Namespaces that are not for workloads."""


@rule(
    "namespace-own",
    Pod,
    _Namespaces,
    why="it has no quota, no network policy and no Pod Security of its own",
    remedy="name a namespace of its own",
    source="CIS EKS 1.7: 4.5.2; NSA/CISA: namespaces",
    level=Level.ADVISORY,
)
def namespace_own(pod: Pod, shared: _Namespaces) -> Iterator[Found]:
    """Ray runs in a namespace of its own."""
    if pod.is_ray and pod.role in ("head", "submitter") and pod.subject.namespace in shared.names:
        yield Found(("metadata", "namespace"), f"{pod.subject.namespace} asked")


@rule(
    "account-of-its-own",
    Subject,
    why="a role that it is given would be that of every pod of the namespace",
    remedy="bind it to an account that pods name",
    source="CIS EKS 1.7: 5.2.1, 4.1.5",
    kinds=frozenset({"ServiceAccount", "RoleBinding", "ClusterRoleBinding", _ADDON, _IDENTITY, ROLE}),
)
def account_of_its_own(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No role, of AWS or of Kubernetes, is given to a namespace's default account, or to all of its accounts."""
    del asked
    for index, each in enumerate(items(subject.props.get("subjects"))):
        kind, name = each.get("kind"), text(each.get("name"))
        if (kind, name) == ("ServiceAccount", "default") or name.startswith(_ACCOUNTS) or _is_shared(name):
            yield Found(("subjects", index), f"{name} asked")
    if subject.kind == _IDENTITY and subject.props.get("serviceAccount") == "default":
        yield Found(("serviceAccount",), "default asked")
    for index, each in enumerate(items(subject.props.get("podIdentityAssociations"))):
        if each.get("serviceAccount") == "default":
            yield Found(("podIdentityAssociations", index), "default asked")
    if subject.kind == ROLE:
        yield from _trusted(subject)
    role = "eks.amazonaws.com/role-arn"
    if subject.api and subject.name == "default" and mapping(subject.metadata.get("annotations")).get(role) is not None:
        yield Found(("metadata", "annotations", role), "a role for default asked")


def _trusted(role: Subject) -> Iterator[Found]:
    """The accounts of a namespace that a role of AWS trusts by its default one, or all together."""
    for index, each in enumerate(statements(role.props.get("assumeRolePolicy"))):
        named = [value for test in tests(each) if test.key.endswith(":sub") for value in test.values]
        for name in filter(_is_shared, named if each.get("Effect") == "Allow" else ()):
            yield Found(("assumeRolePolicy", "Statement", index, "Condition"), f"{name} asked")


def _is_shared(name: str) -> bool:
    """Whether it is the default account of a namespace, or all of its accounts."""
    named = ACCOUNT.fullmatch(name)
    return named is not None and named.group(2) in ("*", "default")
