"""Views of a Ray object, or of a pod by itself, in CEL, as :mod:`rayform.policy.views` has them for Python."""

from typing import Final

__all__ = ["VARIABLES", "every_container", "every_written"]

_CLUSTER: Final = (
    "object.kind == 'RayCluster' ? [object.spec] : "
    "object.kind == 'RayService' ? (has(object.spec.rayClusterConfig) ? [object.spec.rayClusterConfig] : []) : "
    "variables.jobs.filter(j, has(j.rayClusterSpec)).map(j, j.rayClusterSpec)"
)
_JOBS: Final = (
    "object.kind == 'RayJob' ? [object.spec] : "
    "object.kind == 'RayCronJob' ? (has(object.spec.jobTemplate) ? [object.spec.jobTemplate] : []) : []"
)
_MODE: Final = "(has(j.submissionMode) && j.submissionMode != '' ? j.submissionMode : 'K8sJobMode')"
_LISTS: Final = ("containers", "initContainers", "ephemeralContainers")
_MADE_BY_OPERATOR: Final = (
    # The autoscaler beside the head has a security context of its own; submitters of the operator have none.
    "variables.clusters.filter(c, c.?enableInTreeAutoscaling.orValue(false)).map(c, "
    "{'p': dyn(variables.heads[0]), 'c': dyn(has(c.autoscalerOptions) && has(c.autoscalerOptions.securityContext) "
    "? {'securityContext': c.autoscalerOptions.securityContext} : {})}) + "
    f"variables.jobs.filter(j, {_MODE} == 'K8sJobMode' && !has(j.submitterPodTemplate)).map(j, "
    "{'p': dyn({}), 'c': dyn({})}) + "
    f"variables.jobs.filter(j, {_MODE} == 'SidecarMode' && variables.heads.size() > 0).map(j, "
    "{'p': dyn(variables.heads[0]), 'c': dyn({})})"
)

VARIABLES: Final = {
    "jobs": _JOBS,
    "clusters": _CLUSTER,
    "groups": "variables.clusters.size() == 0 ? [] : variables.clusters[0].?workerGroupSpecs.orValue([])",
    "heads": "variables.clusters.map(c, c.?headGroupSpec.?template.?spec.orValue({}))",
    "submitting": (
        f"variables.jobs.filter(j, has(j.submitterPodTemplate) && {_MODE} == 'K8sJobMode')"
        ".map(j, j.submitterPodTemplate)"
    ),
    "submitters": "variables.submitting.map(t, t.?spec.orValue({}))",
    # A pod that somebody sends by itself, or by a Deployment.
    "alone": "object.kind == 'Pod' ? [object.spec] : []",
    "others": "variables.groups.map(g, g.?template.?spec.orValue({})) + variables.submitters + variables.alone",
    "pods": "variables.heads + variables.others",
    "scalers": (
        "variables.clusters.filter(c, c.?enableInTreeAutoscaling.orValue(false) && has(c.autoscalerOptions))"
        ".map(c, c.autoscalerOptions)"
    ),
    "made": _MADE_BY_OPERATOR,
    "autoscaling": "variables.clusters.exists(c, c.?enableInTreeAutoscaling.orValue(false))",
}
"""By name, each after those it uses."""


def every_container(holds: str) -> str:
    """That something holds of every container ``c`` of every pod ``p``, those of the operator included."""
    made = f"variables.made.all(m, [m.c].all(c, [m.p].all(p, {holds})))"
    return f"{every_written(holds)} && {made}"


def every_written(holds: str) -> str:
    """That something holds of every container ``c`` of every pod ``p`` that somebody wrote."""
    lists = " && ".join(f"p.?{name}.orValue([]).all(c, {holds})" for name in _LISTS)
    return f"variables.pods.all(p, {lists})"
