"""Rules of what Ray is told of its nodes, broken and kept."""

from ray_builders import GONE
from ray_rule_case import Case, W

__all__ = ["CASES"]

CASES = (
    Case(
        "containers-missing",
        {"spec headGroupSpec template spec containers": []},
        "head: no container asked, a pod has at least the Ray container; give the template a container",
        {},
    ),
    Case(
        "resources-twice",
        {f"{W} rayStartParams": {"num-cpus": "1", "memory": "5"}, f"{W} resources": {"CPU": "1"}},
        (
            "workers[gpu].resources: asked beside num-cpus and memory, amounts come from one place only; keep "
            "resources, or these flags of ray_start_params"
        ),
        {f"{W} rayStartParams": {"num-cpus": ""}, f"{W} resources": {"CPU": "1"}},
    ),
    Case(
        "start-labels",
        {f"{W} rayStartParams": {"labels": "a=b"}},
        (
            "workers[gpu].ray_start_params[labels]: labels asked, the operator writes this flag itself; use "
            "the group's labels"
        ),
        {f"{W} labels": {"a": "b"}},
    ),
    Case(
        "label-key",
        {f"{W} labels": {"-zone": "a"}},
        (
            "workers[gpu].labels[-zone]: key '-zone' asked, a key has at most 63 letters, digits, dashes, "
            "dots and underscores after an optional domain/; choose such a key"
        ),
        {f"{W} labels": {"ray.io/zone": "a"}},
    ),
    Case(
        "label-value",
        {"spec headGroupSpec labels": {"zone": "a b"}},
        (
            "head.labels[zone]: value 'a b' asked, a value has at most 63 letters, digits, dashes, dots and "
            "underscores; choose such a value"
        ),
        {"spec headGroupSpec labels": {"zone": ""}},
    ),
    Case(
        "logical-amount",
        {f"{W} resources": {"CPU": "many"}},
        (
            "workers[gpu].resources[CPU]: 'many' asked, the operator would silently skip it; write a number, "
            "or a number with a Kubernetes unit"
        ),
        {f"{W} resources": {"CPU": "4", "memory": "8Gi"}},
    ),
    Case(
        "head-runs-tasks",
        {"spec headGroupSpec rayStartParams": GONE},
        (
            "head.ray_start_params[num-cpus]: tasks are scheduled on the head, a task that takes the head's "
            "memory takes the whole cluster with it; set num_cpus=0 in "
            'head.ray_start_params or {"CPU": "0"} in head.resources, as reserved=True of a Head does'
        ),
        {"spec headGroupSpec rayStartParams": GONE, "spec headGroupSpec resources": {"CPU": "0"}},
    ),
    Case(
        "head-runs-tasks",
        {"spec headGroupSpec rayStartParams num-cpus": "4"},
        (
            "head.ray_start_params[num-cpus]: tasks are scheduled on the head, a task that takes the head's "
            "memory takes the whole cluster with it; set num_cpus=0 in "
            'head.ray_start_params or {"CPU": "0"} in head.resources, as reserved=True of a Head does'
        ),
        {"spec headGroupSpec rayStartParams": GONE, f"{W} maxReplicas": 0},
    ),
)
