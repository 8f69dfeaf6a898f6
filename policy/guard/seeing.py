"""In CEL, that no container reaches for devices that it does not ask for, as the rule ``gpu-not-counted`` has it."""

from typing import Final

from ..asking import INJECTED, MOUNTED, NO_DEVICE, SHARES, VISIBLE
from .variables import every_written

__all__ = ["sees_no_device"]

_SAYS_NONE: Final = f"(!has(e.valueFrom) && e.?value.orValue('').trim().lowerAscii() in {list(NO_DEVICE)})"
_ENTRIES: Final = "c.?env.orValue([])"
_REACHES: Final = (
    f"({_ENTRIES}.exists(e, e.?name.orValue('') in {list(VISIBLE)} && !{_SAYS_NONE}) || "
    f"c.?volumeMounts.orValue([]).exists(m, m.?mountPath.orValue('').startsWith('{MOUNTED}')))"
)
_IS_BLIND: Final = f"{_ENTRIES}.exists(e, e.?name.orValue('') == '{VISIBLE[0]}' && {_SAYS_NONE})"
_LISTS: Final = ("containers", "initContainers", "ephemeralContainers")
_ALL_BLIND: Final = " && ".join(f"p.?{name}.orValue([]).all(c, {_IS_BLIND})" for name in _LISTS)
_OPERATORS_BLIND: Final = (
    # What the operator puts beside the head: the autoscaler, whose variables are an option, and a submitter.
    f"(!variables.autoscaling || variables.scalers.exists(c, {_IS_BLIND})) && "
    "!variables.jobs.exists(j, j.?submissionMode.orValue('') == 'SidecarMode')"
)
_NONE_BESIDE: Final = "p.?containers.orValue([]).size() == 0"  # a worker's waits for the head, and has no variables


def _templates(whence: str, gpus: str, beside: str) -> str:
    """That no template ``t`` without devices has them by its runtime or by an annotation."""
    annotated = f"t.?metadata.?annotations.orValue({{}}).exists(k, k.startsWith('{INJECTED}') || k in {list(SHARES)})"
    shown = "p.?runtimeClassName.orValue('').startsWith('nvidia')"
    calm = f"!{annotated} && (!{shown} || ({_ALL_BLIND} && {beside}))"
    return f"{whence}.all(t, [t.?spec.orValue({{}})].all(p, ({calm}) || {gpus} > 0))"


_IN_DRIVERS: Final = (
    "params.data['gpu-not-counted.names'].split(',').exists(n, [object.metadata.?namespace.orValue('')].exists(o, "
    "n.endsWith('*') ? o.startsWith(n.replace('*', '')) : o == n))"
)


def sees_no_device(asked: str, of_pod: str, of_head: str) -> str:
    """The whole, by what a container ``c``, a pod ``p`` and a head ``p`` ask for."""
    counted = f"!{_REACHES} || {asked} > 0"
    heads = "variables.clusters.map(g, g.?headGroupSpec.?template.orValue({}))"
    parts = (
        every_written(counted),
        f"variables.scalers.all(c, {counted})",
        _templates(heads, of_head, _OPERATORS_BLIND),
        _templates("variables.groups.map(g, g.?template.orValue({}))", of_pod, _NONE_BESIDE),
        _templates("variables.submitting", of_pod, "true"),
        _templates("(object.kind == 'Pod' ? [object] : [])", of_pod, "true"),
    )
    return f"(object.kind == 'Pod' && {_IN_DRIVERS}) || ({' && '.join(parts)})"
