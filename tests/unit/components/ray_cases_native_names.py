"""Rules of names within pods, broken and kept."""

from ray_rule_case import Case, W

__all__ = ["CASES"]

T = f"{W} template"
S = f"{T} spec"
C = f"{S} containers 0"

CASES = (
    Case(
        "namespace-form",
        {"metadata namespace": "Ml"},
        (
            "namespace: 'Ml' asked, a namespace is at most 63 lower case letters, digits and dashes; name "
            "one that there is"
        ),
        {"metadata namespace": "ml-2"},
    ),
    Case(
        "metadata-form",
        {"metadata labels": {"team": "ml platform", "-a": "b"}, "metadata annotations": {"a b": "x"}},
        [
            (
                "labels[team]: 'ml platform' asked, names and label values have at most 63 letters, digits, "
                "dashes, dots and underscores; choose such words"
            ),
            (
                "labels[-a]: such a name asked, names and label values have at most 63 letters, digits, dashes, "
                "dots and underscores; choose such words"
            ),
            (
                "annotations[a b]: such a name asked, names and label values have at most 63 letters, digits, "
                "dashes, dots and underscores; choose such words"
            ),
        ],
        {"metadata labels": {"team": "ml_platform", "a.b/c": ""}, "metadata annotations": {"A/b": "x y"}},
    ),
    Case(
        "container-name",
        {
            f"{C} name": "Ray_Worker",
            f"{S} initContainers": [{"name": "twin", "image": "a"}],
            f"{S} ephemeralContainers": [{"name": "twin", "image": "a"}],
        },
        [
            (
                "workers[gpu].name: 'Ray_Worker' asked, containers of a pod have names of at most 63 lower case "
                "letters, digits and dashes, each its own; choose such a name"
            ),
            (
                "workers[gpu].ephemeral_containers[twin].name: 'twin' asked again, containers of a pod have "
                "names of at most 63 lower case letters, digits and dashes, each its own; choose such a name"
            ),
        ],
        {f"{S} initContainers": [{"name": "twin", "image": "a"}]},
    ),
    Case(
        "image-form",
        {f"{C} image": "RayProject/ray:2.60.0", f"{S} initContainers": [{"name": "a", "image": "ray: 2"}]},
        [
            (
                "workers[gpu].image: 'RayProject/ray:2.60.0' asked, an image is registry/repository:tag in lower "
                "case, without blanks; write it so, such as rayproject/ray:2.60.0"
            ),
            (
                "workers[gpu].init_containers[a].image: 'ray: 2' asked, an image is registry/repository:tag in "
                "lower case, without blanks; write it so, such as rayproject/ray:2.60.0"
            ),
        ],
        {f"{C} image": "Registry.local:5000/ray_ml/ray__x-y:2.60.0@sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"},
    ),
    Case(
        "port-form",
        {
            f"{C} ports": [
                {"containerPort": 0, "hostPort": -1},
                {"containerPort": 65536, "hostPort": 65536, "name": "a-name-of-16-chs"},
                {"containerPort": 1, "name": "8080"},
                {"containerPort": 2, "name": "a"},
                {"containerPort": 3, "name": "a"},
            ]
        },
        [
            ("workers[gpu].ports[0].container_port: 0 asked, a port is a number up to 65535; choose such a port"),
            "workers[gpu].ports[0].host_port: -1 asked, a port is a number up to 65535; choose such a port",
            (
                "workers[gpu].ports[a-name-of-16-chs].name: 'a-name-of-16-chs' asked, names of ports have at "
                "most 15 lower case letters, digits and dashes, a letter among them, each its own; choose such a "
                "port"
            ),
            (
                "workers[gpu].ports[a-name-of-16-chs].container_port: 65536 asked, a port is a number up to "
                "65535; choose such a port"
            ),
            (
                "workers[gpu].ports[a-name-of-16-chs].host_port: 65536 asked, a port is a number up to 65535; "
                "choose such a port"
            ),
            (
                "workers[gpu].ports[8080].name: '8080' asked, names of ports have at most 15 lower case letters, "
                "digits and dashes, a letter among them, each its own; choose such a port"
            ),
            (
                "workers[gpu].ports[a].name: 'a' asked again, names of ports have at most 15 lower case letters, "
                "digits and dashes, a letter among them, each its own; choose such a port"
            ),
        ],
        {
            f"{C} ports": [
                {"containerPort": 1, "hostPort": 0},
                {"containerPort": 65535, "hostPort": 65535, "name": "a-name-of-15-ch"},
            ],
            f"{S} initContainers": [
                {"name": "a", "image": "b", "ports": [{"containerPort": 1, "name": "a-name-of-15-ch"}]}
            ],
        },
    ),
    Case(
        "variable-form",
        {
            f"{C} env": [
                {"name": "A=B", "value": "x"},
                {"name": ""},
                {"name": "C", "value": "x", "valueFrom": {"fieldRef": {"fieldPath": "metadata.uid"}}},
                {"name": "D", "valueFrom": {}},
                {
                    "name": "E",
                    "valueFrom": {"fieldRef": {"fieldPath": "spec.host"}, "secretKeyRef": {"name": "a", "key": "b"}},
                },
            ]
        },
        [
            (
                "workers[gpu].env[A=B].name: 'A=B' asked, the name of a variable has no =, and is not empty; "
                "write one name and one value"
            ),
            (
                "workers[gpu].env[1].name: '' asked, the name of a variable has no =, and is not empty; write "
                "one name and one value"
            ),
            (
                "workers[gpu].env[C].value_from: asked beside a value, a variable has a plain value, or one "
                "place it comes from; write one name and one value"
            ),
            (
                "workers[gpu].env[D].value_from: 0 places asked, a variable has a plain value, or one place it "
                "comes from; write one name and one value"
            ),
            (
                "workers[gpu].env[E].value_from: 2 places asked, a variable has a plain value, or one place it "
                "comes from; write one name and one value"
            ),
        ],
        {
            f"{C} env": [
                {"name": "1 A~", "value": "x"},
                {
                    "name": "C",
                    "value": "",
                    "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}, "secretKeyRef": None},
                },
            ]
        },
    ),
    Case(
        "pod-label-form",
        {
            f"{T} metadata": {"labels": {"team": "ml platform"}, "annotations": {"a b": "x"}},
            f"{S} nodeSelector": {"gpu": "A 100", "a b": "x"},
        },
        [
            (
                "workers[gpu].pod_labels[team]: 'ml platform' asked, names and label values have at most 63 "
                "letters, digits, dashes, dots and underscores; choose such words"
            ),
            (
                "workers[gpu].pod_annotations[a b]: such a name asked, names and label values have at most 63 "
                "letters, digits, dashes, dots and underscores; choose such words"
            ),
            (
                "workers[gpu].node_selector[gpu]: 'A 100' asked, names and label values have at most 63 letters, "
                "digits, dashes, dots and underscores; choose such words"
            ),
            (
                "workers[gpu].node_selector[a b]: such a name asked, names and label values have at most 63 "
                "letters, digits, dashes, dots and underscores; choose such words"
            ),
        ],
        {
            f"{T} metadata": {"labels": {"team": "ml"}, "annotations": {"A.b/c": "x y"}},
            f"{S} nodeSelector": {"gpu": "A-100"},
        },
    ),
)
