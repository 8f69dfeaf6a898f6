"""Pods read back: what the typed fields can say, and the rest by the escape hatch."""

from collections.abc import Sequence
from typing import Any

from ...documents import is_mapping, is_sequence
from ..container import Sidecar
from ..crd import crd_name
from ..manifest.fields import Manifest, fields
from ..manifest.pod import PLAIN, typed_template
from ..manifest.volume import shared_memory
from ..manifest.volume import volume as rendered
from ..pod import Pod, Toleration, TopologySpread
from ..security import PodSecurity
from ..volume import Volume, VolumeMount
from .container import basics, more, rights
from .fields import Words, built, exactly, part, reads, stated, told
from .rest import by_key, rest
from .volume import volumes

__all__ = ["main_image", "pod"]

_TOPOLOGY = "topology_spread_constraints"


def main_image(template: Any) -> Any:
    """What the main container of a pod runs; None where it does not say, or there is none."""
    return _main(template).get("image")


def pod(template: Any, role: str, image: Any) -> Words:
    """The fields of a pod by its template; the main container needs no ``image`` where it runs this one."""
    metadata, inside, main = part(template, "metadata"), part(template, "spec"), _main(template)
    name = main.get("name")
    said = {**basics(Pod, main), **more(main), **_around(metadata, inside)}
    if name != role:
        said["container_name"] = name
    if main.get("image") == image:
        said.pop("image", None)
    found = _with_shared_memory(built(Pod, said))
    left = rest(template if is_mapping(template) else {}, typed_template(found, role, image, None))
    return {**told(found), "pod": left or None}


def _around(metadata: Manifest, inside: Manifest) -> Words:
    secrets = by_key("imagePullSecrets", inside.get("imagePullSecrets", []))
    exact = {
        "volumes": volumes(inside.get("volumes", [])),
        "tolerations": exactly(Toleration, inside.get("tolerations", []), "tolerations"),
        _TOPOLOGY: exactly(TopologySpread, inside.get(crd_name(_TOPOLOGY), [])),
        "init_containers": _sidecars(inside.get("initContainers", [])),
        "sidecars": _sidecars(_containers(inside)[1:]),
        "image_pull_secrets": None if secrets is None else list(secrets),
        "node_selector": inside.get("nodeSelector"),
        "pod_labels": metadata.get("labels"),
        "pod_annotations": metadata.get("annotations"),
    }
    plain = stated(Pod, inside, *(name for name in PLAIN if name != _TOPOLOGY))
    said = {name: word for name, word in exact.items() if word is not None}
    mounted = {"automount_service_account_token": inside.get("automountServiceAccountToken")}
    return {**plain, **said, **mounted, "pod_security_context": rights(PodSecurity, inside)}


def _sidecars(listed: Sequence[Any]) -> list[Sidecar] | None:
    known = by_key("containers", listed)
    if known is None:
        return None
    return [
        built(Sidecar, {**basics(Sidecar, each), **more(each), **stated(Sidecar, each, "name", "restart_policy")})
        for each in known.values()
    ]


def _with_shared_memory(found: Pod) -> Pod:
    """The same pod, in the shorter word for a /dev/shm of its own."""
    volume, mount = (listed[-1] if listed else None for listed in (found.volumes, found.volume_mounts))
    size = volume.empty_dir.size_limit if isinstance(volume, Volume) and volume.empty_dir else None
    if not isinstance(volume, Volume) or not isinstance(mount, VolumeMount) or size is None:
        return found
    if (rendered(volume), fields(mount)) != shared_memory(str(size)):
        return found
    fewer = {"volumes": found.volumes[:-1], "volume_mounts": found.volume_mounts[:-1]}
    return found.model_copy(update={**fewer, "shared_memory": size})


@reads(TopologySpread)
def _spread(given: Manifest) -> Words:
    selector = part(given, "labelSelector")
    return {**stated(TopologySpread, given), "match_labels": selector.get("matchLabels", {})}


@reads(Toleration)
def _toleration(given: Manifest) -> Words:
    return {"operator": "Equal", **stated(Toleration, given)}


def _main(template: Any) -> Manifest:
    first = _containers(part(template, "spec"))[:1]
    return first[0] if first and is_mapping(first[0]) else {}


def _containers(inside: Manifest) -> list[Any]:
    listed: Any = inside.get("containers")
    return listed if is_sequence(listed) else []
