"""Rules of what the pods of a cluster agree in, broken and kept."""

from typing import Any

from ray_rule_case import Case, Edge, H, W, env

__all__ = ["CASES", "EDGES"]

C = f"{W} template spec containers 0"
DIFFER = (
    "processes of one cluster refuse each other when their Ray or their Python differs; use images of one version and "
    "one Python for all pods"
)
GONE_IMAGE = "asked, Ray needs Python 3.10 since 2.57, so that there is no such image; use one with -py310 or newer"
HALF = (
    "RAY_USE_TLS not asked, as other pods do, a process that encrypts and one that does not never hear each other; set "
    "RAY_USE_TLS and its certificates in every pod of the cluster, or in none"
)


def images(head: object, group: object) -> dict[str, Any]:
    """The images of the head and the group."""
    return {f"{H} image": head, f"{C} image": group}


def encrypts(**values: str) -> dict[str, Any]:
    """The head and the group, each as it encrypts."""
    return {f"{H if pod == 'head' else C} env": env(RAY_USE_TLS=value) for pod, value in values.items()}


FROM = [{"name": "RAY_USE_TLS", "valueFrom": {"configMapKeyRef": {"name": "a", "key": "b"}}}]
CASES = (
    Case(
        "images-differ",
        images("rayproject/ray:2.60.0-py311", "rayproject/ray:2.60.0-py312-gpu"),
        (
            "workers[gpu].image: rayproject/ray:2.60.0-py312-gpu asked with rayproject/ray:2.60.0-py311 of the head, "
            f"{DIFFER}"
        ),
        images("rayproject/ray:2.60.0-py311", "rayproject/ray:2.60.0-py311-gpu"),
    ),
    Case(
        "image-gone",
        {f"{C} image": "rayproject/ray:2.60.0-py39-gpu"},
        f"workers[gpu].image: rayproject/ray:2.60.0-py39-gpu {GONE_IMAGE}",
        {f"{C} image": "rayproject/ray:2.60.0-py310-gpu"},
    ),
    Case("tls-by-half", encrypts(head="1"), f"workers[gpu].env: {HALF}", encrypts(head="1", group="true")),
)
EDGES = (
    Edge(
        "images-differ",
        [
            images("rayproject/ray:2.59.0", "rayproject/ray:2.60.0"),
            images("a/ray:2.60.0-py310", "b:5/ray:2.60.0-py311"),
        ],
        [
            images("rayproject/ray:2.60.0", "rayproject/ray:2.60.0-py311"),
            images("ours/train:1-py310", "ours/train:2-py311"),
            images("rayproject/ray:2.60.0", "rayproject/ray-ml:2.60.0.0e19ea-gpu"),
            images("rayproject/ray:2.60.0", "b:5/ray"),
            images("b:5/ray", "rayproject/ray:2.60.0"),
            images("ours/train:1", "rayproject/ray:2.60.0"),
            images("rayproject/ray:2.60.0-py311", 1),
            images("rayproject/ray:2.60.0-py311@sha256:1", "rayproject/ray:2.60.0-py311"),
            images("rayproject/ray:2.60.0-cpy311", "rayproject/ray:2.60.0-py312"),
        ],
    ),
    Edge(
        "image-gone",
        [
            {f"{C} image": f"{name}"}
            for name in ("docker.io/rayproject/ray:2.58.0-py38", "rayproject/ray:2.57.0-py39-gpu")
        ]
        + [{f"{H} image": f"rayproject/ray:2.60.0-{python}"} for python in ("py36", "py37", "py38")],
        [
            {f"{C} image": image}
            for image in (
                "ours/ray:2.60.0-py39",
                "rayproject/ray:2.56.0-py39",
                "rayproject/ray:2.60.0-py310",
                "rayproject/ray:nightly-py39",
                1,
            )
        ],
    ),
    Edge(
        "tls-by-half",
        [encrypts(head="0", group="1"), encrypts(head="1", group="0"), encrypts(head="TRUE", group="no")],
        [
            encrypts(head="0"),
            encrypts(group="1"),
            {**encrypts(head="1"), "spec tlsOptions": {}},
            {**encrypts(head="1"), f"{C} env": FROM},
            {**encrypts(head="1"), f"{C} envFrom": [{"secretRef": {"name": "tls"}}]},
        ],
    ),
)
"""Edges of the same rules."""
