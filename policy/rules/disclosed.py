"""Secrets where everybody reads them: variables, command lines, addresses, texts."""

import re
from collections.abc import Iterator
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.inline import inline
from rayform.components.ray.rules.view import Path, items, mapping, text

from ..machines import MACHINES, started
from ..pods import Container
from ..rule import Level, Nothing, rule
from ..shapes import texts
from ..subject import Subject
from ..views import Ray
from ..words import places

_SECRET: Final = re.compile(
    r"(?:^|_)(?:PASSWD|SECRET|TOKEN|CREDENTIALS?"
    r"|(?:ACCESS|ACCOUNT|API|AUTH|ENCRYPTION|KAGGLE|LICENSE|MASTER|PRIVATE|ROLE|SALT|SIGNING|STORAGE|WANDB)_?KEY)(?:$|_)"
    r"|PASS(?:WORD|PHRASE)(?:$|_)|_(?:PASS|PWD)$"
)
"""Names of variables that keep a secret."""
_TELLING: Final = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|(?:^|\W)(?:gh[pousr]_\w{36}|github_pat_\w{22}|glpat-[\w-]{20}|hf_\w{30}|xox[abp]-\w"
    r"|sk-[\w-]{20}|nvapi-[\w-]{20}|(?:AKIA|ASIA)[A-Z0-9]{16}|eyJ[\w-]+\.eyJ"
    r"|hvs\.[\w-]{24}|AIza[\w-]{35}|npm_\w{36}|pypi-AgEI|SG\.[\w-]{22}\.|[rs]k_live_\w{16}|dckr_pat_[\w-]{20}"
    r"|hooks\.slack\.com/services/T|(?:Account|SharedAccess)Key=[\w+/])"
    r"|\bmachine\s+\S+\s+login\s+\S+\s+password\s+\S|\"auth\"\s*:\s*\"[A-Za-z0-9+/]{12}"
    r"|://[^/\s:@]*:(?!\$\()[^/\s:@]+@"
)
"""Values that are secrets by how they look: keys, tokens, a password in an address."""
_NO_SECRETS: Final = ("", "dummy", "empty", "false", "none", "null", "true", "unused")
"""Values that keep nothing from anybody: ``RAY_ENABLE_K8S_TOKEN_AUTH=true`` is a switch, ``OPENAI_API_KEY=EMPTY`` what
a server without keys is asked with."""
_ARGUMENT: Final = re.compile(r"(?:^|_)(?:(?:ACCESS|API|PRIVATE|SECRET)_?KEY|CLIENT_SECRET|PASS(?:WD|WORD|PHRASE))$")
"""Names of what a program is given as a secret; tokens are mostly words of a model there, as in ``pad_token``."""
_FILLED_IN: Final = ("$", "<", "{{")
"""How values begin that somebody fills in."""
_ABOUT: Final = re.compile(
    r"_(?:FILE|PATH|NAME|DIR|URL|URI|ARN|ID|MODE|TTL|EXPIRATION|ENABLED)$|PUBLIC|TOKENIZERS|MAX_TOKEN"
)
_REFERENCE: Final = re.compile(
    r"\$\(\w+\)|\$\{\w+\}|\{\{.*\}\}|arn:aws[\w-]*:.*|(?:aws-?sm|aws-?ssm|gcp-?sm|op|sm|ssm)://.*|vault:.*"
    r"|projects/[\w-]+/secrets/.*|/(?:[a-z\d_.-]+/)+[a-z\d_.-]+"
)
"""A value that says where the secret is: in another variable, as Kubernetes writes it, in a store, in a file."""
_SHOWN: Final = re.compile(
    r"(?<![\w-])(--?)?([\w-]*?(?:passwd|password|passphrase|requirepass|masterauth|token|(?:api|access|private)[-_]?key|client[-_]secret))"
    r"(?(1)(?:=|\s+)|=)[\"']?(?![$<{-]|\d{1,5}\b)([^\s\"']+)",
    re.IGNORECASE,
)
"""A secret's name and its value, as command lines and files of variables have them."""
_WRITTEN: Final = re.compile(
    r"^\s*[\"']?([\w.-]*(?:passwd|password|passphrase|auth[-_]?token|(?:api|access)[-_]?key|client[-_]secret))[\"']?"
    r"\s*:\s+[\"']?(?![$<{*&!|>%-])([^\s\"'#]{6,})[\"']?,?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The same as YAML and JSON have it."""
_PARAMETER: Final = "aws:ssm/parameter:Parameter"
_DOCUMENT: Final = "aws:ssm/document:Document"
_VARIABLES: Final = frozenset(
    {"env", "environment", "environmentVariables", "runtimeEnvironmentVariables", "variables"}
)
"""What variables of a program stand under, in AWS."""
_PROGRAMS: Final = (
    *("containerDefinitions", "containerProperties", "containers", "ecsProperties", "eksProperties", "environment"),
    *("nodeProperties", "primaryContainer", "sourceConfiguration"),
)
"""Fields in which AWS has what a program runs with."""
_PLAIN: Final = ("", "PLAINTEXT")
"""How variables of CodeBuild are kept that are what they say, and not where that is."""


@rule(
    "secret-in-plain",
    Container,
    why="whoever may read the object, the state or a log has it",
    remedy="put it in a Secret, and name that by valueFrom.secretKeyRef",
    source="CIS EKS 1.7: 4.4.1; NSA/CISA: secrets",
    fields="env",
)
def secret_in_plain(container: Container, asked: Nothing) -> Iterator[Found]:
    """No secret stands in an environment variable's plain value."""
    del asked
    for index, entry in enumerate(items(container.spec.get("env"))):
        if _is_secret(text(entry.get("name")), text(entry.get("value"))):
            yield Found(container.at("env", index, "value"), f"a plain value of {entry.get('name')}")


@rule(
    "secret-in-command",
    Container,
    why="whoever may read the object, or list the processes of its node, has it",
    remedy="put it in a Secret, name that in env by valueFrom.secretKeyRef, and write $(NAME) here",
    source="CIS EKS 1.7: 4.4.1; NSA/CISA: secrets",
    fields=("command", "args"),
)
def secret_in_command(container: Container, asked: Nothing) -> Iterator[Found]:
    """No secret stands on a container's command line."""
    del asked
    for name in ("command", "args"):
        if found := _shown(" ".join(texts(container.spec.get(name)))):
            yield Found(container.at(name), f"a plain value of {found}")


@rule(
    "secret-in-ray-object",
    Ray,
    why="whoever may read the object has it, and Ray writes it into its logs",
    remedy="put it in a Secret, set it on the containers from there, and write $NAME here",
    source="CIS EKS 1.7: 4.4.1; NSA/CISA: secrets",
)
def secret_in_ray_object(ray: Ray, asked: Nothing) -> Iterator[Found]:
    """No secret stands in what Ray is started with, in Redis' address, in a job's entrypoint, or in annotations."""
    del asked
    for name, value in mapping(ray.subject.metadata.get("annotations")).items():
        if _TELLING.search(text(value)):
            yield Found(("metadata", "annotations", name), "a key, a token or a password in plain asked")
    starts: list[tuple[Path, Any]] = [(ray.at("headGroupSpec"), mapping(ray.cluster.get("headGroupSpec")))]
    starts += [(ray.at("workerGroupSpecs", index), group) for index, group in enumerate(ray.groups)]
    for path, group in starts:
        password = text(mapping(group.get("rayStartParams")).get("redis-password"))
        if password and not password.startswith("$"):
            yield Found((*path, "rayStartParams", "redis-password"), "a plain value asked")
    if _TELLING.search(text(mapping(ray.cluster.get("gcsFaultToleranceOptions")).get("redisAddress"))):
        yield Found(ray.at("gcsFaultToleranceOptions", "redisAddress"), "an address with a password asked")
    if found := _shown(text(ray.job.get("entrypoint"))):
        yield Found((*ray.job_path, "entrypoint"), f"a plain value of {found}")


@rule(
    "secret-in-text",
    Subject,
    why="a ConfigMap is read by whoever may look around, and what a machine starts with by every process on it",
    remedy="put it in a Secret, or in AWS Secrets Manager",
    source="CIS EKS 1.7: 4.4.1; Checkov CKV_AWS_46",
    level=Level.ADVISORY,
    kinds=frozenset(
        {
            "ConfigMap",
            *MACHINES,
            _DOCUMENT,
            _PARAMETER,
        }
    ),
)
def secret_in_text(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No secret stands in a ConfigMap, in what machines start with or run, or in a parameter in the clear."""
    del asked
    for path, name, words in _texts(subject):
        named = bool(name) and _is_secret(re.sub(r"\W", "_", name), words)
        if found := name if named else _shown(words):
            yield Found(path, f"a plain value of {found}")


def _texts(subject: Subject) -> Iterator[tuple[Path, str, str]]:
    """Texts that many read: where each stands, what it is called, what it says."""
    if subject.kind in MACHINES:
        yield from ((path, "", words) for path, words in started(subject))
    elif subject.kind == _DOCUMENT:
        yield ("content",), "", text(subject.props.get("content"))
    elif subject.kind == _PARAMETER:
        if subject.props.get("type") != "SecureString":
            name = text(subject.props.get("name")) or subject.title
            yield from (((key,), name, text(subject.props.get(key))) for key in ("value", "insecureValue"))
    else:
        for name, value in mapping(subject.props.get("data")).items():
            yield ("data", name), name, text(value)


def _shown(words: str) -> str:
    """The name of a secret whose value stands in a text; empty is none."""
    if _TELLING.search(words):
        return "a key, a token or a password"
    shown = [(name, value) for _, name, value in _SHOWN.findall(words)] + _WRITTEN.findall(words)
    return next((name for name, value in shown if _keeps(re.sub(r"\W", "_", name).upper(), value)), "")


def _keeps(upper: str, value: str) -> bool:
    return value.lower() not in _NO_SECRETS and not _REFERENCE.fullmatch(value) and not _ABOUT.search(upper)


@rule(
    "secret-in-environment",
    Subject,
    why="whoever may look at it in AWS has it",
    remedy="keep it in Secrets Manager, and name it there: secrets, or its ARN",
    source="CIS EKS 1.7: 4.4.1; Checkov CKV_AWS_45; NSA/CISA: secrets",
    kinds=frozenset(
        {
            "aws:apprunner/service:Service",
            "aws:batch/jobDefinition:JobDefinition",
            "aws:codebuild/project:Project",
            "aws:ecs/taskDefinition:TaskDefinition",
            "aws:lambda/function:Function",
            "aws:sagemaker/model:Model",
        }
    ),
)
def secret_in_environment(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No secret stands in a variable of what AWS runs."""
    del asked
    for field in _PROGRAMS:
        program = {field: subject.props.get(field)} if field in subject.props else {}
        for path, name, value in _of_programs(program, ()):
            if _is_secret(name, value):
                yield Found(path, f"a plain value of {name}")


def _of_programs(value: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Every variable of the programs in a value, in texts of JSON too: where it stands, its name, what it says."""
    if is_mapping(value):
        for key, each in value.items():
            if key in _VARIABLES:
                yield from _pairs(each, (*path, key))
            yield from _of_programs(each, (*path, key))
    elif is_sequence(value):
        for index, each in enumerate(value):
            yield from _of_programs(each, (*path, index))
    elif isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        yield from _of_programs(inline(value)[0], path)


def _pairs(variables: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    if is_mapping(variables):
        yield from (((*path, name), name, text(value)) for name, value in variables.items())
    for index, each in enumerate(items(variables)):
        if text(each.get("type")) in _PLAIN:
            yield (*path, index), text(each.get("name")), text(each.get("value"))


@rule(
    "secret-in-runtime-env",
    Ray,
    why="a runtime environment is shown by the dashboard and kept in the records of jobs and applications",
    remedy="set it on the containers, from a Secret",
    source="CIS EKS 1.7: 4.4.1",
)
def secret_in_runtime_env(ray: Ray, asked: Nothing) -> Iterator[Found]:
    """No secret stands in a runtime environment, in what Serve is configured with, or in the metadata of a job."""
    del asked
    serve, runtime = ray.subject.spec.get("serveConfigV2"), ray.job.get("runtimeEnvYAML")
    yield from (Found(("spec", "serveConfigV2"), told) for told in _told(inline(text(serve))[0]))
    yield from (Found((*ray.job_path, "runtimeEnvYAML"), told) for told in _told(inline(text(runtime))[0]))
    yield from (Found((*ray.job_path, "metadata"), told) for told in _told(mapping(ray.job.get("metadata"))))


def _told(whole: Any) -> Iterator[str]:
    """Every secret anywhere in a value, told by its name."""
    for path, value in places(whole):
        words = text(value)
        named = [step for step in path if isinstance(step, str)]
        if not words or not named:
            continue
        in_variables = "env_vars" in path and _is_secret(named[-1], words)
        if in_variables or _TELLING.search(words) or _is_argument(named[-1], words):
            yield f"a plain value of {named[-1]}"


def _is_argument(name: str, value: str) -> bool:
    """Whether what a program is given by this name is a secret."""
    upper = name.replace("-", "_").upper()
    return bool(_ARGUMENT.search(upper)) and value.lower() not in _NO_SECRETS and not value.startswith(_FILLED_IN)


def _is_secret(name: str, value: str) -> bool:
    """Whether a variable of this name keeps a secret in its value."""
    upper = name.upper()
    if value.lower() in _NO_SECRETS or _REFERENCE.fullmatch(value):
        return False
    return bool(_TELLING.search(value) or (_SECRET.search(upper) and not _ABOUT.search(upper)))
