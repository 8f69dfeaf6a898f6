"""Rules of what pods refer to: objects by their names, and what they are told of themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

from rayform.spec.names import is_subdomain

from ..env import AMOUNT_REMEDY, FIELD_REMEDY, is_amount, is_field
from .rule import Found, rule
from .view import ClusterView, Path, PodView, entries, items, known, mapping, text

_OF_POD = ("serviceAccountName", "priorityClassName", "runtimeClassName", "nodeName")
_OF_VARIABLE = ("configMapKeyRef", "secretKeyRef")
_OF_VARIABLES = ("configMapRef", "secretRef")
_OF_VOLUME = (("configMap", "name"), ("persistentVolumeClaim", "claimName"), ("secret", "secretName"))
_PROJECTED = ("configMap", "secret")
_WHOLE = frozenset({"metadata.labels", "metadata.annotations"})
_IN_FILES = ("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid")
_OF_STORAGE = ("claimName", "storageClassName")
_OF_REDIS = ("redisUsername", "redisPassword")
_NAME = "it is the name of an object: lower case letters, digits, dashes and dots"
_REMEDY = "name one that there is"
_Named = tuple[Path, Any]


@rule(
    "reference-form",
    PodView,
    "kubernetes",
    typed=True,
    possible=_NAME,
    remedy=_REMEDY,
)
def reference_form(pod: PodView) -> list[Found]:
    """What a pod refers to by name has a name that objects can have, once a template is filled in."""
    return [
        Found(pod.in_spec(*path), asked)
        for path, asked in _misnamed(*_of_pod(pod), *_of_containers(pod), *_of_volumes(pod))
    ]


def _misnamed(*named: _Named) -> Iterator[tuple[Path, str]]:
    # The CRD itself makes an empty name of none.
    for path, said in named:
        asked = text(said)
        if asked and not is_subdomain(asked) and "$" not in asked:
            yield path, f"{asked!r} asked"


def _of_pod(pod: PodView) -> Iterator[_Named]:
    yield from (((field,), pod.spec[field]) for field in _OF_POD if field in pod.spec)
    yield from (((*path, "name"), each.get("name")) for path, each in pod.named("imagePullSecrets"))


def _of_containers(pod: PodView) -> Iterator[_Named]:
    for path, source in _sources(pod):
        yield from _of_source(path, source, _OF_VARIABLE)
    for path, variables in pod.listed("envFrom"):
        yield from _of_source(path, variables, _OF_VARIABLES)


def _sources(pod: PodView) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Where variables come from that have no value of their own."""
    for path, variable in pod.listed("env"):
        if source := mapping(variable.get("valueFrom")):
            yield (*path, "valueFrom"), source


def _of_variable(path: Path, variable: Mapping[str, Any]) -> Iterator[_Named]:
    return _of_source((*path, "valueFrom"), mapping(variable.get("valueFrom")), _OF_VARIABLE)


def _of_source(path: Path, source: Mapping[str, Any], kinds: tuple[str, str]) -> Iterator[_Named]:
    return (((*path, kind, "name"), mapping(source.get(kind)).get("name")) for kind in kinds)


def _of_volumes(pod: PodView) -> Iterator[_Named]:
    for path, volume in pod.named("volumes"):
        yield from (((*path, kind, name), mapping(volume.get(kind)).get(name)) for kind, name in _OF_VOLUME)
        for index, source in enumerate(items(mapping(volume.get("projected")).get("sources"))):
            yield from _of_source((*path, "projected", "sources", index), source, _PROJECTED)


@rule(
    "option-reference",
    ClusterView,
    "kubernetes",
    about=("authOptions", "gcsFaultToleranceOptions", "autoscalerOptions", "historyServerOptions"),
    possible=_NAME,
    remedy=_REMEDY,
)
def option_reference(cluster: ClusterView) -> list[Found]:
    """What a cluster's options refer to by name has a name that objects can have, once a template is filled in."""
    return [Found(cluster.at(*path), asked) for path, asked in _misnamed(*_of_options(cluster))]


def _of_options(cluster: ClusterView) -> Iterator[_Named]:
    if "secretName" in cluster.auth:
        yield ("authOptions", "secretName"), cluster.auth["secretName"]
    if cluster.gcs is not None:
        yield from _of_gcs(cluster)
    if "env" in cluster.autoscaler or "envFrom" in cluster.autoscaler:
        yield from _of_variables(("autoscalerOptions",), cluster.autoscaler)
    if cluster.collector:
        yield from _of_variables(("historyServerOptions", "collectorOptions"), cluster.collector)


def _of_gcs(cluster: ClusterView) -> Iterator[_Named]:
    options = mapping(cluster.gcs)
    for field in _OF_STORAGE:
        yield ("gcsFaultToleranceOptions", "storage", field), mapping(options.get("storage")).get(field)
    for field in _OF_REDIS:
        yield from _of_variable(("gcsFaultToleranceOptions", field), mapping(options.get(field)))


def _of_variables(path: Path, container: Mapping[str, Any]) -> Iterator[_Named]:
    for index, variable in enumerate(items(container.get("env"))):
        yield from _of_variable((*path, "env", index), variable)
    for index, variables in enumerate(items(container.get("envFrom"))):
        yield from _of_source((*path, "envFrom", index), variables, _OF_VARIABLES)


@rule(
    "told-of-itself",
    PodView,
    "kubernetes",
    about=("env", "volumes"),
    typed=True,
    possible="a pod can be told few of its own fields and amounts",
    remedy=FIELD_REMEDY,
)
def told_of_itself(pod: PodView) -> list[Found]:
    """Fields and amounts that variables and files tell a pod of are those that it can be told of."""
    return [*_in_variables(pod), *_in_files(pod)]


def _in_variables(pod: PodView) -> Iterator[Found]:
    for path, source in _sources(pod):
        place = pod.in_spec(*path)
        asked = known(mapping(source.get("fieldRef")).get("fieldPath"))
        if asked is not None and not is_field(asked):
            yield Found((*place, "fieldRef", "fieldPath"), f"{asked!r} asked")
        yield from _amount(source, place)


def _in_files(pod: PodView) -> Iterator[Found]:
    for path, volume in pod.named("volumes"):
        sources = items(mapping(volume.get("projected")).get("sources"))
        told = [((), volume), *((("projected", "sources", index), each) for index, each in enumerate(sources))]
        for below, source in told:
            for index, item in enumerate(items(mapping(source.get("downwardAPI")).get("items"))):
                place = pod.in_spec(*path, *below, "downwardAPI", "items", index)
                asked = known(mapping(item.get("fieldRef")).get("fieldPath"))
                if asked is not None and not _is_in_files(asked):
                    remedy = f"write one of {', '.join(_IN_FILES)}"
                    yield Found((*place, "fieldRef", "fieldPath"), f"{asked!r} asked", remedy=remedy)
                yield from _amount(item, place)


def _is_in_files(asked: str) -> bool:
    return asked in _WHOLE or (asked.startswith("metadata.") and is_field(asked))


def _amount(source: Mapping[str, Any], place: Path) -> Iterator[Found]:
    asked = text(entries(source.get("resourceFieldRef")).get("resource"))
    if asked and not is_amount(asked):
        yield Found((*place, "resourceFieldRef", "resource"), f"{asked!r} asked", remedy=AMOUNT_REMEDY)
