"""The Pulumi program that declares Ray objects."""

import keyword
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rayform.components.ray.identity import Identity

from .expressions import call, expression, specs
from .layout import WIDTH, Parts, laid_out, quoted

__all__ = ["Declared", "program"]

_OPERATOR = "kuberay"


class Declared(NamedTuple):
    """An object to declare."""

    kind: str
    """What it is."""
    name: str
    """What it is called."""
    spec: Identity
    """How it is described."""


def program(objects: Iterable[Declared], operator: Mapping[str, object]) -> str:
    """A module that declares these objects, for an operator that exists with these properties; empty without any."""
    known = list(objects)
    if not known:
        return ""
    existing = laid_out(call("KubeRayOperator.existing", operator), f"{_OPERATOR} = ")
    names: dict[str, set[str]] = {each.kind: set() for each in known}
    variables = {_OPERATOR}
    blocks = [_declared(each, names[each.kind], variables) for each in known]
    used = {"KubeRayOperator"}.union(*(specs(each.spec) | {each.kind} for each in known))
    return "\n\n".join([_imports(used), existing, *blocks]) + "\n"


def _imports(names: set[str]) -> str:
    listed = sorted(names, key=lambda name: (name.lower(), name))
    line = f"from rayform.components import {', '.join(listed)}"
    if len(line) <= WIDTH:
        return line
    inner = "".join(f"    {name},\n" for name in listed)
    return f"from rayform.components import (\n{inner})"


def _declared(each: Declared, names: set[str], variables: set[str]) -> str:
    resource = _unique(each.name, names, "-")
    names.add(resource)
    variable = _unique(_identifier(each), variables, "_")
    variables.add(variable)
    spec = each.spec
    if resource == spec.name:
        # The resource's name is the object's where the spec has none.
        spec = spec.model_copy(update={"name": None})
    parts = [("", quoted(resource)), ("", expression(spec)), ("operator=", _OPERATOR)]
    return laid_out(Parts(f"{each.kind}(", parts, ")"), f"{variable} = ")


def _identifier(each: Declared) -> str:
    plain = re.sub(r"\W", "_", each.name, flags=re.ASCII)
    return f"{each.kind.lower()}_{plain}" if not plain.isidentifier() or keyword.iskeyword(plain) else plain


def _unique(name: str, taken: set[str], joint: str) -> str:
    numbered = (f"{name}{joint}{number}" for number in range(2, len(taken) + 2))
    return name if name not in taken else next(other for other in numbered if other not in taken)
