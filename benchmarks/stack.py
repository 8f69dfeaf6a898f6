"""One side of the pair of ``prod``, in an interpreter of its own: ``stack.py raw|rayform SAMPLE`` prints what it took.

``stack.py sample`` prints every resource that rayform registers for the stack, as the recorder saw them; the raw side
registers just these with the providers' own classes, parents and dependencies included, and nothing is computed.
"""

import importlib
import json
import re
import runpy
import sys
import time
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any

BEGIN = time.process_time()
TREE = Path(__file__).parents[1]
STACK = "prod"
SECRET = "secret of the sample"  # noqa: S105 (a key that marks secrets)


def rayform() -> None:
    """The program of the stack, as the engine starts it."""
    runpy.run_path(str(TREE / "__main__.py"))


class Raw:
    """The same resources by nothing but pulumi and its providers' packages."""

    def __init__(self, sample: list[dict[str, Any]]) -> None:
        self.sample = sample
        self.made: dict[str, Any] = {}

    def __call__(self) -> None:
        """Registers them in the order of the sample."""
        for one in self.sample:
            self.made[one["urn"]] = self._made(one)

    def _made(self, one: Mapping[str, Any]) -> Any:
        import pulumi  # noqa: PLC0415  what a side does not need is not loaded

        options = pulumi.ResourceOptions(
            parent=self.made.get(one["parent"]),
            depends_on=[self.made[urn] for urn in one["depends_on"] if urn in self.made],
            provider=self.made.get(one["provider"]),
            ignore_changes=one["ignore_changes"],
            protect=one["protect"],
        )
        inputs = {key: _plain(value) for key, value in one["inputs"].items()}
        for name, urns in one["via"].items():  # what only AWS knows comes from another resource, as it would by hand
            if inputs.get(name) is None and urns[0] in self.made:
                inputs[name] = self.made[urns[0]].id
        if not one["custom"]:
            return pulumi.ComponentResource(one["type"], one["name"], inputs, options)
        kind = _class(one["type"], inputs)
        if kind is None:
            return pulumi.CustomResource(one["type"], one["name"], inputs, options)
        return kind(one["name"], opts=options, **{_snake(key): value for key, value in inputs.items()})


def _class(token: str, inputs: Mapping[str, Any]) -> Any:
    """The provider's class of a type; None is one without, such as a dynamic resource."""
    package, module, name = token.split(":")
    if package == "pulumi":
        return importlib.import_module("pulumi_kubernetes").Provider
    if package == "kubernetes":
        root = importlib.import_module("pulumi_kubernetes")
        path = re.sub(r"[.][a-z0-9.]+(?=/)", "", module).split("/")
        try:
            found = reduce(getattr, path if len(path) > 1 else ["core", *path], root)
            return getattr(found, name)
        except AttributeError:
            return root.apiextensions.CustomResource if "apiVersion" in inputs else None
    if package == "aws":
        return getattr(importlib.import_module(f"pulumi_aws.{module.partition('/')[0]}"), name)
    return None


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"_{found.group().lower()}", key)


def _plain(value: Any) -> Any:
    import pulumi  # noqa: PLC0415  likewise

    if isinstance(value, dict):
        if set(value) == {SECRET}:
            return pulumi.Output.secret(value[SECRET])
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def sampled() -> list[dict[str, Any]]:
    """What rayform registers, as JSON."""
    from rayform.lab.testing import Secret  # noqa: PLC0415  likewise

    def written(value: Any) -> Any:
        if isinstance(value, Secret):
            return {SECRET: written(value.value)}
        if isinstance(value, dict):
            return {key: written(each) for key, each in value.items()}
        return [written(each) for each in value] if isinstance(value, list | tuple) else value

    return [
        {
            "type": one.type,
            "name": one.name,
            "urn": one.urn,
            "parent": one.parent,
            "inputs": written(dict(one.inputs)),
            "depends_on": list(one.depends_on),
            "via": {name: list(urns) for name, urns in one.via.items()},
            "provider": one.options.provider,
            "ignore_changes": list(one.options.ignore_changes),
            "protect": one.options.protect,
            "custom": one.custom,
        }
        for one in recorded(rayform).resources
    ]


def recorded(program: Any) -> Any:
    """A run of a program to its end."""
    import yaml  # noqa: PLC0415  likewise
    from rayform.lab.testing import run  # noqa: PLC0415  likewise

    sys.path.insert(0, str(TREE / "tests" / "rooms"))
    answers = dict(importlib.import_module("aws_answers").ANSWERS)
    role = "aws:iam/role:Role"
    answers[role] = {**answers[role], "name": "made"}  # what only AWS knows, and others need
    settings = yaml.safe_load((TREE / "stacks" / f"Pulumi.{STACK}.yaml").read_text())["config"]["rayform:settings"]
    config = {"rayform:settings": json.dumps(settings), "aws:region": "us-east-1"}
    return run(program, config=config, outputs=answers, project="rayform", stack=STACK)


def main(side: str, sample: str = "") -> None:
    """Prints the figures of one side, or the sample."""
    if side == "sample":
        print(json.dumps(sampled()))
        return
    program = rayform if side == "rayform" else Raw(json.loads(Path(sample).read_text()))
    found = recorded(program)
    print(json.dumps({"time_ms": 1000 * (time.process_time() - BEGIN), "resources": len(found.resources)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
