"""Rules of volumes and mounts, broken and kept."""

from ray_rule_case import Case, W

__all__ = ["CASES"]

T = f"{W} template"
S = f"{T} spec"
C = f"{S} containers 0"

CASES = (
    Case(
        "volume-name",
        {f"{S} volumes": [{"name": "Data", "emptyDir": {}}]},
        (
            "workers[gpu].volumes[Data].name: 'Data' asked, a volume's name has at most 63 lower case "
            "letters, digits and dashes, and is its own; choose such a name"
        ),
        {f"{S} volumes": [{"name": "data", "emptyDir": {}}]},
    ),
    Case(
        "volume-sources",
        {f"{S} volumes": [{"name": "data", "emptyDir": {}, "hostPath": {"path": "/"}}]},
        (
            "workers[gpu].volumes[data]: emptyDir and hostPath asked, a volume comes from one place; keep "
            "one of them, or make two volumes"
        ),
        {f"{S} volumes": [{"name": "data", "emptyDir": {}, "hostPath": None}, {"name": "more"}]},
    ),
    Case(
        "mount-unknown",
        {
            f"{S} volumes": [{"name": "data", "emptyDir": {}}],
            f"{C} volumeMounts": [{"name": "date", "mountPath": "/data"}],
        },
        (
            "workers[gpu].volume_mounts[date].name: 'date' asked, what is mounted is a volume of the same "
            "pod; add the volume to the pod, or mount one that it has"
        ),
        {
            f"{S} volumes": [{"name": "data", "emptyDir": {}}],
            f"{C} volumeMounts": [
                {"name": "data", "mountPath": "/data"},
                {"name": "shared-mem", "mountPath": "/a"},
                {"name": "ray-logs", "mountPath": "/b"},
            ],
        },
    ),
    Case(
        "mount-path",
        {
            f"{S} volumes": [{"name": "data", "emptyDir": {}}],
            f"{C} volumeMounts": [
                {"name": "data", "mountPath": ""},
                {"name": "data", "mountPath": "/a", "subPath": "/b"},
                {"name": "data", "mountPath": "/b", "subPath": "a/../b"},
            ],
        },
        [
            (
                "workers[gpu].volume_mounts[data].mount_path: nothing asked, a container sees a volume at a "
                "path; write such a path"
            ),
            (
                "workers[gpu].volume_mounts[data].sub_path: '/b' asked, a path below a volume stays below it; "
                "write such a path"
            ),
            (
                "workers[gpu].volume_mounts[data].sub_path: 'a/../b' asked, a path below a volume stays below "
                "it; write such a path"
            ),
        ],
        {
            f"{S} volumes": [{"name": "data", "emptyDir": {}}],
            f"{C} volumeMounts": [{"name": "data", "mountPath": "/a", "subPath": "a/..b"}],
        },
    ),
    Case(
        "field-twice",
        {
            f"{C} env": [{"name": "A", "value": "1"}, {"name": "B"}, {"name": "A", "value": "2"}],
            f"{C} ports": [{"containerPort": 1}, {"containerPort": 1, "protocol": "TCP"}],
        },
        [
            (
                "workers[gpu].env[A].name: A asked again, the API server takes each once; remove one of them, or "
                "give it a name of its own"
            ),
            (
                "workers[gpu].ports[1].container_port: 1 TCP asked again, the API server takes each once; remove "
                "one of them, or give it a name of its own"
            ),
        ],
        {
            f"{C} env": [{"name": "A", "value": "1"}, {"name": "B"}],
            f"{C} ports": [{"containerPort": 1}, {"containerPort": 1, "protocol": "UDP"}],
        },
    ),
)
