"""What an operator's description may not ask for; every reason at once, before anything is declared."""

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from rayform.spec.names import is_image
from rayform.spec.refusal import Refusal

from ..versions import KUBERAY, Gate, KubeRay, kuberay, number
from . import gates
from .pod import operator_image
from .settings import arguments, environment
from .spec import KubeRayOperatorSpec

__all__ = ["refusals"]

_IMAGE_PARTS = frozenset({"image_registry", "image_repository", "image_tag", "image_digest"})
_NEEDS = {
    "aggregate_user_rights": "create_rbac",
    "crd_source": "install_crds",
    "crds_version": "install_crds",
    "logging.log_file_volume_size": "logging.log_file",
    "service_account_annotations": "create_service_account",
}
"""What acts only where something else is given, or on."""
_OF_THE_CLUSTER = frozenset({"default", "kube-node-lease", "kube-public", "kube-system"})


def refusals(spec: KubeRayOperatorSpec) -> Iterator[Refusal]:
    """Everything that cannot work.

    Raises:
        UnsupportedVersionError: ``version`` or ``crds_version`` is not in the table.
    """
    release = kuberay(spec.version)
    yield from _kubernetes(spec, release)
    yield from gates.unknown(release, spec.feature_gates)
    yield from gates.unfit(release, spec.feature_gates, spec.kubernetes_version)
    yield from gates.missed(spec.feature_gates)
    yield from _crds(spec, release)
    yield from _image(spec)
    yield from _pool(spec)
    yield from _rights(spec)
    yield from _idle(spec)
    yield from _replicas(spec)
    yield from _scheduler(spec)
    yield from _ignored(spec, release)
    yield from _settings(spec)


def _kubernetes(spec: KubeRayOperatorSpec, release: KubeRay) -> Iterator[Refusal]:
    asked = spec.kubernetes_version
    if asked is not None and ".".join(map(str, number(asked)[:2])) not in release.kubernetes:
        known = f"KubeRay {release.version} is supported on {', '.join(release.kubernetes)}"
        yield Refusal("kubernetes_version", f"{asked} asked", known, "choose a cluster of one of these")


def _crds(spec: KubeRayOperatorSpec, release: KubeRay) -> Iterator[Refusal]:
    crds = spec.crds_version
    if crds is not None and number(crds) < number(spec.version) and kuberay(crds).crds != release.crds:
        reason = f"the operator {spec.version} needs its own or newer ones"
        yield Refusal("crds_version", f"{crds} asked", reason, "leave it out, or name a newer version")


def _image(spec: KubeRayOperatorSpec) -> Iterator[Refusal]:
    parts = sorted(_IMAGE_PARTS & spec.model_fields_set)
    if spec.image is not None and parts:
        given = ", ".join(parts)
        yield Refusal(
            "image", f"a whole image and {given} asked", "the whole one has them all", "give one or the other"
        )
        return
    image = operator_image(spec)
    if isinstance(image, str) and not is_image(image):
        path = ", ".join(parts) or "image"
        yield Refusal(path, f"{image!r} asked", "it is no reference to an image", "write REGISTRY/NAME:TAG, no address")


def _pool(spec: KubeRayOperatorSpec) -> Iterator[Refusal]:
    if spec.pool is not None:
        reason = "the operator belongs to no pool of Ray's"
        yield Refusal("pool", f"{spec.pool} asked", reason, "use node_selector and tolerations")


def _rights(spec: KubeRayOperatorSpec) -> Iterator[Refusal]:
    if spec.create_namespace and spec.namespace in _OF_THE_CLUSTER:
        yield Refusal(
            "namespace", f"{spec.namespace} asked, and made", "every cluster has it", "set create_namespace=False"
        )
    for name, times in Counter(spec.watch_namespaces).items():
        if times > 1:
            yield Refusal(f"watch_namespaces[{name}]", f"{times} times asked", "once says it", "remove the others")
    if not spec.create_service_account and spec.service_account_name is None:
        reason = "none is made, none is named"
        yield Refusal(
            "service_account_name", "an existing one asked", reason, "name it, or leave create_service_account on"
        )


def _idle(spec: KubeRayOperatorSpec) -> Iterator[Refusal]:
    """What is given and would be of no effect, because of what else is."""
    for path, needed in _NEEDS.items():
        if attrgetter(path)(spec) and not attrgetter(needed)(spec):
            yield Refusal(path, "given", f"nothing comes of it without {needed}", f"leave it out, or give {needed}")


def _replicas(spec: KubeRayOperatorSpec) -> Iterator[Refusal]:
    if spec.replicas > 1 and not spec.leader_election:
        reason = "without leader_election each would act on every object"
        yield Refusal("replicas", f"{spec.replicas} asked", reason, "leave leader_election on, or ask for 1")


def _scheduler(spec: KubeRayOperatorSpec) -> Iterator[Refusal]:
    if spec.batch_scheduler and spec.feature_gates.get(Gate.KUBERNETES_WAS):
        reason = f"the gate {Gate.KUBERNETES_WAS} chooses Kubernetes' own"
        yield Refusal("batch_scheduler", f"{spec.batch_scheduler} asked", reason, "leave one of them out")


def _ignored(spec: KubeRayOperatorSpec, release: KubeRay) -> Iterator[Refusal]:
    for path in release.ignores:
        if attrgetter(path)(spec):
            acts = next((other.version for other in KUBERAY.values() if path not in other.ignores), "a newer one")
            yield Refusal(
                path, "given", f"KubeRay {release.version} does not act on it", f"use {acts}, or leave it out"
            )


def _settings(spec: KubeRayOperatorSpec) -> Iterator[Refusal]:
    for name in sorted(environment(spec.behavior).keys() & spec.env.keys()):
        yield Refusal(f"env[{name}]", "given", "behavior gives it too", "leave one of them out")
    if "ENABLE_WEBHOOKS" in spec.env:
        reason = "rayform installs no webhook, and the operator would not start without its certificate"
        yield Refusal("env[ENABLE_WEBHOOKS]", "given", reason, "leave it out")
    ours = {_flag(argument) for argument in arguments(spec)}
    for argument in spec.args:
        flag = _flag(argument)
        if flag in ours:
            yield Refusal(f"args[--{flag}]", "given", "rayform writes it", "use the field of that setting")
        elif "config" in ours and not flag.startswith("zap-"):
            reason = "the operator ignores it beside the configuration file that ray_pods asks for"
            yield Refusal(f"args[--{flag}]", "given", reason, "leave one of them out")


def _flag(argument: str) -> str:
    return argument.lstrip("-").partition("=")[0]
