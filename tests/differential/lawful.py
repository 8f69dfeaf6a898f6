"""One law three times: a Ray object judged by Python, by the policy pack, and by CEL in a real API server."""

import random
import re
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any, Final

from api_server import ApiServer
from cases import GATES, cases
from crds import KINDS
from law_changes import (
    OF_CLUSTERS,
    OF_CONTAINERS,
    OF_GROUPS,
    OF_JOBS,
    OF_PODS,
    OF_SERVICES,
    OF_STARTED,
    RIGHTS,
)
from pulumi.runtime.proto import analyzer_pb2
from rayform.policy import Judge, config, of_manifest
from rayform.policy.analyzer import Analyzer
from rayform.policy.guard import EXPRESSED, objects
from rayform.policy.guard.expressions import OF_PODS as JUDGED_ALONE
from rayform.policy.guard.variables import VARIABLES

__all__ = ["Law", "mutated"]

IDS: Final = frozenset(each.id for each in EXPRESSED)
ADMISSION: Final = "/apis/admissionregistration.k8s.io/v1"
NAMESPACE: Final = "rayform-policy"
GUARDED: Final = "ray"
"""A namespace that is guarded; ``default`` is not."""


def mutated(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Ray objects with anything changed that a rule of the law may be about."""
    chance = random.Random(seed)  # noqa: S311 - the same objects again for the same seed
    for case in cases(seed, count, GATES[1]):
        manifest = deepcopy(case.manifest)
        _change(chance, manifest)
        yield manifest


def _change(chance: random.Random, part: Any) -> None:
    if isinstance(part, list):
        for each in part:
            _change(chance, each)
        return
    if not isinstance(part, dict):
        return
    for name, kinds in (
        ("entrypoint", OF_JOBS),
        ("groupName", OF_GROUPS),
        ("containers", OF_PODS),
        ("rayVersion", OF_CLUSTERS),
        ("rayStartParams", OF_STARTED),
        ("rayClusterConfig", OF_SERVICES),
    ):
        if name in part and chance.random() < 0.3:
            key, value = chance.choice(kinds)
            part[key] = deepcopy(value)
    for container in part.get("containers") or () if isinstance(part.get("containers"), list) else ():
        _container(chance, container)
    for name, each in list(part.items()):
        _annotate(chance, name, each)
        _change(chance, each)


def _annotate(chance: random.Random, name: str, part: Any) -> None:
    if name == "template" and isinstance(part, dict) and chance.random() < 0.1:
        name, value = chance.choice((("cdi.k8s.io/gpu", "nvidia.com/gpu=0"), ("gpu-fraction", "0.5")))
        part["metadata"] = {"annotations": {name: value}}


def _container(chance: random.Random, container: Any) -> None:
    if not isinstance(container, dict):
        return
    if chance.random() < 0.7:
        container["securityContext"] = deepcopy(dict(chance.sample(RIGHTS, 5)))
    if chance.random() < 0.3:
        key, value = chance.choice(OF_CONTAINERS)
        container[key] = deepcopy(value)


def _together() -> dict[str, Any]:
    """All rules' policies as one, which works out its variables once, and tells of each rule its name alone.

    Beyond 4,096 letters of warnings together the API server would cut each short.
    """
    every = [objects.policy(rule) for rule in EXPRESSED]
    whole = deepcopy(next(policy for rule, policy in zip(EXPRESSED, every, strict=True) if rule.id in JUDGED_ALONE))
    variables = {each["name"]: each for policy in every for each in policy["spec"]["variables"]}
    whole["spec"]["variables"] = [variables[name] for name in VARIABLES]
    whole["spec"]["validations"] = [
        {**validation, "message": f"[{rule.id}]"}
        for rule, policy in zip(EXPRESSED, every, strict=True)
        for validation in policy["spec"]["validations"]
    ]
    return whole


def _rules(warnings: Sequence[str]) -> set[str]:
    """The rules that the API server warns of; none of them may have failed."""
    errors = [each for each in warnings if "expression '" in each]
    assert errors == [], errors
    return {name for each in warnings for name in re.findall(r"\[([a-z-]+)\]", each)} & IDS


class Law:
    """The three judges, over an API server in which the guard's objects are made."""

    def __init__(self, server: ApiServer) -> None:
        self._server = server
        asked = config(EXPRESSED, {"all": "mandatory"})
        self._judge = Judge(EXPRESSED, asked)
        self._analyzer = Analyzer(EXPRESSED, "0")
        levels = {each.id: analyzer_pb2.PolicyConfig(enforcementLevel=analyzer_pb2.MANDATORY) for each in EXPRESSED}
        self._analyzer.configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=levels))
        for name, labels in ((NAMESPACE, {}), (GUARDED, {objects.LABEL: "true"})):
            metadata = {"name": name, "labels": labels}
            server.make("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
        runtime = {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "nvidia"}}
        server.make("/apis/node.k8s.io/v1/runtimeclasses", {**runtime, "handler": "nvidia"})
        server.make(f"/api/v1/namespaces/{NAMESPACE}/configmaps", objects.parameters(asked, NAMESPACE))
        server.make(f"{ADMISSION}/validatingadmissionpolicies", _together())
        bound = objects.binding(EXPRESSED[0], asked, NAMESPACE) or {}
        # Told and not refused, so that one object tells of all rules.
        bound["spec"] = {**bound["spec"], "policyName": _together()["metadata"]["name"], "validationActions": ["Warn"]}
        server.make(f"{ADMISSION}/validatingadmissionpolicybindings", bound)
        server.make(f"{ADMISSION}/validatingadmissionpolicies", objects.elsewhere())
        server.make(
            f"{ADMISSION}/validatingadmissionpolicybindings", objects.elsewhere_binding(NAMESPACE, refuses=True)
        )
        server.make(f"{ADMISSION}/validatingadmissionpolicies", objects.labelled([GUARDED, "batch"]))
        server.make(f"{ADMISSION}/validatingadmissionpolicybindings", objects.labelled_binding(refuses=True))
        # Nobody may make a pod before its namespace has an account for it.
        server.wait(f"/api/v1/namespaces/{GUARDED}/serviceaccounts/default")
        self._until_it_holds()

    def connect(self) -> None:
        """Ask the API server on a connection of its own: for whoever was forked."""
        self._server.connect()

    def told(self, manifest: dict[str, Any]) -> tuple[set[str], set[str], set[str]] | None:
        """The rules that are broken, as CEL, Python and the pack say; None is an object that is not taken at all."""
        cel = self.by_cel(manifest)
        return None if cel is None else (cel, self.by_python(manifest), self.by_pack(manifest))

    def by_python(self, manifest: dict[str, Any]) -> set[str]:
        """The rules that are broken, as the judge says."""
        return {each.rule for each in self._judge.resource(of_manifest(manifest)).verdicts}

    def by_pack(self, manifest: dict[str, Any]) -> set[str]:
        """The rules that are broken, as the engine is told."""
        token = f"kubernetes:{manifest['apiVersion']}:{manifest['kind']}"
        request = analyzer_pb2.AnalyzeRequest(type=token, urn="urn:one", name="one")
        request.properties.update(manifest)
        return {each.policyName for each in self._analyzer.analyze(request).diagnostics}

    def by_cel(self, manifest: dict[str, Any]) -> set[str] | None:
        """The rules that are broken, as the API server warns; None is an object that it does not take at all."""
        within = {**manifest, "metadata": {**manifest["metadata"], "namespace": GUARDED}}
        return self._warned(f"/apis/ray.io/v1/namespaces/{GUARDED}/{KINDS[manifest['kind']]}?dryRun=All", within)

    def of_pod(self, pod: dict[str, Any]) -> tuple[set[str], set[str]] | None:
        """The rules that a pod by itself breaks, as CEL and Python say; None is a pod that is not taken at all."""
        cel = self._warned(f"/api/v1/namespaces/{GUARDED}/pods?dryRun=All", pod)
        return None if cel is None else (cel & JUDGED_ALONE, self.by_python(pod) & JUDGED_ALONE)

    def of_debugged(self, pod: dict[str, Any], container: dict[str, Any]) -> set[str]:
        """The rules that a pod breaks, as CEL says, once a container is added while it runs."""
        place = f"/api/v1/namespaces/{GUARDED}/pods"
        self._server.make(place, pod)
        spec = {"ephemeralContainers": [container]}
        warnings = self._server.warnings_of_part(f"{place}/{pod['metadata']['name']}", "ephemeralcontainers", spec)
        return _rules(warnings) & JUDGED_ALONE

    def elsewhere(self, manifest: dict[str, Any]) -> str:
        """Why the API server refuses an object in a namespace that is not guarded; empty where it takes it."""
        kind = manifest["kind"]
        group = "/api/v1" if kind == "Pod" else "/apis/ray.io/v1"
        return self._server.refused(f"{group}/namespaces/default/{KINDS.get(kind, 'pods')}?dryRun=All", manifest)

    def labelled(self, name: str, **labels: str) -> str:
        """Why the API server refuses a namespace of this name and these labels; empty where it takes it."""
        metadata = {"name": name, "labels": labels}
        manifest = {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}
        return self._server.refused("/api/v1/namespaces?dryRun=All", manifest)

    def _warned(self, place: str, manifest: dict[str, Any]) -> set[str] | None:
        warnings = self._server.warnings(place, manifest)
        return None if warnings is None else _rules(warnings)

    def _until_it_holds(self) -> None:
        pod = {"hostNetwork": True, "containers": [{"name": "head"}]}
        spec = {"rayVersion": "2.60.0", "headGroupSpec": {"rayStartParams": {}, "template": {"spec": pod}}}
        probe = {"apiVersion": "ray.io/v1", "kind": "RayCluster", "metadata": {"name": "probe"}, "spec": spec}
        gpus = {"name": "head", "image": "i", "resources": {"limits": {"nvidia.com/gpu": 1}}}
        alone = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "probe"}, "spec": {"containers": [gpus]}}
        told = {"host-namespaces", "capabilities", "root-user"}
        deadline = time.monotonic() + 600
        guarded = {objects.LABEL: "true"}
        while not (
            told <= (self.by_cel(probe) or set()) and self.elsewhere(alone) and self.labelled("probe", **guarded)
        ):
            assert time.monotonic() < deadline, "the policies never held"
            time.sleep(0.2)
