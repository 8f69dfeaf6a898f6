"""Rules of names within pods: containers, ports, variables, labels."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rayform.spec.names import is_dns1123, is_image, is_label_key, is_label_value

from .kinds import ObjectView
from .rule import Found, rule
from .view import Path, PodView, entries, known, mapping, number, text

_PORT = re.compile(r"(?=.*[a-z])[a-z0-9](?:-?[a-z0-9])*")
_VARIABLE = re.compile(r"[ -<>-~]+")  # printable, without =
_LAST_PORT = 65535
_LONGEST_PORT = 15
_PORT_NAME = "names of ports have at most 15 lower case letters, digits and dashes, a letter among them, each its own"
_ONE_PLACE = "a variable has a plain value, or one place it comes from"


@rule(
    "namespace-form",
    ObjectView,
    "kubernetes",
    typed=True,
    possible="a namespace is at most 63 lower case letters, digits and dashes",
    remedy="name one that there is",
)
def namespace_form(view: ObjectView) -> list[Found]:
    """The namespace is a DNS label."""
    asked = known(view.metadata.get("namespace"))
    return [Found(("metadata", "namespace"), f"{asked!r} asked")] if asked and not is_dns1123(asked) else []


@rule(
    "metadata-form",
    ObjectView,
    "kubernetes",
    typed=True,
    possible="names and label values have at most 63 letters, digits, dashes, dots and underscores",
    remedy="choose such words",
)
def metadata_form(view: ObjectView) -> list[Found]:
    """Labels and annotations of the object have the form that Kubernetes takes."""
    return [*_ill_formed(view.metadata, ("metadata",))]


@rule(
    "container-name",
    PodView,
    "kubernetes",
    possible="containers of a pod have names of at most 63 lower case letters, digits and dashes, each its own",
    remedy="choose such a name",
)
def container_name(pod: PodView) -> list[Found]:
    """Each container of a pod has a name of its own, which is a DNS label."""
    first: dict[str, str] = {}
    found: list[Found] = []
    for where, index, container in pod.every:
        name = known(container.get("name"))
        if name is not None and not is_dns1123(name):
            found.append(Found(pod.in_spec(where, index, "name"), f"{name!r} asked"))
        # Within one list the CRD sees to it.
        elif name is not None and first.setdefault(name, where) != where:
            found.append(Found(pod.in_spec(where, index, "name"), f"{name!r} asked again"))
    return found


@rule(
    "image-form",
    PodView,
    "kubelet",
    possible="an image is registry/repository:tag in lower case, without blanks",
    remedy="write it so, such as rayproject/ray:2.60.0",
)
def image_form(pod: PodView) -> list[Found]:
    """Images are references that a node can pull, once what stands for them in a template is put in."""
    return [
        Found(pod.in_spec(where, index, "image"), f"{image!r} asked")
        for where, index, container in pod.every
        if (image := text(container.get("image"))) and not is_image(image) and "$" not in image
    ]


@rule(
    "port-form",
    PodView,
    "kubernetes",
    about="ports",
    possible="a port is a number up to 65535",
    remedy="choose such a port",
)
def port_form(pod: PodView) -> list[Found]:
    """Ports of containers are ports, with names that Services can use, each once in a container."""
    found: list[Found] = []
    seen: set[tuple[Path, str]] = set()
    for path, port in pod.listed("ports"):
        name, container = text(port.get("name")), path[:2]
        if name and (len(name) > _LONGEST_PORT or not _PORT.fullmatch(name)):
            found.append(Found(pod.in_spec(*path, "name"), f"{name!r} asked", _PORT_NAME))
        elif name and (container, name) in seen:
            found.append(Found(pod.in_spec(*path, "name"), f"{name!r} asked again", _PORT_NAME))
        seen.add((container, name))
        found += [
            Found(pod.in_spec(*path, side), f"{asked} asked")
            for side, least in (("containerPort", 1), ("hostPort", 0))
            if (asked := number(port.get(side))) is not None and not least <= asked <= _LAST_PORT
        ]
    return found


@rule(
    "variable-form",
    PodView,
    "kubernetes",
    about="env",
    typed=True,
    possible="the name of a variable has no =, and is not empty",
    remedy="write one name and one value",
)
def variable_form(pod: PodView) -> list[Found]:
    """Environment variables have a name and one value."""
    found: list[Found] = []
    for path, variable in pod.listed("env"):
        name = known(variable.get("name"))
        if name is not None and not _VARIABLE.fullmatch(name):
            found.append(Found(pod.in_spec(*path, "name"), f"{name!r} asked"))
        source = variable.get("valueFrom")
        if source is not None and variable.get("value"):
            found.append(Found(pod.in_spec(*path, "valueFrom"), "asked beside a value", _ONE_PLACE))
        if isinstance(source, dict) and len(entries(source)) != 1:
            found.append(Found(pod.in_spec(*path, "valueFrom"), f"{len(entries(source))} places asked", _ONE_PLACE))
    return found


@rule(
    "pod-label-form",
    PodView,
    "kubernetes",
    typed=True,
    possible="names and label values have at most 63 letters, digits, dashes, dots and underscores",
    remedy="choose such words",
)
def pod_label_form(pod: PodView) -> list[Found]:
    """Labels, annotations and node selectors of a pod have the form that Kubernetes takes."""
    found = [*_ill_formed(mapping(pod.template.get("metadata")), pod.at(pod.within, "metadata"))]
    if "nodeSelector" in pod.spec:
        chosen, place = {"labels": pod.spec["nodeSelector"]}, pod.in_spec("nodeSelector")
        found += [each._replace(path=(*place, *each.path[-1:])) for each in _ill_formed(chosen, ())]
    return found


def _ill_formed(metadata: Mapping[str, Any], path: Path) -> Iterator[Found]:
    for side in ("labels", "annotations"):
        for key, value in mapping(metadata.get(side)).items():
            if not is_label_key(key.lower() if side == "annotations" else key):
                yield Found((*path, side, key), "such a name asked")
            elif side == "labels" and isinstance(value, str) and not is_label_value(value):
                yield Found((*path, side, key), f"{value!r} asked")
