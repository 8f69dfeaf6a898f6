"""Programs under the policy pack, and what it tells of them."""

import json
from pathlib import Path
from typing import Any

from provider_room import Result, Stack
from rayform.policy.examples.example import Edits, ray
from rayform.policy.examples.places import GROUP

PACK = Path(__file__).resolve().parents[2] / "policy" / "pack"
PRESETS = PACK.parent / "presets"
TOO_MANY = {f"{GROUP} maxReplicas": 33}
QUIET = {"all": "disabled"}


def thing(edits: Edits | None = None, name: str = "train") -> str:
    """A program's text that declares a RayCluster without rayform."""
    manifest = {"metadata": {}, **ray(edits, name).props}
    manifest["metadata"] = {**manifest["metadata"], "namespace": "default"}
    spec, metadata = json.dumps(manifest["spec"]), json.dumps(manifest["metadata"])
    return (
        f"import json\nThing('ray.io/v1:RayCluster', {name!r}, spec=json.loads({spec!r}), "
        f"metadata=json.loads({metadata!r}))\n"
    )


def previewed(stack: Stack, program: str, config: dict[str, Any] | Path | None = None) -> Result:
    flags = ["--policy-pack", str(PACK)]
    if config is not None:
        file = config if isinstance(config, Path) else stack.folder / "policy.json"
        if not isinstance(config, Path):
            file.write_text(json.dumps(config))
        flags += ["--policy-pack-config", str(file)]
    return stack.preview(program, *flags)


def told(result: Result) -> dict[str, str]:
    """Rules that were told of, with their levels."""
    events = [event["policyEvent"] for event in result.events if "policyEvent" in event]
    return {each["policyName"]: each["enforcementLevel"] for each in events}


def only(**rules: Any) -> dict[str, Any]:
    return {**QUIET, **{name.replace("_", "-"): value for name, value in rules.items()}}
