"""What an object may do in Kubernetes, and under which supervision: roles, bindings, namespaces."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import items, mapping, text

from ..parameters import Names, names
from ..rule import Level, Nothing, rule
from ..shapes import texts
from ..subject import Subject

_RBAC: Final = frozenset({"Role", "ClusterRole"})
_CORE: Final = frozenset({"", "*"})
"""The groups of pods, nodes and Secrets."""
_HAVING_ALL: Final = _CORE | {"rbac.authorization.k8s.io"}
"""Whoever may do everything in one of these groups has, or gives itself, the rest."""
_EVERYBODY: Final = (
    "system:anonymous",
    "system:unauthenticated",
    "system:authenticated",
    "system:serviceaccounts",
    "system:masters",
)
"""Groups and users that are everybody, and the one to which nothing is ever refused."""
_MORE_VERBS: Final = frozenset({"approve", "bind", "escalate", "impersonate", "sign"})
_MORE_RESOURCES: Final = frozenset({"nodes/proxy", "serviceaccounts/token"})
_MORE_OPENED: Final = frozenset({"pods/attach", "pods/exec", "pods/portforward"})
"""A connection into pods is opened by a WebSocket too, which is a get."""
_MORE_WRITTEN: Final = frozenset(
    {
        "certificatesigningrequests/approval",
        "limitranges",
        "mutatingwebhookconfigurations",
        "persistentvolumes",
        "pods/ephemeralcontainers",
        "resourcequotas",
        "validatingadmissionpolicies",
        "validatingadmissionpolicybindings",
        "validatingwebhookconfigurations",
    }
)
"""Whoever may write these gets into pods and nodes, or past what judges and bounds objects."""
_WRITING: Final = frozenset({"*", "create", "update", "patch", "delete", "deletecollection"})
_OPENING: Final = frozenset({"*", "create", "get"})
_KEY: Final = "aws:iam/accessKey:AccessKey"
_BINDINGS: Final = frozenset({"RoleBinding", "ClusterRoleBinding"})
_VERBS: Final = frozenset({"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"})
"""The verbs that objects are used with, all together."""


@rule(
    "namespace-pod-security",
    Subject,
    names("restricted"),
    why="without it the API server takes pods of any rights",
    remedy="label it pod-security.kubernetes.io/enforce: restricted",
    source="CIS EKS 1.7: 4.2.1, 4.2.2, 4.2.3, 4.2.4, 4.2.5; NSA/CISA: pods",
    level=Level.ADVISORY,
    kinds=frozenset({"Namespace"}),
)
def namespace_pod_security(subject: Subject, allowed: Names) -> Iterator[Found]:
    """A namespace enforces Pod Security."""
    enforced = text(mapping(subject.metadata.get("labels")).get("pod-security.kubernetes.io/enforce"))
    if subject.name != "kube-system" and not allowed.has(enforced):
        place = ("metadata", "labels", "pod-security.kubernetes.io/enforce")
        yield Found(place, f"{enforced or 'nothing'} enforced", f"levels are {', '.join(allowed.names)}")


@rule(
    "rights-without-end",
    Subject,
    why="whoever has them has the cluster, or the namespace",
    remedy="name the verbs and resources",
    source="CIS EKS 1.7: 4.1.3; NSA/CISA: authorisation",
    kinds=_RBAC,
)
def rights_without_end(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No role has all verbs on all resources, or adds up all roles."""
    del asked
    for index, each in enumerate(items(mapping(subject.props.get("aggregationRule")).get("clusterRoleSelectors"))):
        if not each:
            yield Found(("aggregationRule", "clusterRoleSelectors", index), "all roles together asked")
    for index, each in enumerate(items(subject.props.get("rules"))):
        verbs, resources = texts(each.get("verbs")), texts(each.get("resources"))
        everything = ("*" in verbs or set(verbs) >= _VERBS) and "*" in resources
        if everything and _HAVING_ALL & set(texts(each.get("apiGroups"))):
            yield Found(("rules", index), "all verbs on all resources asked")


@rule(
    "rights-to-all-secrets",
    Subject,
    names("kuberay-operator"),
    why="the tokens of every account in the cluster are among them",
    remedy="name the Secrets in resourceNames, or use a Role",
    source="CIS EKS 1.7: 4.1.2",
    level=Level.ADVISORY,
    kinds=frozenset({"ClusterRole"}),
)
def rights_to_all_secrets(subject: Subject, known: Names) -> Iterator[Found]:
    """No role reads every Secret of the cluster."""
    for index, each in enumerate(items(subject.props.get("rules"))):
        reads = {"get", "list", "watch", "*"} & set(texts(each.get("verbs")))
        secrets = {"secrets", "*"} & set(texts(each.get("resources"))) and _CORE & set(texts(each.get("apiGroups")))
        if reads and secrets and not each.get("resourceNames") and not known.has(subject.name):
            yield Found(("rules", index), "every Secret of the cluster asked")


@rule(
    "rights-to-more-rights",
    Subject,
    names("kuberay-operator"),
    why="whoever has it gives itself whatever rights it lacks",
    remedy="leave it out, or name in resourceNames what it is about",
    source="CIS EKS 1.7: 4.1.8; NSA/CISA: authorisation; Kubernetes: RBAC good practices",
    level=Level.ADVISORY,
    kinds=_RBAC,
)
def rights_to_more_rights(subject: Subject, known: Names) -> Iterator[Found]:
    """No role escalates, impersonates, makes tokens, speaks to kubelets, enters pods, or says what is admitted."""
    for index, each in enumerate(items(subject.props.get("rules"))):
        verbs, resources = set(texts(each.get("verbs"))), set(texts(each.get("resources")))
        more = [*(_MORE_VERBS & verbs), *_covered(_MORE_RESOURCES, resources)]
        more += _covered(_MORE_WRITTEN, resources) if _WRITING & verbs else ()
        more += _covered(_MORE_OPENED, resources) if _OPENING & verbs else ()
        if more and not each.get("resourceNames") and not known.has(subject.name):
            yield Found(("rules", index), f"{', '.join(sorted(more))} asked")


def _covered(known: Iterable[str], resources: Collection[str]) -> list[str]:
    """Those that a role names, by a name for all parts of a resource too, or for one part of all."""
    return [each for each in known if not {each, *_widely(each)}.isdisjoint(resources)]


def _widely(name: str) -> Sequence[str]:
    whole, slash, part = name.partition("/")
    return (f"{whole}/*", f"*/{part}") if slash else ()


@rule(
    "bound-to-everything",
    Subject,
    why="whoever has it has the cluster",
    remedy="bind a role with the rights that are needed",
    source="CIS EKS 1.7: 4.1.1, 4.1.7; NSA/CISA: authorisation",
    kinds=_BINDINGS,
)
def bound_to_everything(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """Nobody is bound to cluster-admin, and nothing is given to everybody."""
    del asked
    if mapping(subject.props.get("roleRef")).get("name") == "cluster-admin":
        yield Found(("roleRef",), "cluster-admin asked")
    for index, each in enumerate(items(subject.props.get("subjects"))):
        name = text(each.get("name"))
        if name in _EVERYBODY:
            yield Found(("subjects", index), f"{name} asked")


@rule(
    "bound-cluster-wide",
    Subject,
    names("admin", "edit", "system:kubelet-api-admin", "system:node", "system:controller:*"),
    why="it holds in kube-system too: who may make pods or read Secrets there has the cluster",
    remedy="bind it by a RoleBinding in the namespaces that are meant",
    source="CIS EKS 1.7: 4.1.1; Kubernetes: RBAC good practices",
    level=Level.ADVISORY,
    kinds=frozenset({"ClusterRoleBinding"}),
)
def bound_cluster_wide(subject: Subject, wide: Names) -> Iterator[Found]:
    """Nobody has in every namespace what is meant for one, or for Kubernetes itself."""
    name = text(mapping(subject.props.get("roleRef")).get("name"))
    if wide.has(name):
        yield Found(("roleRef", "name"), f"{name} in every namespace asked")


@rule(
    "token-for-ever",
    Subject,
    why="it never expires, and whoever reads it is that account from anywhere",
    remedy="use what is renewed: a token that the kubelet mounts, in AWS a role",
    source="NSA/CISA: authentication; Kubernetes: managing service accounts",
    level=Level.ADVISORY,
    kinds=frozenset({"Secret", _KEY}),
)
def token_for_ever(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No Secret keeps a token of an account, and no user of AWS has a key."""
    del asked
    if subject.kind == _KEY:
        yield Found((), "a key of a user asked")
    elif subject.props.get("type") == "kubernetes.io/service-account-token":
        yield Found(("type",), "a token of an account asked")
