"""From a text to the Kubernetes objects in it, each with its place; or to the one value in it."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from .composer import Composer, ComposerError
from .errors import DocumentError
from .limits import Limits
from .positions import Lines
from .shapes import is_mapping, is_sequence

__all__ = ["Document", "documents", "parsed"]

_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Document:
    """One Kubernetes object of a file; a list's items are documents of their own."""

    file: str
    """The file as its reader named it; ``-`` is standard input."""
    line: int
    """The line the object starts on, counted from 1."""
    value: dict[str, Any]
    """The object, plain."""
    lines: Lines
    """The lines of everything in it."""

    @property
    def kind(self) -> str:
        """What the object is."""
        return str(self.value["kind"])

    @property
    def name(self) -> str:
        """The object's name, or what it will start with, or nothing."""
        metadata = self.value.get("metadata")
        named = metadata if is_mapping(metadata) else {}
        return next((name for key in ("name", "generateName") if isinstance(name := named.get(key), str)), "")

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of the property at ``path``, or of the nearest part of it that is there."""
        return self.lines.nearest(self.value, path, self.line)


def documents(file: str, content: bytes, limits: Limits | None = None) -> tuple[Document, ...]:
    """The objects in ``content``, called ``file`` in errors; what is not whole, not one, or too much is refused."""
    bounds = limits or Limits()
    if len(content) > bounds.size:
        raise DocumentError(file, 1, f"larger than {bounds.size // 2**20} MiB; split it into smaller files")
    text = _text(file, content)
    composer = Composer(text, bounds)
    found: list[Document] = []
    try:
        for line, value in composer.documents():
            found.extend(_objects(Document(file, line, value, composer.lines)))
    except ComposerError as error:
        raise DocumentError(file, error.line, _template(text, error.line) or error.problem) from error
    except yaml.YAMLError as error:
        line, problem = _malformed(text, error)
        raise DocumentError(file, line, _template(text, line) or problem) from error
    return tuple(found)


def parsed(text: str, limits: Limits) -> Any:
    """The value of a text that is one document, null where it is empty.

    Raises:
        ComposerError: it is no YAML that Kubernetes reads, or too much of it.
    """
    try:
        return next((value for _, value in Composer(text, limits).documents()), None)
    except yaml.YAMLError as error:
        raise ComposerError(*_malformed(text, error)) from error


def _text(file: str, content: bytes) -> str:
    encoding = "utf-16" if content.startswith((BOM_UTF16_BE, BOM_UTF16_LE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DocumentError(file, line, "not UTF-8 text; name a YAML or JSON file") from error
    # JSON writes one character beyond 16 bits as two escapes, which YAML does not know.
    return _SURROGATES.sub(_joined, text) if text.lstrip()[:1] in ("{", "[") else text


def _joined(pair: "re.Match[str]") -> str:
    backslashes, high, low = pair.groups()
    return f"{backslashes}\\U{0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00:08X}"


def _objects(document: Document) -> Iterator[Document]:
    value: Any = document.value
    if value is None:
        return
    if not is_mapping(value):
        raise DocumentError(
            document.file, document.line, f"{_word(value)}, not an object; write apiVersion, kind, metadata"
        )
    for field in ("apiVersion", "kind"):
        if not isinstance(value.get(field), str) or not value[field]:
            problem = f"an object without {field}; write it, or leave this file out"
            raise DocumentError(document.file, document.line_of([field]), problem)
    if not _is_list(value):
        yield document
        return
    for index, item in enumerate(value["items"] or ()):
        yield from _objects(Document(document.file, document.line_of(["items", index]), item, document.lines))


def _is_list(value: dict[str, Any]) -> bool:
    kind: str = value["kind"]
    return kind.endswith("List") and isinstance(value.get("items"), list | None)


def _word(value: object) -> str:
    if isinstance(value, str):
        return f"the text {value!r:.40}"
    return "a sequence" if is_sequence(value) else "a scalar"


def _malformed(text: str, error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        # The reader knows the byte only.
        line = text.encode()[: getattr(error, "position", 0)].count(b"\n") + 1
        return line, f"{getattr(error, 'reason', error)}; save it as plain text"
    return mark.line + 1, f"not YAML or JSON, {getattr(error, 'problem', error)}; mend it"


def _template(text: str, line: int) -> str | None:
    # A template's action often ends in an error on the line after it.
    start = 0
    for _ in range(line - 2):
        start = text.find("\n", start) + 1
    near = text[start:].split("\n", 2)[:2] if line > 1 else text.split("\n", 1)[:1]
    return "a template, not yet YAML; render it first (helm template)" if "{{" in "".join(near) else None
