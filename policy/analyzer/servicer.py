"""The Analyzer protocol over the judge."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import analyzer_pb2, plugin_pb2
from rayform.components.documents import is_mapping, is_sequence

from ..config import BESIDE_RULES, EXEMPTIONS, Config, config
from ..judge import Judge
from ..report import Deferred, Report, Verdict
from ..rule import Level, Rule
from ..subject import Subject
from . import wire

__all__ = ["NAME", "Analyzer"]

NAME: Final = "rayform"
"""The name of the pack."""
_LEVELS: Final = {
    Level.ADVISORY: analyzer_pb2.ADVISORY,
    Level.MANDATORY: analyzer_pb2.MANDATORY,
    Level.REMEDIATE: analyzer_pb2.REMEDIATE,
    Level.DISABLED: analyzer_pb2.DISABLED,
}
_WORDS: Final = {number: level for level, number in _LEVELS.items()}


class Analyzer:
    """Answers the engine; one engine at a time, whose resources it remembers for the sums."""

    def __init__(self, rules: Iterable[Rule], version: str) -> None:
        self._rules = tuple(rules)
        self._version = version
        self._by_id = {rule.id: rule for rule in self._rules}
        self._preview = False
        self._configure(config(self._rules))

    def _configure(self, asked: Config) -> None:
        self._judge = Judge(self._rules, asked)
        self._mending = [
            rule for rule in self._rules if rule.mends is not None and asked.levels[rule.id] is Level.REMEDIATE
        ]

    def handshake(self, request: Any) -> Any:
        """Nothing to agree on."""
        del request
        return analyzer_pb2.AnalyzerHandshakeResponse()

    def plugin_info(self, request: Any) -> Any:
        """Which version this is."""
        del request
        return plugin_pb2.PluginInfo(version=self._version)

    def analyzer_info(self, request: Any) -> Any:
        """Every rule, with its level and the schema of its parameters."""
        del request
        policies = [*map(_policy, self._rules), *_special()]
        return analyzer_pb2.AnalyzerInfo(
            name=NAME, displayName=NAME, version=self._version, supportsConfig=True, policies=policies
        )

    def configure(self, request: Any) -> Any:
        """Take levels, parameters and exemptions; what is not known is refused with every reason.

        Raises:
            rayform.spec.refusal.RefusedError: the configuration asks for what cannot be.
        """
        asked: dict[str, Any] = {}
        for name, each in request.policyConfig.items():
            values = wire.content(each.properties) if each.HasField("properties") else {}
            asked[name] = {"enforcementLevel": _WORDS[each.enforcementLevel].value, **values}
        self._configure(config(self._rules, asked))
        return empty_pb2.Empty()

    def configure_stack(self, request: Any) -> Any:
        """Remember whether this is a preview."""
        self._preview = request.dry_run
        return analyzer_pb2.AnalyzerStackConfigureResponse()

    def analyze(self, request: Any) -> Any:
        """What a resource breaks."""
        return self._answered(self._judge.resource(wire.subject(request)))

    def analyze_stack(self, request: Any) -> Any:
        """What the whole stack breaks."""
        return self._answered(self._judge.stack([wire.subject(each) for each in request.resources]))

    def remediate(self, serialized: bytes) -> Any:
        """The resource as rules that may mend want it; what none of them may mend is not even read."""
        response = analyzer_pb2.RemediateResponse()
        if not self._mending:
            return response
        request = analyzer_pb2.AnalyzeRequest.FromString(serialized)
        for rule in self._mending:
            response.remediations.extend(self._remedies(rule, request, wire.subject(request)))
        return response

    def _remedies(self, rule: Rule, request: Any, subject: Subject) -> Iterator[Any]:
        if rule.mends is None or (rule.kinds and subject.kind not in rule.kinds):
            return
        about: dict[str, Any] = {
            "policyName": rule.id,
            "policyPackName": NAME,
            "policyPackVersion": self._version,
            "description": rule.condition,
        }
        try:
            after = rule.mends(subject, self._judge.config.parameters[rule.id])
            properties = None if after is None else wire.mended(request, subject, after)
        except Exception as error:  # noqa: BLE001 - what was not mended is judged next, and refused
            yield analyzer_pb2.Remediation(**about, diagnostic=f"not mended: {type(error).__name__}")
            return
        if properties is not None:
            request.properties.CopyFrom(properties)
            yield analyzer_pb2.Remediation(**about, properties=properties)

    def _answered(self, report: Report) -> Any:
        told = [self._diagnostic(each) for each in report.verdicts]
        told += [self._waiting(each) for each in report.deferred]
        for use in report.uses:
            told.append(self._told(EXEMPTIONS, str(use), Level.ADVISORY, use.urn))
        return analyzer_pb2.AnalyzeResponse(diagnostics=told)

    def _diagnostic(self, verdict: Verdict) -> Any:
        level = Level.ADVISORY if verdict.level is Level.ADVISORY else Level.MANDATORY
        words = f"{verdict.subject}: {verdict.path}: {verdict.asked}, {verdict.possible}; {verdict.remedy}"
        return self._told(verdict.rule, words, level, verdict.urn)

    def _waiting(self, deferred: Deferred) -> Any:
        # At an update everything should be known: what is not is not let pass.
        levels = {self._judge.config.levels[name] for name in deferred.rules}
        stops = not self._preview and levels != {Level.ADVISORY}
        return self._told(deferred.rules[0], str(deferred), Level.MANDATORY if stops else Level.ADVISORY, deferred.urn)

    def _told(self, name: str, message: str, level: Level, urn: str) -> Any:
        rule = self._by_id.get(name)
        return analyzer_pb2.AnalyzeDiagnostic(
            policyName=name,
            policyPackName=NAME,
            policyPackVersion=self._version,
            description=rule.condition if rule else BESIDE_RULES[name][0],
            message=message,
            enforcementLevel=_LEVELS[level],
            urn=urn,
        )


def _policy(rule: Rule) -> Any:
    stack = rule.about == "stack"
    severe = rule.level is Level.MANDATORY
    return analyzer_pb2.PolicyInfo(
        name=rule.id,
        displayName=rule.id,
        description=rule.condition,
        message=rule.why,
        enforcementLevel=_LEVELS[rule.level],
        configSchema=_schema(rule.parameters),
        policy_type=analyzer_pb2.POLICY_TYPE_STACK if stack else analyzer_pb2.POLICY_TYPE_RESOURCE,
        severity=analyzer_pb2.POLICY_SEVERITY_HIGH if severe else analyzer_pb2.POLICY_SEVERITY_MEDIUM,
        remediation_steps=rule.remedy,
    )


def _special() -> Iterator[Any]:
    for name, (words, parameters) in BESIDE_RULES.items():
        yield analyzer_pb2.PolicyInfo(
            name=name,
            displayName=name,
            description=words,
            enforcementLevel=analyzer_pb2.MANDATORY,
            configSchema=_schema(parameters),
            policy_type=analyzer_pb2.POLICY_TYPE_STACK,
        )


def _schema(parameters: Any) -> Any:
    # The engine checks types by it and fills in defaults; definitions it knows nothing of, so they are written out.
    whole: dict[str, Any] = json.loads(json.dumps(parameters.model_json_schema()))
    named = whole.get("$defs", {})
    properties = struct_pb2.Struct()
    properties.update({name: _inline(each, named) for name, each in whole.get("properties", {}).items()})
    return analyzer_pb2.PolicyConfigSchema(properties=properties, required=whole.get("required", []))


def _inline(schema: Any, named: Mapping[str, Any]) -> Any:
    if is_mapping(schema):
        if "$ref" in schema:
            return _inline(named[str(schema["$ref"]).rpartition("/")[2]], named)
        return {name: _inline(each, named) for name, each in schema.items()}
    return [_inline(each, named) for each in schema] if is_sequence(schema) else schema
