"""Rules of what all pods of a cluster have to agree in: Ray, Python, encryption."""

from .image import image_python, image_version
from .rule import Found, rule
from .view import ClusterView, PodView, items, older, text

_TLS = "RAY_USE_TLS"
_PYTHON = "2.57"
"""The first Ray that needs Python 3.10 (its wheels' metadata)."""
_OLD = ("py36", "py37", "py38", "py39")


@rule(
    "images-differ",
    ClusterView,
    "ray",
    acceptable=True,
    possible="processes of one cluster refuse each other when their Ray or their Python differs",
    remedy="use images of one version and one Python for all pods",
)
def images_differ(cluster: ClusterView) -> list[Found]:
    """The images of a cluster have one Ray and one Python, as far as their tags tell."""
    head = cluster.head.main.get("image")
    return [
        Found(pod.in_main("image"), f"{image} asked with {head} of the head")
        for pod in cluster.groups
        if (image := pod.main.get("image")) != head
        and (_differ(_version(head), _version(image)) or _differ(image_python(head), image_python(image)))
    ]


def _version(image: object) -> tuple[int, ...]:
    # What comes behind three numbers is the build of the image.
    return (image_version(image) or ())[:3]


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


@rule(
    "image-gone",
    ClusterView,
    "ray",
    acceptable=True,
    possible=f"Ray needs Python 3.10 since {_PYTHON}, so that there is no such image",
    remedy="use one with -py310 or newer",
)
def image_gone(cluster: ClusterView) -> list[Found]:
    """Images of the Ray project have a Python that their Ray runs on."""
    return [
        Found(pod.in_main("image"), f"{image} asked")
        for pod in cluster.pods
        if "-py3" in (image := text(pod.main.get("image"))) and _is_gone(image)
    ]


def _is_gone(image: str) -> bool:
    if image_python(image) not in _OLD or not image.removeprefix("docker.io/").startswith("rayproject/"):
        return False
    version = image_version(image)
    return version is not None and not older(version, _PYTHON)


@rule(
    "tls-by-half",
    ClusterView,
    "ray",
    about=_TLS,
    possible="a process that encrypts and one that does not never hear each other",
    remedy=f"set {_TLS} and its certificates in every pod of the cluster, or in none",
)
def tls_by_half(cluster: ClusterView) -> list[Found]:
    """All pods of a cluster encrypt, or none, where the head says something of it."""
    # With tlsOptions the variables are the operator's, and a rule of its own.
    if _TLS not in cluster.env or "tlsOptions" in cluster.spec or any("envFrom" in pod.main for pod in cluster.pods):
        return []
    known = [(pod, _encrypts(pod)) for pod in cluster.pods]
    if len({encrypts for _, encrypts in known if encrypts is not None}) == 1:
        return []
    return [Found(pod.in_main("env"), f"{_TLS} not asked, as other pods do") for pod, on in known if on is False]


def _encrypts(pod: PodView) -> bool | None:
    """Whether a pod encrypts; None where that is not known."""
    asked = next((each for each in items(pod.main.get("env")) if each.get("name") == _TLS), None)
    if asked is None:
        return False
    return None if asked.get("value") is None else text(asked["value"]).lower() in ("1", "true")
